import { expect, test } from "vitest";
import { stl } from "../../stats/stl.ts";
import { observedShare, type TermSeries } from "./series.ts";
import { invented } from "./test/invented.ts";
import { cleanSeries, decompose, directionOf, noiseOf } from "./trend-line.ts";

function read(series: TermSeries, seasonal = false) {
  const clean = cleanSeries(observedShare(series), series.market.posts);
  const parts = decompose(clean.values);
  return { clean, parts, ...directionOf(clean.values, noiseOf(clean, parts), seasonal) };
}

test("worked out by weights or by loops, STL is the same", () => {
  const { clean, parts } = read(invented((week) => 20 + 8 * Math.sin(week / 8), { noise: "same" }));
  const loops = stl(clean.values, { period: 52, smoothing: 9 });
  for (const [i, value] of loops.trend.entries()) expect(parts.trend[i]).toBeCloseTo(value, 8);
  for (const [i, value] of loops.seasonal.entries()) expect(parts.seasonal[i]).toBeCloseTo(value, 8);
});

test("a gap is bridged by the straight line between its neighbours", () => {
  const { clean } = read(invented((week) => 10 + week, { gaps: [50, 51], weeks: 60 }));
  expect(clean.values[50]).toBeCloseTo(600, 9);
  expect(clean.values[51]).toBeCloseTo(610, 9);
  expect(clean.excess[50]).toBeNaN();
});

test("one burst does not bend the line, and is kept beside it", () => {
  const { clean, peaked, heading } = read(invented((week) => (week === 80 ? 120 : 10)));
  expect(clean.values[80]).toBeCloseTo(100, 9);
  expect(clean.excess[80]).toBeCloseTo(1100, 9);
  expect([peaked, heading]).toEqual([false, 0]);
});

test("a lasting step is no burst", () => {
  const { clean } = read(invented((week) => (week >= 70 ? 40 : 10)));
  expect(Math.max(...clean.excess.map(Math.abs))).toBe(0);
});

test("up for two years heads up, down for two years heads down", () => {
  expect(read(invented((week) => 5 + week / 10, { noise: "up" })).heading).toBe(1);
  expect(read(invented((week) => 16 - week / 10, { noise: "down" })).heading).toBe(-1);
});

test("of forty terms that only flicker, few seem to head anywhere or to have peaked", () => {
  const flickers = Array.from({ length: 40 }, (_, i) =>
    read(invented(() => 6, { noise: `flicker ${i}`, volume: 150 })),
  );
  expect(flickers.filter(({ heading }) => heading !== 0).length).toBeLessThanOrEqual(8);
  expect(flickers.filter(({ peaked }) => peaked).length).toBeLessThanOrEqual(4);
});

test("a hill half a year ago is a peak; a slope that only falls is none", () => {
  const hill = (week: number) => 5 + 20 * Math.exp(-(((week - 76) / 12) ** 2));
  expect(read(invented(hill, { noise: "hill" })).peaked).toBe(true);
  expect(read(invented((week) => 30 - week / 5, { noise: "slope" })).peaked).toBe(false);
});

test("last summer's season is no peak once the season is known", () => {
  const summers = (week: number) => 30 + 25 * Math.sin((2 * Math.PI * (week - 13)) / 52);
  expect(read(invented(summers, { noise: "summers" }), false).peaked).toBe(true);
  expect(read(invented(summers, { noise: "summers" }), true).peaked).toBe(false);
});

test("below two years no season is claimed", () => {
  expect(read(invented(() => 9, { weeks: 103 })).parts.seasonKnown).toBe(false);
  expect(read(invented(() => 9, { weeks: 104 })).parts.seasonKnown).toBe(true);
});
