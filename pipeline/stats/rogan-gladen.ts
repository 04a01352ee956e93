// A share counted by a test that errs, corrected for its errors.

/**
 * True share (Rogan and Gladen 1978): (apparent − falsePositives) / (truePositives − falsePositives), kept within 0 and 1. All are shares.
 * Null when the test finds positives no more often among the positive than among the others: then it says nothing.
 */
export function roganGladen(apparent: number, truePositives: number, falsePositives: number): number | null {
  const power = truePositives - falsePositives;
  if (!(power > 0)) return null;
  return Math.min(1, Math.max(0, (apparent - falsePositives) / power));
}
