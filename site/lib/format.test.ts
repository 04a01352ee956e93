// How numbers look decides what readers believe of them.
import { expect, test } from "vitest";
import {
  count,
  formOf,
  interval,
  ordinal,
  period,
  score,
  share,
  signed,
  signedPercent,
  usd,
} from "./format.ts";

test("a share keeps one decimal under ten per cent, where a tenth matters", () => {
  expect([0, 0.044, 0.0999, 0.119, 1].map(share)).toEqual(["0%", "4.4%", "10%", "12%", "100%"]);
});

test("an interval names the unit once and never mixes its dash with a minus", () => {
  expect(interval(53.2, 66.8)).toBe("53\u2060–\u206067");
  expect(interval(0.2, 0.23, share)).toBe("20\u2060–\u206023%");
  expect(interval(-4, 6, signed)).toBe("−4 to +6");
  expect(interval(null, 6)).toBe("");
});

test("a change that rounds to nothing has no sign", () => {
  expect([1.93, -0.4, 0.01, -0.01].map(signed)).toEqual(["+1.9", "−0.4", "0", "0"]);
  expect(signedPercent(114.4)).toBe("+114%");
});

test("the unit decides the form", () => {
  expect(formOf("ratio")(0.21)).toBe("21%");
  expect(formOf("points 0-100")(59.6)).toBe("60");
  expect(formOf("posts")(17785)).toBe("17,785");
  expect([0.2563, -0.0778, -0.001].map(formOf("ratio −1 to 1"))).toEqual(["0.26", "−0.08", "0.00"]);
});

test("a period names the year once when it can", () => {
  expect(period("2026-08-17", "2026-11-15")).toBe("17 Aug – 15 Nov 2026");
  expect(period("2024-11-18", "2026-11-15")).toBe("18 Nov 2024 – 15 Nov 2026");
});

test("ranks beyond the third, and the teens", () => {
  expect([1, 2, 3, 4, 11, 21].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "21st"]);
  expect([count(-3), score(-0.2)]).toEqual(["−3", "0"]);
});

test("dollars from a price table are no surer than two digits; a price itself keeps its cents", () => {
  expect([15_016.68, 30_033, 950, 11.55, 4.5].map(usd)).toEqual([
    "$15,000",
    "$30,000",
    "$950",
    "$11.55",
    "$4.50",
  ]);
});
