// Many tests at once: how many of those that look remarkable are chance.

/**
 * q-values (adjusted p) of Benjamini and Hochberg (1995), in the order given: the smallest false discovery rate at which the test
 * would be called. q_(i) = min over j ≥ i of p_(j) · m / j. Throws on a p outside [0, 1].
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  for (const p of pValues)
    if (!(p >= 0 && p <= 1)) throw new Error(`invalid p-value: ${p}. Give a number from 0 to 1.`);
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const q = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((test, place) => {
    const rank = pValues.length - place;
    least = Math.min(least, ((pValues[test] as number) * pValues.length) / rank);
    q[test] = least;
  });
  return q;
}
