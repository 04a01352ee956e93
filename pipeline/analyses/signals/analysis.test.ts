// From what sources staged to what an edition publishes: latest sights, only what the clock may know, and nothing where nobody counted.
import { afterEach, expect, test } from "vitest";
import { catalogue } from "../../../data/contract/catalogue.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import type { OpenWarehouse } from "../../core/warehouse.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { analysis } from "./analysis.ts";

let warehouse: OpenWarehouse;
afterEach(() => warehouse.close());

const view = (day: string, value: number, more: Row = {}): Row => ({
  source: "wikimedia",
  market: "de",
  kind: "page_views",
  term: "pdrn",
  series: "de.wikipedia/PDRN",
  day,
  value,
  unit: "views",
  collected_at: "2026-11-18T06:00:00Z",
  provenance: "observed",
  receipt: "r1",
  ...more,
});
const rate = (day: string, currency: string, value: string, more: Row = {}): Row => ({
  source: "ecb",
  day,
  currency,
  rate: value,
  collected_at: "2026-11-18T17:00:00Z",
  provenance: "observed",
  receipt: "r1",
  ...more,
});

async function published(staged: Record<string, Row[]>): Promise<Record<string, readonly Row[]>> {
  warehouse = await tinyWorld({
    posts: [{ post_id: "1", text: "Serum" }],
    staged,
    asOf: "2026-11-20T08:00:00Z",
  });
  const [run] = await warehouse.query("select edition, week_end::varchar as week_end from run");
  const previous = async () => [{ metric_id: "page_views:de:pdrn", value: 300 }];
  return analysis.run({ warehouse, run, previous } as unknown as AnalysisContext);
}

test("the latest sight of a day counts, and neither a day to come nor a sight after the clock is known", async () => {
  const { demand_signals = [] } = await published({
    all_signals: [
      view("2026-11-16", 9, { collected_at: "2026-11-17T06:00:00Z", receipt: "r0" }),
      view("2026-11-16", 11),
      view("2026-11-16", 99, { collected_at: "2026-11-21T06:00:00Z", receipt: "r2" }),
      view("2026-11-20", 7),
      view("2026-11-16", 5, { market: "us" }),
    ],
  });
  expect(demand_signals.map(({ market, day, value }) => [market, day, value])).toEqual([
    ["de", "2026-11-16", 11],
  ]);
  for (const row of demand_signals) catalogue.demand_signals.columns.parse(row);
});

test("a term's four weeks are compared with the four before, beside the value of the last edition", async () => {
  const days = Array.from({ length: 56 }, (_, index) => {
    const day = new Date(Date.parse("2026-11-15") - index * 86_400_000).toISOString().slice(0, 10);
    return view(day, index < 28 ? 12 : 10);
  });
  const { metrics = [] } = await published({ all_signals: days });
  for (const row of metrics) catalogue.metrics.columns.parse(row);
  expect(metrics).toMatchObject([
    {
      metric_id: "page_views:de:pdrn",
      value: 336,
      previous_value: 300,
      unit: "views",
      period_start: "2026-10-19",
      period_end: "2026-11-15",
    },
    {
      metric_id: "page_views_change:de:pdrn",
      value: expect.closeTo(20, 9),
      low: null,
      n: 616,
      reason: null,
      unit: "%",
    },
  ]);
});

test("rates are exact, the euro is one, and the last on or before a day can be found", async () => {
  const { exchange_rates = [] } = await published({
    all_rates: [
      rate("2026-11-13", "USD", "1.1591"),
      rate("2026-11-16", "USD", "1.1600"),
      rate("2026-11-23", "USD", "1.2"),
    ],
  });
  expect(exchange_rates.map(({ currency, day, rate: value }) => [currency, day, value])).toEqual([
    ["EUR", "2026-11-13", 1],
    ["EUR", "2026-11-16", 1],
    ["USD", "2026-11-13", 1.1591],
    ["USD", "2026-11-16", 1.16],
  ]);
  for (const row of exchange_rates) catalogue.exchange_rates.columns.parse(row);
  const [sunday] = await warehouse.query(
    "select e.rate::double as rate from (select date '2026-11-15' as day, 'USD' as currency) o asof join exchange_rates e on e.currency = o.currency and o.day >= e.day",
  );
  expect(sunday).toEqual({ rate: 1.1591 });
});

test("without such a source the datasets are empty and there is no metric", async () => {
  expect(await published({})).toEqual({ demand_signals: [], exchange_rates: [], metrics: [] });
});
