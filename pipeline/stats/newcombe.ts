// Whether two shares differ.
import type { Interval } from "./bootstrap.ts";

const z95 = 1.959963984540054;

/**
 * 95 % interval of the difference of two independent shares, a − b: Newcombe (1998), method 10, which squares and adds the distances
 * of each share to its Wilson limits. It stays inside [−1, 1] and holds for zero counts. Throws when a group is empty.
 */
export function newcombe(
  a: { readonly successes: number; readonly n: number },
  b: { readonly successes: number; readonly n: number },
): Interval & { readonly difference: number } {
  const [first, second] = [scoreLimits(a.successes, a.n), scoreLimits(b.successes, b.n)];
  const difference = first.share - second.share;
  return {
    difference,
    low: difference - Math.hypot(first.share - first.low, second.high - second.share),
    high: difference + Math.hypot(first.high - first.share, second.share - second.low),
  };
}

/** Wilson's limits (1927), written out here because a difference needs both groups' share and limits at once. */
function scoreLimits(successes: number, n: number) {
  if (!(n > 0)) throw new Error(`invalid group size: ${n}. A share needs at least one observation.`);
  const share = successes / n;
  const centre = (share + z95 ** 2 / (2 * n)) / (1 + z95 ** 2 / n);
  const half = (z95 * Math.sqrt((share * (1 - share)) / n + z95 ** 2 / (4 * n ** 2))) / (1 + z95 ** 2 / n);
  return { share, low: centre - half, high: centre + half };
}
