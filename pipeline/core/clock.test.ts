import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asOfWatermark, editionClocks, isoWeek, mondayOf, runClock } from "./clock.ts";

describe("an edition is named after the ISO week of its as-of date", () => {
  test.each([
    ["2026-11-20", "2026-W47"],
    ["2020-12-31", "2020-W53"],
    ["2021-01-03", "2020-W53"],
    ["2021-01-04", "2021-W01"],
    ["2025-12-29", "2026-W01"],
    ["2026-01-01", "2026-W01"],
    ["2027-01-03", "2026-W53"],
    ["2016-01-03", "2015-W53"],
    ["1969-12-31", "1970-W01"],
  ])("%s is in %s", (asOf, edition) => {
    expect(runClock("p", asOf).edition).toBe(edition);
  });
});

test("data run through the last complete week, whatever the weekday", () => {
  expect(runClock("kbeauty", "2026-11-20")).toEqual({
    publication: "kbeauty",
    edition: "2026-W47",
    as_of: "2026-11-20T00:00:00.000Z",
    week_start: "2026-11-09",
    week_end: "2026-11-15",
    until: "2026-11-16T00:00:00.000Z",
  });
  expect(runClock("p", "2026-11-16").until).toBe("2026-11-16T00:00:00.000Z");
  expect(runClock("p", "2026-11-15").until).toBe("2026-11-09T00:00:00.000Z");
});

test("an instant with a zone is the same moment in UTC", () => {
  expect(runClock("p", "2026-11-16T01:00:00+09:00").edition).toBe("2026-W46");
});

test("weeks are seven days, start on Monday and never skip or repeat a name", () => {
  const instant = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(instant, (at) => {
      const monday = mondayOf(at);
      expect(new Date(monday).getUTCDay()).toBe(1);
      expect(at - monday).toBeGreaterThanOrEqual(0);
      expect(at - monday).toBeLessThan(7 * 86_400_000);
      expect(isoWeek(monday)).toBe(isoWeek(at));
      const [year, week] = isoWeek(at).split("-W").map(Number) as [number, number];
      const [nextYear, nextWeek] = isoWeek(monday + 7 * 86_400_000)
        .split("-W")
        .map(Number) as [number, number];
      expect(
        nextYear === year ? nextWeek === week + 1 : nextYear === year + 1 && nextWeek === 1 && week >= 52,
      ).toBe(true);
    }),
  );
});

test("the editions before are a week apart, oldest first", () => {
  expect(editionClocks("kbeauty", "2026-11-20", 3).map((clock) => clock.edition)).toEqual([
    "2026-W45",
    "2026-W46",
    "2026-W47",
  ]);
  expect(editionClocks("p", "2026-01-05", 3).map((clock) => clock.edition)).toEqual([
    "2025-W52",
    "2026-W01",
    "2026-W02",
  ]);
});

test("without an as-of date the clock is the Monday after the last post", () => {
  expect(asOfWatermark("2018-06-14T10:00:00.000Z")).toBe("2018-06-18");
  expect(asOfWatermark("2018-06-18T00:00:00.000Z")).toBe("2018-06-25");
  expect(runClock("p", asOfWatermark("2018-06-17")).week_end).toBe("2018-06-17");
});

test("a date that is none is refused with the next step", () => {
  for (const wrong of ["yesterday", "2026-02-30", "2026-13-01", "2026-11-20T10:00:00"])
    expect(() => runClock("p", wrong)).toThrow(`invalid as-of: ${wrong}. Give a day such as 2026-11-20`);
});
