// How often chance alone gives a count this large.
import { gammaln } from "simple-statistics";

/**
 * P(X ≥ count) for a count with the given mean: Poisson, or negative binomial when `variance` exceeds the mean, because weekly counts
 * of talk vary more than Poisson's. A normal tail would be out by orders of magnitude for small counts.
 * Throws on a mean that is not above zero.
 */
export function upperTail(count: number, mean: number, variance: number): number {
  if (!(mean > 0)) throw new Error(`invalid mean: ${mean}. A count needs a mean above zero.`);
  if (count <= 0) return 1;
  const excess = Math.max(0, variance - mean);
  const size = excess > 1e-9 ? mean ** 2 / excess : Number.POSITIVE_INFINITY;
  return count > mean
    ? Math.min(1, sumAway(count, 1, mean, size))
    : Math.max(0, 1 - sumAway(count - 1, -1, mean, size));
}

/** Sum of the probabilities from `start` away from the mean, until what is left is below the last digit. */
function sumAway(start: number, step: 1 | -1, mean: number, size: number): number {
  let probability = Math.exp(logProbability(start, mean, size));
  let sum = 0;
  for (let k = start; k >= 0; k += step) {
    sum += probability;
    const ratio = step === 1 ? growth(k, mean, size) : 1 / growth(k - 1, mean, size);
    probability *= ratio;
    if (probability <= 1e-17 * sum * (1 - ratio)) break;
  }
  return sum;
}

/** P(k + 1) / P(k). */
function growth(k: number, mean: number, size: number): number {
  return size === Number.POSITIVE_INFINITY ? mean / (k + 1) : ((mean / (mean + size)) * (k + size)) / (k + 1);
}

function logProbability(count: number, mean: number, size: number): number {
  const poisson = count * Math.log(mean) - gammaln(count + 1);
  if (size === Number.POSITIVE_INFINITY) return poisson - mean;
  return (
    poisson +
    gammaln(count + size) -
    gammaln(size) -
    count * Math.log(mean + size) -
    size * Math.log1p(mean / size)
  );
}
