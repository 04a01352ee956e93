// How many standard errors an interval must reach when the standard error itself is a guess from few groups.

/**
 * Two-sided quantile of Student's t: the value that |t| stays under with probability `level`. Hill (1970), Algorithm 396, good to six digits;
 * degrees of freedom may be fractional and are taken as 1 when fewer. `Infinity` gives the normal quantile.
 * Throws on a level outside (0, 1) or degrees of freedom that are no number.
 */
export function studentQuantile(level: number, degrees: number): number {
  if (!(level > 0 && level < 1))
    throw new Error(`invalid level: ${level}. Give a number between 0 and 1, such as 0.95.`);
  if (Number.isNaN(degrees)) throw new Error("invalid degrees of freedom: NaN.");
  const outside = 1 - level;
  const n = Math.max(1, degrees);
  if (n > 1e9) return -normalQuantile(outside / 2);
  if (n === 1) return 1 / Math.tan((outside * Math.PI) / 2);
  if (n === 2) return Math.sqrt(2 / (outside * (2 - outside)) - 2);
  const a = 1 / (n - 0.5);
  const b = 48 / (a * a);
  let c = (((20_700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
  let y = (d * outside) ** (2 / n);
  if (y > 0.05 + a) {
    const x = normalQuantile(outside / 2);
    y = x * x;
    if (n < 5) c += 0.3 * (n - 4.5) * (x + 0.6);
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
    y = Math.expm1(a * y * y);
  } else {
    y =
      ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) *
        ((n + 1) / (n + 2)) +
      1 / y;
  }
  return Math.sqrt(n * y);
}

/** The value below which a standard normal draw falls with probability `p`: Acklam's rational approximation, relative error under 1.2e-9. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new Error(`invalid probability: ${p}. Give a number between 0 and 1.`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL, q) / polynomial(TAIL_BELOW, q);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(MIDDLE, r) * q) / polynomial(MIDDLE_BELOW, r);
}

// Highest power first.
const MIDDLE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const MIDDLE_BELOW = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
  1,
];
const TAIL = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BELOW = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
