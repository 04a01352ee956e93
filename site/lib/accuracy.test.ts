import { expect, test } from "vitest";
import { analysisIn, figureForm, measureLabel, partsBehind, targetForm } from "./accuracy.ts";

test("a figure is printed in the form of its measure, its target as it was set", () => {
  expect(figureForm("macroF1")(0.6543)).toBe("0.654");
  expect(figureForm("logR2")(-0.0491)).toBe("−0.049");
  expect(figureForm("coverage95")(0.9507)).toBe("95.1%");
  expect(figureForm("perSecond")(21_034.4)).toBe("21,034");
  expect(figureForm("msis")(12.345)).toBe("12.3");
  expect(targetForm("macroF1")(0.62)).toBe("0.62");
  expect(targetForm("coverage95")(0.93)).toBe("93%");
});

test("a measure without words of its own is its key in words", () => {
  expect(measureLabel("macroF1")).toBe("macro-F1");
  expect(measureLabel("accountMedianError")).toBe("account median error");
});

test("a metric rests on the parts its analysis rests on; a count rests on none", () => {
  expect(analysisIn("pipeline/analyses/sentiment/change.ts")).toBe("sentiment");
  expect(analysisIn("pipeline/stats/stl.ts")).toBeNull();
  expect(partsBehind("sentiment")).toEqual(["language", "sentiment", "aggregate-sentiment"]);
  expect(partsBehind("coverage")).toEqual([]);
});
