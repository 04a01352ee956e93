// The methods that compete in every back-test. Each takes a prepared series and gives a forecast, or null where it has nothing to say.
import { contestants } from "../../../data/contract/datasets/forecast_backtests.ts";
import { classicalSeason } from "./classical-season.ts";
import { bestSmoothing, fewestValues, fitSmoothing, forecastSmoothing } from "./ets.ts";
import { lastCycle } from "./last-cycle.ts";
import { mstlEts } from "./mstl-ets.ts";
import { naive } from "./naive.ts";
import { naive2 } from "./naive2.ts";
import { isSeasonal, repeatsEvery } from "./seasonality-test.ts";
import { theta } from "./theta.ts";

export { contestants };
export type Contestant = (typeof contestants)[number];
export type Forecasts = Readonly<Record<Contestant, Float64Array | null>>;

export interface Seasons {
  /** The period of the scaled error and of the classical adjustment; 1 for none. */
  readonly period: number;
  /** Periods that a decomposition may use. */
  readonly tried: readonly number[];
}

/** Two years of weeks and more: below, no decomposition is asked, and last year's course stands in for it. */
const cyclesOfDecomposition = 3;

/** Forecasts of all contestants. Throws on an empty series; holds no NaN. */
export function compete(values: Float64Array, horizon: number, { period, tried }: Seasons): Forecasts {
  const positive = values.every((value) => value > 0);
  const seasonal = isSeasonal(values, period);
  const adjusted = (forecast: (calm: Float64Array) => Float64Array): Float64Array => {
    if (!seasonal) return forecast(values);
    const { adjusted: calm, restore } = classicalSeason(
      values,
      period,
      positive ? "multiplicative" : "additive",
    );
    return restore(forecast(calm));
  };
  const smoothing = (shape: "damped" | null) => (calm: Float64Array) => {
    const fit = shape && calm.length >= fewestValues[shape] ? fitSmoothing(calm, shape) : bestSmoothing(calm);
    return fit ? forecastSmoothing(fit, horizon) : naive(calm, horizon);
  };
  const periods = tried.filter((one) => repeatsEvery(values, one));
  const logged = periods.length > 0 && positive ? mstlEts(values.map(Math.log), horizon, periods) : null;
  const longest = Math.max(period, ...tried);
  return {
    naive: positive ? naive2(values, horizon, period) : naive(values, horizon),
    damped_trend: sane(adjusted(smoothing("damped"))),
    ets: sane(adjusted(smoothing(null))),
    theta: sane(adjusted((calm) => theta(calm, horizon))),
    last_cycle:
      values.length < cyclesOfDecomposition * longest ? sane(lastCycle(values, horizon, longest)) : null,
    mstl_ets: periods.length > 0 ? sane(mstlEts(values, horizon, periods)) : null,
    mstl_ets_log: sane(logged === null ? null : logged.map(Math.exp)),
  };
}

// Prepared values lie within one of zero; a forecast a thousand times beyond is an explosion, no forecast.
const mostTimes = 1000;

const sane = (forecast: Float64Array | null): Float64Array | null =>
  forecast?.every((value) => Math.abs(value) <= mostTimes) ? forecast : null;
