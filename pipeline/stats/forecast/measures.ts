// The measures of the M4 competition, as its own code computes them (M4-methods, "Benchmarks and Evaluation.R").

/** Mean of 200 · |y − f| / (|y| + |f|) in per cent; both zero is no error. */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | null {
  return meanOver(actual, (y, h) => {
    const f = forecast[h] as number;
    const size = Math.abs(y) + Math.abs(f);
    return size === 0 ? 0 : (200 * Math.abs(y - f)) / size;
  });
}

/** Mean absolute error over the mean absolute step of one period within the training part (`scale`). */
export function mase(
  actual: ArrayLike<number>,
  forecast: ArrayLike<number>,
  scale: number | null,
): number | null {
  if (scale === null) return null;
  return meanOver(actual, (y, h) => Math.abs(y - (forecast[h] as number)) / scale);
}

/** Mean scaled interval score: the width, plus 2 / α times what the value lies outside by, over the same scale (Gneiting and Raftery 2007). */
export function msis(
  actual: ArrayLike<number>,
  { low, high }: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> },
  level: number,
  scale: number | null,
): number | null {
  if (scale === null) return null;
  const penalty = 2 / (1 - level);
  return meanOver(actual, (y, h) => {
    const [from, to] = [low[h] as number, high[h] as number];
    return (to - from + penalty * (Math.max(0, from - y) + Math.max(0, y - to))) / scale;
  });
}

/** What binary fractions leave of a value after a few sums; a constant series is met exactly, not missed by a 10⁻¹⁶. */
export const roundingOf = (value: number): number => 1e-9 * Math.abs(value);

/** How many of the known values lie inside. */
export function inside(
  actual: ArrayLike<number>,
  { low, high }: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> },
): { readonly inside: number; readonly n: number } {
  let [hits, n] = [0, 0];
  for (let h = 0; h < actual.length; h++) {
    const y = actual[h] as number;
    if (Number.isNaN(y)) continue;
    n++;
    const spare = roundingOf(y);
    if (y >= (low[h] as number) - spare && y <= (high[h] as number) + spare) hits++;
  }
  return { inside: hits, n };
}

function meanOver(actual: ArrayLike<number>, of: (y: number, h: number) => number): number | null {
  let [sum, n] = [0, 0];
  for (let h = 0; h < actual.length; h++) {
    const y = actual[h] as number;
    if (Number.isNaN(y)) continue;
    sum += of(y, h);
    n++;
  }
  return n > 0 ? sum / n : null;
}
