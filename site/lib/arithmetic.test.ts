import { expect, test } from "vitest";
import { parseExpression } from "./arithmetic.ts";

const row = { positive: 50, neutral: 30, negative: 20, word: "x", none: null };
const plain = String;

test("an expression is computed as it is read: brackets, then powers, then products, then sums from the left", () => {
  const value = (text: string) => parseExpression(text).value([row]);
  expect(value("(positive − negative) ÷ (positive + neutral + negative)")).toBeCloseTo(0.3, 12);
  expect(value("positive - negative - neutral")).toBe(0);
  expect(value("2 + 3 × 2 ^ 2")).toBe(14);
  expect(value("100 / 10 / 2")).toBe(5);
  expect(value("50 · (1 + 0.3)")).toBe(65);
  expect(value("sqrt(negative × 5) + min(1, positive ÷ 500)")).toBeCloseTo(10.1, 12);
});

test("totals go over all rows and leave out those without the number; the rest takes the first row", () => {
  const rows = [
    { posts: 10, paid: 1 },
    { posts: 30, paid: 5 },
    { posts: null, paid: null },
  ];
  expect(parseExpression("sum(paid) ÷ sum(posts)").value(rows)).toBeCloseTo(0.15, 12);
  expect(parseExpression("mean(posts)").value(rows)).toBe(20);
  expect(parseExpression("max(posts ÷ paid)").value(rows)).toBe(10);
  expect(parseExpression("1 ÷ sum(paid ^ 2)").value(rows)).toBeCloseTo(1 / 26, 12);
  expect(parseExpression("posts").value(rows)).toBe(10);
});

test("with the numbers put in it can be done by hand", () => {
  const text = "(positive − negative) ÷ (positive + neutral + negative)";
  expect(parseExpression(text).filled([row], plain)).toBe("(50 − 20) ÷ (50 + 30 + 20)");
  expect(parseExpression("100 × min(1, sum(negative) ÷ 500)").filled([row, row], plain)).toBe(
    "100 × min(1, 40 ÷ 500)",
  );
});

test("a missing column or a division by nothing has no value", () => {
  for (const text of ["none + 1", "absent", "word × 2", "positive ÷ (neutral − neutral)"])
    expect(parseExpression(text).value([row])).toBeNull();
  expect(parseExpression("sum(none)").value([row])).toBeNull();
});

test("what is no arithmetic is refused", () => {
  for (const text of ["positive +", "(positive", "alert(1)", "positive positive", "a = 1", ""])
    expect(() => parseExpression(text), text).toThrow("invalid expression");
});
