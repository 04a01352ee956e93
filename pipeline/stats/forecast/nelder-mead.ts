// Finds the lowest point of a smooth function of a few numbers without its slopes (Nelder and Mead 1965). No chance is involved: the same start
// gives the same end.

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

export interface NelderMeadOptions {
  /** Size of the first simplex along each axis. */
  readonly step?: number;
  readonly evaluations?: number;
  /** Ends when the simplex's values differ by less than this share. */
  readonly tolerance?: number;
}

/** Values that are not finite count as infinitely high. */
export function nelderMead(
  f: (at: Float64Array) => number,
  start: ArrayLike<number>,
  { step = 1, evaluations = 200, tolerance = 1e-6 }: NelderMeadOptions = {},
): Minimum {
  const d = start.length;
  const height = (at: Float64Array): number => {
    const value = f(at);
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const points = Array.from({ length: d + 1 }, (_, i) => {
    const at = Float64Array.from(start);
    if (i > 0) at[i - 1] = (at[i - 1] as number) + step;
    return { at, value: height(at) };
  });
  let used = d + 1;
  while (used < evaluations) {
    points.sort((a, b) => a.value - b.value);
    const [best, worst] = [points[0] as Minimum, points[d] as Minimum];
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const centre = new Float64Array(d);
    for (let p = 0; p < d; p++)
      for (let i = 0; i < d; i++) centre[i] = (centre[i] as number) + (points[p]?.at[i] as number) / d;
    const beyond = (factor: number) => {
      const at = centre.map((value, i) => value + factor * ((worst.at[i] as number) - value));
      used++;
      return { at, value: height(at) };
    };
    const mirrored = beyond(-1);
    if (mirrored.value < best.value) {
      const further = beyond(-2);
      points[d] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < (points[d - 1] as Minimum).value) points[d] = mirrored;
    else {
      const nearer = beyond(mirrored.value < worst.value ? -0.5 : 0.5);
      if (nearer.value < Math.min(worst.value, mirrored.value)) points[d] = nearer;
      else
        for (let p = 1; p <= d; p++) {
          const at = (points[p] as Minimum).at.map((value, i) => (value + (best.at[i] as number)) / 2);
          points[p] = { at, value: height(at) };
          used++;
        }
    }
  }
  return points.reduce((low, point) => (point.value < low.value ? point : low));
}
