// Pairs what is known with what came after.
import { LeapError } from "../../core/errors.ts";
import type { NamedSeries, SeriesFile } from "./named-series.ts";

export interface Pair {
  readonly id: string;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

export interface Split {
  readonly pairs: readonly Pair[];
  readonly horizon: number;
  readonly notes: readonly string[];
}

/** By id where the files share ids, else row by row. Throws LeapError where neither fits. */
export function splitByFile(train: SeriesFile, test: SeriesFile, horizonGiven: number | null): Split {
  const byId = new Map(test.series.map((series) => [series.id, series]));
  const shared = train.series.filter(({ id }) => byId.has(id)).length;
  const isById = byId.size === test.series.length && shared > 0;
  if (!isById && train.series.length !== test.series.length)
    throw new LeapError(
      `invalid pair: ${train.name} has ${train.series.length} series, ${test.name} has ${test.series.length}, and they share no id. Rows must have the same ids or the same order.`,
    );
  const matched = train.series.flatMap((series, i): { series: NamedSeries; after: Float64Array }[] => {
    const found = isById ? byId.get(series.id) : test.series[i];
    return found && found.values.length > 0 ? [{ series, after: found.values }] : [];
  });
  const longest = matched.reduce((most, { after }) => Math.max(most, after.length), 0);
  if (longest === 0)
    throw new LeapError(`invalid file: ${test.name} holds no value of a series of ${train.name}.`);
  const horizon = Math.min(horizonGiven ?? longest, longest);
  const lost = train.series.length - matched.length;
  return {
    horizon,
    pairs: matched.map(({ series, after }) => ({
      id: series.id,
      before: series.values,
      after: padded(after, horizon),
    })),
    notes: [
      `Series were paired ${isById ? "by id" : "by row"}.`,
      ...(lost > 0 ? [`${lost} series of ${train.name} have no row in ${test.name} and were left out.`] : []),
      ...(horizonGiven !== null && horizonGiven > longest
        ? [
            `${test.name} holds ${longest} values a series at most, so the horizon is ${longest}, not ${horizonGiven}.`,
          ]
        : []),
    ],
  };
}

/** The last `horizon` values of each series are what came after. Series too short for that are left out, and counted. */
export function splitByHorizon(train: SeriesFile, horizon: number): Split {
  const long = train.series.filter(({ values }) => values.length > horizon);
  if (long.length === 0)
    throw new LeapError(
      `invalid horizon: ${horizon}. No series of ${train.name} is longer (the longest has ${train.series.reduce((most, { values }) => Math.max(most, values.length), 0)} values).`,
    );
  const lost = train.series.length - long.length;
  return {
    horizon,
    pairs: long.map(({ id, values }) => ({
      id,
      before: values.slice(0, -horizon),
      after: values.slice(-horizon),
    })),
    notes: [
      `The last ${horizon} values of each series were held back.`,
      ...(lost > 0 ? [`${lost} series are no longer than the horizon and were left out.`] : []),
    ],
  };
}

/** Steps that the test does not hold are unknown, not zero. */
const padded = (values: Float64Array, length: number): Float64Array =>
  Float64Array.from({ length }, (_, h) => (h < values.length ? (values[h] as number) : Number.NaN));
