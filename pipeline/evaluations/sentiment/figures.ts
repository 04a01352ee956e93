// Figures of a classification: what was said of each text against what people said of it.
import type { Measured } from "../../core/evaluation.ts";
import { calibrationError } from "../../stats/calibration-error.ts";
import { confusionFigures } from "../../stats/confusion-figures.ts";
import type { Polarity } from "../../texts/polarity.ts";
import { polarities } from "../../texts/sentiment-model.ts";

export interface Outcome {
  readonly truth: Polarity;
  /** Null: unclassified, which counts as a miss of its class and as no class's verdict. */
  readonly verdict: Polarity | null;
  /** Of negative, neutral and positive; null where unclassified. */
  readonly probabilities: readonly [number, number, number] | null;
}

/** Classes are those that the truth holds; with two of them the verdict is taken to be between the two. */
export function figuresOf(
  outcomes: readonly Outcome[],
): Pick<Measured, "figures" | "perClass" | "confusion"> {
  const classes = polarities.filter((one) => outcomes.some(({ truth }) => truth === one));
  const n = outcomes.length;
  const judged = outcomes.filter((one) => one.verdict !== null);
  // A file of one class may still be taken for others, and then they stand in its row.
  const said = polarities.filter(
    (one) => classes.includes(one) || outcomes.some(({ verdict }) => verdict === one),
  );
  const confusion: Record<string, Record<string, number>> = {};
  for (const truth of classes) {
    const own = outcomes.filter((one) => one.truth === truth);
    const row: Record<string, number> = {};
    for (const verdict of said) row[verdict] = own.filter((one) => one.verdict === verdict).length;
    if (judged.length < n) row["unclassified"] = own.filter((one) => one.verdict === null).length;
    confusion[truth] = row;
  }
  const { perClass, ...figures } = confusionFigures(confusion);
  return {
    figures: {
      ...figures,
      coverage: judged.length / n,
      // A lexicon without weights says no probabilities, so there is no calibration to speak of.
      ...calibrationOf(judged.filter(({ probabilities }) => probabilities !== null)),
    },
    perClass,
    confusion,
  };
}

/** Half the sum of squares over classes, so that with two of them it is the usual Brier score. */
function calibrationOf(judged: readonly Outcome[]): { ece: number | null; brier: number | null } {
  if (judged.length === 0) return { ece: null, brier: null };
  const highest = judged.map(({ probabilities }) => Math.max(...(probabilities ?? [])));
  const happened = judged.map(({ truth, verdict }) => truth === verdict);
  const brier = judged.map(({ truth, probabilities }) =>
    (probabilities ?? []).reduce((sum, p, i) => sum + (p - (polarities[i] === truth ? 1 : 0)) ** 2 / 2, 0),
  );
  return { ece: calibrationError(highest, happened), brier: mean(brier) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
