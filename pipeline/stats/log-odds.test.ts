import { expect, test } from "vitest";
import { logOdds } from "./log-odds.ts";
import { seededRandom } from "./seeded-random.ts";

test("a word used as often inside as outside, for its size, marks neither", () => {
  expect(logOdds({ inside: 30, outside: 60 }, { inside: 1_000, outside: 2_000 }, 500).delta).toBeCloseTo(
    0,
    12,
  );
});

test("by hand: 20 of 100 against 10 of 100 with a prior of 10 pseudo-uses", () => {
  // prior 10 · 30 / 200 = 1.5; odds 21.5 / 88.5 and 11.5 / 98.5; variance 1 / 21.5 + 1 / 11.5
  const { delta, z } = logOdds({ inside: 20, outside: 10 }, { inside: 100, outside: 100 }, 10);
  expect(delta).toBeCloseTo(0.7328, 4);
  expect(z).toBeCloseTo(2.006, 3);
});

test("the same share with more texts behind it is surer", () => {
  const few = logOdds({ inside: 4, outside: 2 }, { inside: 100, outside: 100 }, 50).z;
  const many = logOdds({ inside: 400, outside: 200 }, { inside: 10_000, outside: 10_000 }, 50).z;
  expect(many).toBeGreaterThan(3 * few);
});

test("planted words are found among a thousand that are not", () => {
  const random = seededRandom("log-odds");
  const counts = new Map<string, { inside: number; outside: number }>();
  const totals = { inside: 0, outside: 0 };
  for (let i = 0; i < 40_000; i++) {
    const side = i % 4 === 0 ? "inside" : "outside";
    const planted = side === "inside" && random() < 0.03;
    const word = planted ? `planted${Math.floor(random() * 10)}` : `word${Math.floor(1_000 * random() ** 2)}`;
    const count = counts.get(word) ?? { inside: 0, outside: 0 };
    count[side]++;
    totals[side]++;
    counts.set(word, count);
  }
  const ranked = [...counts]
    .map(([word, count]) => ({ word, z: logOdds(count, totals, 4_000).z }))
    .sort((a, b) => b.z - a.z);
  expect(ranked.slice(0, 10).filter(({ word }) => word.startsWith("planted")).length).toBeGreaterThanOrEqual(
    9,
  );
});

test("a word that nobody uses is refused", () => {
  expect(() => logOdds({ inside: 0, outside: 0 }, { inside: 9, outside: 9 }, 1)).toThrow("invalid counts");
});
