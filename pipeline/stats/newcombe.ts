// Whether two shares differ.
import type { Interval } from "./bootstrap.ts";
import { wilson } from "./wilson.ts";

export interface Group {
  readonly successes: number;
  readonly n: number;
}

/**
 * 95 % interval of the difference of two independent shares, a − b: Newcombe (1998), method 10, which squares and adds the distances
 * of each share to its Wilson limits. It stays inside [−1, 1] and holds for zero counts. Throws when a group is empty.
 */
export function newcombe(a: Group, b: Group): Interval & { readonly difference: number } {
  const [first, second] = [wilson(a.successes, a.n), wilson(b.successes, b.n)];
  const [shareA, shareB] = [a.successes / a.n, b.successes / b.n];
  const difference = shareA - shareB;
  return {
    difference,
    low: difference - Math.hypot(shareA - first.low, second.high - shareB),
    high: difference + Math.hypot(first.high - shareA, shareB - second.low),
  };
}
