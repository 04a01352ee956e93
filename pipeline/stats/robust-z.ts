// How far a value stands from the usual, in units that a few wild values cannot stretch.
import { median } from "./median.ts";

/** Makes the median absolute deviation of normal values their standard deviation. */
const NORMAL_CONSISTENCY = 1.4826;

export interface RobustScale {
  readonly median: number;
  /** 1.4826 · MAD, in units of the values. */
  readonly spread: number;
}

/** Median and scaled MAD of the values that are not NaN. Throws when there is none. */
export function robustScale(values: readonly number[]): RobustScale {
  const known = values.filter((value) => !Number.isNaN(value));
  const centre = median(known);
  return {
    median: centre,
    spread: NORMAL_CONSISTENCY * median(known.map((value) => Math.abs(value - centre))),
  };
}

/**
 * (value − median) / max(1.4826 · MAD, floor). The floor is what chance alone would spread, such as √median for counts: a term that
 * stood at zero all year must not reach infinity with its first post. Throws on a floor that is not above zero.
 */
export function robustZ(value: number, usual: RobustScale, floor: number): number {
  if (!(floor > 0)) throw new Error(`invalid floor: ${floor}. Give what chance alone would spread.`);
  return (value - usual.median) / Math.max(usual.spread, floor);
}
