// The figures of a forecast evaluation, averaged as the M4 competition did: first over the steps of a series, then over the series.
import type { Contest } from "../../stats/forecast/contest.ts";
import { scaleOf } from "../../stats/forecast/contest.ts";
import { type Contestant, contestants } from "../../stats/forecast/contestants.ts";
import { inside, mase, msis, roundingOf, smape } from "../../stats/forecast/measures.ts";
import { naive } from "../../stats/forecast/naive.ts";
import { naive2 } from "../../stats/forecast/naive2.ts";
import type { Band, SeriesForecast, Told } from "../../stats/forecast/pool.ts";

export interface Judged {
  readonly before: Float64Array;
  /** As long as the horizon; NaN where nothing is known. */
  readonly after: Float64Array;
  readonly forecast: SeriesForecast | null;
}

/** A series counts as worse than naive when its error exceeds that of the naive forecast by more than this. */
const tolerance = 1.05;

export function figuresOf(judged: readonly Judged[], period: number, horizon: number) {
  const answered = judged.filter(
    (one): one is Judged & { forecast: SeriesForecast } => one.forecast !== null,
  );
  const known = answered.map(({ before }) => withoutGaps(before));
  const scales = known.map((values) => scaleOf(values, period));
  const yardstick = known.map((values) => naive2(values, horizon, period));
  const last = known.map((values) => naive(values, horizon));
  const told = answered.map(({ forecast }) => forecast.combination);
  const guarded = answered.map(({ forecast }) =>
    forecast.skilled === false ? forecast.naive : forecast.combination,
  );
  const after = answered.map((one) => one.after);
  const errors = (points: readonly ArrayLike<number>[]) => ({
    smape: mean(after.map((actual, i) => smape(actual, points[i] as ArrayLike<number>))),
    mase: mean(after.map((actual, i) => mase(actual, points[i] as ArrayLike<number>, scales[i] ?? null))),
  });
  const points = (all: readonly Told[]) => all.map(({ point }) => point);
  const [ours, reference, simple, withGuard] = [
    errors(points(told)),
    errors(yardstick),
    errors(last),
    errors(points(guarded)),
  ];
  const owa = (one: { smape: number | null; mase: number | null }): number | null =>
    one.smape !== null && one.mase !== null && reference.smape && reference.mase
      ? (one.smape / reference.smape + one.mase / reference.mase) / 2
      : null;
  const worse = after.map((actual, i) => {
    const [error, guard] = [told[i]?.point, last[i]].map((point) =>
      mase(actual, point as ArrayLike<number>, 1),
    );
    const rounding = roundingOf(actual.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0));
    return error != null && guard != null ? Number(error > tolerance * guard + rounding) : null;
  });
  const still = scales.filter((scale) => scale === null).length;
  const silent = judged.length - answered.length;
  const skilled = answered.filter(({ forecast }) => forecast.skilled === true).length;
  return {
    figures: {
      ...ours,
      owa: owa(ours),
      msis: mean(msisOf(told, after, scales)),
      coverage80: coverage(
        told.map(({ band80 }) => band80),
        after,
      ),
      coverage95: coverage(
        told.map(({ band95 }) => band95),
        after,
      ),
      worseThanNaive: mean(worse),
      againstNaive: ours.mase !== null && simple.mase ? ours.mase / simple.mase : null,
      smapeNaive2: reference.smape,
      maseNaive2: reference.mase,
      smapeNaive: simple.smape,
      maseNaive: simple.mase,
      skilledShare: answered.length > 0 ? skilled / answered.length : null,
      owaGuarded: owa(withGuard),
    },
    notes: [
      "worseThanNaive: share of series whose error exceeds that of the last value by more than 5 %; againstNaive: our MASE over that of the last value. owaGuarded: with the naive forecast shown wherever the back-test of the series favours it, as trend pages do.",
      ...(silent > 0 ? [`${silent} series hold no value and got no forecast.`] : []),
      ...(still > 0
        ? [
            `${still} series never moved, or are too short for their period: MASE and MSIS do not exist for them.`,
          ]
        : []),
    ],
  };
}

const msisOf = (told: readonly Told[], after: readonly Float64Array[], scales: readonly (number | null)[]) =>
  told.map(({ band95 }, i) => band95 && msis(after[i] as Float64Array, band95, 0.95, scales[i] ?? null));

/** Share of all known values inside their interval. */
function coverage(bands: readonly (Band | null)[], after: readonly Float64Array[]): number | null {
  let [hits, n] = [0, 0];
  bands.forEach((band, i) => {
    if (band === null) return;
    const one = inside(after[i] as Float64Array, band);
    hits += one.inside;
    n += one.n;
  });
  return n > 0 ? hits / n : null;
}

/** What each method alone would have scored, with its mean weight. */
export function methodTable(judged: readonly Judged[], past: readonly (Contest | null)[], period: number) {
  return contestants.flatMap((method) => {
    const rows = judged.flatMap(({ before, after, forecast }, i) => {
      const one = past[i]?.final.forecasts[method];
      if (!one || !past[i] || !forecast) return [];
      const point = one.map((value) => value * (past[i] as Contest).unit);
      return [
        {
          smape: smape(after, point),
          mase: mase(after, point, scaleOf(withoutGaps(before), period)),
          weight: weightOf(forecast, method),
        },
      ];
    });
    if (rows.length === 0) return [];
    return [
      {
        method,
        series: rows.length,
        meanWeight: mean(rows.map(({ weight }) => weight)),
        smape: mean(rows.map((row) => row.smape)),
        mase: mean(rows.map((row) => row.mase)),
      },
    ];
  });
}

const weightOf = (forecast: SeriesForecast, method: Contestant): number =>
  forecast.methods.find((one) => one.method === method)?.weight ?? 0;

/** The yardsticks know of no gaps. */
const withoutGaps = (values: Float64Array): Float64Array => values.filter((value) => Number.isFinite(value));

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null;
}
