import { expect, test } from "vitest";
import type { MetricDefinition } from "../../data/contract/metric.ts";
import { definitionChanges, lastCompleteWeek } from "./definitions.ts";

const valid = [
  { from: "2026-W47", to: null, version: "2.0.0", change: "Clustered." },
  { from: "2026-W45", to: "2026-W46", version: "1.0.0", change: "First definition." },
];

test("a change of definition begins with the last week of the first edition under it; the first definition is none", () => {
  const metric = { valid } as unknown as MetricDefinition;
  expect(definitionChanges(metric, "2026-W48")).toEqual([
    { day: "2026-11-09", from: "2026-W47", version: "2.0.0", change: "Clustered." },
  ]);
  expect(definitionChanges(metric, "2026-W46")).toEqual([]);
});

test("an edition covers the week before its own, over the turn of a year too", () => {
  expect(lastCompleteWeek("2026-W47")).toBe("2026-11-09");
  expect(lastCompleteWeek("2027-W01")).toBe("2026-12-28");
  expect(lastCompleteWeek("2026-W01")).toBe("2025-12-22");
});
