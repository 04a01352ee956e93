import { expect, test } from "vitest";
import { searched, seenDownTo, stretchesDue } from "./stretches.ts";

const at = "2026-11-20T06:00:00.000Z";

test("a first run looks back as far as it may, a later one an hour before the last", () => {
  expect(stretchesDue(null, at, 7)).toEqual([["2026-11-13T06:00:00.000Z", at]]);
  expect(stretchesDue({ until: "2026-11-20T00:00:00.000Z", gaps: [] }, at, 7)).toEqual([
    ["2026-11-19T23:00:00.000Z", at],
  ]);
});

test("after three missed weeks only what may be looked back at is asked for", () => {
  expect(stretchesDue({ until: "2026-10-30T00:00:00.000Z", gaps: [] }, at, 7)).toEqual([
    ["2026-11-13T06:00:00.000Z", at],
  ]);
});

test("what the pages did not reach is asked for in the next run, unless it has become too old", () => {
  const due = stretchesDue(null, at, 7);
  const left = seenDownTo(due, "2026-11-18T00:00:00Z");
  const { kept, covers } = searched(due, left);
  expect(covers).toEqual({ from: "2026-11-18T00:00:01.000Z", until: at });
  expect(stretchesDue(kept, "2026-11-21T06:00:00.000Z", 7)).toEqual([
    ["2026-11-20T05:00:00.000Z", "2026-11-21T06:00:00.000Z"],
    ["2026-11-14T06:00:00.000Z", "2026-11-18T00:00:01.000Z"],
  ]);
  expect(stretchesDue(kept, "2026-11-30T06:00:00.000Z", 7)).toHaveLength(1);
});

test("a run that saw nothing covers nothing and leaves its whole stretch", () => {
  const due = stretchesDue(null, at, 7);
  expect(searched(due, seenDownTo(due, null))).toEqual({
    kept: { until: at, gaps: [["2026-11-13T06:00:00.000Z", at]] },
    covers: null,
  });
});
