import { expect, test } from "vitest";
import { observedShare, type TermSeries } from "./series.ts";
import { levelZ, momentumOf, weeksUp, yearOnYear } from "./signals.ts";
import { invented } from "./test/invented.ts";

const momentum = (series: TermSeries) => momentumOf(observedShare(series), series.market.posts)?.value;
const z = (series: TermSeries) => levelZ(observedShare(series), series.market.posts);
const year = ({ posts, market }: TermSeries) => yearOnYear(posts, market.posts, market.collected);

test("momentum by hand: from 7 to 19 posts a week with k = 5 is ln(24 / 12)", () => {
  expect(momentum(invented((week) => (week >= 100 ? 19 : 7)))).toBeCloseTo(Math.log(2), 12);
});

test("from one post to two is no doubling", () => {
  expect(momentum(invented((week) => (week >= 100 ? 2 : 1)))).toBeCloseTo(Math.log(7 / 6), 12);
});

test("collecting twice as much is no momentum", () => {
  const doubled = (week: number) => (week >= 100 ? 2 : 1);
  const series = invented((week) => 10 * doubled(week), { volume: (week) => 1000 * doubled(week) });
  expect(momentum(series)).toBeCloseTo(0, 12);
});

test("a gap does not look like a fall: level, momentum and year stay as they were", () => {
  const whole = invented(() => 20);
  const holed = invented(() => 20, { gaps: [60, 98, 102] });
  expect(momentum(holed)).toBeCloseTo(momentum(whole) as number, 12);
  expect(z(holed)).toBe(z(whole));
  expect(year(holed)?.ratio).toBeCloseTo(1, 12);
});

test("with three of the last four weeks missing there is no momentum to speak of", () => {
  expect(momentum(invented(() => 20, { gaps: [101, 102, 103] }))).toBeUndefined();
});

test("a term that never moved stands at z = 0, at any volume", () => {
  expect(z(invented(() => 0))).toBe(0);
  expect(z(invented(() => 50))).toBe(0);
});

test("its first post does not lift a silent term to the sky", () => {
  const first = z(invented((week) => (week === 103 ? 1 : 0))) as number;
  // EWMA 0.4 posts, spread of an EWMA of one post a week: 0.5.
  expect(first).toBeCloseTo(0.8, 12);
});

test("a lasting rise to three times the usual passes z = 3", () => {
  expect(z(invented((week) => (week >= 96 ? 24 : 8), { noise: "lasting" }))).toBeGreaterThan(3);
});

test("a level needs 26 measured weeks, one of them in the last four", () => {
  expect(z(invented(() => 5, { weeks: 25 }))).toBeNull();
  expect(z(invented(() => 5, { weeks: 26 }))).toBe(0);
  expect(z(invented(() => 5, { gaps: [100, 101, 102, 103] }))).toBeNull();
});

test("a week of under 30 market posts says nothing about shares", () => {
  const thin = observedShare(invented(() => 3, { volume: (week) => (week === 50 ? 29 : 30) }));
  expect(thin[50]).toBeNaN();
  expect(thin[51]).toBe(1000);
});

test("a week is up when it lies above the average of the weeks before", () => {
  expect(weeksUp(observedShare(invented((week) => Math.max(4, week - 96))))).toBe(3);
  expect(weeksUp(observedShare(invented(() => 4)))).toBe(0);
});

test("year on year by hand: 52 · 6 posts after 52 · 2 is three times as many", () => {
  const tripled = year(invented((week) => (week >= 52 ? 6 : 2)));
  expect(tripled).toEqual({ posts: 312, basePosts: 104, ratio: 3, printable: 3 });
});

test("on a base under 50 posts no percentage is printed, and rules count the base as 50", () => {
  const small = year(invented((week) => (week >= 52 ? 5 : week < 40 ? 1 : 0)));
  expect(small?.basePosts).toBe(40);
  expect(small?.printable).toBeNull();
  expect(small?.ratio).toBeCloseTo(260 / 50, 12);
});

test("a peak week lost last year is left out of both years", () => {
  const christmas = (week: number) => (week % 52 === 5 ? 200 : 2);
  expect(year(invented(christmas))?.ratio).toBeCloseTo(1, 12);
  expect(year(invented(christmas, { gaps: [5] }))?.ratio).toBeCloseTo(1, 12);
});

test("a year is compared with 48 pairs of weeks or more", () => {
  expect(year(invented(() => 9, { weeks: 99 }))).toBeNull();
  expect(year(invented(() => 9, { weeks: 100 }))?.ratio).toBeCloseTo(1, 12);
});
