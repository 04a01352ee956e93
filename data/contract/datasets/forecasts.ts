// What the engine expects of each term, and what came of earlier expectations.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const forecasts = defineDataset("forecasts", {
  title: "Forecasts",
  description:
    "Expected weekly share of each term in each market over the next 13 weeks with intervals at 80 and 95 %, and earlier forecasts whose weeks have come, beside what came.",
  grain: "One row per edition, term, market, edition that made the forecast, and week.",
  key: ["edition", "term", "market", "made_in", "week"],
  version: "1.0.0",
  limits: [
    "A forecast carries on what was; it knows of no launch, law or holiday that the past did not hold.",
    "Intervals hold on average over terms and weeks, not for each of them.",
    "Of earlier forecasts only the 1st, 4th, 8th and 13th week are followed.",
  ],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    market: c.market,
    made_in: c.edition.meta({
      description: "Edition that made the forecast; the row's own edition for the current one.",
    }),
    week: c.week,
    step: z
      .int()
      .min(1)
      .meta({ description: "Weeks ahead: 1 is the week after the last complete one.", unit: "weeks" }),
    method: z.enum(["combination", "naive"]).meta({
      description:
        "Way of forecasting: the weighted mean of all methods, or the last value where the back-test found no skill beyond it.",
    }),
    observed_share: c.measure(
      "Expected posts that name the term, of every 10,000.",
      "per 10,000 posts",
      "forecast_share",
    ),
    low80: c.measure("Lower end of the 80 % interval.", "per 10,000 posts"),
    high80: c.measure("Upper end of the 80 % interval.", "per 10,000 posts"),
    low95: c.measure("Lower end of the 95 % interval.", "per 10,000 posts"),
    high95: c.measure("Upper end of the 95 % interval.", "per 10,000 posts"),
    index: c
      .measure(
        "The expected share on the term's fixed base; null where it has no index.",
        "index, base = 100",
      )
      .nullable(),
    in_peak: c.flag("The week belongs to the predicted peak window of the term."),
    actual: c
      .measure(
        "Share that was observed in the week; null while it lies ahead or was not collected.",
        "per 10,000 posts",
      )
      .nullable(),
    inside80: z
      .boolean()
      .nullable()
      .meta({ description: "What came lies inside the 80 % interval; null while unknown." }),
    inside95: z
      .boolean()
      .nullable()
      .meta({ description: "What came lies inside the 95 % interval; null while unknown." }),
    provenance: c.provenance,
  },
});
