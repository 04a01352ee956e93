// The corrected share against populations whose truth is known.
import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { botShare } from "./bot-share.ts";

/** Evidence of accounts that leave no doubt. */
const clear = (fakes: number, genuine: number) => [
  ...Array.from({ length: fakes }, () => ({ evidence: 9, coverage: 1 })),
  ...Array.from({ length: genuine }, () => ({ evidence: -9, coverage: 0.5 })),
];
const rated = (found: number, falseAlarms: number, accounts = 1e6) => ({
  prior: 0.15,
  error_rates: {
    basis: "test",
    fake: { accounts, flagged: found * accounts },
    genuine: { accounts, flagged: falseAlarms * accounts },
  },
});

test("worked by hand: 52 of 200 flagged by a rule that finds 90 % and flags 10 % by mistake are 20 %", () => {
  const share = botShare(clear(52, 148), rated(0.9, 0.1), seededRandom("hand"));
  expect(share?.share).toBeCloseTo((0.26 - 0.1) / 0.8, 3);
  expect(share).toMatchObject({ n: 200, flagged: 52, coverage: (52 + 148 * 0.5) / 200 });
  expect(share?.low).toBeGreaterThan(0.1);
  expect(share?.low).toBeLessThan(0.15);
  expect(share?.high).toBeGreaterThan(0.25);
  expect(share?.high).toBeLessThan(0.31);
});

test("doubt about the error rates widens the interval, a larger sample narrows it", () => {
  // Verdicts near the line: these accounts teach next to nothing about how often the rule errs.
  const near = (times: number) => [
    ...Array(52 * times).fill({ evidence: 1.9, coverage: 1 }),
    ...Array(148 * times).fill({ evidence: -0.6, coverage: 1 }),
  ];
  const width = (times: number, accounts: number) => {
    const share = botShare(near(times), rated(0.8, 0.1, accounts), seededRandom("doubt"));
    return (share?.high ?? 0) - (share?.low ?? 0);
  };
  expect(width(1, 40)).toBeGreaterThan(1.1 * width(1, 1e6));
  expect(width(4, 1e6)).toBeLessThan(0.6 * width(1, 1e6));
});

test("where every account is clear, stated mistakes are unlearned: their share follows what the sample shows", () => {
  const share = botShare(clear(0, 400), rated(0.9, 0.1, 80), seededRandom("clear"));
  expect(share?.share).toBe(0);
  expect(share?.falsePositives).toBeLessThan(0.03);
});

test("in nineteen of twenty samples the interval holds the share of those from whom it was drawn", () => {
  const random = seededRandom("cover");
  let held = 0;
  for (let sample = 0; sample < 200; sample++) {
    // Fakes score N(3, 1.7²), genuine accounts N(−3.5, 1.7²): log odds that err in both directions, near what calibration asks of them.
    const judged = Array.from({ length: 200 }, () => {
      const fake = random() < 0.3;
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      return { evidence: (fake ? 4.2 : -2.8) + 1.7 * normal, coverage: 1 };
    });
    const share = botShare(judged, rated(0.9, 0.05, 80), random, 400);
    if (share && share.low <= 0.3 && 0.3 <= share.high) held++;
  }
  expect(held / 200).toBeGreaterThan(0.92);
});

test("no accounts have no share, and neither has a classifier that is a coin", () => {
  expect(botShare([], rated(0.9, 0.1), seededRandom("none"))).toBeNull();
  const coin = { prior: 0.5, error_rates: rated(0.5, 0.5).error_rates };
  expect(botShare([{ evidence: 0, coverage: 0 }], coin, seededRandom("coin"))).toBeNull();
});
