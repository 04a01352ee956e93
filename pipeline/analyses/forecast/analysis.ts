// What each term is expected to do in the next quarter, how good such forecasts were, whether the term will last, and how published forecasts
// fared. Reads the published weekly shares, so that anybody can repeat it from the datasets.
import type { Analysis, AnalysisContext, Row } from "../../core/types.ts";
import { contest } from "../../stats/forecast/contest.ts";
import { forecastPool } from "../../stats/forecast/pool.ts";
import { version } from "../../stats/forecast/version.ts";
import { marketMetrics, metricRows } from "./metrics.ts";
import type { Outlook } from "./outlook.ts";
import { peakWindow } from "./peaks.ts";
import { followUp, noRecord } from "./record.ts";
import { backtestRows, forecastRows } from "./rows.ts";
import { horizonWeeks, yearWeeks } from "./rules.ts";
import { levelOf, readShares, type ShareSeries } from "./series.ts";
import { type WillLast, willLast } from "./will-last.ts";

export const analysis: Analysis = {
  id: "forecast",
  version,
  reads: ["run", "out.term_weeks", "out.trends"],
  writes: ["forecasts", "forecast_backtests", "metrics"],
  async run(context) {
    const { run } = context;
    const outlooks = await outlooksOf(context);
    const valueBefore = new Map(
      (await context.previous("metrics")).map((row) => [String(row["metric_id"]), row["value"]]),
    );
    return {
      forecasts: outlooks.flatMap((outlook) => [...forecastRows(run, outlook), ...outlook.followed]),
      forecast_backtests: outlooks.flatMap((outlook) => backtestRows(run, outlook)),
      metrics: [
        ...outlooks.flatMap((outlook) => metricRows(run, outlook)),
        ...marketMetrics(run, outlooks),
      ].map((row) => ({
        ...row,
        method_version: version,
        previous_value: valueBefore.get(String(row["metric_id"])) ?? null,
      })),
    };
  },
};

async function outlooksOf(context: AnalysisContext): Promise<Outlook[]> {
  const all = await readShares(context.warehouse);
  const forecasts = forecastPool(
    all.map((series, i) => {
      context.log.progress("forecast", i, all.length);
      return series.reason === null
        ? contest(series.shares, {
            horizon: horizonWeeks,
            period: 1,
            tried: [yearWeeks],
            exposure: series.exposure,
          })
        : null;
    }),
    horizonWeeks,
  );
  const lasting = willLast(all.map(({ reason, shares }) => (reason === null ? shares : new Float64Array())));
  const key = (row: Row) => `${row["market"]}:${row["term"]}`;
  const told = Map.groupBy(await context.previous("forecasts"), key);
  const tallies = new Map(
    (await context.previous("forecast_backtests"))
      .filter((row) => row["method"] === "combination")
      .map((row) => [
        key(row),
        {
          n: Number(row["record_n"]),
          inside80: Number(row["record_inside80"]),
          inside95: Number(row["record_inside95"]),
        },
      ]),
  );
  return all.map((series, i): Outlook => {
    const forecast = forecasts[i] ?? null;
    const shown = forecast && (forecast.skilled === false ? forecast.naive : forecast.combination);
    const own = `${series.market}:${series.term}`;
    const { rows, tally } = followUp(
      series,
      told.get(own) ?? [],
      tallies.get(own) ?? noRecord,
      context.run.edition,
    );
    return {
      series,
      forecast,
      shown,
      // The last value repeated has no highest week.
      peak:
        shown && forecast?.skilled !== false
          ? peakWindow(shown.point, shown.band80, levelOf(series.shares))
          : null,
      lasting: lastingOf(series, lasting[i] as WillLast),
      followed: rows,
      record: tally,
    };
  });
}

/** A term that is withheld or too small has that reason, not the want of weeks. */
const lastingOf = ({ reason }: ShareSeries, found: WillLast): WillLast =>
  reason === null ? found : { probability: null, label: null, reason };
