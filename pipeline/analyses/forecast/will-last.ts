// Will it last? The probability that a term's next year exceeds its last, from what such a forecast missed by a year ago, over all terms.
import type { Reason } from "../../../data/contract/columns.ts";
import type { willLastLabels } from "../../../data/contract/datasets/forecast_backtests.ts";
import { combine, poolErrors, relativeErrors, weightsOf } from "../../stats/forecast/combination.ts";
import { spreadOf } from "../../stats/forecast/contest.ts";
import { compete } from "../../stats/forecast/contestants.ts";
import { prepare } from "../../stats/forecast/prepare.ts";
import { median } from "../../stats/median.ts";
import { fewestTested, lastingWeeks, yearWeeks, youngBurst } from "./rules.ts";

export type WillLast =
  | { readonly probability: number; readonly label: (typeof willLastLabels)[number]; readonly reason: null }
  | { readonly probability: null; readonly label: null; readonly reason: Reason };

const seasons = { period: yearWeeks, tried: [yearWeeks] };

/** One answer a series, in order. Series of under 104 weeks say so, and lend no error to the others. */
export function willLast(all: readonly Float64Array[]): WillLast[] {
  const tested = all.map((shares) => yearsOf(shares));
  const pool = poolErrors(tested.flatMap((one) => (one ? [[relativeErrors(one.before)]] : [])));
  const meanForecast = (forecasts: ReturnType<typeof compete>) =>
    meanOf(combine(forecasts, weightsOf([], pool, forecasts)));
  // In spreads, so that errors of small and large terms can stand for each other.
  const errors = tested.flatMap((one) =>
    one && one.before.spread > 0
      ? [(meanOf(one.before.actual) - meanForecast(one.before.forecasts)) / one.before.spread]
      : [],
  );
  return tested.map((one): WillLast => {
    if (one === null) return { probability: null, label: null, reason: "not_collected" };
    if (errors.length < fewestTested) return { probability: null, label: null, reason: "too_few" };
    const expected = meanForecast(one.next);
    const last = meanOf(one.before.actual);
    const above = errors.filter((error) => expected + error * one.spread > last).length;
    // One error more on each side: nothing is certain because it has not happened yet.
    const probability = (above + 1) / (errors.length + 2);
    return { probability, label: labelOf(probability), reason: null };
  });
}

/** Spate's words with cuts of our own. */
export function labelOf(probability: number): (typeof willLastLabels)[number] {
  if (probability > 0.9) return "very likely";
  if (probability >= 0.7) return "likely";
  if (probability >= 0.3) return "uncertain";
  return probability >= 0.1 ? "unlikely" : "very unlikely";
}

/** The last year as it would have been forecast a year ago, and the next one. */
function yearsOf(shares: Float64Array) {
  const prepared = prepare(shares);
  if (prepared === null || prepared.values.length < lastingWeeks) return null;
  const { values, known } = prepared;
  const end = values.length - yearWeeks;
  return {
    next: compete(calm(values), yearWeeks, seasons),
    spread: spreadOf(values, 1),
    before: {
      end,
      actual: values.slice(end).map((value, i) => (known[end + i] ? value : Number.NaN)),
      forecasts: compete(calm(values.subarray(0, end)), yearWeeks, seasons),
      spread: spreadOf(values.subarray(0, end), 1),
    },
  };
}

/** The last weeks cut to what the half year before them explains: a level is what stayed. */
function calm(values: Float64Array): Float64Array {
  const before = [...values.subarray(-youngBurst.weeks - youngBurst.against, -youngBurst.weeks)];
  if (before.length === 0) return values;
  const middle = median(before);
  const reach = youngBurst.z * 1.4826 * median(before.map((value) => Math.abs(value - middle)));
  const highest = Math.max(middle + reach, ...before);
  return values.map((value, i) => (i >= values.length - youngBurst.weeks ? Math.min(value, highest) : value));
}

function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
