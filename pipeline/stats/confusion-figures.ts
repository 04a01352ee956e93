// What a confusion says of a classifier: accuracy, macro-F1, kappa, coverage, and precision, recall and F1 of each class.

export interface ConfusionFigures {
  /** Null where chance alone would agree always. */
  readonly kappa: number | null;
  readonly macroF1: number;
  readonly accuracy: number;
  /** Share whose verdict is one of the classes. */
  readonly coverage: number;
  readonly perClass: Readonly<
    Record<
      string,
      { readonly precision: number | null; readonly recall: number; readonly f1: number; readonly n: number }
    >
  >;
}

/**
 * `counts[truth][verdict]` in items, at least one; verdicts that are no class of the truth are misses of theirs. Macro-F1 is the plain mean of the
 * classes' F1; kappa is Cohen's (1960), with verdicts outside the classes agreeing with nothing.
 */
export function confusionFigures(
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): ConfusionFigures {
  const classes = Object.keys(counts);
  const at = (truth: string, verdict: string) => counts[truth]?.[verdict] ?? 0;
  const own = (truth: string) => Object.values(counts[truth] ?? {}).reduce((sum, n) => sum + n, 0);
  const said = (verdict: string) => classes.reduce((sum, truth) => sum + at(truth, verdict), 0);
  const n = classes.reduce((sum, truth) => sum + own(truth), 0);
  const accuracy = classes.reduce((sum, one) => sum + at(one, one), 0) / n;
  const chance = classes.reduce((sum, one) => sum + (own(one) / n) * (said(one) / n), 0);
  const perClass = Object.fromEntries(
    classes.map((one) => [
      one,
      {
        precision: said(one) > 0 ? at(one, one) / said(one) : null,
        recall: at(one, one) / own(one),
        f1: (2 * at(one, one)) / (own(one) + said(one)),
        n: own(one),
      },
    ]),
  );
  return {
    macroF1: Object.values(perClass).reduce((sum, { f1 }) => sum + f1, 0) / classes.length,
    accuracy,
    kappa: chance < 1 ? (accuracy - chance) / (1 - chance) : null,
    coverage: classes.reduce((sum, one) => sum + said(one), 0) / n,
    perClass,
  };
}
