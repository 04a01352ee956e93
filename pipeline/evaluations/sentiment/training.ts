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

export const training: Training = {
  id: "sentiment",
  says: "weights of the sentiment model, per language; those of research data stay on this machine",
  options: [
    { flags: "--datasets <folder>", says: "folder of labelled data sets", required: true },
    { flags: "--lang <code>", says: "one language only" },
  ],
  train,
};

interface Pool {
  readonly prepared: readonly Prepared[];
  /** Captions of our own making, which no figure is counted on. */
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
    if (only !== undefined && only !== corpus.language && !(only === "ja" && corpus.language === "ko"))
      continue;
    let collected = await collectExamples(corpus, datasets);
    if (!collected) continue;
    context.log.info(`${corpus.language}: ${collected.examples.length} texts`);
    const own = ownCaptions(corpus.language, corpus.captionsCount);
    const prepared = {
      prepared: prepareExamples(corpus.language, collected.examples),
      beside: prepareExamples(corpus.language, own?.examples ?? []),
    };
    if (own) collected = { ...collected, trainedOn: [...collected.trainedOn, own.trainedOn] };
    if (only === undefined || only === corpus.language)
      weights.push(...fitted(corpus, collected, prepared, context));
    if (corpus.language === "ko")
      weights.push(...(await japaneseScorecard(datasets, collected, prepared, context)));
  }
  return weights;
}

function fitted(
  corpus: Corpus,
  { trainedOn }: Collected,
  { prepared, beside }: Pool,
  { log }: EvaluationContext,
): TrainedWeights[] {
  const options = { stars: corpus.stars !== undefined };
  const { unseen, calibration, words } = heldOut(prepared, beside, options, log);
  const outcomes = outcomesOf(unseen, calibration);
  return files(corpus, trainedOn, fitModel([...prepared, ...beside], options), {
    recipe:
      "Multinomial logistic over hashed words, word pairs, denied words and runs of characters with the measures of the lexicon; the mean of two fits with different pull to log-count ratios.",
    checked: {
      validatedOn: `${corpus.dataset}: ${words}`,
      calibration,
      ...countsOf(outcomes),
    },
  });
}

/**
 * No Japanese labels may ship with a product. What a heard word, a turn or a question is worth is the same question in every language, so the points
 * of the Japanese scorecard are those of the Korean one, over a Japanese lexicon of our own. Japanese reviews, where the folder has them, are counted
 * for its errors and change no number of it.
 */
async function japaneseScorecard(
  datasets: string,
  korean: Collected,
  { prepared, beside }: Pool,
  { log }: EvaluationContext,
): Promise<TrainedWeights[]> {
  const even = sameOfEach(prepared);
  const options = { stars: true, tables: false };
  const scorecard = fitModel([...even, ...beside], options);
  const { unseen, calibration } = heldOut(even, beside, options, log);
  const corpus = corpora.find(({ language }) => language === "ja") as Corpus;
  const japanese = await collectExamples(corpus, datasets);
  const judged = japanese
    ? prepareExamples("ja", japanese.examples).map((example) => ({
        logits: logitsOf(scorecard, example),
        label: example.label,
      }))
    : unseen;
  return files({ ...corpus, ships: true }, korean.trainedOn, scorecard, {
    recipe:
      "Scorecard: points for what the Japanese lexicon hears, with the worth of each measure taken from Korean reviews.",
    checked: {
      validatedOn: japanese
        ? `${corpus.dataset}: counted only, nothing fitted or chosen on it`
        : "Korean reviews alone",
      calibration,
      ...countsOf(outcomesOf(judged, calibration)),
    },
  });
}

function sameOfEach(examples: readonly Prepared[]): Prepared[] {
  const fewest = Math.min(...[0, 1, 2].map((label) => examples.filter((one) => one.label === label).length));
  const taken = [0, 0, 0];
  return examples.filter(({ label }) => {
    taken[label] = (taken[label] as number) + 1;
    return (taken[label] as number) <= fewest;
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
