import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import {
  basisOf,
  type CountedPost,
  commentsPerLike,
  dispersion,
  engagementEstimate,
  engagementRate,
  paidPerformance,
  ratedPosts,
} from "./engagement-rate.ts";

const post = (fields: Partial<CountedPost> = {}): CountedPost => ({
  posted_at: "2026-11-01T12:00:00.000Z",
  format: "image",
  likes: 90,
  comments: 10,
  views: null,
  engagement: 100,
  likes_hidden: false,
  followers: 10_000,
  is_paid: false,
  brands: 0,
  looks_paid: false,
  ...fields,
});
const posts = (...engagements: number[]) => engagements.map((engagement) => post({ engagement }));

test("the rate by followers is a median: one viral post of 900 % does not carry it", () => {
  expect(engagementRate(ratedPosts(posts(100, 200, 300, 400, 90_000), "followers"), "followers")).toBe(0.03);
});

test("each post counts against the followers of its own time", () => {
  const rated = ratedPosts(
    [post({ followers: 5_000 }), post({ followers: 10_000 }), post({ followers: 20_000 })],
    "followers",
  );
  expect(engagementRate(rated, "followers")).toBe(0.01);
});

test("the rate by views is a ratio of sums: (10 + 90) / (1,000 + 1,000)", () => {
  const rated = ratedPosts(
    [post({ engagement: 10, views: 1000 }), post({ engagement: 90, views: 1000 })],
    "views",
  );
  expect(engagementRate(rated, "views")).toBe(0.05);
  expect(basisOf("youtube")).toBe("views");
  expect(basisOf("instagram")).toBe("followers");
});

test("a post with hidden likes is dropped, never counted as zero", () => {
  const hidden = post({ likes: null, engagement: null, likes_hidden: true });
  expect(ratedPosts([...posts(100, 200), hidden], "followers")).toHaveLength(2);
});

test("nine rated posts give no rate, ten give one with an interval around it", () => {
  const ten = ratedPosts(posts(100, 110, 120, 130, 140, 150, 160, 170, 180, 190), "followers");
  expect(engagementEstimate(ten.slice(1), "followers", seededRandom("nine"))).toBeNull();
  const estimate = engagementEstimate(ten, "followers", seededRandom("ten"));
  expect(estimate?.value).toBeCloseTo(0.0145, 12);
  expect(estimate?.low).toBeGreaterThan(0.011);
  expect(estimate?.low).toBeLessThan(0.0135);
  expect(estimate?.high).toBeGreaterThan(0.0155);
  expect(estimate?.high).toBeLessThan(0.018);
});

test("comments per like and dispersion, by hand", () => {
  const rated = ratedPosts(posts(100, 200, 300), "followers");
  expect(commentsPerLike(rated)).toBeCloseTo(30 / 270, 12);
  // rates .01 .02 .03: MAD .01, median .02
  expect(dispersion(rated)).toBeCloseTo(1.4826 * 0.5, 12);
});

test("paid posts at half the organic median perform at 50 %, and four of them say nothing", () => {
  const organic = posts(180, 190, 200, 210, 220);
  const paid = posts(90, 95, 100, 105, 110).map((one) => ({ ...one, is_paid: true }));
  const estimate = paidPerformance(ratedPosts([...organic, ...paid], "followers"), seededRandom("paid"));
  expect(estimate?.value).toBeCloseTo(50, 9);
  expect(estimate?.low).toBeGreaterThan(40);
  expect(estimate?.high).toBeLessThan(62);
  expect(
    paidPerformance(ratedPosts([...organic, ...paid.slice(1)], "followers"), seededRandom("paid")),
  ).toBeNull();
});
