// Exponential smoothing with additive errors and no season: a level, a level with a trend, a level with a trend that fades. ETS(A,N,N), ETS(A,A,N)
// and ETS(A,Ad,N) of Hyndman, Koehler, Ord, Snyder 2008, fitted by least squares of the one-step errors.
import { nelderMead } from "./nelder-mead.ts";

export type Shape = "level" | "trend" | "damped";

export interface Smoothing {
  readonly shape: Shape;
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
  /** States after the last value. */
  readonly level: number;
  readonly slope: number;
  /** Sum of the squared one-step errors, and how many there are. */
  readonly sse: number;
  readonly n: number;
}

/** Values from which on a shape has more values than parameters. */
export const fewestValues: Readonly<Record<Shape, number>> = { level: 3, trend: 6, damped: 8 };

// The bounds of the damping are those of R's forecast package: below .8 the trend is gone within a step or two, above .98 it is a straight line.
const dampingBounds = [0.8, 0.98] as const;
const open = 1e-4;

/**
 * Fits one shape. The first states are solved exactly for every choice of the smoothing weights, since the errors are linear in them; only the
 * weights are searched. Throws below `fewestValues` of the shape.
 */
export function fitSmoothing(values: ArrayLike<number>, shape: Shape): Smoothing {
  const n = values.length;
  if (n < fewestValues[shape])
    throw new Error(
      `invalid series length: ${n}. The shape ${shape} needs at least ${fewestValues[shape]} values.`,
    );
  const weights = weightsOf(shape);
  const loss = (at: Float64Array): number => run(values, weights(at), shape).sse;
  let best: { at: Float64Array; value: number } | null = null;
  for (const start of starts[shape]) {
    const found = nelderMead(loss, start, { step: 1.2, evaluations: 90 });
    if (best === null || found.value < best.value) best = found;
  }
  const chosen = weights((best as { at: Float64Array }).at);
  return { shape, n, ...chosen, ...run(values, chosen, shape) };
}

/** The shape of least AICc among those the series is long enough for; null below three values. */
export function bestSmoothing(values: ArrayLike<number>): Smoothing | null {
  const fits = (Object.keys(fewestValues) as Shape[])
    .filter((shape) => values.length >= fewestValues[shape])
    .map((shape) => fitSmoothing(values, shape));
  return fits.reduce<Smoothing | null>(
    (best, fit) => (best === null || aicc(fit) < aicc(best) ? fit : best),
    null,
  );
}

export function forecastSmoothing({ level, slope, phi }: Smoothing, horizon: number): Float64Array {
  let damping = 0;
  let power = 1;
  return Float64Array.from({ length: horizon }, () => {
    power *= phi;
    damping += power;
    return level + damping * slope;
  });
}

/** Weights and states count as parameters, and so does the variance. */
function aicc({ shape, sse, n }: Smoothing): number {
  const k = { level: 3, trend: 5, damped: 6 }[shape];
  if (n <= k + 1) return Number.POSITIVE_INFINITY;
  return n * Math.log(Math.max(sse, 1e-300) / n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

interface Weights {
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
}

const between = (low: number, high: number, x: number): number => low + (high - low) / (1 + Math.exp(-x));

/** From the whole line, where the search walks, to the weights' bounds. */
function weightsOf(shape: Shape): (at: Float64Array) => Weights {
  return (at) => {
    const alpha = between(open, 1 - open, at[0] as number);
    if (shape === "level") return { alpha, beta: 0, phi: 0 };
    const beta = between(open, 1 - open, at[1] as number) * alpha;
    return { alpha, beta, phi: shape === "damped" ? between(...dampingBounds, at[2] as number) : 1 };
  };
}

// One start follows the values closely, one smooths them: the two valleys that series have.
const starts: Readonly<Record<Shape, readonly (readonly number[])[]>> = {
  level: [[0]],
  trend: [
    [1, -3],
    [-2, -2],
  ],
  damped: [
    [1, -2, 0.5],
    [-2, -2, 0.5],
  ],
};

/** Runs the recursion with the first states that minimise the squared errors. */
function run(
  values: ArrayLike<number>,
  { alpha, beta, phi }: Weights,
  shape: Shape,
): { level: number; slope: number; sse: number } {
  const n = values.length;
  // Error of a start at zero (e), and how much each error moves with the first level (u) and the first slope (v).
  let [level, slope, levelU, slopeU, levelV, slopeV] = [0, 0, 1, 0, 0, shape === "level" ? 0 : 1];
  let [ee, eu, ev, uu, uv, vv] = [0, 0, 0, 0, 0, 0];
  let memory = true;
  for (let t = 0; t < n; t++) {
    const ahead = level + phi * slope;
    const e = (values[t] as number) - ahead;
    ee += e * e;
    if (memory) {
      const u = -(levelU + phi * slopeU);
      const v = -(levelV + phi * slopeV);
      eu += e * u;
      ev += e * v;
      uu += u * u;
      uv += u * v;
      vv += v * v;
      levelU = -u + alpha * u;
      slopeU = phi * slopeU + beta * u;
      levelV = -v + alpha * v;
      slopeV = phi * slopeV + beta * v;
      memory = Math.abs(levelU) + Math.abs(slopeU) + Math.abs(levelV) + Math.abs(slopeV) > 1e-9;
    }
    level = ahead + alpha * e;
    slope = phi * slope + beta * e;
  }
  let [first, firstSlope] = [0, 0];
  const determinant = uu * vv - uv * uv;
  if (vv > 0 && determinant > 1e-12 * uu * vv) {
    first = (ev * uv - eu * vv) / determinant;
    firstSlope = (eu * uv - ev * uu) / determinant;
  } else if (uu > 0) first = -eu / uu;
  const sse = ee + first * eu + firstSlope * ev;
  return {
    level: level + first * levelU + firstSlope * levelV,
    slope: slope + first * slopeU + firstSlope * slopeV,
    sse: Math.max(0, sse),
  };
}
