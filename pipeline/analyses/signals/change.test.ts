// What is compared, and when there is nothing to compare.
import { expect, test } from "vitest";
import { changeOf, type SignalDay } from "./change.ts";

const until = "2026-11-15";
/** One value a day, the last of them on `until`; null is a day without a figure. */
const series = (values: readonly (number | null)[], more: Partial<SignalDay> = {}): SignalDay[] =>
  values.flatMap((value, index) =>
    value === null
      ? []
      : [
          {
            source: "wikimedia",
            market: "de",
            kind: "page_views",
            term: "pdrn",
            series: "de.wikipedia/PDRN",
            day: new Date(Date.parse(until) - (values.length - 1 - index) * 86_400_000)
              .toISOString()
              .slice(0, 10),
            value,
            out_of: null,
            unit: "views",
            provenance: "observed",
            ...more,
          } as SignalDay,
        ],
  );
const flat = (before: number, last: number) => [...Array(28).fill(before), ...Array(28).fill(last)];

test("four weeks are compared with the four before, and older days with nothing", () => {
  expect(changeOf(series([...Array(28).fill(999), ...flat(10, 12)]), until, 28)).toEqual({
    from: "2026-10-19",
    last: 336,
    before: 280,
    value: expect.closeTo(20, 9),
    reason: null,
  });
});

test("days without a figure are unknown: the level is that of the days there are, until too many are missing", () => {
  const holes = flat(10, 10).map((value, index) => (index >= 50 ? null : value));
  expect(changeOf(series(holes), until, 28)).toMatchObject({ last: 220, before: 280, value: 0 });
  const more = flat(10, 10).map((value, index) => (index >= 48 ? null : value));
  expect(changeOf(series(more), until, 28)).toMatchObject({ value: null, reason: "not_collected" });
});

test("under fifty in the earlier weeks there is no percentage", () => {
  expect(changeOf(series(flat(1, 5)), until, 28)).toMatchObject({
    last: 140,
    before: 28,
    value: null,
    reason: "too_few",
  });
  expect(changeOf(series(flat(0, 0)), until, 28)).toMatchObject({ value: null, reason: "too_few" });
});

test("where the source says of how many, shares are compared: a larger haul is no rise", () => {
  const news = flat(10, 20).map((value, index) => [value, index < 28 ? 1000 : 2000] as const);
  const rows = series(news.map(([value]) => value)).map((row, index) => ({
    ...row,
    out_of: news[index]?.[1] ?? null,
  }));
  expect(changeOf(rows, until, 28)).toMatchObject({ last: 560, before: 280, value: expect.closeTo(0, 9) });
});

test("articles of one term are summed; one that stopped leaves no change of the sum", () => {
  const two = [...series(flat(10, 20)), ...series(flat(30, 30), { series: "de.wikipedia/Lachs" })];
  expect(changeOf(two, until, 28)).toMatchObject({ value: expect.closeTo(25, 9) });
  const stopped = [
    ...series(flat(10, 20)),
    ...series([...Array(28).fill(30), ...Array(28).fill(null)], { series: "de.wikipedia/Lachs" }),
  ];
  expect(changeOf(stopped, until, 28)).toMatchObject({ value: null, reason: "not_collected" });
});
