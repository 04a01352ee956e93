// How good forecasting was so far: the back-test of each method on each term, the verdict, and the record of published forecasts.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

/** The methods that compete, in the order of tables; the first is the guard: whatever does not beat it has no skill. */
export const contestants = [
  "naive",
  "damped_trend",
  "ets",
  "theta",
  "last_cycle",
  "mstl_ets",
  "mstl_ets_log",
] as const;

export const willLastLabels = ["very likely", "likely", "uncertain", "unlikely", "very unlikely"] as const;

export const forecastBacktests = defineDataset("forecast_backtests", {
  title: "Forecast back-tests",
  description:
    "Errors of each forecasting method at earlier origins of each term, its weight in the combination, coverage of the intervals, whether there was skill, whether the term will last, and how published forecasts fared.",
  grain: "One row per edition, term, market and method; the combination carries the verdict.",
  key: ["edition", "term", "market", "method"],
  version: "1.0.0",
  limits: [
    "A back-test forecasts weeks that have come, from what was known before them; the weights at an origin come from the other origins.",
    "Four origins are few: a term's own figures are rough, the shares over all terms are not.",
  ],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    market: c.market,
    method: z.enum(["combination", ...contestants]).meta({
      description:
        "Method; combination is the weighted mean of the others, naive the last value and the guard.",
    }),
    weight: c.ratio("Share of the combination; 1 for the combination itself.").nullable(),
    mase: c
      .measure(
        "Mean absolute error of the back-test over the mean absolute step from week to week.",
        "ratio",
        "forecast_mase",
      )
      .nullable(),
    relative_mae: c
      .measure(
        "Mean absolute error over that of the naive forecast of the same weeks; 1 and above is no skill.",
        "ratio",
        "forecast_skill",
      )
      .nullable(),
    coverage80: c
      .ratio(
        "Share of the back-tested weeks inside the 80 % interval that would have been given; of the combination and of naive.",
        "forecast_coverage",
      )
      .nullable(),
    coverage95: c.ratio("The same at 95 %.").nullable(),
    origins: c.count("Origins of the back-test.", "origins"),
    n: c.count("Weeks that were forecast and are known.", "weeks"),
    skill: z.boolean().nullable().meta({
      description:
        "The combination beat the naive forecast in the back-test; false: the naive forecast is shown. Null where nothing could tell, and on rows of single methods.",
    }),
    will_last: c
      .ratio("Probability that the mean share of the next 52 weeks exceeds that of the last 52.", "will_last")
      .nullable(),
    will_last_label: z.enum(willLastLabels).nullable().meta({
      description:
        "very likely above 0.9, likely from 0.7, uncertain from 0.3, unlikely from 0.1, very unlikely below.",
    }),
    will_last_reason: c.reason.meta({
      description:
        "Why will_last is missing: not_collected below 104 weeks or with too many gaps, too_few, withheld_privacy.",
    }),
    peak_start: c.day("Monday of the first week of the predicted peak window.").nullable(),
    peak_end: c.day("Monday of its last week.").nullable(),
    record_n: c.count("Weeks so far for which an earlier edition had published a forecast.", "weeks"),
    record_inside80: c.count("Of those, weeks inside the published 80 % interval.", "weeks"),
    record_inside95: c.count("Of those, weeks inside the published 95 % interval.", "weeks"),
    reason: c.reason,
    provenance: c.provenance,
  },
});
