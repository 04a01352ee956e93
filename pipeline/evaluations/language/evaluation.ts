// `leap eval language`: the language that production reads out of texts, held against the one they are in.
import { existsSync } from "node:fs";
import path from "node:path";
import { LeapError } from "../../core/errors.ts";
import type {
  Beside,
  Evaluation,
  EvaluationCase,
  EvaluationContext,
  Given,
  Measured,
} from "../../core/evaluation.ts";
import { columnNamed, readTable } from "../../core/table.ts";
import { confusionFigures } from "../../stats/confusion-figures.ts";
import { languageOf } from "../../texts/language.ts";
import { engineVersion } from "../../texts/vocabulary.ts";
import { labelledTextOptions } from "../labelled-text-options.ts";
import { languageNamed, languagesOf, type Spoken, type SpokenLabels, spokenOf } from "./labels.ts";

export const evaluation: Evaluation = {
  id: "language",
  says: "Language of texts against labels: accuracy in all and per language, share unknown.",
  options: [
    ...labelledTextOptions,
    { flags: "--label <column>", says: "column of the languages: codes or names" },
    { flags: "--lang <code>", says: "the one language that all texts of the file are in, instead of labels" },
    { flags: "--over <characters>", says: "only texts longer than this" },
  ],
  examples: [
    "--file posts.csv --text text --label language",
    "--file tweets.csv --text text --lang de --over 20",
  ],
  engine: () => `texts ${engineVersion}`,
  evaluate,
  cases,
};

async function evaluate(given: Given, { milliseconds }: EvaluationContext): Promise<Measured> {
  const table = await readTable(given["file"] as string);
  const column = columnNamed(table, given["text"] as string);
  const over = lengthGiven(given["over"]);
  const { truth, unlisted } = truthGiven(given, table);
  const rows = table.rows
    .map((row, i) => ({ text: String(row[column] ?? ""), truth: truth[i] as Spoken }))
    .filter(({ text }) => [...text].length > over);
  if (rows.length === 0)
    throw new LeapError(`invalid length: no text of ${table.name} is longer than --over ${over} characters.`);
  for (const { text } of rows.slice(0, 200)) languageOf(text);
  const started = milliseconds();
  const said = rows.map(({ text }) => spokenOf(languageOf(text).language));
  const seconds = (milliseconds() - started) / 1_000;

  const classes = [...new Set([...rows.map((row) => row.truth), ...said])].sort();
  const confusion: Record<string, Record<string, number>> = {};
  for (const one of classes) {
    const own = rows.flatMap((row, i) => (row.truth === one ? [said[i] as Spoken] : []));
    if (own.length === 0) continue;
    confusion[one] = Object.fromEntries(
      classes.map((verdict) => [verdict, own.filter((each) => each === verdict).length]),
    );
  }
  const { accuracy, macroF1, perClass } = confusionFigures(confusion);
  const unknown = said.filter((verdict) => verdict === "und").length;
  return {
    n: rows.length,
    figures: {
      accuracy,
      macroF1: Object.keys(perClass).length > 1 ? macroF1 : null,
      unknownShare: unknown / rows.length,
      perSecond: seconds > 0 ? Math.round(rows.length / seconds) : null,
    },
    perClass: Object.fromEntries(
      Object.entries(perClass).map(([one, figures]) => [one, { accuracy: figures.recall, ...figures }]),
    ),
    confusion,
    notes: [
      "Languages that the engine does not read count as one class, other; a text that tells no language is und.",
      ...(over > 0
        ? [`${table.rows.length - rows.length} texts of ${over} characters or fewer left out.`]
        : []),
      ...(unlisted.length > 0
        ? [`Labels taken for other, being codes of languages we do not know: ${unlisted.join(", ")}.`]
        : []),
      "Speed on one thread; production uses two.",
    ],
  };
}

function truthGiven({ label, lang }: Given, table: Awaited<ReturnType<typeof readTable>>): SpokenLabels {
  if (label !== undefined && lang !== undefined)
    throw new LeapError(`invalid options: --label ${label} and --lang ${lang}. Name one of them.`);
  if (label !== undefined) return languagesOf(table, columnNamed(table, label));
  if (lang === undefined)
    throw new LeapError(
      "missing --label: name the column of languages, or the language of all texts with --lang.",
    );
  const spoken = languageNamed(lang);
  if (!spoken)
    throw new LeapError(`unknown language: ${lang}. Expected a code such as de, or a name such as German.`);
  return { truth: table.rows.map(() => spoken), unlisted: [] };
}

function lengthGiven(over: string | undefined): number {
  const length = Number(over ?? 0);
  if (!Number.isInteger(length) || length < 0)
    throw new LeapError(`invalid length: --over ${over}. Expected a number of characters such as 20.`);
  return length;
}

const eldMedium = (value: number): Beside => ({
  who: "eld medium among six languages, which we build on",
  measure: "accuracy",
  value,
  source: "our measurement on the same kind of texts",
});

const known: readonly (readonly [
  language: string,
  file: string,
  dataset: string,
  licence: string,
  atLeast: number,
  beside: number | null,
])[] = [
  ["en", "C-umsab-de-fr-en-es/english_train.csv", "UMSAB English", "Apache-2.0", 0.98, 0.986],
  ["de", "C-umsab-de-fr-en-es/german_train.csv", "UMSAB German", "Apache-2.0", 0.93, 0.924],
  ["fr", "C-umsab-de-fr-en-es/french_train.csv", "UMSAB French", "Apache-2.0", 0.98, 0.994],
  ["es", "C-umsab-de-fr-en-es/spanish_train.csv", "UMSAB Spanish", "Apache-2.0", 0.98, 0.999],
  ["ko", "C-nsmc-raw-ko/reviews.csv", "Naver movie reviews", "CC0-1.0", 0.98, 0.994],
  [
    "ja",
    "C-marc-japanese/japanese_valid.csv",
    "Amazon reviews in Japanese",
    "research use only: counted, never fitted on",
    0.98,
    null,
  ],
];

function cases(datasets: string): EvaluationCase[] {
  return known.flatMap(([language, file, dataset, licence, atLeast, beside]) =>
    existsSync(path.join(datasets, file))
      ? [
          {
            id: path.basename(path.dirname(file)).includes("umsab")
              ? `umsab-${language}`
              : `${language}-reviews`,
            dataset: `${dataset}, texts over 20 characters`,
            licence,
            role: "validation" as const,
            of: language,
            given: { file: path.join(datasets, file), text: "text", lang: language, over: "20" },
            targets: [{ measure: "accuracy", atLeast }],
            beside: beside === null ? [] : [eldMedium(beside)],
            means:
              language === "de"
                ? "About one in twenty of these tweets by people who write German is not German at all but English, Dutch or tags; little of the gap is error."
                : "A text that is given the wrong language is judged with the wrong words or not at all; so few are that no share moves.",
          },
        ]
      : [],
  );
}
