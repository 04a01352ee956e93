// Agreement of two raters beyond what chance would bring.
import { confusionFigures } from "./confusion-figures.ts";

export interface RaterAgreement {
  readonly n: number;
  /** Share that both rated alike; null for no ratings. */
  readonly agreement: number | null;
  /** Cohen's kappa, at most 1, 0 as chance; null for no ratings, and where both gave one rating alone, so that chance would agree always. */
  readonly kappa: number | null;
}

/** `counts[one][other]`: how often the first rater said `one` where the second said `other`. Cohen, Educational and Psychological Measurement 20 (1960). */
export function cohenKappa(
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): RaterAgreement {
  // A rating that the first rater never gave would divide by nothing.
  const given = Object.fromEntries(
    Object.entries(counts).filter(([, row]) => Object.values(row).some((n) => n > 0)),
  );
  const n = Object.values(given).reduce(
    (sum, row) => sum + Object.values(row).reduce((own, count) => own + count, 0),
    0,
  );
  if (n === 0) return { n, agreement: null, kappa: null };
  const { accuracy, kappa } = confusionFigures(given);
  return { n, agreement: accuracy, kappa };
}

/** Pairs of ratings, counted. */
export function ratingCounts(
  pairs: readonly (readonly [string, string])[],
): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const [one, other] of pairs) {
    counts[one] ??= {};
    const row = counts[one];
    row[other] = (row[other] ?? 0) + 1;
  }
  return counts;
}
