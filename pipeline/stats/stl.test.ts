import { expect, test } from "vitest";
import { seededRandom } from "./seeded-random.ts";
import { seasonalStrength, stl } from "./stl.ts";

const weeks = 156;
const yearly = { period: 52, smoothing: 9 } as const;

function noise(label: string, size: number): number[] {
  const random = seededRandom(label);
  return Array.from(
    { length: weeks },
    () => size * (random() + random() + random() + random() - 2) * Math.sqrt(3),
  );
}
const season = (i: number) => 8 * Math.sin((2 * Math.PI * i) / 52);
const hump = (i: number) => 20 + 6 * Math.exp(-(((i - 80) / 45) ** 2));
const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const mean = (x: ArrayLike<number>) => Array.from(x).reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [(a[i] as number) - ma, (b[i] as number) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
};

test("the parts add up to the series", () => {
  const values = noise("sum", 2).map((e, i) => hump(i) + season(i) + e);
  const { trend, seasonal, remainder } = stl(values, yearly);
  values.forEach((value, i) => {
    expect((trend[i] as number) + (seasonal[i] as number) + (remainder[i] as number)).toBeCloseTo(value, 9);
  });
});

test("a planted season and a planted trend are recovered from noise", () => {
  const values = noise("planted", 2).map((e, i) => hump(i) + season(i) + e);
  const parts = stl(values, yearly);
  expect(
    correlation(
      parts.seasonal,
      values.map((_, i) => season(i)),
    ),
  ).toBeGreaterThan(0.98);
  expect(
    correlation(
      parts.trend,
      values.map((_, i) => hump(i)),
    ),
  ).toBeGreaterThan(0.95);
  expect(seasonalStrength(parts)).toBeGreaterThan(0.85);
});

test("pure noise has no season, even over two years", () => {
  const strengths = Array.from({ length: 40 }, (_, i) =>
    seasonalStrength(stl(noise(`quiet-${i}`, 3).slice(0, 104), yearly)),
  );
  expect(Math.max(...strengths)).toBeLessThan(0.4);
  expect(strengths.reduce((a, b) => a + b, 0) / 40).toBeLessThan(0.2);
});

test("without smoothing along the year, two years of noise look half seasonal: why the smoothing is there", () => {
  expect(seasonalStrength(stl(noise("quiet", 3).slice(0, 104), { period: 52 }))).toBeGreaterThan(0.35);
});

test("a straight line is all trend", () => {
  const { trend, seasonal } = stl(
    Array.from({ length: 104 }, (_, i) => 5 + i / 10),
    yearly,
  );
  for (let i = 0; i < 104; i++) {
    expect(trend[i]).toBeCloseTo(5 + i / 10, 2);
    expect(seasonal[i]).toBeCloseTo(0, 2);
  }
});

test("one wild week bends the trend less when outliers are set aside", () => {
  const calm = noise("wild", 1).map((e, i) => 10 + season(i) / 4 + e);
  const wild = calm.map((value, i) => (i === 70 ? value + 200 : value));
  const bend = (robustLoops: number) =>
    Math.abs(
      (stl(wild, { ...yearly, robustLoops }).trend[70] as number) - (stl(calm, yearly).trend[70] as number),
    );
  expect(bend(0)).toBeGreaterThan(3);
  expect(bend(5)).toBeLessThan(bend(0) / 5);
});

test("a seasonal window lets the season change over the years; periodic does not", () => {
  const growing = Array.from({ length: 12 * 10 }, (_, i) => (1 + i / 60) * Math.sin((2 * Math.PI * i) / 12));
  const amplitude = (seasonal: Float64Array, from: number) => Math.max(...seasonal.slice(from, from + 12));
  const moving = stl(growing, { period: 12, seasonal: 7 }).seasonal;
  const fixed = stl(growing, { period: 12 }).seasonal;
  expect(amplitude(moving, 108) / amplitude(moving, 0)).toBeGreaterThan(2);
  expect(amplitude(fixed, 108) / amplitude(fixed, 0)).toBeCloseTo(1, 1);
});

test("less than two cycles is refused", () => {
  expect(() => stl(new Array(103).fill(1), yearly)).toThrow("invalid series length: 103");
});
