import { expect, test } from "vitest";
import { conformalLower, conformalUpper } from "./conformal.ts";

const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test("of nine errors and a tenth to come, each rank is as likely: nine tenths lie under the ninth, one tenth under the first", () => {
  expect(conformalUpper(nine, 0.9)).toBe(9);
  expect(conformalLower(nine, 0.1)).toBe(1);
  expect(conformalUpper(nine, 0.5)).toBe(5);
});

test("more than the errors can promise gives the largest and the smallest", () => {
  expect(conformalUpper(nine, 0.99)).toBe(9);
  expect(conformalLower(nine, 0.01)).toBe(1);
});

test("no errors and no share are refused", () => {
  expect(() => conformalUpper([], 0.9)).toThrow("missing errors");
  expect(() => conformalLower(nine, 1)).toThrow("invalid share: 1");
});
