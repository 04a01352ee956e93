// What `leap eval all` holds the sentiment engine against: which labelled texts, how they were used before, and what others reached on the like.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Beside, EvaluationCase, Target } from "../../core/evaluation.ts";

interface Held extends Omit<EvaluationCase, "given" | "targets"> {
  readonly file: string;
  readonly options: Readonly<Record<string, string>>;
  readonly targets?: readonly Target[];
  /** The judged texts are part of what the weights were fitted on, so they are judged by fits without them. */
  readonly refit?: true;
}

const umsab = "XLM-T repository, README (Barbieri et al. 2022), UMSAB test split";
const besideUmsab = (fastText: number, xlmR: number, xlmT: number): Beside[] => [
  { who: "fastText, one language", measure: "macroF1", value: fastText, source: umsab },
  { who: "XLM-R, one language", measure: "macroF1", value: xlmR, source: umsab },
  { who: "XLM-T, trained on 198 million tweets", measure: "macroF1", value: xlmT, source: umsab },
];
const calibrated: Target = { measure: "ece", atMost: 0.05 };

const tweets = (language: string, name: string, atLeast: number, beside: readonly Beside[]): Held => ({
  id: `umsab-${language}`,
  dataset: `UMSAB ${name} train split, 1,839 tweets, three classes of equal size`,
  licence: "Apache-2.0",
  role: "cross-validation",
  of: language,
  file: `C-umsab-de-fr-en-es/${name}_train.csv`,
  options: { text: "text", label: "label", lang: language },
  refit: true,
  targets: [{ measure: "macroF1", atLeast }, calibrated],
  beside,
  means:
    "Of three tweets that people found positive, neutral or negative we call about two as they did; a large language model reaches five to ten points more, above all where irony or knowledge of the event is needed. Shares of thousands of posts are corrected for these errors.",
});

const held: readonly Held[] = [
  tweets("en", "english", 0.62, besideUmsab(0.509, 0.682, 0.706)),
  tweets("de", "german", 0.67, besideUmsab(0.596, 0.736, 0.773)),
  tweets("fr", "french", 0.62, besideUmsab(0.548, 0.72, 0.712)),
  tweets("es", "spanish", 0.57, besideUmsab(0.501, 0.659, 0.679)),
  {
    id: "nsmc-ko",
    dataset: "Naver movie reviews, praise (9 and 10) against blame (1 to 4), balanced, every fifth held out",
    licence: "CC0-1.0",
    role: "cross-validation",
    of: "ko",
    file: "C-nsmc-raw-ko/reviews.csv",
    options: { text: "text", label: "label", lang: "ko", between: "negative,positive", balance: "true" },
    refit: true,
    targets: [{ measure: "accuracy", atLeast: 0.84 }, calibrated],
    beside: [
      {
        who: "KoBERT",
        measure: "accuracy",
        value: 0.8963,
        source: "KoELECTRA repository, README; NSMC test split",
      },
      {
        who: "KoELECTRA-base",
        measure: "accuracy",
        value: 0.9021,
        source: "KoELECTRA repository, README; NSMC test split",
      },
      {
        who: "DistilKoBERT",
        measure: "accuracy",
        value: 0.8841,
        source: "KoELECTRA repository, README; NSMC test split",
      },
    ],
    means:
      "Of six reviews with a clear side we take one for the other side, where a Korean transformer takes one of ten; it learned from four times as many reviews. Reviews of films, not of cosmetics.",
  },
  {
    id: "marc-ja",
    dataset: "Amazon reviews in Japanese, validation split, three classes by stars",
    licence: "research use only: counted, never fitted on for what ships",
    role: "validation",
    of: "ja",
    file: "C-marc-japanese/japanese_valid.csv",
    options: { text: "text", label: "label", lang: "ja" },
    targets: [{ measure: "macroF1", atLeast: 0.6 }],
    beside: [
      {
        who: "translated AFINN",
        measure: "macroF1",
        value: 0.429,
        source: "our measurement on the same reviews",
      },
    ],
    means:
      "The Japanese scorecard ships without having learned from one Japanese label. Three-star reviews praise and blame at once and are what it misses most.",
  },
  {
    id: "marc-ja-fitted",
    dataset: "Amazon reviews in Japanese, validation split, five-fold",
    licence: "research use only: weights stay on the machine that fitted them",
    role: "cross-validation",
    of: "ja",
    file: "C-marc-japanese/japanese_valid.csv",
    options: { text: "text", label: "label", lang: "ja" },
    refit: true,
    targets: [{ measure: "macroF1", atLeast: 0.72 }, calibrated],
    beside: [],
    means: "What `leap train sentiment` gives those who hold Japanese labels.",
  },
  {
    id: "amazon-beauty-en",
    dataset: "Amazon reviews of beauty products in English, stars",
    licence: "research use only: counted, never fitted on",
    role: "hold-out",
    of: "en",
    file: "C-amazon-all-beauty/reviews.csv",
    options: { text: "text", stars: "rating", lang: "en" },
    beside: [],
    means:
      "How a model that learned from tweets does on reviews of beauty products, nine in ten of which have four or five stars.",
  },
  {
    id: "germeval2017-de",
    dataset: "GermEval 2017, posts about Deutsche Bahn, development split",
    licence: "CC-BY-SA-4.0",
    role: "hold-out",
    of: "de",
    file: "C-germeval2017-de/dev.csv",
    options: { text: "text", label: "sentiment", lang: "de" },
    beside: [],
    means:
      "Another domain and other rules of labelling: two thirds are neutral news, and complaints are about trains. The gap to tweets is what a new topic costs.",
  },
];

/** Cases whose file the folder holds. */
export function cases(datasets: string): EvaluationCase[] {
  return held
    .filter(({ file }) => existsSync(path.join(datasets, file)))
    .map(({ file, options, refit, targets = [], ...about }) => ({
      ...about,
      targets,
      given: { file: path.join(datasets, file), ...options, ...(refit && { refit: datasets }) },
    }));
}
