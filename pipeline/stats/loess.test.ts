import { expect, test } from "vitest";
import { loess, loessAt } from "./loess.ts";

const line = Array.from({ length: 30 }, (_, i) => 3 + 2 * i);

test("a line comes back as it was, at its ends and one step outside", () => {
  for (const [i, smooth] of loess(line, { window: 9 }).entries()) expect(smooth).toBeCloseTo(3 + 2 * i, 9);
  expect(loessAt(line, -1, { window: 9 })).toBeCloseTo(1, 9);
  expect(loessAt(line, 30, { window: 9 })).toBeCloseTo(63, 9);
});

test("three neighbours with tricube weights: the middle one, since the other two lie on the kernel's edge", () => {
  expect(loessAt([0, 6, 0], 1, { window: 3, degree: 0 })).toBe(6);
});

test("five neighbours by hand: weights (1 − (1/2)³)³ = 0.669921875 at distance 1", () => {
  const weight = 0.669921875;
  expect(loessAt([0, 0, 6, 0, 0], 2, { window: 5, degree: 0 })).toBeCloseTo(6 / (1 + 2 * weight), 9);
});

test("a value of weight zero has no say", () => {
  const spoilt = line.map((value, i) => (i === 10 ? 10_000 : value));
  const weights = line.map((_, i) => (i === 10 ? 0 : 1));
  expect(loessAt(spoilt, 10, { window: 9, weights })).toBeCloseTo(23, 9);
});

test("a window longer than the series is nearly one straight line through all of it", () => {
  const zigzag = Array.from({ length: 11 }, (_, i) => i + (i % 2 === 0 ? 1 : -1));
  const smooth = loess(zigzag, { window: 101 });
  for (let i = 2; i < 11; i++) {
    const bend = (smooth[i] as number) - 2 * (smooth[i - 1] as number) + (smooth[i - 2] as number);
    expect(Math.abs(bend)).toBeLessThan(0.01);
  }
});

test("one value is its own line; none is refused", () => {
  expect(loessAt([7], 0, { window: 5 })).toBe(7);
  expect(() => loessAt([], 0, { window: 5 })).toThrow("missing values");
});
