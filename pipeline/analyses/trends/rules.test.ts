import { expect, test } from "vitest";
import { classOf, confidenceScore, type Signs, trendScore, volumePercentiles } from "./rules.ts";

const still: Signs = {
  z: 0,
  momentum: 0,
  weeksUp: 2,
  yearRatio: 1,
  volumePercentile: 50,
  heading: 0,
  peaked: false,
};

test("no movement at zero volume scores 40", () => {
  expect(trendScore(0, 0, 0)).toEqual({ score: 40, level: 25, momentum: 15, volume: 0 });
});

test("a score by hand: z = 2 and g = 0.25 each move their part to σ(1) = 0.731", () => {
  const { score, level, momentum, volume } = trendScore(2, 0.25, 80);
  expect(level).toBeCloseTo(50 * 0.7310585786, 8);
  expect(momentum).toBeCloseTo(30 * 0.7310585786, 8);
  expect(volume).toBe(16);
  expect(score).toBeCloseTo(level + momentum + volume, 12);
});

test("the score ends at 0 and 100", () => {
  expect(trendScore(-500, -500, 0).score).toBeCloseTo(0, 9);
  expect(trendScore(500, 500, 100).score).toBeCloseTo(100, 9);
});

test("confidence by hand: full coverage, half the posts, nine draws of ten", () => {
  expect(confidenceScore(1, 250, 0.9)).toBeCloseTo(40 + 15 + 27, 12);
  expect(confidenceScore(1, 90_000, 1)).toBe(100);
});

test("nothing beyond noise is Volatile", () => expect(classOf(still)).toBe("Volatile"));

test("each class by its own rule", () => {
  expect(classOf({ ...still, z: 3.1, yearRatio: 2.1 })).toBe("Exploding");
  expect(classOf({ ...still, volumePercentile: 39, momentum: 0.26, weeksUp: 3 })).toBe("Emerging");
  expect(classOf({ ...still, peaked: true })).toBe("Peaked");
  expect(classOf({ ...still, heading: -1 })).toBe("Declining");
  expect(classOf({ ...still, heading: 1 })).toBe("Sustained");
});

test("a threshold must be passed, not met", () => {
  expect(classOf({ ...still, z: 3, yearRatio: 3 })).toBe("Volatile");
  expect(classOf({ ...still, z: 4, yearRatio: 2 })).toBe("Volatile");
  expect(classOf({ ...still, volumePercentile: 40, momentum: 1, weeksUp: 4 })).toBe("Volatile");
  expect(classOf({ ...still, volumePercentile: 10, momentum: 1, weeksUp: 2 })).toBe("Volatile");
});

test("the first rule wins: Exploding before Emerging before Peaked before Declining", () => {
  const all: Signs = {
    z: 9,
    momentum: 1,
    weeksUp: 4,
    yearRatio: 9,
    volumePercentile: 0,
    heading: -1,
    peaked: true,
  };
  expect(classOf(all)).toBe("Exploding");
  expect(classOf({ ...all, yearRatio: 1 })).toBe("Emerging");
  expect(classOf({ ...all, yearRatio: 1, weeksUp: 0 })).toBe("Peaked");
  expect(classOf({ ...all, yearRatio: 1, weeksUp: 0, peaked: false })).toBe("Declining");
});

test("without a year before, nothing explodes", () => {
  expect(classOf({ ...still, z: 20, yearRatio: null })).toBe("Volatile");
});

test("volume percentile: the largest of five stands at 100, a term without posts at 0, equals stand together", () => {
  expect(volumePercentiles([0, 5, 5, 9, 40])).toEqual([0, 25, 25, 75, 100]);
  expect(volumePercentiles([0, 0, 0])).toEqual([0, 0, 0]);
  expect(volumePercentiles([12])).toEqual([0]);
});
