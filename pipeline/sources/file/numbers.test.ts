// Counts as people write them.
import { describe, expect, test } from "vitest";
import { decimalStyle, MISSING, parseNumber } from "./numbers.ts";

describe("a number reads as what it says", () => {
  test.each<[string, "." | ",", number]>([
    ["1234", ".", 1234],
    ["304.9K", ".", 304_900],
    ["1.2M", ".", 1_200_000],
    ["212.1 M", ".", 212_100_000],
    ["1,2 Mio", ".", 1_200_000],
    ["1,2 Mio.", ",", 1_200_000],
    ["3,4 Tsd.", ",", 3400],
    ["2,5 Mrd", ",", 2_500_000_000],
    ["12万", ".", 120_000],
    ["1.5만", ".", 15_000],
    ["2억", ".", 200_000_000],
    ["1 234", ".", 1234],
    ["1\u202f234\u00a0567", ".", 1_234_567],
    ["1'234", ".", 1234],
    ["1.234,5", ",", 1234.5],
    ["1,234.5", ".", 1234.5],
    ["1.234", ",", 1234],
    ["1,234,567", ".", 1_234_567],
    ["-3", ".", -3],
    ["+7", ".", 7],
    ["0", ".", 0],
    [".5", ".", 0.5],
  ])("%s with decimal %s", (text, decimal, value) => expect(parseNumber(text, decimal)).toBe(value));

  test.each(["abc", "12 apples", "1.2.3", "1,23", "12-13", "--5", "1e5x", "#VALUE!", "2024-01-05", ""])(
    "%s is none",
    (text) => expect(parseNumber(text)).toBeUndefined(),
  );

  test("without words 1.2M is none", () => expect(parseNumber("1.2M", ".", false)).toBeUndefined());
});

describe("the decimal mark is decided by the column", () => {
  test.each<[string[], "." | ",", boolean]>([
    [["1.234", "12,5"], ",", true],
    [["1,234", "12.5"], ".", true],
    [["1.234.567", "1.234"], ",", true],
    [["304.9K", "1.234"], ".", true],
    [["5", "17"], ".", true],
    [["1.234", "2.345"], ",", false],
    [["1,234"], ".", false],
    [["1.5", "1,5"], ".", false],
  ])("%j", (values, decimal, certain) => expect(decimalStyle(values)).toEqual({ decimal, certain }));
});

test.each(["", "-", "N/A", "N/A'", "#VALOR!", "null", "NaN", "k. A.", "없음"])(
  "%s stands for no value",
  (text) => expect(MISSING.test(text)).toBe(true),
);
