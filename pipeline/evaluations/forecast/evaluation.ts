// `leap eval forecast`: how far off forecasts are on values held back, against Naive2 as the M4 competition counted, and whether intervals hold.
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationContext, Given, Measured } from "../../core/evaluation.ts";
import { forecastPool } from "../../stats/forecast/pool.ts";
import { seasonsOf } from "../../stats/forecast/seasons.ts";
import { version } from "../../stats/forecast/version.ts";
import { cases } from "./cases.ts";
import { contests } from "./contests.ts";
import { figuresOf, methodTable } from "./figures.ts";
import type { NamedColumns } from "./named-series.ts";
import { readSeriesFile } from "./series-file.ts";
import { type Split, splitByFile, splitByHorizon } from "./split.ts";

export const evaluation: Evaluation = {
  id: "forecast",
  says: "Forecasts against what came: sMAPE, MASE, OWA against Naive2, MSIS, coverage at 80 and 95 %.",
  options: [
    {
      flags: "--train <path>",
      says: "series to learn from: wide (M3, M4) or long (id, time, value)",
      required: true,
      file: true,
    },
    {
      flags: "--test <path>",
      says: "what came after; without it the last values of --train are held back",
      file: true,
    },
    {
      flags: "--period <n>",
      says: "values a season, as MASE and Naive2 count them; 1 (the default) for none, and then a season is looked for",
    },
    { flags: "--horizon <n>", says: "values to forecast; by default as many as --test has" },
    { flags: "--id <column>", says: "long tables: the column that names the series" },
    { flags: "--time <column>", says: "long tables: the column of times" },
    { flags: "--value <column>", says: "long tables: the column of values" },
  ],
  examples: [
    "--train Weekly-train.csv --test Weekly-test.csv --period 1 --horizon 13",
    "--train sales.csv --id Store --time Date --value Weekly_Sales --period 52 --horizon 13",
  ],
  engine: () => `forecast ${version}`,
  evaluate,
  cases,
};

async function evaluate(given: Given, { milliseconds, log }: EvaluationContext): Promise<Measured> {
  const named: NamedColumns = { id: given["id"], time: given["time"], value: given["value"] };
  const period = wholeNumber(given["period"] ?? "1", "--period");
  const horizonGiven = given["horizon"] === undefined ? null : wholeNumber(given["horizon"], "--horizon");
  const train = await readSeriesFile(given["train"] as string, named);
  const test = given["test"] === undefined ? null : await readSeriesFile(given["test"], named, true);
  if (test === null && horizonGiven === null)
    throw new LeapError("missing option: --horizon. Without --test it says how many values are held back.");
  const split: Split = test
    ? splitByFile(train, test, horizonGiven)
    : splitByHorizon(train, horizonGiven as number);
  const { pairs, horizon } = split;
  const seasons = seasonsOf(
    pairs.map(({ before }) => before),
    period,
  );
  const effort = effortFor(pairs.length, seasons);
  log.info(`${pairs.length} series, horizon ${horizon}, seasons tried: ${seasons.join(", ") || "none"}`);
  const start = milliseconds();
  const past = await contests(
    pairs.map(({ before }) => before),
    { horizon, period, ...effort },
  );
  const forecasts = forecastPool(past, horizon);
  const seconds = (milliseconds() - start) / 1000;
  const judged = pairs.map(({ before, after }, i) => ({ before, after, forecast: forecasts[i] ?? null }));
  const { figures, notes } = figuresOf(judged, period, horizon);
  return {
    n: judged.filter(({ forecast }) => forecast !== null).length,
    figures: { ...figures, perSecond: seconds > 0 ? pairs.length / seconds : null },
    tables: { "Each method, beside the combination": methodTable(judged, past, period) },
    notes: [
      ...split.notes,
      `Seasons tried: ${seasons.join(", ") || "none"}${period === 1 && seasons.length > 0 ? " (found in the training part, where most series repeat it)" : ""}. Methods are weighted, and intervals measured, by rolling origin inside the training part alone.`,
      ...(effort.note ? [effort.note] : []),
      ...notes,
      ...train.notes,
      ...(test?.notes ?? []),
    ],
  };
}

/** Series from which on the pool knows what single series need not be asked. */
const manySeries = 2000;
/** Seasons up to a year of months are adjusted for by every method anyway. */
const shortSeason = 12;

/** Tens of thousands of series would take an hour: two origins each make a pool large enough, and decompositions are kept for long seasons. */
function effortFor(series: number, seasons: readonly number[]) {
  if (series <= manySeries) return { tried: seasons };
  const long = seasons.filter((season) => season > shortSeason);
  return {
    tried: long,
    origins: 2,
    note: `More than ${manySeries} series: two back-test origins each instead of four${long.length < seasons.length ? `, and no MSTL for seasons up to ${shortSeason}` : ""}.`,
  };
}

function wholeNumber(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 100_000)
    throw new LeapError(`invalid ${option}: ${text}. A whole number from 1 on.`);
  return number;
}
