// A smooth line through a noisy series: locally weighted regression (Cleveland 1979) at equally spaced points.

export interface LoessOptions {
  /** Neighbours that take part in each local fit; may exceed the series, which then bends less. */
  readonly window: number;
  /** 0: local mean. 1: local line. */
  readonly degree?: 0 | 1;
  /** Weight of each value beside its distance, such as the robustness weights of STL. */
  readonly weights?: ArrayLike<number>;
}

/** Loess of a series at its own positions. Throws on an empty series. */
export function loess(values: ArrayLike<number>, options: LoessOptions): Float64Array {
  const n = values.length;
  let inner: Kernel | undefined;
  return Float64Array.from({ length: n }, (_, position) => {
    // Away from the ends, and without weights of their own, all positions share one kernel.
    const isInner = !options.weights && position >= options.window / 2 && position < n - options.window / 2;
    if (!isInner) return smooth(values, kernelAt(n, position, options));
    inner ??= kernelAt(n, position, options);
    return smooth(values, { pull: inner.pull, left: position - (options.window >> 1) });
  });
}

/**
 * Loess of a series at one position, which may lie a step outside of it. Tricube weights over the `window` nearest values; a window
 * longer than the series widens the kernel as in the published Fortran (h = distance + (window − n) / 2).
 * Throws on an empty series.
 */
export function loessAt(values: ArrayLike<number>, position: number, options: LoessOptions): number {
  return smooth(values, kernelAt(values.length, position, options));
}

/** The smooth is a weighted sum of neighbours. */
interface Kernel {
  readonly left: number;
  readonly pull: Float64Array;
}

function smooth(values: ArrayLike<number>, { left, pull }: Kernel): number {
  let sum = 0;
  for (let i = 0; i < pull.length; i++) sum += (pull[i] as number) * (values[left + i] as number);
  return sum;
}

function kernelAt(n: number, position: number, { window, degree = 1, weights }: LoessOptions): Kernel {
  if (n === 0) throw new Error("missing values: nothing to smooth.");
  const size = Math.min(window, n);
  const left = Math.max(0, Math.min(n - size, Math.ceil(position - (size - 1) / 2)));
  const reach = Math.max(position - left, left + size - 1 - position) + Math.max(0, (window - n) / 2);
  const pull = new Float64Array(size);
  let total = 0;
  let centre = 0;
  for (let i = 0; i < size; i++) {
    const weight =
      tricube(Math.abs(left + i - position) / reach) * (weights ? (weights[left + i] as number) : 1);
    pull[i] = weight;
    total += weight;
    centre += weight * (left + i);
  }
  // Every neighbour set aside: the nearest value is all that is left to say.
  if (total <= 0)
    return { left: Math.min(n - 1, Math.max(0, Math.round(position))), pull: Float64Array.of(1) };
  centre /= total;
  let spread = 0;
  if (degree === 1) for (let i = 0; i < size; i++) spread += (pull[i] as number) * (left + i - centre) ** 2;
  // Neighbours in one place cannot tell a slope.
  const slope = spread / total > (0.001 * (n - 1)) ** 2 ? (position - centre) / spread : 0;
  for (let i = 0; i < size; i++) {
    const weight = pull[i] as number;
    pull[i] = weight / total + slope * weight * (left + i - centre);
  }
  return { left, pull };
}

// The ends of the kernel as in the published Fortran: full weight within a thousandth, none beyond 999 thousandths.
function tricube(distance: number): number {
  if (!(distance > 0.001)) return 1;
  return distance >= 0.999 ? 0 : (1 - distance ** 3) ** 3;
}
