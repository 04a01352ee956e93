import { expect, test } from "vitest";
import { forecastBacktests } from "../../../data/contract/datasets/forecast_backtests.ts";
import { forecasts } from "../../../data/contract/datasets/forecasts.ts";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import { silentLog } from "../../core/log.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";
import { peakWindow } from "./peaks.ts";
import { followUp, noRecord } from "./record.ts";
import { horizonWeeks } from "./rules.ts";
import { weekAfter } from "./series.ts";
import { labelOf, willLast } from "./will-last.ts";

const first = "2024-11-18";
const marketPosts = 400;

/** Weekly shares of invented terms, as the trends analysis publishes them. */
async function analysed(
  terms: Readonly<Record<string, (week: number) => number | null>>,
  previous: Readonly<Record<string, Row[]>> = {},
  weeks = 104,
) {
  const warehouse = await openWarehouse();
  try {
    await warehouse.execute("create schema out");
    const last = weekAfter(first, weeks - 1);
    await warehouse.insertRows("run", { week_start: "DATE" }, [{ week_start: last }]);
    const rows = Object.entries(terms).flatMap(([term, share]) =>
      Array.from({ length: weeks }, (_, week) => ({
        term,
        market: "de",
        week: weekAfter(first, week),
        market_posts: marketPosts,
        observed_share: share(week),
        index: share(week),
      })),
    );
    await warehouse.insertRows(
      "out.term_weeks",
      {
        term: "VARCHAR",
        market: "VARCHAR",
        week: "DATE",
        market_posts: "BIGINT",
        observed_share: "DOUBLE",
        index: "DOUBLE",
      },
      rows,
    );
    await warehouse.insertRows(
      "out.trends",
      { term: "VARCHAR", market: "VARCHAR", reason: "VARCHAR", provenance: "VARCHAR" },
      Object.keys(terms).map((term) => ({
        term,
        market: "de",
        reason: term === "withheld" ? "withheld_privacy" : null,
        provenance: "synthetic",
      })),
    );
    const run = { edition: "2026-W47", week_start: last, week_end: weekAfter(last, 1) };
    return await analysis.run({
      warehouse,
      run,
      log: silentLog,
      previous: async (dataset: string) => previous[dataset] ?? [],
      random: seededRandom,
    } as unknown as AnalysisContext);
  } finally {
    warehouse.close();
  }
}

const noise = (label: string) => {
  const random = seededRandom(label);
  const drawn = Array.from({ length: 120 }, () => 12 * (random() + random() + random() - 1.5));
  return (week: number) => drawn[week] as number;
};
const level = (label: string, of: (week: number) => number) => {
  const wobble = noise(label);
  return (week: number) => Math.max(0, of(week) + wobble(week));
};
const crowd = Object.fromEntries(
  Array.from({ length: 24 }, (_, i) => [`term-${i}`, level(`crowd ${i}`, () => 80 + 10 * i)]),
);
const verdictOf = (rows: readonly Row[] = [], term: string) =>
  rows.find((row) => row["term"] === term && row["method"] === "combination");

test("every row keeps its dataset's contract, and terms that grow and terms that fall are told apart", async () => {
  const written = await analysed({
    ...crowd,
    grows: level("grows", (week) => 50 + 3 * week),
    falls: level("falls", (week) => 400 - 3 * week),
  });
  for (const [dataset, rows] of [
    [forecasts, written["forecasts"]],
    [forecastBacktests, written["forecast_backtests"]],
    [metrics, written["metrics"]],
  ] as const)
    for (const row of rows ?? []) dataset.columns.parse(row);
  const [grows, falls] = ["grows", "falls"].map((term) => verdictOf(written["forecast_backtests"], term));
  expect(grows).toMatchObject({ skill: true, will_last_label: "very likely", record_n: 0 });
  expect(falls).toMatchObject({ skill: true, will_last_label: "very unlikely", peak_start: null });
  expect(written["forecasts"]?.filter((row) => row["term"] === "grows")).toHaveLength(horizonWeeks);
  const ids = (written["metrics"] ?? []).map((row) => row["metric_id"]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining(["forecast_skill:de:grows", "will_last:de:falls", "forecast_coverage:de"]),
  );
});

test("no forecast and no NaN where there is too little: a reason instead", async () => {
  const written = await analysed(
    {
      short: (week) => (week < 70 ? null : 50 + (week % 5)),
      ended: (week) => (week > 98 ? null : 50 + (week % 5)),
      holed: (week) => (week % 2 ? null : 50 + (week % 5)),
      withheld: () => null,
      silent: () => 0,
    },
    {},
  );
  for (const [term, reason] of [
    ["short", "not_collected"],
    ["ended", "not_collected"],
    ["holed", "not_collected"],
    ["withheld", "withheld_privacy"],
  ] as const) {
    expect(verdictOf(written["forecast_backtests"], term)).toMatchObject({
      reason,
      skill: null,
      will_last: null,
    });
    expect(written["forecasts"]?.filter((row) => row["term"] === term)).toEqual([]);
  }
  for (const rows of Object.values(written))
    for (const row of rows)
      for (const value of Object.values(row))
        if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
});

test("below 104 weeks nothing is said of the year, and with few terms neither", async () => {
  const young = await analysed(crowd, {}, 80);
  expect(verdictOf(young["forecast_backtests"], "term-1")).toMatchObject({
    will_last: null,
    will_last_reason: "not_collected",
  });
  expect(young["forecasts"]?.length).toBeGreaterThan(0);
  const alone = willLast([Float64Array.from({ length: 104 }, (_, week) => 50 + (week % 7))]);
  expect(alone[0]).toMatchObject({ probability: null, reason: "too_few" });
});

test("labels change where the method says", () => {
  expect([0.95, 0.9, 0.7, 0.69, 0.3, 0.29, 0.1, 0.09].map(labelOf)).toEqual([
    ...["very likely", "likely", "likely", "uncertain"],
    ...["uncertain", "unlikely", "unlikely", "very unlikely"],
  ]);
});

test("a peak is a window around the highest week, and only where even the lower end lies above today", () => {
  const band = (low: number[]) => ({ low: Float64Array.from(low), high: Float64Array.from(low) });
  const point = Float64Array.of(10, 14, 20, 15, 11);
  expect(peakWindow(point, band([8, 11, 16, 12, 9]), 10)).toEqual({ first: 2, last: 4, highest: 3 });
  expect(peakWindow(point, band([8, 9, 10, 9, 8]), 10)).toBeNull();
  expect(peakWindow(point, null, 10)).toBeNull();
});

test("a published forecast is held against its week once, when the week comes; what nobody measured is never scored", () => {
  const weeks = Array.from({ length: 4 }, (_, i) => weekAfter("2026-11-02", i));
  const series = { weeks, shares: Float64Array.of(50, 60, 90, Number.NaN) };
  const told = (week: string, step: number) => ({
    term: "serum",
    market: "de",
    edition: "2026-W46",
    made_in: "2026-W45",
    week,
    step,
    low80: 40,
    high80: 70,
    low95: 30,
    high95: 80,
    actual: null,
    inside80: null,
    inside95: null,
  });
  const scored = { ...told(weeks[0] as string, 1), actual: 50, inside80: true, inside95: true };
  const { rows, tally } = followUp(
    series as never,
    [
      scored,
      told(weeks[1] as string, 1),
      told(weeks[2] as string, 4),
      told(weeks[3] as string, 4),
      told(weekAfter("2026-11-02", 9), 8),
      told(weekAfter("2026-11-02", 5), 5),
    ],
    { n: 1, inside80: 1, inside95: 1 },
    "2026-W47",
  );
  expect(tally).toEqual({ n: 3, inside80: 2, inside95: 2 });
  expect(rows.map((row) => [row["week"], row["actual"], row["inside80"], row["edition"]])).toEqual([
    [weeks[1], 60, true, "2026-W47"],
    [weeks[2], 90, false, "2026-W47"],
    [weekAfter("2026-11-02", 9), null, null, "2026-W47"],
  ]);
  expect(followUp(series as never, [], noRecord, "2026-W47")).toEqual({ rows: [], tally: noRecord });
});

test("an edition scores the forecasts of the one before", async () => {
  const week = weekAfter(first, 103);
  const before = (await analysed({ ...crowd }, {}, 103))["forecasts"] ?? [];
  const written = await analysed(
    { ...crowd },
    {
      forecasts: before.map((row) => ({ ...row, edition: "2026-W46", made_in: "2026-W46" })),
    },
  );
  const scored = (written["forecasts"] ?? []).filter((row) => row["actual"] !== null);
  expect(scored).toHaveLength(24);
  expect(
    scored.every((row) => row["week"] === week && row["made_in"] === "2026-W46" && row["step"] === 1),
  ).toBe(true);
  const record = written["metrics"]?.find((row) => row["metric_id"] === "forecast_record:de");
  expect(record).toMatchObject({ n: 24 });
  expect(record?.["value"]).toBeGreaterThan(0.5);
});
