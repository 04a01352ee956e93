// A smooth line through a noisy series: locally weighted regression (Cleveland 1979) at equally spaced points.

export interface LoessOptions {
  /** Neighbours that take part in each local fit; may exceed the series, which then bends less. */
  readonly window: number;
  /** 0: local mean. 1: local line. */
  readonly degree?: 0 | 1;
  /** Weight of each value beside its distance, such as the robustness weights of STL. */
  readonly weights?: ArrayLike<number>;
}

/** Loess of a series at its own positions. */
export function loess(values: ArrayLike<number>, options: LoessOptions): Float64Array {
  return Float64Array.from({ length: values.length }, (_, position) => loessAt(values, position, options));
}

/**
 * Loess of a series at one position, which may lie a step outside of it. Tricube weights over the `window` nearest values; a window
 * longer than the series widens the kernel as in the published Fortran (h = distance + (window − n) / 2).
 * Throws on an empty series.
 */
export function loessAt(values: ArrayLike<number>, position: number, options: LoessOptions): number {
  const n = values.length;
  if (n === 0) throw new Error("missing values: nothing to smooth.");
  const { window, degree = 1, weights } = options;
  const size = Math.min(window, n);
  const left = Math.max(0, Math.min(n - size, Math.ceil(position - (size - 1) / 2)));
  const right = left + size - 1;
  const reach = Math.max(position - left, right - position) + Math.max(0, (window - n) / 2);

  let total = 0;
  let centre = 0;
  const pull = new Float64Array(size);
  for (let i = left; i <= right; i++) {
    const weight = tricube(Math.abs(i - position) / reach) * (weights ? (weights[i] as number) : 1);
    pull[i - left] = weight;
    total += weight;
    centre += weight * i;
  }
  // Every neighbour set aside: the nearest value is all that is left to say.
  if (total <= 0) return values[Math.min(n - 1, Math.max(0, Math.round(position)))] as number;
  centre /= total;

  let spread = 0;
  if (degree === 1)
    for (let i = left; i <= right; i++) spread += (pull[i - left] as number) * (i - centre) ** 2;
  // Neighbours in one place cannot tell a slope.
  const slope = spread / total > (0.001 * (n - 1)) ** 2 ? (position - centre) / spread : 0;
  let smooth = 0;
  for (let i = left; i <= right; i++) {
    const weight = pull[i - left] as number;
    smooth += (weight / total + slope * weight * (i - centre)) * (values[i] as number);
  }
  return smooth;
}

// The ends of the kernel as in the published Fortran: full weight within a thousandth, none beyond 999 thousandths.
function tricube(distance: number): number {
  if (!(distance > 0.001)) return 1;
  return distance >= 0.999 ? 0 : (1 - distance ** 3) ** 3;
}
