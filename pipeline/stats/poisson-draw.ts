// A count that chance could have given.

/** Mean from which on the normal curve stands in for Poisson's law: its error is then below what any draw shows. */
const LARGE = 200;

/** One draw from Poisson's law with the given mean. `random` is a generator in [0, 1). Throws on a negative mean. */
export function poissonDraw(mean: number, random: () => number): number {
  if (!(mean >= 0)) throw new Error(`invalid mean: ${mean}. A count has a mean of zero or more.`);
  if (mean >= LARGE) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  let count = 0;
  let probability = Math.exp(-mean);
  const draw = random();
  for (let below = probability; draw > below && probability > 0; below += probability) {
    count++;
    probability *= mean / count;
  }
  return count;
}
