import { expect, test } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { combine, poolErrors, relativeErrors, weightsOf } from "./combination.ts";
import { type ContestOptions, contest, originsOf, scaleOf } from "./contest.ts";
import { contestants, type Forecasts } from "./contestants.ts";
import { inside, mase, msis, smape } from "./measures.ts";
import { forecastPool, type SeriesForecast } from "./pool.ts";
import { prepare } from "./prepare.ts";

const plain: ContestOptions = { horizon: 8, period: 1, tried: [] };
const forecastAll = (all: readonly ArrayLike<number>[], options = plain) =>
  forecastPool(
    all.map((values) => contest(values, options)),
    options.horizon,
  );
const forecastOne = (values: ArrayLike<number>, options = plain) => forecastAll([values], options)[0] ?? null;
const walk = (label: string, n: number, step = 1) => {
  const random = seededRandom(label);
  let level = 100;
  return Float64Array.from({ length: n }, () => {
    level += step * (random() + random() + random() - 1.5);
    return level;
  });
};
const numbersOf = ({ combination, naive }: SeriesForecast): number[] =>
  [combination, naive].flatMap(({ point, band80, band95, backTest }) => [
    ...point,
    ...[band80, band95].flatMap((band) => (band ? [...band.low, ...band.high] : [])),
    ...Object.values(backTest ?? {}).filter((value) => value !== null),
  ]);

test("sMAPE, MASE and the interval score are those of the competition", () => {
  expect(smape([100, 200], [110, 180])).toBeCloseTo((200 * (10 / 210) + 200 * (20 / 380)) / 2, 12);
  expect(smape([0], [0])).toBe(0);
  expect(mase([5, 7], [4, 4], scaleOf([1, 2, 4, 4], 1))).toBeCloseTo(2, 12);
  expect(scaleOf([3, 3, 3], 1)).toBeNull();
  // Width 2, and one unit below the lower end counts 40 times.
  expect(msis([0], { low: [1], high: [3] }, 0.95, 2)).toBeCloseTo((2 + 40) / 2, 12);
  expect(inside([1, Number.NaN, 9], { low: [0, 0, 0], high: [2, 2, 2] })).toEqual({ inside: 1, n: 2 });
});

test("holes are bridged, ends trimmed, and the missing end is stepped over", () => {
  const prepared = prepare([Number.NaN, 2, Number.NaN, 4, Number.NaN]);
  expect(prepared).toMatchObject({ unit: 4, behind: 1, known: [true, false, true], nonNegative: true });
  expect([...(prepared?.values ?? [])]).toEqual([0.5, 0.75, 1]);
  expect(prepare([Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
});

test("origins lie a horizon apart where there is room, closer where there is not, and nowhere in five values", () => {
  expect(originsOf(104, 13, 1)).toEqual({ ends: [91, 78, 65, 52], steps: 13 });
  expect(originsOf(14, 6, 1)).toEqual({ ends: [10, 9, 8, 7], steps: 4 });
  expect(originsOf(5, 13, 1).ends).toEqual([]);
});

test("a method that is absent neither gains nor costs weight, and the better one weighs more", () => {
  const forecasts = Object.fromEntries(
    contestants.map((name) => [
      name,
      { naive: Float64Array.of(8), theta: Float64Array.of(9) }[name as string] ?? null,
    ]),
  ) as unknown as Forecasts;
  const errors = relativeErrors({ end: 1, actual: Float64Array.of(10), forecasts, spread: 1 });
  expect(errors).toMatchObject({ naive: 4 / 3, theta: 2 / 3, ets: null });
  const weights = weightsOf([errors], poolErrors([[errors]]), forecasts);
  expect(weights.theta).toBeCloseTo(32 / 33, 12);
  expect(weights.mstl_ets).toBe(0);
  expect(combine(forecasts, weights)[0]).toBeCloseTo(9 - 1 / 33, 12);
});

test("on series that walk at random the naive forecast is not beaten by much, and intervals hold what they promise", () => {
  const all = Array.from({ length: 200 }, (_, i) => walk(`walk ${i}`, 128, 1 + (i % 5)));
  const forecasts = forecastAll(all.map((values) => values.slice(0, 120)));
  let [in80, in95, n] = [0, 0, 0];
  forecasts.forEach((forecast, i) => {
    const after = (all[i] as Float64Array).slice(120);
    in80 += inside(after, forecast?.combination.band80 as never).inside;
    in95 += inside(after, forecast?.combination.band95 as never).inside;
    n += 8;
  });
  expect(in80 / n).toBeGreaterThan(0.75);
  expect(in80 / n).toBeLessThan(0.85);
  expect(in95 / n).toBeGreaterThan(0.925);
  expect(in95 / n).toBeLessThan(0.975);
});

test("a steady climb has skill, and its forecast climbs on", () => {
  const climb = Float64Array.from(walk("climb", 80, 0.4), (value, t) => value + 2 * t);
  const forecast = forecastOne(climb) as SeriesForecast;
  expect(forecast.skilled).toBe(true);
  expect(forecast.combination.backTest?.relativeMae).toBeLessThan(0.5);
  expect(forecast.combination.point[7]).toBeGreaterThan((climb[79] as number) + 8);
  expect(forecast.methods.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
});

test("the back-test never sees what it is tested on: changing the last values leaves the earlier origins' forecasts alone", () => {
  const values = walk("leak", 60);
  const changed = Float64Array.from(values, (value, t) => (t < 52 ? value : value + 50));
  const [one, other] = [contest(values, plain), contest(changed, plain)];
  // Prepared series are in units of their largest value, so forecasts are compared in the series' own unit.
  const own = (which: typeof one, o: number) => {
    const forecast = which?.origins[o]?.forecasts.ets ?? new Float64Array();
    return [...forecast].map((value) => value * (which?.unit ?? 1));
  };
  expect(own(one, 1)).toHaveLength(8);
  own(one, 1).forEach((value, h) => {
    expect(value).toBeCloseTo(own(other, 1)[h] as number, 4);
  });
});

test("a count that has just grown is measured by the noise of its new level, not of its small days", () => {
  const grown = Float64Array.from({ length: 60 }, (_, t) => (t < 59 ? 16 + (t % 2) / 10 : 400));
  const spread = (exposure: number | null) => {
    const found = contest(grown, { ...plain, exposure });
    return (found?.final.spread ?? 0) * (found?.unit ?? 0);
  };
  expect(spread(null)).toBeLessThan(10);
  expect(spread(1)).toBeCloseTo((2 / Math.sqrt(Math.PI)) * Math.sqrt(400), 6);
  expect(spread(0.25)).toBeCloseTo(2 * spread(1), 6);
});

test("the same series give the same numbers", () => {
  const all = [walk("a", 90), walk("b", 70)];
  expect(forecastAll(all, { horizon: 6, period: 12, tried: [12] })).toEqual(
    forecastAll(all, { horizon: 6, period: 12, tried: [12] }),
  );
});

test.each([
  ["three points", [1, 2, 4]],
  ["two points", [1, 2]],
  ["one point", [5]],
  ["a constant", new Array(60).fill(7)],
  ["zeros", new Array(60).fill(0)],
  ["huge numbers", Array.from({ length: 60 }, (_, t) => 1e300 * (1 + (t % 7)))],
  ["numbers at the end of doubles", [1.7e308, 1.6e308, 1.79e308, 1.5e308, 1.7e308, 1.6e308, 1.7e308]],
  ["tiny numbers", Array.from({ length: 60 }, (_, t) => 1e-300 * (1 + (t % 5)))],
  ["negative numbers", Array.from({ length: 60 }, (_, t) => -50 + Math.sin(t))],
  ["mostly holes", Array.from({ length: 90 }, (_, t) => (t % 9 === 0 ? t : Number.NaN))],
  ["a hole at the end", [...walk("hole", 60), Number.NaN, Number.NaN]],
])("%s: an answer without NaN", (_, values) => {
  const forecast = forecastOne(values) as SeriesForecast;
  expect(forecast.combination.point).toHaveLength(8);
  for (const number of numbersOf(forecast)) expect(Number.isFinite(number)).toBe(true);
});

test("what was never negative is never forecast to be, and a series without a value gets no forecast", () => {
  const falling = Float64Array.from({ length: 40 }, (_, t) => Math.max(0, 40 - 1.2 * t));
  const { point, band95 } = (forecastOne(falling) as SeriesForecast).combination;
  expect(Math.min(...point, ...(band95?.low ?? []))).toBeGreaterThanOrEqual(0);
  expect(forecastOne([Number.NaN])).toBeNull();
  expect(forecastOne([])).toBeNull();
});

test("a constant is forecast as itself, without width, and without a verdict of skill it cannot have", () => {
  const forecast = forecastOne(new Array(40).fill(7)) as SeriesForecast;
  for (const value of [...forecast.combination.point, ...(forecast.combination.band95?.high ?? [0])])
    expect(value).toBeCloseTo(7, 6);
  expect(forecast.skilled).toBe(false);
  expect(forecast.combination.backTest).toMatchObject({ mase: null, relativeMae: null });
});
