// What is usual for a series of counts, judged by its quiet steps: a level that may drift, a rhythm such as that of the week, and how much
// more the counts vary than Poisson's law.

export interface UsualCounts {
  /** Level · rhythm · exposure at every step, missing ones too. Above zero. */
  readonly usual: Float64Array;
  /** Rhythm · exposure: what the level is multiplied with. */
  readonly shape: Float64Array;
  /** Variance = mean + dispersion · mean². */
  readonly dispersion: number;
  /** Quiet steps beyond what the estimates used up. */
  readonly freedom: number;
  /** How alike neighbouring quiet steps are beyond chance: lag-one correlation less two of its standard errors, 0 or more. */
  readonly alike: number;
  /** Steps that are not missing. */
  readonly days: number;
}

export interface UsualSettings {
  readonly period: number;
  readonly around: number;
}

/** Pseudo-counts that hold each part of the rhythm near one. */
const rhythmPrior = 5;
/** Nothing is usual below this: a term that is never named may be named once. */
const least = 0.005;

/** `quiet` weighs the steps, 0 to 1; a missing step (NaN) weighs 0. At each of the `edges` a new level begins, which knows nothing of the one before. */
export function usualCounts(
  counts: Float64Array,
  exposure: Float64Array,
  quiet: Float64Array,
  edges: readonly number[],
  { period, around }: UsualSettings,
): UsualCounts {
  const reach = reachOf(counts.length, around, edges);
  let rhythm = new Float64Array(period).fill(1);
  let level = levelOf(counts, exposure, rhythm, quiet, reach);
  if (period > 1) {
    rhythm = rhythmOf(counts, exposure, level, quiet, period);
    level = levelOf(counts, exposure, rhythm, quiet, reach);
  }
  const shape = exposure.map((out, i) => at(rhythm, i % period) * out);
  const usual = shape.map((part, i) => Math.max(least, at(level, i) * part));
  const days = counts.reduce((total, count) => total + (Number.isNaN(count) ? 0 : 1), 0);
  const weight = quiet.reduce((total, q) => total + q, 0);
  const freedom = Math.max(5, weight - period - counts.length / (around + 1) - edges.length);
  const dispersion = dispersionOf(counts, usual, quiet, weight / freedom);
  return { usual, shape, dispersion, freedom, alike: alikeOf(counts, usual, quiet, dispersion), days };
}

/** The steps that say what the level of each step is. */
interface Reach {
  readonly around: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

function reachOf(length: number, around: number, edges: readonly number[]): Reach {
  const bounds = [0, ...edges, length].sort((a, b) => a - b);
  const first = new Int32Array(length);
  const last = new Int32Array(length);
  for (let b = 1; b < bounds.length; b++)
    for (let i = at(bounds, b - 1); i < at(bounds, b); i++) {
      first[i] = Math.max(at(bounds, b - 1), i - around);
      last[i] = Math.min(at(bounds, b) - 1, i + around);
    }
  return { around, first, last };
}

/** Tricube-weighted mean of the rate on quiet steps around each step; the mean of all where none is near. */
function levelOf(
  counts: Float64Array,
  exposure: Float64Array,
  rhythm: Float64Array,
  quiet: Float64Array,
  { around, first, last }: Reach,
): Float64Array {
  const n = counts.length;
  const weights = Float64Array.from({ length: around + 1 }, (_, d) => (1 - (d / (around + 1)) ** 3) ** 3);
  const up = counts.map((count, i) => (at(quiet, i) > 0 ? at(quiet, i) * count : 0));
  const down = exposure.map((out, i) => at(quiet, i) * out * at(rhythm, i % rhythm.length));
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const overall = total(up) / Math.max(1e-9, total(down));
  // A day's worth of the overall rate keeps a level of hardly any quiet steps from running away.
  const hold = total(down) / n;
  return Float64Array.from({ length: n }, (_, i) => {
    let [above, below] = [hold * overall, hold];
    for (let j = at(first, i); j <= at(last, i); j++) {
      const weight = at(weights, Math.abs(i - j));
      above += weight * at(up, j);
      below += weight * at(down, j);
    }
    return below > 0 ? above / below : 0;
  });
}

function rhythmOf(
  counts: Float64Array,
  exposure: Float64Array,
  level: Float64Array,
  quiet: Float64Array,
  period: number,
): Float64Array<ArrayBuffer> {
  const up = new Float64Array(period).fill(rhythmPrior);
  const down = new Float64Array(period).fill(rhythmPrior);
  for (let i = 0; i < counts.length; i++) {
    const q = at(quiet, i);
    if (q === 0) continue;
    up[i % period] = at(up, i % period) + q * at(counts, i);
    down[i % period] = at(down, i % period) + q * at(level, i) * at(exposure, i);
  }
  return up.map((value, phase) => value / at(down, phase));
}

/** By moments: Σ (y − m)², widened for what the estimates used up, = Σ m + dispersion · Σ m². */
function dispersionOf(counts: Float64Array, usual: Float64Array, quiet: Float64Array, widen: number): number {
  let [squares, means, meanSquares] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const q = at(quiet, i);
    if (q === 0) continue;
    const mean = at(usual, i);
    squares += q * (at(counts, i) - mean) ** 2;
    means += q * mean;
    meanSquares += q * mean ** 2;
  }
  return meanSquares > 0 ? Math.max(1e-4, (squares * widen - means) / meanSquares) : 1e-4;
}

function alikeOf(counts: Float64Array, usual: Float64Array, quiet: Float64Array, dispersion: number): number {
  const residual = counts.map((count, i) =>
    at(quiet, i) > 0.5
      ? (count - at(usual, i)) / Math.sqrt(at(usual, i) * (1 + dispersion * at(usual, i)))
      : Number.NaN,
  );
  let [products, squares, pairs] = [0, 0, 0];
  for (let i = 1; i < residual.length; i++) {
    const [one, other] = [at(residual, i - 1), at(residual, i)];
    if (Number.isNaN(one) || Number.isNaN(other)) continue;
    products += one * other;
    squares += (one ** 2 + other ** 2) / 2;
    pairs++;
  }
  if (pairs < 10 || squares === 0) return 0;
  return Math.min(0.95, Math.max(0, products / squares - 2 / Math.sqrt(pairs)));
}

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;
