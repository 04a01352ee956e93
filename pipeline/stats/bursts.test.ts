import { expect, test } from "vitest";
import { dailyBursts, findBursts } from "./bursts.ts";
import { negativeBinomialDraw } from "./negative-binomial.ts";
import { seededRandom } from "./seeded-random.ts";

const weekdays = [0.8, 0.9, 1, 1, 1.1, 1.3, 0.9];

function drawn(label: string, meanOf: (day: number) => number, { days = 112, dispersion = 0.1 } = {}) {
  const random = seededRandom(label);
  return Float64Array.from({ length: days }, (_, day) =>
    negativeBinomialDraw(meanOf(day) * (weekdays[day % 7] as number), dispersion, random),
  );
}

test("the days, the height and the surety of a planted burst", () => {
  const counts = drawn("burst", (day) => (day >= 70 && day < 77 ? 120 : 30));
  const { bursts, usual, dispersion } = findBursts(counts, dailyBursts);
  expect(bursts).toHaveLength(1);
  // Two days before happened to be loud.
  expect(bursts[0]).toMatchObject({ from: 68, to: 76 });
  expect(bursts[0]?.p).toBeLessThan(1e-4);
  expect((bursts[0]?.count ?? 0) / (bursts[0]?.usual ?? 1)).toBeGreaterThan(2.5);
  // The burst has not raised what is usual.
  expect((usual[73] as number) / (30 * (weekdays[73 % 7] as number))).toBeCloseTo(1, 0);
  expect(dispersion).toBeGreaterThan(0.04);
  expect(dispersion).toBeLessThan(0.2);
});

test.each([
  ["30 a day, size 10", 30, 0.1],
  ["30 a day, size 3", 30, 1 / 3],
  ["1 a day, size 3", 1, 1 / 3],
  ["30 a day, Poisson", 30, 0],
])("p bounds what quiet series show: %s", (label, mean, dispersion) => {
  const series = 400;
  const least = Array.from({ length: series }, (_, i) =>
    Math.min(
      1,
      ...findBursts(
        drawn(`quiet ${label} ${i}`, () => mean, { dispersion }),
        dailyBursts,
      ).bursts.map(({ p }) => p),
    ),
  );
  // Three standard errors above the promise.
  for (const promised of [0.1, 0.02])
    expect(least.filter((p) => p <= promised).length / series).toBeLessThan(
      promised + 3 * Math.sqrt((promised * (1 - promised)) / series),
    );
});

test("quiet days that are alike, such as a slow swing, are heard as fewer days", () => {
  const random = seededRandom("alike");
  let swing = 0;
  const counts = Float64Array.from({ length: 200 }, () => {
    swing = 0.75 * swing + 0.25 * (random() - 0.5) * 2;
    return Math.round(100 * Math.exp(swing));
  });
  expect(findBursts(counts, dailyBursts).alike).toBeGreaterThan(0.2);
  for (const { p } of findBursts(counts, dailyBursts).bursts) expect(p).toBeGreaterThan(0.01);
});

test("missing days say nothing, and lie in no burst of their own", () => {
  const counts = drawn("missing", () => 30);
  for (let day = 40; day < 60; day++) counts[day] = Number.NaN;
  const { bursts, days } = findBursts(counts, dailyBursts);
  expect(bursts).toEqual([]);
  expect(days).toBe(92);
});

test("a trebled level that stays is no burst", () => {
  const found = findBursts(
    drawn("level", (day) => (day < 60 ? 20 : 60), { days: 140 }),
    dailyBursts,
  );
  expect(found.bursts.filter(({ p }) => p < 0.01)).toEqual([]);
});

test.each([
  ["nothing at all", []],
  ["three days", [3, 90, 4]],
  ["all missing", Array.from({ length: 80 }, () => Number.NaN)],
  ["always zero", Array.from({ length: 80 }, () => 0)],
  ["always the same", Array.from({ length: 80 }, () => 7)],
])("%s: no burst and no number that is none", (_, counts) => {
  const { bursts, usual, dispersion } = findBursts(Float64Array.from(counts), dailyBursts);
  expect(bursts.filter(({ p }) => p < 0.05)).toEqual([]);
  for (const value of [...usual, dispersion]) expect(value).not.toBeNaN();
});
