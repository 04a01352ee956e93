// What shares of verdicts say about shares of the truth, when it is known how often each verdict is wrong.
import type { ClusteredShares } from "./clustered-shares.ts";
import { dirichletDraw, gammaDraw, normalDraw } from "./dirichlet-draw.ts";
import { quantileSorted } from "./quantile.ts";
import { nearestShares } from "./simplex.ts";

/** Labelled texts by truth (rows) and verdict (columns), in counts. */
export type ErrorCounts = readonly (readonly number[])[];

export interface CorrectedMean {
  /** True shares of the classes; they sum to 1. */
  readonly shares: readonly number[];
  /** Σ share · value, and its interval. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface CorrectionOptions {
  readonly draws?: number;
  readonly level?: number;
}

/** Added to each cell of a confusion: Jeffreys' prior, so that an error nobody has seen yet is rare rather than impossible. */
const PRIOR = 0.5;

/** Beyond this share of draws in which the verdicts carry no or opposite news of the truth, the labelled texts cannot support a correction. */
const LOST_DRAWS = 0.025;

/**
 * True class shares and the mean of a value over them, from clustered shares of verdicts. `shares` holds one block of classes for each
 * matrix in `errors` (languages, say), in the same order of classes; `value` says what a class is worth.
 *
 * Point: “adjusted classify and count” (Forman 2008), π = Σ_blocks (Cᵀ)⁻¹ q with C the rates of verdicts by truth, then the nearest shares that
 * are shares, in the metric of their own covariance. Interval: percentiles over seeded draws of C (Dirichlet, from the labelled counts) and of
 * q (multivariate t with the clusters' covariance), each put through the same steps.
 * It holds where the classifier errs on these posts as it did on the labelled texts.
 * Null when the confusion cannot be inverted, or not safely: in over 2.5 % of draws its determinant is not positive.
 */
export function correctedMean(
  clustered: ClusteredShares,
  errors: readonly ErrorCounts[],
  value: readonly number[],
  random: () => number,
  { draws = 1000, level = 0.95 }: CorrectionOptions = {},
): CorrectedMean | null {
  const classes = value.length;
  if (clustered.shares.length !== classes * errors.length)
    throw new Error(
      `invalid shares: ${clustered.shares.length} for ${errors.length} confusions of ${classes} classes.`,
    );
  const rates = errors.map(meanRates);
  const worths = rates.map(classWorths);
  if (!worths.every((worth) => worth !== null)) return null;
  const linear = trueShares(clustered.shares, worths);
  const metric = covarianceOf(clustered, errors, rates, worths);
  const mean = (shares: readonly number[]): number =>
    shares.reduce((sum, share, index) => sum + share * (value[index] as number), 0);
  const shares = nearestShares(linear, metric);
  const root = semidefiniteRoot(clustered.covariance);
  const degrees = Math.max(1, clustered.effectiveClusters - 1);
  const means: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const drawn = errors.map((counts) => classWorths(drawRates(counts, random)));
    const verdicts = drawShares(clustered.shares, root, degrees, random);
    if (!drawn.every((worth) => worth !== null)) continue;
    means.push(mean(nearestShares(trueShares(verdicts, drawn), metric)));
  }
  if (means.length < draws * (1 - LOST_DRAWS)) return null;
  const sorted = Float64Array.from(means).sort();
  const tail = (1 - level) / 2;
  return {
    shares,
    value: mean(shares),
    low: quantileSorted(sorted, tail),
    high: quantileSorted(sorted, 1 - tail),
  };
}

const meanRates = (counts: ErrorCounts): number[][] =>
  counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count + PRIOR, 0);
    return row.map((count) => (count + PRIOR) / total);
  });

const drawRates = (counts: ErrorCounts, random: () => number): number[][] =>
  counts.map((row) =>
    dirichletDraw(
      row.map((count) => count + PRIOR),
      random,
    ),
  );

/**
 * What a verdict says about each truth, so that shares of truths are sums over shares of verdicts: the inverse of C, [verdict][truth].
 * Null when C is singular or so wrong that its determinant is negative.
 */
export function classWorths(rates: readonly (readonly number[])[]): number[][] | null {
  const size = rates.length;
  const rows = rates.map((row, truth) => [...row, ...row.map((_, column) => (column === truth ? 1 : 0))]);
  let determinant = 1;
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++)
      if (Math.abs(rows[row]?.[pivot] as number) > Math.abs(rows[best]?.[pivot] as number)) best = row;
    if (best !== pivot) {
      [rows[pivot], rows[best]] = [rows[best] as number[], rows[pivot] as number[]];
      determinant = -determinant;
    }
    const head = rows[pivot] as number[];
    const lead = head[pivot] as number;
    determinant *= lead;
    if (Math.abs(lead) < 1e-9) return null;
    for (let column = 0; column < 2 * size; column++) head[column] = (head[column] as number) / lead;
    rows.forEach((row, index) => {
      const factor = row[pivot] as number;
      if (index === pivot || factor === 0) return;
      for (let column = 0; column < 2 * size; column++)
        row[column] = (row[column] as number) - factor * (head[column] as number);
    });
  }
  return determinant > 0 ? rows.map((row) => row.slice(size)) : null;
}

function trueShares(
  verdicts: readonly number[],
  worths: readonly (readonly (readonly number[])[])[],
): number[] {
  const classes = worths[0]?.length ?? 0;
  const shares = new Array<number>(classes).fill(0);
  worths.forEach((worth, block) => {
    for (let verdict = 0; verdict < classes; verdict++)
      for (let truth = 0; truth < classes; truth++)
        shares[truth] =
          (shares[truth] as number) +
          (verdicts[block * classes + verdict] as number) * (worth[verdict]?.[truth] as number);
  });
  return shares;
}

/**
 * Covariance of the linear estimate: that of the verdicts carried through the inverse, and that of the confusion by the delta method,
 * Σ_blocks Σ_t π_t² Cov_{k ~ C_t}(w_k) / (m_t + 1), where w_k is a verdict's row of worths and m_t the labelled texts of truth t.
 */
function covarianceOf(
  { shares, covariance }: ClusteredShares,
  errors: readonly ErrorCounts[],
  rates: readonly (readonly (readonly number[])[])[],
  worths: readonly (readonly (readonly number[])[])[],
): number[][] {
  const flat = worths.flat();
  const size = worths[0]?.length ?? 0;
  const result = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const add = (a: number, b: number, amount: number) => {
    const row = result[a] as number[];
    row[b] = (row[b] as number) + amount;
  };
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      for (let j = 0; j < flat.length; j++)
        for (let k = 0; k < flat.length; k++)
          add(a, b, (flat[j]?.[a] as number) * (flat[k]?.[b] as number) * (covariance[j]?.[k] as number));
      worths.forEach((worth, block) => {
        const own = trueShares(shares.slice(block * size, (block + 1) * size), [worth]);
        rates[block]?.forEach((row, truth) => {
          const products = row.reduce(
            (sum, rate, k) => sum + rate * (worth[k]?.[a] as number) * (worth[k]?.[b] as number),
            0,
          );
          const labelled = (errors[block]?.[truth] ?? []).reduce((sum, count) => sum + count + PRIOR, 1);
          add(
            a,
            b,
            ((own[truth] as number) ** 2 * (products - (a === truth && b === truth ? 1 : 0))) / labelled,
          );
        });
      });
    }
  return result;
}

/** Lower triangle L with L Lᵀ = the matrix; a direction without variance is left at rest. */
function semidefiniteRoot(matrix: readonly (readonly number[])[]): number[][] {
  const root = matrix.map((row) => row.map(() => 0));
  matrix.forEach((row, j) => {
    const lower = root[j] as number[];
    for (let k = 0; k <= j; k++) {
      const other = root[k] as number[];
      let rest = row[k] as number;
      for (let i = 0; i < k; i++) rest -= (lower[i] as number) * (other[i] as number);
      if (k === j) lower[j] = rest > 1e-15 ? Math.sqrt(rest) : 0;
      else lower[k] = (other[k] as number) > 0 ? rest / (other[k] as number) : 0;
    }
  });
  return root;
}

function drawShares(
  shares: readonly number[],
  root: readonly (readonly number[])[],
  degrees: number,
  random: () => number,
): number[] {
  const stretch = Math.sqrt(degrees / (2 * gammaDraw(degrees / 2, random)));
  const normals = shares.map(() => stretch * normalDraw(random));
  return shares.map((share, j) =>
    (root[j] as readonly number[]).reduce((sum, one, k) => sum + one * (normals[k] as number), share),
  );
}
