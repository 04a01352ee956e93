import { expect, test } from "vitest";
import { negativeBinomialDraw } from "../../stats/negative-binomial.ts";
import { poissonDraw } from "../../stats/poisson-draw.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { type DailySeries, dailySeries } from "./days.ts";
import { spikesOf } from "./spikes.ts";
import { invented, type Shape } from "./test/invented.ts";

interface Days extends Shape {
  /** Voices a day of the market. */
  readonly market?: string;
  readonly total?: (day: number) => number;
  readonly dispersion?: number;
}

/** A term of `voicesOf(day)` people a day, day 0 being the first of 104 weeks; the weekly posts follow from the days. */
function daily(voicesOf: (day: number) => number, shape: Days = {}): DailySeries {
  const { noise, dispersion = 0, total = () => 150, ...rest } = shape;
  const weeks = rest.weeks ?? 104;
  const random = noise === undefined ? null : seededRandom(noise);
  const days = Float64Array.from({ length: 7 * weeks }, (_, day) =>
    random
      ? dispersion > 0
        ? negativeBinomialDraw(voicesOf(day), dispersion, random)
        : poissonDraw(voicesOf(day), random)
      : voicesOf(day),
  );
  const inWeek = (week: number, of: (day: number) => number) =>
    Array.from({ length: 7 }, (_, i) => of(7 * week + i)).reduce((sum, count) => sum + count, 0);
  const series = invented((week) => inWeek(week, (day) => days[day] as number), {
    ...rest,
    volume: (week) => inWeek(week, total),
  });
  const window = Math.min(weeks, 39);
  const recent = days.slice(7 * (weeks - window));
  return dailySeries(
    series,
    recent,
    Float64Array.from(recent, (_, i) => total(7 * (weeks - window) + i)),
  );
}

const quiet = Array.from({ length: 40 }, (_, i) =>
  daily(() => 4, { term: `quiet-${i}`, noise: `quiet ${i}` }),
);
const dayOfWeek = (week: number) => (day: number) => Math.floor(day / 7) === week;

test("a planted burst is found among forty quiet terms, in its week and on its days, and nothing else", () => {
  const burst = daily((day) => (dayOfWeek(95)(day) ? 16 : 4), { term: "burst", noise: "burst" });
  const spikes = spikesOf([...quiet, burst]);
  expect(spikes.map(({ series, week }) => [series.term, week])).toEqual([["burst", 95]]);
  expect(spikes[0]).toMatchObject({ from: "2026-09-14", to: "2026-09-20", state: "resolved" });
  expect(spikes[0]?.multiple).toBeGreaterThan(3);
});

test("the baseline is the median of the 26 weeks before, and z counts Poisson's spread at least", () => {
  const [spike] = spikesOf([daily((day) => (dayOfWeek(103)(day) ? 16 : 4))]);
  expect(spike).toMatchObject({ posts: 112, state: "open" });
  expect(spike?.baseline).toBeCloseTo(28, 9);
  expect(spike?.z).toBeCloseTo((112 - 28) / Math.sqrt(28), 6);
});

test("a week that collected ten times as much is no spike of any term", () => {
  const tenfold = (day: number) => (dayOfWeek(103)(day) ? 10 : 1);
  expect(spikesOf([daily((day) => 5 * tenfold(day), { total: (day) => 150 * tenfold(day) })])).toEqual([]);
});

test("a weekday that is always loud is no burst, and one that is loud on a silent weekday is", () => {
  const sundays = (day: number) => (day % 7 === 6 ? 30 : 3);
  expect(spikesOf([daily(sundays, { noise: "sundays" })])).toEqual([]);
  const loud = daily((day) => (day === 7 * 100 + 2 ? 30 : sundays(day)), { noise: "sundays" });
  expect(spikesOf([loud]).map(({ week, from, to }) => [week, from === to])).toEqual([[100, true]]);
});

test("six people after half a year of one a week are told from chance only where few terms are asked", () => {
  const six = (day: number) => (day === 7 * 100 + 3 ? 6 : day % 7 === 0 ? 1 : 0);
  const rare = Array.from({ length: 400 }, (_, i) =>
    daily(() => 1 / 7, { term: `rare-${i}`, noise: `rare ${i}` }),
  );
  const found = (q: ReturnType<typeof spikesOf>) => q.filter(({ series }) => series.term === "six").length;
  expect(found(spikesOf([daily(six, { term: "six" })]))).toBe(1);
  expect(spikesOf(rare).length).toBeLessThanOrEqual(1);
});

test("a count that rose and stayed is a level and no spike", () => {
  expect(spikesOf([daily((day) => (day >= 7 * 90 ? 16 : 4), { noise: "stays" })])).toEqual([]);
});

test("a burst that goes on is open in both its weeks", () => {
  const going = spikesOf([daily((day) => (day >= 7 * 102 ? 16 : 4), { noise: "goes on" })]);
  expect(going.map(({ week, state }) => [week, state])).toEqual([
    [102, "open"],
    [103, "open"],
  ]);
});

test("gaps are not tested and do not lower the baseline", () => {
  expect(spikesOf([daily(() => 5, { noise: "gaps", gaps: [90, 91, 92, 93, 94, 100] })])).toEqual([]);
});

test("thirteen weeks are too few to know what is usual", () => {
  const last = (weeks: number) =>
    daily((day) => (day >= 7 * (weeks - 1) ? 20 : 4), { weeks, noise: "short" });
  expect(spikesOf([last(13)])).toEqual([]);
  expect(spikesOf([last(14)]).map(({ week }) => week)).toEqual([13]);
});
