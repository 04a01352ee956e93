// Publishes what people look for outside social media and what a euro is worth, and says how the last four weeks compare with the four before.
import { weakestProvenance } from "../../core/provenance.ts";
import type { Analysis, Row, RunClock, Warehouse } from "../../core/types.ts";
import { type Change, changeOf, type SignalDay } from "./change.ts";

/** Days that an edition publishes of what is known. */
const PUBLISHED_DAYS = { signals: 731, rates: 396 };
const PERIOD_DAYS = 28;

export const analysis: Analysis = {
  id: "signals",
  version: "1.0.0",
  reads: ["run", "signal_days", "exchange_rates"],
  writes: ["demand_signals", "exchange_rates", "metrics"],
  async run({ warehouse, run, previous }) {
    const days = await warehouse.query<SignalDay>(signalDays(run));
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    return {
      demand_signals: days.map((row) => ({ edition: run.edition, ...row })),
      exchange_rates: await ratesOf(warehouse, run),
      metrics: metricsOf(days, run).map((row) => ({
        ...row,
        previous_value: before.get(row["metric_id"]) ?? null,
      })),
    };
  },
};

const signalDays = (run: RunClock): string => `
  select source, market, kind, term, series, day, value::double as value, out_of::double as out_of, unit, provenance
  from signal_days
  where day > date '${run.week_end}' - ${PUBLISHED_DAYS.signals}
  order by all`;

const ratesOf = (warehouse: Warehouse, run: RunClock): Promise<Row[]> =>
  warehouse.query(`
    select '${run.edition}' as edition, currency, day, rate::double as rate, source, provenance
    from exchange_rates
    where day > date '${run.week_end}' - ${PUBLISHED_DAYS.rates}
    order by currency, day`);

/** Metric ids of each kind: how many in four weeks, and how that compares with the four before. */
const METRICS: Readonly<Record<string, { readonly total: string; readonly change: string }>> = {
  page_views: { total: "page_views", change: "page_views_change" },
  news_volume: { total: "news_articles", change: "news_share_change" },
};

function metricsOf(days: readonly SignalDay[], run: RunClock): Row[] {
  const groups = Map.groupBy(days, ({ kind, market, term }) => JSON.stringify([kind, market, term]));
  return [...groups.values()].flatMap((rows) => {
    const [{ kind, market, term, unit }] = rows as [SignalDay];
    const names = METRICS[kind];
    if (!names) return [];
    const change = changeOf(rows, run.week_end, PERIOD_DAYS);
    const recent = rows.filter(({ day }) => day >= change.from && day <= run.week_end);
    // What was not asked for in these weeks has no number here; the dataset has its past.
    if (recent.length === 0) return [];
    const row = (metric: string, said: Pick<Change, "value" | "reason">, of: string): Row => ({
      edition: run.edition,
      metric_id: `${metric}:${market}:${term}`,
      metric,
      market,
      entity: term,
      period_start: change.from,
      period_end: run.week_end,
      value: said.value,
      // Every view is counted, none is drawn from a larger number: there is nothing an interval could speak of.
      low: null,
      high: null,
      text_value: null,
      unit: of,
      n: Math.round(change.last + change.before),
      reason: said.reason,
      method_version: analysis.version,
      provenance: weakestProvenance(recent),
    });
    return [row(names.total, { value: change.last, reason: null }, unit), row(names.change, change, "%")];
  });
}
