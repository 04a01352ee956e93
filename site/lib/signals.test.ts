// Weeks of a daily count: a mean of the days there are, and a gap where there are too few.
import { expect, test } from "vitest";
import { searchTrends, spokenTerm, weekly } from "./signals.ts";

type SignalDay = Parameters<typeof weekly>[0][0];

const row = (day: string, value: number) =>
  ({ kind: "page_views", term: "pdrn", series: "de.wikipedia/PDRN", day, value }) as Parameters<
    typeof weekly
  >[0][0];
const days = (from: string, values: readonly (number | null)[]) =>
  values.flatMap((value, index) => {
    const day = new Date(Date.parse(from) + index * 864e5).toISOString().slice(0, 10);
    return value === null ? [] : [row(day, value)];
  });

test("a week is the mean of its days; with fewer than four it is a gap, not a zero", () => {
  const rows = days("2026-10-26", [
    7,
    7,
    7,
    7,
    7,
    7,
    7,
    2,
    4,
    null,
    null,
    6,
    8,
    null,
    9,
    9,
    9,
    null,
    null,
    null,
    null,
  ]);
  expect(weekly(rows, "2026-11-15")).toEqual({
    kind: "page_views",
    term: "pdrn",
    series: "de.wikipedia/PDRN",
    weeks: [
      { week: "2026-10-26", mean: 7 },
      { week: "2026-11-02", mean: 5 },
      { week: "2026-11-09", mean: null },
    ],
    missing: 7,
  });
});

test("weeks without a single day stand in the line, up to the edition's last; at most a year of them", () => {
  const { weeks } = weekly(days("2026-10-12", [1, 1, 1, 1, 1, 1, 1]), "2026-11-15");
  expect(weeks.map(({ mean }) => mean)).toEqual([1, null, null, null, null]);
  expect(weekly(days("2020-01-06", [1]), "2026-11-15").weeks).toHaveLength(52);
});

test("a first week of which only the end was asked for is no gap", () => {
  const { weeks, missing } = weekly(days("2026-11-06", [3, 3, 3, 4, 4, 4, 4, 4, 4, 4]), "2026-11-15");
  expect(weeks).toEqual([{ week: "2026-11-09", mean: 4 }]);
  expect(missing).toBe(0);
});

test("a search is told by its latest day, the strongest growth of a month first, and says where the platform stops counting", () => {
  const said = (kind: SignalDay["kind"], keyword: string, day: string, value: number, unit = "percent") =>
    ({
      ...{ edition: "2026-W47", source: "pinterest", market: "de", kind, day, value, unit, out_of: null },
      ...{ term: keyword.replaceAll(" ", "-"), series: `DE+AT/${keyword}`, provenance: "observed" },
    }) as SignalDay;
  const found = searchTrends("de", { edition: "2026-W47", week_end: "2026-11-15" }, [
    said("search_growth_month", "toner pads", "2026-11-14", 90),
    said("search_growth_month", "toner pads", "2026-11-15", 12),
    said("search_index", "toner pads", "2026-11-09", 71, "index of its own highest week"),
    said("search_growth_month", "glass skin", "2026-11-15", 10_000, "percent, more than"),
    said("page_views", "retinol", "2026-11-15", 400, "views"),
  ]);
  expect(found.map(({ keyword, growth }) => [keyword, growth.month])).toEqual([
    ["glass skin", { value: 10_000, beyond: true }],
    ["toner pads", { value: 12, beyond: false }],
  ]);
  expect(found[1]).toMatchObject({ region: "DE+AT", index: 71, week: "2026-11-09", growth: { year: null } });
  expect(spokenTerm("snail-mucin")).toBe("Snail mucin");
  expect(spokenTerm("k-beauty")).toBe("K-beauty");
});
