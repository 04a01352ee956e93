// The figures of the sentiment engine on posts labelled for this publication: nearer to its pages than any public data set.
import type { AccuracyEntry } from "../../../data/contract/accuracy.ts";
import type { Row } from "../../core/types.ts";
import { confusionFigures } from "../../stats/confusion-figures.ts";
import { sentimentEngine } from "../../texts/vocabulary.ts";

export type OwnVerdict = Row & {
  language: string;
  truth: string;
  verdict: string;
  texts: number;
  file: string;
  sha256: string;
};

export interface OwnPosts {
  readonly labelledBy: string;
  /** Made by a generator that knows the truth. */
  readonly synthetic: boolean;
  /** Day of the measurement, which every run repeats. */
  readonly day: string;
}

export const ownVerdicts = `
  select language, truth, verdict, texts, file, sha256 from pub_gold_verdicts
  order by language, truth, verdict`;

/** A class needs this many labelled posts, as for the correction of net sentiment. */
const MINIMUM_LABELLED = 30;

const moods = ["positive", "neutral", "negative"];

/** One entry a language in which every class has enough labelled posts. */
export function ownEntries(verdicts: readonly OwnVerdict[], about: OwnPosts): AccuracyEntry[] {
  return [...Map.groupBy(verdicts, (row) => row.language)].flatMap(([language, rows]) => {
    const confusion = Object.fromEntries(
      moods.map((truth) => [
        truth,
        Object.fromEntries(
          [...moods, "unclassified"]
            .map((verdict) => [verdict, textsOf(rows, truth, verdict)] as const)
            .filter(([verdict, texts]) => verdict !== "unclassified" || texts > 0),
        ),
      ]),
    );
    const sizes = moods.map((truth) =>
      rows.filter((row) => row.truth === truth).reduce((sum, { texts }) => sum + texts, 0),
    );
    if (sizes.some((size) => size < MINIMUM_LABELLED)) return [];
    const { perClass, ...figures } = confusionFigures(confusion);
    return [
      {
        evaluation: "sentiment",
        case: `own-${language}`,
        dataset: "Posts labelled for this publication",
        licence: "not published",
        files: [...new Map(rows.map(({ file, sha256 }) => [file, { name: file, sha256 }])).values()],
        role: about.synthetic ? "planted" : "hold-out",
        of: language,
        n: sizes.reduce((sum, size) => sum + size, 0),
        engine: sentimentEngine(),
        measured_on: about.day,
        figures: rounded(figures),
        per_class: Object.fromEntries(Object.entries(perClass).map(([name, of]) => [name, rounded(of)])),
        confusion,
        targets: [],
        beside: [],
        means: about.synthetic
          ? "Captions of the sample's generator, which writes few turns of phrase: real captions are read less well."
          : "Posts of this category: the nearest there is to how often the verdicts on these pages are right. Net sentiment is corrected by these errors.",
        notes: [`Labelled by ${about.labelledBy}.`, "Measured anew with every edition."],
      },
    ];
  });
}

const textsOf = (rows: readonly OwnVerdict[], truth: string, verdict: string): number =>
  rows.find((row) => row.truth === truth && row.verdict === verdict)?.texts ?? 0;

const rounded = (figures: Readonly<Record<string, number | null>>): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value === null ? null : Number(value.toFixed(4))]),
  );
