// The labelled texts that weights are fitted on, per language, out of a folder of data sets; which of them may stand behind weights that ship.
import { existsSync } from "node:fs";
import path from "node:path";
import type { TrainedOn } from "../../core/evaluation.ts";
import { readTable } from "../../core/table.ts";
import type { LexiconLanguage } from "../../texts/lexicon.ts";
import type { Example } from "./recipe.ts";

export interface Corpus {
  readonly language: LexiconLanguage;
  readonly dataset: string;
  readonly licence: string;
  /** Whether weights fitted on it may ship with a product. */
  readonly ships: boolean;
  readonly files: readonly string[];
  /** What a caption of our own making weighs beside one of these texts. */
  readonly captionsCount: number;
  /** Column with 1 to 10 stars, where there is one. */
  readonly stars?: string;
}

const umsab = {
  dataset: "UMSAB (Barbieri et al. 2022), train and validation splits",
  licence: "Apache-2.0",
  ships: true,
};
const tweets = (language: LexiconLanguage, name: string): Corpus => ({
  ...umsab,
  language,
  captionsCount: 1,
  files: ["train", "val"].map((split) => `C-umsab-de-fr-en-es/${name}_${split}.csv`),
});

export const corpora: readonly Corpus[] = [
  tweets("en", "english"),
  tweets("de", "german"),
  tweets("fr", "french"),
  tweets("es", "spanish"),
  {
    language: "ko",
    dataset: "Naver movie reviews behind NSMC, every twentieth",
    licence: "CC0-1.0",
    ships: true,
    captionsCount: 2,
    files: ["C-nsmc-raw-ko/reviews.csv"],
    stars: "rating",
  },
  {
    language: "ja",
    dataset: "Amazon MARC, Japanese, validation split",
    licence: "research use only",
    ships: false,
    captionsCount: 1,
    files: ["C-marc-japanese/japanese_valid.csv"],
  },
];

export interface Collected {
  readonly examples: readonly Example[];
  readonly trainedOn: readonly TrainedOn[];
}

/** Naver's readers give 5 and 6 to what disappointed them and 8 to what they liked: how much praise is in so many stars. */
const praiseInStars = [0, 0, 0, 0, 0.2, 0.35, 0.6, 0.8, 1, 1];
const labels = ["negative", "neutral", "positive"];

/** Null where DIR holds none of the corpus's files. A text that stands twice counts once. */
export async function collectExamples(corpus: Corpus, datasets: string): Promise<Collected | null> {
  const examples = new Map<string, Example>();
  const trainedOn: TrainedOn[] = [];
  for (const file of corpus.files) {
    const at = path.join(datasets, file);
    if (!existsSync(at)) continue;
    const table = await readTable(at);
    for (const row of table.rows) {
      const text = String(row["text"] ?? "");
      const label = labels.indexOf(String(row["label"]));
      if (label < 0 || text.trim() === "") continue;
      const lean = corpus.stars ? (praiseInStars[Number(row[corpus.stars]) - 1] ?? null) : null;
      examples.set(text, { text, label: label as 0 | 1 | 2, lean });
    }
    trainedOn.push({
      dataset: corpus.dataset,
      licence: corpus.licence,
      file,
      sha256: table.sha256,
      rows: table.rows.length,
    });
  }
  return trainedOn.length > 0 ? { examples: [...examples.values()], trainedOn } : null;
}
