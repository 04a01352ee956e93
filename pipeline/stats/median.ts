// The middle value.
import { quantile } from "./quantile.ts";

/** Median; the mean of the middle two for an even number. Throws on no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
