// Judges the texts of a file that the weights in use were fitted on: each by weights of the same recipe, fitted without it.
import { LeapError } from "../../core/errors.ts";
import type { EvaluationContext } from "../../core/evaluation.ts";
import type { LexiconLanguage } from "../../texts/lexicon.ts";
import { polarities } from "../../texts/sentiment-model.ts";
import { calibrate, calibrateSides, type Unseen } from "./calibrate.ts";
import { ownCaptions } from "./captions.ts";
import { collectExamples, corpora } from "./examples.ts";
import type { Outcome } from "./figures.ts";
import { folds, oneFoldFrom, outcomesOf } from "./held-out.ts";
import { afterPacking } from "./pack.ts";
import { fitModel, logitsOf, prepareExamples } from "./recipe.ts";

/** Throws LeapError where the folder has no data for the language. Of more than 10,000 texts every fifth is judged. */
export async function refitted(
  { texts, truth }: { readonly texts: readonly string[]; readonly truth: readonly Outcome["truth"][] },
  language: LexiconLanguage,
  datasets: string,
  { log }: EvaluationContext,
): Promise<{ outcomes: Outcome[]; perSecond: null; says: string[] }> {
  const corpus = corpora.find((one) => one.language === language);
  const collected = corpus && (await collectExamples(corpus, datasets));
  if (!corpus || !collected)
    throw new LeapError(
      `missing data: ${datasets} holds no labelled texts for ${language}. Expected ${corpus?.files.join(", ")}.`,
    );
  const pool = prepareExamples(language, collected.examples);
  const beside = prepareExamples(language, ownCaptions(language, corpus.captionsCount)?.examples ?? []);
  const options = { language, stars: corpus.stars !== undefined };
  const asked = prepareExamples(
    language,
    texts.map((text, i) => ({ text, label: labelOf(truth[i] as Outcome["truth"]), lean: null })),
  );
  const unseen: Unseen[] = [];
  const judgedFolds = texts.length > oneFoldFrom ? 1 : folds;
  for (let fold = 0; fold < judgedFolds; fold++) {
    log.progress("fits without the texts judged", fold, judgedFolds);
    const out = new Set(texts.filter((_, i) => i % folds === fold));
    const model = afterPacking(
      fitModel(
        [...pool.filter((_, i) => !out.has(collected.examples[i]?.text as string)), ...beside],
        options,
      ),
    );
    for (let i = fold; i < asked.length; i += folds) {
      const example = asked[i];
      if (example) unseen.push({ logits: logitsOf(model, example), label: example.label });
    }
  }
  return {
    outcomes: calibratedByHalves(unseen, options.stars ? calibrateSides : calibrate),
    perSecond: null,
    says: [
      `Weights fitted ${judgedFolds === 1 ? "once, without every fifth text, and that fifth judged" : "five times, each without the fifth that it judges"}, on ${corpus.dataset}.`,
    ],
  };
}

/** Each half is calibrated by the other, so that no text sets the temperature it is judged at. */
function calibratedByHalves(unseen: readonly Unseen[], by: typeof calibrate): Outcome[] {
  const half = (rest: number) => unseen.filter((_, i) => i % 2 === rest);
  return [
    ...outcomesOf(half(0), by(withAllClasses(half(1), unseen))),
    ...outcomesOf(half(1), by(withAllClasses(half(0), unseen))),
  ];
}

/** A half without one of the classes cannot be calibrated. */
function withAllClasses(half: readonly Unseen[], all: readonly Unseen[]): readonly Unseen[] {
  const classes = (list: readonly Unseen[]) => new Set(list.map(({ label }) => label)).size;
  return classes(half) === classes(all) ? half : all;
}

function labelOf(truth: Outcome["truth"]): 0 | 1 | 2 {
  return polarities.indexOf(truth) as 0 | 1 | 2;
}
