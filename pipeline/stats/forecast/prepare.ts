// A series as people have it (gaps, empty ends, huge numbers) → one that every method can take: no holes, sizes near one.

export interface Prepared {
  /** From the first to the last known value, holes filled along a straight line, divided by `unit`. */
  readonly values: Float64Array;
  /** Which of the values were known. */
  readonly known: readonly boolean[];
  /** What one of the values is worth in the series' own unit. */
  readonly unit: number;
  /** Missing steps after the last known value: a forecast starts behind them. */
  readonly behind: number;
  /** No known value is negative, so no forecast may be. */
  readonly nonNegative: boolean;
}

/** Values that are not finite numbers are missing. Null when none is known. */
export function prepare(raw: ArrayLike<number>): Prepared | null {
  const n = raw.length;
  const isKnown = (i: number): boolean => Number.isFinite(raw[i]);
  let [first, last] = [0, n - 1];
  while (first < n && !isKnown(first)) first++;
  while (last > first && !isKnown(last)) last--;
  if (first >= n) return null;
  let largest = 0;
  let nonNegative = true;
  for (let i = first; i <= last; i++) {
    if (!isKnown(i)) continue;
    largest = Math.max(largest, Math.abs(raw[i] as number));
    if ((raw[i] as number) < 0) nonNegative = false;
  }
  const unit = largest > 0 ? largest : 1;
  const values = new Float64Array(last - first + 1);
  const known: boolean[] = [];
  let before = first;
  for (let i = first; i <= last; i++) {
    known.push(isKnown(i));
    if (!isKnown(i)) continue;
    const [from, to] = [(raw[before] as number) / unit, (raw[i] as number) / unit];
    for (let j = before + 1; j < i; j++)
      values[j - first] = from + ((to - from) * (j - before)) / (i - before);
    values[i - first] = to;
    before = i;
  }
  return { values, known, unit, behind: n - 1 - last, nonNegative };
}
