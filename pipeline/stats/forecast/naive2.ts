// Naive2, the yardstick of the M4 competition: the last value of the seasonally adjusted series, with the season put back.
import { classicalSeason } from "./classical-season.ts";
import { naive } from "./naive.ts";
import { isSeasonal } from "./seasonality-test.ts";

/** As in M4-methods: multiplicative adjustment where the 90 % autocorrelation test finds a season, else the last value. */
export function naive2(values: ArrayLike<number>, horizon: number, period: number): Float64Array {
  if (!isSeasonal(values, period)) return naive(values, horizon);
  const { adjusted, restore } = classicalSeason(values, period, "multiplicative");
  const forecast = restore(naive(adjusted, horizon));
  return forecast.every(Number.isFinite) ? forecast : naive(values, horizon);
}
