// Counts that vary more than Poisson's law allows: mean m, variance m + dispersion · m². Dispersion zero is Poisson's law; its inverse is the size k.
import { poissonDraw } from "./poisson-draw.ts";

/**
 * ln of how much likelier a count is when its mean is `factor` times as high, at equal dispersion: the factorials of the two laws cancel.
 * `mean` and `factor` are above zero, `dispersion` is zero or more. Takes counts that are no whole numbers too.
 */
export function logRaised(count: number, mean: number, factor: number, dispersion: number): number {
  if (dispersion < 1e-9) return count * Math.log(factor) - mean * (factor - 1);
  const size = 1 / dispersion;
  return count * Math.log(factor) + (count + size) * Math.log((mean + size) / (mean * factor + size));
}

/**
 * One draw: a Poisson count whose mean is itself drawn from a gamma law of shape 1 / dispersion. `random` is a generator in [0, 1).
 * Throws on a negative mean or dispersion.
 */
export function negativeBinomialDraw(mean: number, dispersion: number, random: () => number): number {
  if (!(dispersion >= 0)) throw new Error(`invalid dispersion: ${dispersion}. It is zero or more.`);
  if (dispersion < 1e-9) return poissonDraw(mean, random);
  return poissonDraw(mean * dispersion * gammaDraw(1 / dispersion, random), random);
}

/** Marsaglia and Tsang 2000, scale one. Shapes below one are drawn one higher and scaled back. */
function gammaDraw(shape: number, random: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
