// Where each term stands in each market: share and index by week, class, score and confidence, spikes, and the spellings behind them.
import { minimumAuthors, minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import type { Analysis, AnalysisContext, Row, RunClock } from "../../core/types.ts";
import { readDays } from "./days.ts";
import { measureTerm, type Reading } from "./measure.ts";
import { metricRows, spikeMetrics } from "./metrics.ts";
import { burstAuthors, readSeries, reads, type TrendInput, termVariants } from "./read.ts";
import { volumePercentiles } from "./rules.ts";
import { at, isMeasured, sumOfLast, type TermSeries } from "./series.ts";
import { type Spike, spikesOf } from "./spikes.ts";
import { classRules, shortWeeks } from "./thresholds.ts";

export const version = "2.0.0";
/** Classes, scores and shares are as they were before bursts were found day by day. */
const classVersion = "1.0.0";

export const analysis: Analysis = {
  id: "trends",
  version,
  reads,
  writes: ["term_weeks", "trends", "term_variants", "spikes", "metrics"],
  async run(context) {
    const { warehouse, run } = context;
    const input = await readSeries(warehouse);
    const measured = measureAll(input, context);
    const classBefore = await before(context, "trends", (row) => `${row["market"]}:${row["term"]}`, "class");
    const valueBefore = await before(context, "metrics", (row) => String(row["metric_id"]), "value");
    const spikes = await witnessed(context, spikesOf(await readDays(warehouse, input.series)));
    const variants = await warehouse.query(termVariants);
    return {
      term_weeks: measured.flatMap(({ series, reading }) => termWeekRows(run, series, reading)),
      trends: measured.map(({ series, reading, percentile }) => ({
        ...trendRow(run, series, reading, percentile, input),
        previous_class: reading.class && (classBefore.get(`${series.market.market}:${series.term}`) ?? null),
      })),
      term_variants: variants.map((row) => ({
        edition: run.edition,
        ...row,
        provenance: input.markets.at(-1)?.provenance,
      })),
      spikes: spikes.map((spike) => spikeRow(run, spike)),
      metrics: [
        ...measured.flatMap(({ series, reading }) => metricRows(run, series, reading)),
        ...spikeMetrics(run, spikes),
      ].map((row) => ({
        ...row,
        method_version: row.metric === "spike" ? version : classVersion,
        previous_value: valueBefore.get(row.metric_id) ?? null,
      })),
    };
  },
};

interface Measured {
  readonly series: TermSeries;
  readonly reading: Reading;
  /** Of posts in four weeks, among the market's terms. */
  readonly percentile: number;
}

function measureAll({ series: all, authors }: TrendInput, { random, log }: AnalysisContext): Measured[] {
  const measured: Measured[] = [];
  for (const [market, terms] of Map.groupBy(all, (series) => series.market.market)) {
    const percentiles = volumePercentiles(terms.map((series) => sumOfLast(series, shortWeeks)));
    terms.forEach((series, i) => {
      const key = `${market}:${series.term}`;
      const percentile = at(percentiles, i);
      const reading = measureTerm(
        series,
        percentile,
        authors.get(key) ?? { named: null, postsWithoutAuthor: 0 },
        random(`trends:${key}`),
      );
      measured.push({ series, reading, percentile });
      log.progress("trends", measured.length, all.length);
    });
  }
  return measured;
}

async function before(
  context: AnalysisContext,
  dataset: string,
  keyOf: (row: Row) => string,
  column: string,
) {
  return new Map((await context.previous(dataset)).map((row) => [keyOf(row), row[column]]));
}

/** A burst by fewer than five named authors is one voice shouting, and no page shows one voice. */
async function witnessed({ warehouse }: AnalysisContext, spikes: readonly Spike[]): Promise<Spike[]> {
  if (spikes.length === 0) return [];
  const burstOf = ({ series, from, to }: Spike) => ({
    term: series.term,
    market: series.market.market,
    from,
    to,
  });
  const key = ({ market, term, from }: { market: string; term: string; from: string }) =>
    `${market}:${term}:${from}`;
  const bursts = [...new Map(spikes.map(burstOf).map((burst) => [key(burst), burst])).values()];
  const rows = await warehouse.query<{
    term: string;
    market: string;
    from: string;
    named: number | null;
    without_author: number;
  }>(burstAuthors(bursts));
  const few = new Set(
    rows
      .filter((row) => row.named !== null && row.named < minimumAuthors && row.without_author < minimumPosts)
      .map(key),
  );
  return spikes.filter((spike) => !few.has(key(burstOf(spike))));
}

function termWeekRows(run: RunClock, series: TermSeries, reading: Reading): Row[] {
  const { market } = series;
  // Counts may be told of a few voices; shares, which compare them with others, may not.
  const isWithheld = reading.reason === "withheld_privacy";
  const shown = (values: Float64Array, i: number) => (isWithheld ? null : known(at(values, i)));
  return market.weeks.map((week, i) => ({
    edition: run.edition,
    term: series.term,
    market: market.market,
    week,
    posts: at(series.posts, i),
    market_posts: at(market.posts, i),
    observed_share: shown(reading.share, i),
    index: shown(reading.index, i),
    index_mean_4w: shown(reading.indexMean, i),
    reason: isWithheld ? reading.reason : (weekReason(series, i) ?? reading.base.reason),
    provenance: market.provenance,
  }));
}

function weekReason({ market }: TermSeries, week: number): Reason | null {
  if (!market.collected[week]) return "not_collected";
  return isMeasured(market, week) ? null : "too_few";
}

function trendRow(
  run: RunClock,
  series: TermSeries,
  reading: Reading,
  percentile: number,
  input: TrendInput,
) {
  const { recent, base, score, year } = reading;
  const scale = base.share === null ? null : 100 / base.share;
  return {
    edition: run.edition,
    term: series.term,
    market: series.market.market,
    title: series.title,
    kind: series.kind,
    class: reading.class,
    seasonal: reading.seasonal,
    seasonality: reading.seasonality,
    peak_month: reading.peakMonth,
    trend_score: score?.score ?? null,
    score_level: score?.level ?? null,
    score_momentum: score?.momentum ?? null,
    score_volume: score?.volume ?? null,
    confidence_score: reading.confidence,
    coverage: reading.coverage,
    stability: reading.stability,
    z: reading.z,
    momentum: reading.momentum?.value ?? null,
    yoy_pct: year?.printable == null ? null : 100 * (year.printable - 1),
    breakout: year !== null && year.ratio > 1 + classRules.breakoutPct / 100,
    index: recent && scale && recent.share * scale,
    index_low: recent && scale && recent.low * scale,
    index_high: recent && scale && recent.high * scale,
    volume_percentile: reading.reason === null ? percentile : null,
    posts_4w: reading.posts4w,
    posts_52w: reading.posts52w,
    weeks: reading.weeks,
    authors_52w: input.authors.get(`${series.market.market}:${series.term}`)?.named ?? null,
    reason: reading.reason,
    provenance: series.market.provenance,
  };
}

function spikeRow(run: RunClock, spike: Spike): Row {
  const { series, week } = spike;
  return {
    edition: run.edition,
    term: series.term,
    market: series.market.market,
    week: series.market.weeks[week],
    title: series.title,
    posts: spike.posts,
    baseline: spike.baseline,
    z: spike.z,
    q: spike.q,
    first_day: spike.from,
    last_day: spike.to,
    multiple: spike.multiple,
    state: spike.state,
    provenance: series.market.provenance,
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
