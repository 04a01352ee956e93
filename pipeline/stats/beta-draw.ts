// A share drawn from what is believed of it after some successes and failures.

/** One draw from Beta(a, b) as a ratio of gamma draws; a and b are above zero. `random` is a generator in [0, 1). */
export function betaDraw(a: number, b: number, random: () => number): number {
  const x = gammaDraw(a, random);
  const y = gammaDraw(b, random);
  return x + y > 0 ? x / (x + y) : 0.5;
}

/** Gamma(shape, 1) by Marsaglia and Tsang (2000), with their step for shapes below one. */
function gammaDraw(shape: number, random: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
