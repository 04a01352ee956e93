import { expect, test } from "vitest";
import { spikesOf } from "./spikes.ts";
import { invented } from "./test/invented.ts";

const quiet = Array.from({ length: 60 }, (_, i) =>
  invented(() => 4, { term: `quiet-${i}`, noise: `quiet ${i}` }),
);

test("a planted burst is found among sixty quiet terms, and nothing else", () => {
  const burst = invented((week) => (week === 95 ? 40 : 4), { term: "burst", noise: "burst" });
  expect(spikesOf([...quiet, burst]).map(({ series, week }) => [series.term, week])).toEqual([["burst", 95]]);
});

test("the baseline is the median of the 26 weeks before, and z counts Poisson's spread at least", () => {
  const [spike] = spikesOf([invented((week) => (week === 103 ? 41 : 16))]);
  expect(spike).toMatchObject({ posts: 41, baseline: 16, z: (41 - 16) / 4, state: "open" });
});

test("a week that collected ten times as much is no spike of any term", () => {
  const tenfold = (week: number) => (week === 103 ? 10 : 1);
  expect(
    spikesOf([invented((week) => 5 * tenfold(week), { volume: (week) => 500 * tenfold(week) })]),
  ).toEqual([]);
});

test("six posts after a year of one a week pass z = 4 but not the count of tests: small counts do that by chance", () => {
  const six = invented((week) => (week === 103 ? 6 : 1), { term: "six" });
  expect(spikesOf([...quiet, six])).toEqual([]);
});

test("resolved once the count came back", () => {
  expect(spikesOf([invented((week) => (week === 95 ? 60 : 4))]).map(({ state }) => state)).toEqual([
    "resolved",
  ]);
});

test("a count that rose and stayed is a level: only its last two weeks are open spikes", () => {
  const stayed = spikesOf([invented((week) => (week >= 95 ? 60 : 4))]);
  expect(stayed.map(({ week, state }) => [week, state])).toEqual([
    [102, "open"],
    [103, "open"],
  ]);
});

test("gaps are not tested and do not lower the baseline", () => {
  expect(spikesOf([invented(() => 30, { gaps: [90, 91, 92, 93, 94, 100] })])).toEqual([]);
});

test("thirteen weeks are too few to know what is usual", () => {
  expect(spikesOf([invented((week) => (week === 12 ? 90 : 4), { weeks: 13 })])).toEqual([]);
  expect(spikesOf([invented((week) => (week === 13 ? 90 : 4), { weeks: 14 })])).toHaveLength(1);
});
