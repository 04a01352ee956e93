// The scorecard as everybody can check it by hand.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type Account, accountFields, unknownAccount } from "./account.ts";
import { isFlagged, logit, openClassifier, probability } from "./classifier.ts";

const scorecard = openClassifier("shipped");
const evidence = (account: Partial<Account>) => scorecard.judge({ ...unknownAccount, ...account }).evidence;

test("worked by hand: 25 followers, 1,937 followings, no post, a picture, no word", () => {
  // 0.9 (ln(1938/26) − 1.1) − 0.45 (ln 26 − 5) + 0.8 ln(1937/1500) − 0.6 (0 − 2.2) + 0.4 + 2.4 (0 − 0.2) − 0.25 (0 − 2.4)
  const byHand =
    0.9 * (Math.log(1938 / 26) - 1.1) -
    0.45 * (Math.log(26) - 5) +
    0.8 * Math.log(1937 / 1500) +
    0.6 * 2.2 +
    0.4 -
    0.48 +
    0.6;
  const account = { followers: 25, following: 1937, posts: 0, has_profile_picture: true, bio_length: 0 };
  expect(evidence(account)).toBeCloseTo(byHand, 9);
  expect(probability(evidence(account), scorecard.prior)).toBeGreaterThan(0.95);
});

test("an account of which nothing is known is judged by the prior alone", () => {
  expect(scorecard.judge(unknownAccount)).toEqual({ evidence: 0, coverage: 0 });
  expect(probability(0, 0.15)).toBeCloseTo(0.15, 12);
});

const anyone = fc.record({
  followers: fc.nat(5_000_000),
  following: fc.nat(7500),
  posts: fc.nat(20_000),
  has_profile_picture: fc.boolean(),
  is_private: fc.boolean(),
  username_length: fc.integer({ min: 1, max: 30 }),
  username_digit_share: fc.double({ min: 0, max: 1, noNaN: true }),
  full_name_words: fc.nat(6),
  full_name_digit_share: fc.double({ min: 0, max: 1, noNaN: true }),
  name_equals_username: fc.boolean(),
  bio_length: fc.nat(200),
  has_external_url: fc.boolean(),
});

test("more followers, posts or words never make an account more suspicious; more followings or digits never less", () => {
  fc.assert(
    fc.property(anyone, fc.nat(3000), (account, more) => {
      const base = evidence(account) + 1e-9;
      expect(evidence({ ...account, followers: account.followers + more })).toBeLessThanOrEqual(base);
      expect(evidence({ ...account, posts: account.posts + more })).toBeLessThanOrEqual(base);
      expect(evidence({ ...account, bio_length: account.bio_length + more })).toBeLessThanOrEqual(base);
      expect(evidence({ ...account, has_profile_picture: true })).toBeLessThanOrEqual(base);
      expect(evidence({ ...account, following: account.following + more })).toBeGreaterThanOrEqual(
        base - 2e-9,
      );
      expect(evidence({ ...account, username_digit_share: 1 })).toBeGreaterThanOrEqual(base - 2e-9);
    }),
  );
});

test("a missing field lowers the coverage and takes only its own points away", () => {
  fc.assert(
    fc.property(anyone, fc.constantFrom(...accountFields), (account, field) => {
      const whole = scorecard.judge(account);
      const part = scorecard.judge({ ...account, [field]: null });
      expect(whole.coverage).toBeCloseTo(1, 9);
      expect(part.coverage).toBeCloseTo(1 - scorecard.fieldWeights[field], 9);
      expect(Number.isFinite(part.evidence)).toBe(true);
    }),
  );
});

test("flagged means more likely fake than not at the scorecard's own prior", () => {
  expect(isFlagged(-logit(0.15) + 0.001, scorecard)).toBe(true);
  expect(isFlagged(-logit(0.15) - 0.001, scorecard)).toBe(false);
});

test("fitted weights that nobody fitted are missing, with the way to get them", () => {
  expect(() => openClassifier("fitted")).toThrow(/Fit them with: leap train authenticity/);
});

test("fitted weights that are no JSON are refused by their path, with the way to fit them anew", () => {
  const local = mkdtempSync(path.join(tmpdir(), "leap-weights-"));
  mkdirSync(path.join(local, "authenticity"));
  writeFileSync(path.join(local, "authenticity/logistic.json"), "{");
  vi.stubEnv("LEAP_WEIGHTS", local);
  try {
    expect(() => openClassifier()).toThrow(
      /invalid weights: .*logistic\.json: .*Fit them anew with: leap train authenticity/,
    );
  } finally {
    vi.unstubAllEnvs();
    rmSync(local, { recursive: true });
  }
});
