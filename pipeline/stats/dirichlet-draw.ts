// Shares that chance could have behind counts, and the normal and gamma draws they are made of.

/** One draw of shares from Dirichlet's law with the given weights; they sum to 1. `random` is a generator in [0, 1). Throws on a weight that is not positive. */
export function dirichletDraw(weights: readonly number[], random: () => number): number[] {
  const draws = weights.map((weight) => gammaDraw(weight, random));
  const sum = draws.reduce((total, draw) => total + draw, 0);
  return draws.map((draw) => draw / sum);
}

/** One draw from the gamma law of the given shape and scale 1: Marsaglia and Tsang (2000), lifted by one for shapes under 1. */
export function gammaDraw(shape: number, random: () => number): number {
  if (!(shape > 0)) throw new Error(`invalid shape: ${shape}. A gamma law has a shape above 0.`);
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** One standard normal draw: Box and Muller (1958). */
export function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
