// `leap train sentiment`: fits the weights of every language that a folder of data sets has labelled texts for.
import { LeapError } from "../../core/errors.ts";
import type { EvaluationContext, Given, TrainedOn, TrainedWeights, Training } from "../../core/evaluation.ts";
import type { SentimentHeader } from "../../texts/sentiment-header.ts";
import { ownCaptions } from "./captions.ts";
import { type Collected, type Corpus, collectExamples, corpora } from "./examples.ts";
import { figuresOf, type Outcome } from "./figures.ts";
import { heldOut, outcomesOf } from "./held-out.ts";
import { type Checked, pack } from "./pack.ts";
import { fitModel, logitsOf, type Prepared, prepareExamples } from "./recipe.ts";
import { japaneseScorecard } from "./scorecard.ts";

export const training: Training = {
  id: "sentiment",
  says: "Weights of the sentiment model, per language; those of research data stay on this machine.",
  options: [
    { flags: "--datasets <folder>", says: "folder of labelled data sets", required: true },
    { flags: "--lang <code>", says: "one language only" },
  ],
  train,
};

const features =
  "Multinomial logistic over hashed words, word pairs, denied words and runs of characters with the measures of the lexicon";
const ofLabels = `${features}; the mean of two fits with different pull to log-count ratios.`;
const ofStars = `${features}, pulled to log-count ratios; praise and blame by a fit of their own in which either side weighs the same, the 200,000 loudest buckets kept.`;

interface Pool {
  readonly prepared: readonly Prepared[];
  /** Captions of our own making. */
  readonly beside: readonly Prepared[];
}

async function train(given: Given, context: EvaluationContext): Promise<TrainedWeights[]> {
  const datasets = given["datasets"] as string;
  const only = given["lang"];
  if (only !== undefined && !corpora.some(({ language }) => language === only))
    throw new LeapError(
      `unknown language: ${only}. There are recipes for ${corpora.map(({ language }) => language).join(", ")}.`,
    );
  const weights: TrainedWeights[] = [];
  for (const corpus of corpora) {
    if (only !== undefined && only !== corpus.language) continue;
    let collected = await collectExamples(corpus, datasets);
    if (!collected) continue;
    context.log.info(`${corpus.language}: ${collected.examples.length} texts`);
    const own = ownCaptions(corpus.language, corpus.captionsCount);
    const prepared = {
      prepared: prepareExamples(corpus.language, collected.examples),
      beside: prepareExamples(corpus.language, own?.examples ?? []),
    };
    if (own) collected = { ...collected, trainedOn: [...collected.trainedOn, own.trainedOn] };
    weights.push(...fitted(corpus, collected, prepared, context));
    // Counts of a few reviews would say less of the shipped scorecard than those it came with.
    if (corpus.language === "ja" && prepared.prepared.length >= 1_000)
      weights.push(...countedScorecard(corpus, prepared.prepared));
  }
  return weights;
}

function fitted(
  corpus: Corpus,
  { trainedOn }: Collected,
  { prepared, beside }: Pool,
  { log }: EvaluationContext,
): TrainedWeights[] {
  const options = { language: corpus.language, stars: corpus.stars !== undefined };
  const { unseen, calibration, words } = heldOut(prepared, beside, options, log);
  const outcomes = outcomesOf(unseen, calibration);
  return files(corpus, trainedOn, fitModel([...prepared, ...beside], options), {
    recipe: options.stars ? ofStars : ofLabels,
    checked: {
      validatedOn: `${corpus.dataset}: ${words}`,
      calibration,
      ...countsOf(outcomes),
    },
  });
}

/** Nothing is fitted: Japanese reviews, where the folder has them, are counted for the errors of the scorecard. */
function countedScorecard(corpus: Corpus, prepared: readonly Prepared[]): TrainedWeights[] {
  const calibration = { temperature: 1, shift: [0, 0, 0] as const };
  const judged = prepared.map((example) => ({
    logits: logitsOf(japaneseScorecard, example),
    label: example.label,
  }));
  return files({ ...corpus, ships: true }, [], japaneseScorecard, {
    recipe: "Scorecard: points set by hand for what a Japanese lexicon of our own making hears.",
    checked: {
      validatedOn: `${corpus.dataset}: counted; no weight was fitted on it`,
      calibration,
      ...countsOf(outcomesOf(judged, calibration)),
    },
  });
}

function countsOf(outcomes: readonly Outcome[]): Pick<Checked, "figures" | "confusion"> {
  const { figures, confusion } = figuresOf(outcomes);
  return {
    figures: { ...figures, n: outcomes.length },
    confusion: confusion as SentimentHeader["confusion"],
  };
}

function files(
  corpus: Corpus,
  trainedOn: readonly TrainedOn[],
  model: ReturnType<typeof fitModel>,
  { recipe, checked }: { readonly recipe: string; readonly checked: Checked },
): TrainedWeights[] {
  const { language, ships } = corpus;
  const { header, table } = pack({ language, recipe, trainedOn }, model, checked);
  const about = { ships, trainedOn, figures: checked.figures };
  return [
    { name: `${language}.json`, bytes: header, ...about },
    ...(table ? [{ name: `${language}.bin.gz`, bytes: table, ...about }] : []),
  ];
}
