// Daily series of a term in a market: how many people spoke, and how many spoke of anything else there. What bursts are read from.
import type { Warehouse } from "../../core/types.ts";
import { pooledMarkets } from "./pooled.ts";
import { at, isMeasured, type MarketSeries, type TermSeries } from "./series.ts";
import { spikeRules } from "./thresholds.ts";

export interface DailySeries {
  readonly series: TermSeries;
  /** ISO day of the first position; the last is the last Sunday of the market's weeks. */
  readonly firstDay: string;
  /** Distinct authors a day, each post without an author counting as one; NaN on days of a week that was not measured. */
  readonly voices: Float64Array;
  /** Voices of the market that did not name the term, over their mean. Above zero. */
  readonly exposure: Float64Array;
}

/** Voices added to the market's others, so that a day on which hardly anybody spoke does not turn one post into a crowd. */
const exposurePrior = 5;
const millisecondsADay = 86_400_000;

/** Of the weeks that bursts are tested in and the weeks before that say what was usual. */
export async function readDays(warehouse: Warehouse, all: readonly TermSeries[]): Promise<DailySeries[]> {
  const byPlace = Map.groupBy(await warehouse.query<VoiceRow>(voices), ({ place }) => place);
  const daysOf = (market: MarketSeries, place: string) => {
    const values = new Float64Array(7 * windowOf(market));
    const first = Date.parse(firstDayOf(market));
    for (const { day, voices } of byPlace.get(place) ?? []) {
      const position = (Date.parse(day) - first) / millisecondsADay;
      if (position >= 0 && position < values.length) values[position] = voices;
    }
    return values;
  };
  const totals = new Map<MarketSeries, Float64Array>();
  return all.map((series) => {
    const { market, term } = series;
    const total = totals.get(market) ?? daysOf(market, market.market);
    totals.set(market, total);
    return dailySeries(series, daysOf(market, `${market.market}:${term}`), total);
  });
}

/** `spoke` and `total` hold the voices of the term and of the market, day by day of the window. */
export function dailySeries(series: TermSeries, spoke: Float64Array, total: Float64Array): DailySeries {
  const { market } = series;
  const skipped = market.weeks.length - windowOf(market);
  const measured = (i: number) => isMeasured(market, skipped + Math.floor(i / 7));
  const others = total.map((all, i) => Math.max(0, all - at(spoke, i)));
  const counted = [...others].filter((_, i) => measured(i));
  const mean = counted.reduce((sum, count) => sum + count, 0) / Math.max(1, counted.length);
  return {
    series,
    firstDay: firstDayOf(market),
    voices: spoke.map((count, i) => (measured(i) ? count : Number.NaN)),
    exposure: others.map((count) => (count + exposurePrior) / (mean + exposurePrior)),
  };
}

export function dayAt({ firstDay }: DailySeries, position: number): string {
  return new Date(Date.parse(`${firstDay}T00:00:00Z`) + position * millisecondsADay)
    .toISOString()
    .slice(0, 10);
}

const windowWeeks = spikeRules.testedWeeks + spikeRules.fewestBaseline;
const windowOf = (market: MarketSeries): number => Math.min(windowWeeks, market.weeks.length);
const firstDayOf = (market: MarketSeries): string =>
  market.weeks[market.weeks.length - windowOf(market)] ?? "1970-01-05";

type VoiceRow = { place: string; day: string; voices: number };

/** Voices a day of each market, and of each market and term. Authors are told apart by a hash of their key, which compares faster. */
const voices = `
  with recent as (
    select post_key, market, posted_at::date as day, hash(author_key) as author, author_key is not null as is_named
    from posts, run
    where week > run.week_start - interval ${7 * windowWeeks} day and week <= run.week_start
  ),
  spoke as materialized (
    select market, term, day, author, is_named, count(*) as posts from recent join post_terms using (post_key) group by all
    union all by name
    select market, null as term, day, author, is_named, count(*) as posts from recent group by all
  ),
  pooled as (
    select 'all' as market, term, day, author, is_named, sum(posts) as posts
    from spoke where market in (${pooledMarkets}) group by all
  )
  select market || coalesce(':' || term, '') as place, day, sum(case when is_named then 1 else posts end)::int as voices
  from (from spoke union all by name from pooled)
  group by market, term, day
  order by place, day`;
