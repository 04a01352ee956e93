// What of a series is season, what is trend, what is neither: STL (Cleveland, Cleveland, McRae, Terpenning 1990).
import { loess, loessAt } from "./loess.ts";
import { median } from "./median.ts";

export interface StlOptions {
  /** Observations a cycle: 52 for weeks of a year. */
  readonly period: number;
  /**
   * Loess window over the same week of all years, or `periodic`: the mean over the years, one shape for all of them. With two or
   * three cycles only `periodic` means anything, because a line through two points is the two points.
   */
  readonly seasonal?: number | "periodic";
  /**
   * Window that smooths the seasonal part along the year afterwards (the paper's post-smoothing); 0 for none. One free value a week
   * against two or three years would otherwise call half of pure noise a season.
   */
  readonly smoothing?: number;
  /** Loess window of the trend; by default the paper's least odd number ≥ 1.5 · period / (1 − 1.5 / seasonal). */
  readonly trend?: number;
  /** Outer loops that set outliers aside (bisquare weights of the remainder); 0 for none. */
  readonly robustLoops?: number;
}

export interface Decomposition {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
}

// The paper's two loops suffice for many cycles; over two or three they leave up to a seventh of a straight line in the season.
const INNER_LOOPS = 8;

/**
 * Decomposes a series without gaps: values = trend + seasonal + remainder.
 * Without robust loops every part is a linear function of the values.
 * Throws on fewer than two whole cycles, because one cycle cannot tell a season from a trend.
 */
export function stl(values: ArrayLike<number>, options: StlOptions): Decomposition {
  const { period, seasonal: window = "periodic", smoothing = 0, robustLoops = 0 } = options;
  const n = values.length;
  if (n < 2 * period)
    throw new Error(
      `invalid series length: ${n}. STL of period ${period} needs at least ${2 * period} values.`,
    );
  const trendWindow = options.trend ?? trendWindowOf(period, window);
  const lowPass = oddAtLeast(period);
  let trend: Float64Array = new Float64Array(n);
  let seasonal: Float64Array = new Float64Array(n);
  let weights: Float64Array | undefined;
  for (let outer = 0; outer <= robustLoops; outer++) {
    for (let inner = 0; inner < INNER_LOOPS; inner++) {
      const cycles = smoothCycles(minus(values, trend), period, window, weights);
      const slow = loess(movingAverage(movingAverage(movingAverage(cycles, period), period), 3), {
        window: lowPass,
      });
      seasonal = Float64Array.from(
        { length: n },
        (_, i) => (cycles[i + period] as number) - (slow[i] as number),
      );
      trend = loess(minus(values, seasonal), { window: trendWindow, ...(weights ? { weights } : {}) });
    }
    if (outer < robustLoops) weights = bisquare(minus(minus(values, trend), seasonal));
  }
  if (smoothing > 0) seasonal = loess(seasonal, { window: smoothing });
  return { trend, seasonal, remainder: minus(minus(values, trend), seasonal) };
}

/** F_S = max(0, 1 − Var(R) / Var(S + R)): the share of what is not trend that repeats every cycle (Wang, Smith, Hyndman 2006). */
export function seasonalStrength({ seasonal, remainder }: Omit<Decomposition, "trend">): number {
  const both = seasonal.map((value, i) => value + (remainder[i] as number));
  const total = variance(both);
  // Rounding leaves crumbs of a constant series; they are no season.
  return total < 1e-12 ? 0 : Math.max(0, 1 - variance(remainder) / total);
}

function trendWindowOf(period: number, seasonal: number | "periodic"): number {
  return oddAtLeast((1.5 * period) / (seasonal === "periodic" ? 1 : 1 - 1.5 / seasonal));
}

function oddAtLeast(value: number): number {
  const whole = Math.ceil(value);
  return whole % 2 === 1 ? whole : whole + 1;
}

/** Step 2: each cycle-subseries (all first weeks, all second weeks, …) smoothed and extended by one cycle at both ends. */
function smoothCycles(
  detrended: Float64Array,
  period: number,
  window: number | "periodic",
  weights: Float64Array | undefined,
): Float64Array {
  const extended = new Float64Array(detrended.length + 2 * period);
  for (let phase = 0; phase < period; phase++) {
    const own = detrended.filter((_, i) => i % period === phase);
    const trust = weights?.filter((_, i) => i % period === phase);
    const mean = window === "periodic" ? weightedMean(own, trust) : 0;
    for (let cycle = -1; cycle <= own.length; cycle++) {
      extended[(cycle + 1) * period + phase] =
        window === "periodic" ? mean : loessAt(own, cycle, { window, ...(trust ? { weights: trust } : {}) });
    }
  }
  return extended;
}

function movingAverage(values: Float64Array, length: number): Float64Array {
  const averages = new Float64Array(values.length - length + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] as number;
    if (i >= length) sum -= values[i - length] as number;
    if (i >= length - 1) averages[i - length + 1] = sum / length;
  }
  return averages;
}

/** Robustness weights of the outer loop: nothing beyond six median absolute remainders. */
function bisquare(remainder: Float64Array): Float64Array {
  const sizes = remainder.map(Math.abs);
  const reach = 6 * median([...sizes]);
  return sizes.map((size) => {
    if (size <= 0.001 * reach) return 1;
    return size >= 0.999 * reach ? 0 : (1 - (size / reach) ** 2) ** 2;
  });
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    sum += weight * (values[i] as number);
    total += weight;
  }
  // One wild year makes all years of its week look wild against their mean; their median does not care.
  return total > 0 ? sum / total : median([...values]);
}

function variance(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function minus(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, i) => (a[i] as number) - (b[i] as number));
}
