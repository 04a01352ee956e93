import { expect, test } from "vitest";
import { heldShare } from "./analysis.ts";
import { heldBy } from "./calibration.ts";
import type { CreatorPost } from "./read.ts";

const band = { creator: "mina", format: "image", weekday: 2, hour_from: 8, p10: 100, p90: 200 };
const post = (outcome: number, fields: Partial<CreatorPost> = {}): CreatorPost => ({
  creator: "mina",
  account: "mina",
  at: 0,
  hour: 9.5,
  weekday: 2,
  format: "image",
  followers: 1000,
  paid: false,
  numbers: {},
  categories: {},
  outcome,
  likesShare: null,
  provenance: "observed",
  ...fields,
});

test("a post is held against the band of its own creator, format, weekday and hour", () => {
  const held = heldBy(
    [band, { ...band, hour_from: 12, p10: 0, p90: 1 }],
    [
      post(150),
      post(99),
      post(201),
      post(100),
      post(150, { format: "video" }),
      post(150, { weekday: 3 }),
      post(150, { paid: true }),
    ],
  );
  expect(held.get("mina")).toEqual({ posts: 4, inside: 2, below: 1, above: 1 });
  expect(held.get("all")).toEqual({ posts: 4, inside: 2, below: 1, above: 1 });
});

test("nothing published since is no calibration, not a perfect one", () => {
  expect(heldBy([band], []).size).toBe(0);
  expect(heldShare([])).toMatchObject({ value: null, low: null, reason: "too_few", n: 0 });
});

test("printed predictions are the track record once there are thirty posts; before, the back-test is", () => {
  const rows = (kind: string, posts: number, inside: number) => ({ kind, posts, inside, below: 0, above: 0 });
  expect(heldShare([rows("published", 29, 20), rows("back-test", 100, 80)])).toMatchObject({
    value: 0.8,
    n: 100,
  });
  expect(
    heldShare([rows("published", 20, 15), rows("published", 20, 15), rows("back-test", 100, 80)]),
  ).toMatchObject({
    value: 0.75,
    n: 40,
  });
});
