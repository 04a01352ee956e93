// How far a share may be from the truth.
import type { Interval } from "./bootstrap.ts";

const z95 = 1.959963984540054;

/** 95 % score interval of a share (Wilson 1927): it holds near 0 and 1, where the usual one leaves the range. Throws when n is zero. */
export function wilson(successes: number, n: number): Interval {
  if (!(n > 0)) throw new Error(`invalid group size: ${n}. A share needs at least one observation.`);
  const share = successes / n;
  const centre = (share + z95 ** 2 / (2 * n)) / (1 + z95 ** 2 / n);
  const half = (z95 * Math.sqrt((share * (1 - share)) / n + z95 ** 2 / (4 * n ** 2))) / (1 + z95 ** 2 / n);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
