// What `leap eval all` holds the forecasts against, with the figures that others published on the same data.
import { existsSync } from "node:fs";
import path from "node:path";
import type { EvaluationCase } from "../../core/evaluation.ts";

const m4 = "M4 competition, Makridakis et al. 2020; Mcompetitions/M4-methods, Evaluation and Ranks";

const known: readonly EvaluationCase[] = [
  {
    id: "m4-weekly",
    dataset: "M4 Weekly, 359 series, the competition's own test part",
    licence: "M4: free for research, cite Makridakis et al. 2020",
    role: "hold-out",
    of: null,
    given: {
      train: "F-m4-weekly-hourly/Weekly-train.csv",
      test: "F-m4-weekly-hourly/Weekly-test.csv",
      period: "1",
      horizon: "13",
    },
    targets: [
      { measure: "owa", atMost: 0.8 },
      { measure: "coverage95", atLeast: 0.93, atMost: 0.97 },
      { measure: "coverage80", atLeast: 0.78, atMost: 0.82 },
      { measure: "msis", atMost: 20.5 },
      { measure: "againstNaive", atMost: 1.05 },
    ],
    beside: [
      { who: "Naive2", measure: "owa", value: 1, source: m4 },
      { who: "Comb (mean of three smoothings)", measure: "owa", value: 0.926, source: m4 },
      { who: "Winner of M4 (Smyl)", measure: "owa", value: 0.851, source: m4 },
      { who: "Second of M4 (FFORMA)", measure: "owa", value: 0.796, source: m4 },
      { who: "Best on weekly series (Darin and Stellwagen)", measure: "owa", value: 0.739, source: m4 },
      { who: "ETS", measure: "msis", value: 20.39, source: m4 },
    ],
    means:
      "Below one is better than repeating the last value. The best entry of the competition was made by hand-tuned business forecasting software; the winner over all frequencies did worse than we do here.",
  },
  {
    id: "m4-hourly",
    dataset: "M4 Hourly, 414 series, the competition's own test part",
    licence: "M4: free for research, cite Makridakis et al. 2020",
    role: "hold-out",
    of: null,
    given: {
      train: "F-m4-weekly-hourly/Hourly-train.csv",
      test: "F-m4-weekly-hourly/Hourly-test.csv",
      period: "24",
      horizon: "48",
    },
    targets: [
      { measure: "coverage95", atLeast: 0.93, atMost: 0.97 },
      { measure: "coverage80", atLeast: 0.78, atMost: 0.82 },
      { measure: "againstNaive", atMost: 1.05 },
    ],
    beside: [
      { who: "Seasonal naive", measure: "owa", value: 0.627, source: m4 },
      { who: "Winner of M4 (Smyl)", measure: "owa", value: 0.44, source: m4 },
    ],
    means:
      "Hours repeat the day and the week. Our engine is made for weekly counts; a network trained over all series of the competition learns more from hourly ones.",
  },
  {
    id: "walmart",
    dataset: "Walmart, weekly sales of 45 stores, last 13 weeks held back",
    licence: "Kaggle competition rules; not redistributed",
    role: "hold-out",
    of: null,
    given: {
      train: "F-walmart-weekly-sales/sales.csv",
      id: "Store",
      time: "Date",
      value: "Weekly_Sales",
      period: "52",
      horizon: "13",
    },
    targets: [{ measure: "againstNaive", atMost: 1.05 }],
    beside: [],
    means:
      "MASE against last year's same week: below one is better than repeating the year. The weeks held back hold no Christmas, so a season counts for little in them.",
  },
  {
    id: "wikipedia-manning",
    dataset: "Wikipedia, daily views of one article (log), last 91 days held back",
    licence: "MIT (facebook/prophet)",
    role: "hold-out",
    of: null,
    given: { train: "F-wikipedia-pageviews/wp_log_peyton_manning.csv", period: "7", horizon: "91" },
    targets: [{ measure: "againstNaive", atMost: 1.05 }],
    beside: [],
    means: "One series: coverage of 91 values that hang together says little about the method.",
  },
  {
    id: "us-retail-monthly",
    dataset: "US retail sales by month, last 18 months held back",
    licence: "MIT (facebook/prophet)",
    role: "hold-out",
    of: null,
    given: { train: "F-wikipedia-pageviews/us_retail_sales_monthly.csv", period: "12", horizon: "18" },
    targets: [{ measure: "againstNaive", atMost: 1.05 }],
    beside: [],
    means: "One series, of a size and a season that no weekly count of posts has.",
  },
];

/** The cases whose files the folder holds. */
export function cases(datasets: string): readonly EvaluationCase[] {
  return known.flatMap((one) => {
    const files = ["train", "test"].flatMap((name) => one.given[name] ?? []);
    if (!files.every((file) => existsSync(path.join(datasets, file)))) return [];
    const found = Object.fromEntries(
      Object.entries(one.given).map(([name, value]) => [
        name,
        value && files.includes(value) ? path.join(datasets, value) : value,
      ]),
    );
    return [{ ...one, given: found }];
  });
}
