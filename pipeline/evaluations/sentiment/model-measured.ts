// What a model's reading of labelled texts is worth, beside the offline engine's of the same texts.
import type { EvaluationContext, Given, Measured } from "../../core/evaluation.ts";
import { cohenKappa, ratingCounts } from "../../stats/cohen-kappa.ts";
import type { Polarity } from "../../texts/polarity.ts";
import { figuresOf, type Outcome } from "./figures.ts";
import { type ModelWorld, readByModel } from "./model-engine.ts";

/** `offline` is what that engine says of the same texts, with the language each was read in. */
export async function measuredByModel(
  { texts, truth }: { readonly texts: readonly string[]; readonly truth: readonly Polarity[] },
  offline: { readonly outcomes: readonly Outcome[]; readonly read: readonly string[] },
  notes: readonly string[],
  given: Given,
  context: EvaluationContext,
  world: ModelWorld,
): Promise<Measured> {
  const { verdicts, asked, missing } = await readByModel(texts, offline.read, given, context, world);
  const classes = new Set(truth);
  // With two classes a third verdict is a miss: a model says a label and no probabilities to choose by.
  const outcomes = verdicts.map((verdict, i): Outcome => {
    const counts = verdict !== null && (classes.size !== 2 || classes.has(verdict));
    return { truth: truth[i] as Polarity, verdict: counts ? verdict : null, probabilities: null };
  });
  const engines = cohenKappa(
    ratingCounts(
      verdicts.flatMap((verdict, i) => {
        const other = offline.outcomes[i]?.verdict ?? null;
        return verdict === null || other === null ? [] : [[other, verdict] as const];
      }),
    ),
  );
  const measured = figuresOf(outcomes);
  return {
    n: outcomes.length,
    ...measured,
    figures: {
      ...measured.figures,
      answered: verdicts.filter((one) => one !== null).length / verdicts.length,
      engineAgreement: engines.agreement,
      engineKappa: engines.kappa,
      costUsd: asked.costUsd,
    },
    notes: [
      ...notes,
      `Read by ${asked.model}, prompt ${asked.prompt}: every text, where a run asks only about those the offline engine is not sure of. Praise and blame in one text count as neutral.`,
      `${asked.answersNow} answers are of this run and cost $${asked.costUsdNow.toFixed(4)}; the others were kept before.`,
      ...[...missing].map(([why, times]) => `${times} texts unclassified: ${why}. They count as missed.`),
      ...(classes.size === 2 ? ["Two classes: a verdict that is neither of them counts as missed."] : []),
      `Agreement and kappa of the two engines over ${engines.n} texts that both classified; kappa under 0.4 is an alarm.`,
    ],
  };
}
