import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { fitPredictor } from "./model.ts";
import type { Post } from "./post.ts";

const plain = { hour: 12, weekday: 3, followers: null, numbers: {}, categories: {} };

/** Posts of accounts with levels of their own; `lift` is what a video gets more, in logarithms. */
function posts(count: number, { lift = 0, noise = 0.4, accounts = 4, seed = "posts" } = {}): Post[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, (_, i): Post => {
    const account = i % accounts;
    const video = random() < 0.5;
    return {
      ...plain,
      account: `a${account}`,
      at: Date.UTC(2026, 0, 1) + i * 3_600_000 * 8,
      hour: Math.floor(random() * 24),
      format: video ? "video" : "image",
      outcome: Math.expm1(5 + account * 0.8 + (video ? lift : 0) + noise * normal()),
    };
  });
}

test("eight posts in ten fall inside the band, also when the posts are later ones", () => {
  const all = posts(600, { lift: 0.7 });
  for (const ahead of [false, true]) {
    const { predict } = fitPredictor(all.slice(0, 400), seededRandom("fit"), { ahead });
    const inside = all.slice(400).filter((post) => {
      const { low, high } = predict(post, 0.8);
      return post.outcome >= low && post.outcome <= high;
    });
    expect(inside.length / 200).toBeGreaterThan(0.72);
    expect(inside.length / 200).toBeLessThan(0.88);
  }
});

test("a format that does better is told apart, account by account", () => {
  const { predict, mix } = fitPredictor(posts(400, { lift: 1 }), seededRandom("fit"));
  expect(mix.account).toBeLessThan(1);
  const of = (format: string) =>
    predict({ ...plain, account: "a1", at: Date.UTC(2026, 4, 1), format }, 0.8).middle;
  expect(of("video") / of("image")).toBeGreaterThan(Math.exp(0.7));
  expect(of("video") / of("image")).toBeLessThan(Math.exp(1.3));
});

test("where nothing but the account matters, nothing but the account moves the prediction", () => {
  const { predict } = fitPredictor(posts(200, { lift: 0 }), seededRandom("fit"));
  const of = (account: string, format: string) =>
    predict({ ...plain, account, at: Date.UTC(2026, 4, 1), format }, 0.8).middle;
  expect(of("a3", "video") / of("a3", "image")).toBeCloseTo(1, 1);
  expect(Math.log(of("a3", "video") / of("a0", "video"))).toBeCloseTo(3 * 0.8, 0);
});

test("a few counts of zero, as hidden likes are exported, do not draw an account's level to that of all", () => {
  const hidden = posts(48, { noise: 0.1 }).map((post, i) => (i % 13 === 5 ? { ...post, outcome: 0 } : post));
  const { predict } = fitPredictor(hidden, seededRandom("fit"));
  const of = (account: string) =>
    Math.log1p(predict({ ...plain, account, at: Date.UTC(2026, 0, 9), format: "image" }, 0.8).middle);
  // Their levels are 3 · 0.8 apart.
  expect(of("a3") - of("a0")).toBeGreaterThan(2.1);
});

test("an account never seen gets the level of its peers, with a wider band than promised of none", () => {
  const { predict } = fitPredictor(posts(200), seededRandom("fit"));
  const { low, middle, high } = predict({ ...plain, account: "new", at: null, format: null }, 0.8);
  expect(Math.log1p(middle)).toBeGreaterThan(5);
  expect(Math.log1p(middle)).toBeLessThan(5 + 3 * 0.8);
  expect(low).toBeLessThan(middle);
  expect(high).toBeGreaterThan(middle);
});

test("any few posts, equal, zero or huge, give three ordered finite numbers of at least 0", () => {
  const one = fc.record({
    account: fc.option(fc.constantFrom("a", "b")),
    at: fc.option(fc.integer({ min: 0, max: 2e12 })),
    hour: fc.option(fc.integer({ min: 0, max: 23 })),
    weekday: fc.option(fc.integer({ min: 1, max: 7 })),
    format: fc.option(fc.constantFrom("image", "video")),
    followers: fc.option(fc.integer({ min: 0, max: 1e9 })),
    outcome: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1e9 })),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 45 }), fc.boolean(), (rows, ahead) => {
      const all = rows.map((row): Post => ({ ...plain, ...row }));
      const { predict } = fitPredictor(all, seededRandom("any"), { ahead });
      const { low, middle, high } = predict(all[0] as Post, 0.8);
      for (const value of [low, middle, high]) expect(Number.isFinite(value)).toBe(true);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(middle);
      expect(middle).toBeLessThanOrEqual(high);
    }),
    { numRuns: 40 },
  );
});
