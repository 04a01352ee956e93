import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { measureTerm } from "./measure.ts";
import { poolMarkets, poolTerm } from "./series.ts";
import { invented } from "./test/invented.ts";

const many = { named: 60, postsWithoutAuthor: 0 };
const measure = (
  series: ReturnType<typeof invented>,
  percentile = 60,
  authors: Parameters<typeof measureTerm>[2] = many,
) => measureTerm(series, percentile, authors, seededRandom("measure"));

test("a term that tripled within a quarter explodes, with its class steady over the redraws", () => {
  const reading = measure(invented((week) => (week < 90 ? 4 : 40), { noise: "explodes" }));
  expect(reading.class).toBe("Exploding");
  expect(reading.stability).toBeGreaterThan(0.9);
  expect(reading.score?.score).toBeGreaterThan(75);
});

test("a small term that grows week by week emerges", () => {
  const rising = [2, 3, 4, 6];
  expect(
    measure(
      invented((week) => (week >= 100 ? (rising[week - 100] as number) : week % 2)),
      10,
    ).class,
  ).toBe("Emerging");
});

test("a summer term is seasonal, and its season peaks in July", () => {
  // Week 0 is in November; 35 weeks later it is July.
  const summers = invented((week) => 20 + 15 * Math.cos((2 * Math.PI * (week - 35)) / 52), { noise: "July" });
  expect(measure(summers)).toMatchObject({ seasonal: true, peakMonth: 7 });
});

test("one long hump in two years is no season, whatever its F_S", () => {
  const width = (week: number) => (week < 72 ? 22 : 18);
  const hump = measure(invented((week) => 9 + 21 * Math.exp(-(((week - 72) / width(week)) ** 2))));
  expect(hump.seasonality).toBeGreaterThan(0.64);
  expect(hump).toMatchObject({ seasonal: false, peakMonth: null, class: "Peaked" });
});

test("below 104 weeks a season is unknown, not absent", () => {
  expect(measure(invented(() => 20, { weeks: 103, noise: "short" }))).toMatchObject({
    seasonal: null,
    seasonality: null,
  });
});

test("a gap leaves class and score as they were", () => {
  const shape = (week: number) => 6 + week / 8;
  const [whole, holed] = [measure(invented(shape)), measure(invented(shape, { gaps: [68, 101] }))];
  expect(holed.class).toBe(whole.class);
  expect(Math.abs((holed.score?.score as number) - (whole.score?.score as number))).toBeLessThan(1.5);
  expect(holed.coverage).toBeCloseTo(102 / 104, 12);
});

test("few weeks, few posts, few authors: each has its reason, and nothing is NaN", () => {
  const cases = [
    [measure(invented(() => 50, { weeks: 1 })), "not_collected"],
    [measure(invented(() => 50, { weeks: 5 })), "not_collected"],
    [measure(invented(() => 50, { gaps: [100, 101, 102] })), "not_collected"],
    [measure(invented(() => 3, { volume: 20 })), "too_few"],
    [measure(invented((week) => (week % 4 === 0 ? 1 : 0))), "too_few"],
    [
      measure(
        invented(() => 5),
        50,
        { named: 4, postsWithoutAuthor: 0 },
      ),
      "withheld_privacy",
    ],
  ] as const;
  for (const [reading, reason] of cases) {
    expect(reading).toMatchObject({
      reason,
      class: null,
      score: null,
      confidence: null,
      momentum: null,
    });
    const numbers = Object.values(reading).filter((value) => typeof value === "number");
    expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
  }
});

test("a month has a share but no trend; a few voices have neither", () => {
  const month = invented(() => 50, { weeks: 4 });
  expect(measure(month).recent).toMatchObject({ share: 500, posts: 200, marketPosts: 4000 });
  expect(measure(month, 50, { named: 4, postsWithoutAuthor: 0 }).recent).toBeNull();
});

test("where a source names no authors, the floor of posts alone applies", () => {
  expect(
    measure(
      invented(() => 5),
      50,
      { named: null, postsWithoutAuthor: 260 },
    ).reason,
  ).toBeNull();
  expect(
    measure(
      invented(() => 5),
      50,
      { named: 2, postsWithoutAuthor: 258 },
    ).reason,
  ).toBeNull();
});

test("the same series gives the same reading", () => {
  const series = invented((week) => 3 + week / 20, { noise: "again" });
  expect(measure(series)).toEqual(measure(series));
});

test("a market's gap is a gap of all: a term of that market must not seem to fall", () => {
  const german = invented(() => 0, { market: "de" });
  const japanese = invented(() => 40, { market: "jp", gaps: [68] });
  const all = poolTerm([german, japanese], poolMarkets([german.market, japanese.market]));
  expect(all.market.collected[68]).toBe(false);
  expect(all.market.posts[67]).toBe(2000);
  expect(measure(all)).toMatchObject({ reason: null, z: 0 });
});

test("a market that begins later is no gap before it begins", () => {
  const old = invented(() => 5, { market: "de" });
  const young = invented(() => 5, { market: "fr", gaps: Array.from({ length: 40 }, (_, week) => week) });
  expect(poolMarkets([old.market, young.market]).collected.every(Boolean)).toBe(true);
});
