// The Theta method (Assimakopoulos and Nikolopoulos 2000), which won M3: the mean of a straight line and of a smoothed level of the series whose
// curvature was doubled.
import { fewestValues, fitSmoothing } from "./ets.ts";

/** Of a series without season. Below three values the last one is repeated. */
export function theta(values: ArrayLike<number>, horizon: number): Float64Array {
  const n = values.length;
  if (n < fewestValues.level)
    return new Float64Array(horizon).fill(n > 0 ? (values[n - 1] as number) : Number.NaN);
  const { intercept, slope } = straightLine(values);
  const doubled = Float64Array.from(
    { length: n },
    (_, t) => 2 * (values[t] as number) - (intercept + slope * t),
  );
  const { level } = fitSmoothing(doubled, "level");
  return Float64Array.from({ length: horizon }, (_, h) => (intercept + slope * (n + h) + level) / 2);
}

/** Least squares over the positions 0, 1, …. */
function straightLine(values: ArrayLike<number>): { intercept: number; slope: number } {
  const n = values.length;
  const middle = (n - 1) / 2;
  let [mean, product, spread] = [0, 0, 0];
  for (let t = 0; t < n; t++) mean += (values[t] as number) / n;
  for (let t = 0; t < n; t++) {
    product += (t - middle) * ((values[t] as number) - mean);
    spread += (t - middle) ** 2;
  }
  const slope = product / spread;
  return { intercept: mean - slope * middle, slope };
}
