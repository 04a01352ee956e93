import { expect, test } from "vitest";
import type { Facts } from "./facts.ts";
import { eventsNear } from "./near.ts";

const event = (id: string, day: string, market = "de") => ({
  event: id,
  day,
  market,
  title: `Title of ${id}`,
});
const facts = {
  weekEnd: "2026-11-15",
  spikes: [{ market: "de", term: "pdrn", first_day: "2026-03-01", last_day: "2026-03-05" }],
  events: [
    event("fair", "2026-10-01"),
    event("elsewhere", "2026-10-01", "fr"),
    event("old", "2026-06-01"),
    event("before-burst", "2026-02-24"),
    event("long-after-burst", "2026-03-20"),
    event("to-come", "2026-11-20"),
  ],
} as unknown as Facts;

test("events of the last thirteen weeks and of a term's bursts stand near, newest first; other markets, other times and the future do not", () => {
  expect(eventsNear(facts, "de", "pdrn")).toEqual([
    { id: "event:fair", says: "2026-10-01: Title of fair" },
    { id: "event:before-burst", says: "2026-02-24: Title of before-burst" },
  ]);
  expect(eventsNear(facts, "de", "serum").map(({ id }) => id)).toEqual(["event:fair"]);
});

test("no more than six events are sent", () => {
  const many = Array.from({ length: 9 }, (_, i) => event(`e${i}`, `2026-10-0${i + 1}`));
  expect(eventsNear({ ...facts, events: many }, "de", "pdrn").map(({ id }) => id)).toEqual(
    [8, 7, 6, 5, 4, 3].map((i) => `event:e${i}`),
  );
});
