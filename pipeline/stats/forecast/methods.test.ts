import { expect, test } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { classicalSeason } from "./classical-season.ts";
import { compete, contestants } from "./contestants.ts";
import { bestSmoothing, fitSmoothing, forecastSmoothing } from "./ets.ts";
import { lastCycle } from "./last-cycle.ts";
import { mstlEts } from "./mstl-ets.ts";
import { naive } from "./naive.ts";
import { naive2 } from "./naive2.ts";
import { nelderMead } from "./nelder-mead.ts";
import { isSeasonal, repeatsEvery } from "./seasonality-test.ts";
import { calendarPeriods, seasonsOf } from "./seasons.ts";
import { theta } from "./theta.ts";

const series = (n: number, of: (t: number) => number) => Float64Array.from({ length: n }, (_, t) => of(t));
const noise = (label: string) => {
  const random = seededRandom(label);
  return () => random() + random() + random() - 1.5;
};
const rounded = (values: ArrayLike<number>, digits = 6) =>
  Array.from(values, (value) => Number(value.toFixed(digits)));

test("the naive forecast repeats the last value", () => {
  expect([...naive([1, 2, 3], 2)]).toEqual([3, 3]);
  expect(() => naive([], 1)).toThrow("missing values");
});

test("the search finds the lowest point of a bowl, and the same one each time", () => {
  const bowl = ([x = 0, y = 0]: Float64Array) => (x - 3) ** 2 + 2 * (y + 1) ** 2;
  const found = nelderMead(bowl, [0, 0], { evaluations: 400, tolerance: 1e-12 });
  expect(rounded(found.at, 3)).toEqual([3, -1]);
  expect(nelderMead(bowl, [0, 0])).toEqual(nelderMead(bowl, [0, 0]));
});

test("a straight line is carried on by a trend, and bent down by a damped one", () => {
  const line = series(40, (t) => 10 + 2 * t);
  expect(rounded(forecastSmoothing(fitSmoothing(line, "trend"), 3), 3)).toEqual([90, 92, 94]);
  const damped = forecastSmoothing(fitSmoothing(line, "damped"), 30);
  expect(damped[29]).toBeLessThan(10 + 2 * 69);
  expect(damped[29]).toBeGreaterThan(88);
  expect(bestSmoothing(line)?.shape).not.toBe("level");
});

test("a level without noise is a level", () => {
  expect(
    rounded(
      forecastSmoothing(
        fitSmoothing(
          series(10, () => 5),
          "level",
        ),
        2,
      ),
    ),
  ).toEqual([5, 5]);
  expect(bestSmoothing([1, 2])).toBeNull();
  expect(() => fitSmoothing([1, 2, 3], "damped")).toThrow("invalid series length: 3");
});

test("Theta halves the slope of a straight line's own forecast towards its smoothed level", () => {
  const [first, second] = theta(
    series(30, (t) => 4 + t),
    2,
  );
  // The level of the doubled line lags at most one step behind its last value, 33.
  expect(first).toBeGreaterThan(33);
  expect(first).toBeLessThan(34.5);
  expect((second as number) - (first as number)).toBeCloseTo(0.5, 6);
});

test("the competition's test sees a season in levels; ours sees it in steps, on a trend too", () => {
  const wobble = noise("season");
  const seasonal = series(96, (t) => 100 + 20 * Math.sin((2 * Math.PI * t) / 12) + wobble());
  const onTrend = series(96, (t) => (seasonal[t] as number) + 8 * t);
  expect([isSeasonal(seasonal, 12), repeatsEvery(seasonal, 12)]).toEqual([true, true]);
  expect([isSeasonal(onTrend, 12), repeatsEvery(onTrend, 12)]).toEqual([false, true]);
  expect([isSeasonal(seasonal.slice(0, 35), 12), isSeasonal(seasonal, 1)]).toEqual([false, false]);
});

test("a multiplicative season is taken out and put back where it belongs", () => {
  const factors = [0.5, 1, 1.5, 1];
  const values = series(24, (t) => 100 * (factors[t % 4] as number));
  const { adjusted, restore } = classicalSeason(values, 4, "multiplicative");
  expect(rounded(adjusted)).toEqual(new Array(24).fill(100));
  expect(rounded(restore(Float64Array.of(100, 100, 100)))).toEqual([50, 100, 150]);
  expect(rounded(naive2(values, 4, 4))).toEqual([50, 100, 150, 100]);
});

test("where nobody names a season, the one that most series repeat is tried; in noise none is", () => {
  const weekly = Array.from({ length: 12 }, (_, i) => {
    const wobble = noise(`weeks ${i}`);
    return series(260, (t) => 100 + 15 * Math.cos((2 * Math.PI * t) / 52) ** 3 + wobble());
  });
  const nothing = Array.from({ length: 30 }, (_, i) => {
    const wobble = noise(`nothing ${i}`);
    let level = 50;
    return series(260, () => {
      level += wobble();
      return level;
    });
  });
  expect(seasonsOf(weekly, 1)).toEqual([52]);
  expect(seasonsOf(nothing, 1)).toEqual([]);
  expect([seasonsOf(weekly, 12), seasonsOf(weekly, 24)]).toEqual([[12], [24, 168]]);
  expect(seasonsOf([], 1)).toEqual([]);
  expect(calendarPeriods).toContain(52);
});

test("last year's course starts from today's level, and needs a year to have been", () => {
  const values = series(80, (t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 52));
  const forecast = lastCycle(values, 13, 52) as Float64Array;
  for (let h = 0; h < 13; h++)
    expect(
      Math.abs((forecast[h] as number) - (100 + 30 * Math.sin((2 * Math.PI * (80 + h)) / 52))),
    ).toBeLessThan(6);
  expect(lastCycle(values.slice(0, 52), 13, 52)).toBeNull();
});

test("MSTL follows a season, refuses what it cannot decompose, and says the same twice", () => {
  const wobble = noise("mstl");
  const values = series(156, (t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 52) + wobble());
  const forecast = mstlEts(values, 26, [52]) as Float64Array;
  expect(Math.abs((forecast[25] as number) - (100 + 30 * Math.sin((2 * Math.PI * 181) / 52)))).toBeLessThan(
    6,
  );
  expect(mstlEts(values, 26, [52])).toEqual(forecast);
  expect(mstlEts(values.slice(0, 100), 5, [52])).toBeNull();
  expect(mstlEts(Float64Array.of(1, 2, Number.NaN, 4, 1, 2, 3, 4), 2, [4])).toBeNull();
});

test.each([
  ["three points", Float64Array.of(1, 2, 4)],
  ["one point", Float64Array.of(7)],
  ["a constant", series(120, () => 3)],
  ["zeros", series(120, () => 0)],
  ["negative values", series(120, (t) => Math.sin(t) - 5)],
  ["one spike in silence", series(120, (t) => (t === 60 ? 1 : 0))],
])("%s: every method gives a number or stands back", (_, values) => {
  const forecasts = compete(values, 13, { period: 12, tried: [12, 52] });
  expect(forecasts.naive).toHaveLength(13);
  for (const method of contestants)
    for (const value of forecasts[method] ?? []) expect(Number.isFinite(value), method).toBe(true);
});
