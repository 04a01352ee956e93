// `leap eval sentiment`: the polarity that production gives to texts, held against what people said of them.
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationContext, Given, Measured } from "../../core/evaluation.ts";
import { columnNamed, readTable, type Table } from "../../core/table.ts";
import { languageOf } from "../../texts/language.ts";
import { type LexiconLanguage, lexiconLanguages } from "../../texts/lexicon.ts";
import { lineOf } from "../../texts/line.ts";
import type { Polarity } from "../../texts/polarity.ts";
import { sentimentHeader } from "../../texts/sentiment-header.ts";
import { type Judgement, judgement, sentimentJudge } from "../../texts/sentiment-model.ts";
import { sentimentEngine } from "../../texts/vocabulary.ts";
import { labelledTextOptions } from "../labelled-text-options.ts";
import { cases } from "./cases.ts";
import { figuresOf, type Outcome } from "./figures.ts";
import { type Labels, labelsOf, starsOf } from "./labels.ts";
import { type ModelWorld, modelEngine, modelWorld } from "./model-engine.ts";
import { measuredByModel } from "./model-measured.ts";
import { refitted } from "./refit.ts";

export const evaluation: Evaluation = {
  id: "sentiment",
  says: "Polarity of texts against labels or stars: macro-F1, precision and recall per class, calibration, coverage, speed.",
  options: [
    ...labelledTextOptions,
    { flags: "--label <column>", says: "column of the labels: words, 0/1/2, −1/0/1, or two classes" },
    { flags: "--stars <column>", says: "column of 1 to 5 or 1 to 10 stars, instead of labels" },
    { flags: "--lang <code>", says: "language of all texts; identified text by text when not given" },
    { flags: "--balance", says: "as many texts of each class, spread over the file" },
    { flags: "--between <classes>", says: "only texts of these classes, such as negative,positive" },
    {
      flags: "--refit <folder>",
      says: "judge by weights fitted on this folder's data without the text judged (needs --lang)",
    },
    { flags: "--engine <engine>", says: "offline, or llm: a model reads the texts, as it reads posts" },
    { flags: "--limit <n>", says: "so many texts, spread over the file" },
    { flags: "--budget-usd <x>", says: "dollars that a model may cost at most (default: 1)" },
    { flags: "--frozen", says: "answers of a model that were kept, and no others" },
  ],
  examples: [
    "--file reviews.csv --text text --label sentiment --lang de",
    "--file reviews.parquet --text body --stars rating",
    "--file train.csv --text text --label label --lang fr --refit datasets",
    "--file reviews.csv --text text --label sentiment --engine llm --limit 500 --budget-usd 0.2",
  ],
  engine: (given) => (readsWithModel(given) ? modelEngine(given, modelWorld()) : sentimentEngine()),
  evaluate: (given, context) => evaluateSentiment(given, context, modelWorld()),
  cases,
};

export interface LabelledTexts {
  readonly texts: readonly string[];
  readonly truth: readonly Polarity[];
}

/** `world` is where a model is asked from, when one is. */
export async function evaluateSentiment(
  given: Given,
  context: EvaluationContext,
  world: ModelWorld,
): Promise<Measured> {
  const withModel = readsWithModel(given);
  const language = languageGiven(given["lang"]);
  const table = await readTable(given["file"] as string);
  const texts = textsOf(table, given["text"] as string);
  const labels = labelsGiven(table, given);
  const taken = chosen({ texts, truth: labels.truth }, given);
  const notes = [`Labels: ${labels.scheme}.`];
  if (table.rejected.length > 0)
    notes.push(`${table.rejected.length} lines of the file are no records and were left out.`);
  if (taken.texts.length < texts.length)
    notes.push(`${texts.length - taken.texts.length} texts left out by --between, --balance or --limit.`);
  if (withModel)
    return measuredByModel(taken, judged(taken, language, context), notes, given, context, world);
  const { outcomes, perSecond, says, languages } = given["refit"]
    ? { ...(await refitted(taken, needed(language), given["refit"], context)), languages: null }
    : judged(taken, language, context);
  notes.push(...says);
  const two = new Set(taken.truth).size === 2;
  const figures = figuresOf(two ? outcomes.map((one) => betweenTwo(one, taken.truth)) : outcomes);
  if (two) notes.push("Two classes: the verdict is the likelier of the two.");
  return {
    n: outcomes.length,
    ...figures,
    figures: { ...figures.figures, perSecond },
    ...(languages && { tables: { languages } }),
    notes,
  };
}

/** Throws a LeapError for an engine that is none. */
function readsWithModel({ engine, refit }: Given): boolean {
  if (engine !== undefined && engine !== "offline" && engine !== "llm")
    throw new LeapError(`unknown engine: ${engine}. There are offline and llm.`);
  if (engine === "llm" && refit !== undefined)
    throw new LeapError(
      "invalid options: --engine llm and --refit. Weights are fitted for the offline engine.",
    );
  return engine === "llm";
}

function languageGiven(code: string | undefined): LexiconLanguage | null {
  if (code === undefined) return null;
  const known = lexiconLanguages.find((one) => one === code.trim().toLowerCase());
  if (!known)
    throw new LeapError(`unknown language: ${code}. The engine reads ${lexiconLanguages.join(", ")}.`);
  return known;
}

function needed(language: LexiconLanguage | null): LexiconLanguage {
  if (language === null) throw new LeapError("missing --lang: --refit fits the weights of one language.");
  return language;
}

function textsOf(table: Table, named: string): string[] {
  const column = columnNamed(table, named);
  return table.rows.map((row) => String(row[column] ?? ""));
}

function labelsGiven(table: Table, { label, stars }: Given): Labels {
  if (label !== undefined && stars !== undefined)
    throw new LeapError(`invalid options: --label ${label} and --stars ${stars}. Name one of them.`);
  if (stars !== undefined) return starsOf(table, columnNamed(table, stars));
  if (label !== undefined) return labelsOf(table, columnNamed(table, label));
  throw new LeapError("missing --label: name the column of labels, or that of stars with --stars.");
}

/** The texts that --between and --balance leave. */
function chosen({ texts, truth }: LabelledTexts, { between, balance, limit }: Given): LabelledTexts {
  const classes = between?.split(",").map((one) => one.trim().toLowerCase());
  const unknown = classes?.find((one) => !truth.some((polarity) => polarity === one));
  if (unknown !== undefined || classes?.length === 1)
    throw new LeapError(
      `invalid classes: --between ${between}. Name two or more of ${[...new Set(truth)].join(", ")}.`,
    );
  let kept = truth.map((_, i) => i).filter((i) => !classes || classes.includes(truth[i] as string));
  if (balance !== undefined) {
    const held = [...new Set(kept.map((i) => truth[i] as Polarity))];
    const fewest = Math.min(...held.map((one) => kept.filter((i) => truth[i] === one).length));
    // Spread over the whole file: what stands first in it is often the oldest.
    kept = held
      .flatMap((one) => {
        const own = kept.filter((i) => truth[i] === one);
        return Array.from({ length: fewest }, (_, i) => own[Math.floor((i * own.length) / fewest)] as number);
      })
      .sort((one, other) => one - other);
  }
  kept = spread(kept, limit);
  return { texts: kept.map((i) => texts[i] as string), truth: kept.map((i) => truth[i] as Polarity) };
}

/** As many as the limit allows, spread over the whole file. */
function spread(places: readonly number[], limit: string | undefined): number[] {
  const most = limit === undefined ? places.length : Number(limit);
  if (!Number.isInteger(most) || most < 1)
    throw new LeapError(`invalid --limit: ${limit}. Write a whole number of texts.`);
  const count = Math.min(most, places.length);
  return Array.from({ length: count }, (_, i) => places[Math.floor((i * places.length) / count)] as number);
}

function judged(
  { texts, truth }: LabelledTexts,
  language: LexiconLanguage | null,
  { milliseconds }: EvaluationContext,
) {
  const judge = sentimentJudge();
  // A short run first: the speed of an engine that has just been loaded is not the speed of a million posts.
  for (const text of texts.slice(0, 500)) judge(text, lineOf(text), language ?? languageOf(text).language);
  const started = milliseconds();
  const said = texts.map((text) => {
    const read = language ?? languageOf(text).language;
    return { read, verdict: judge(text, lineOf(text), read) };
  });
  const seconds = (milliseconds() - started) / 1_000;
  const outcomes = said.map(({ verdict }, i) => outcomeOf(truth[i] as Polarity, verdict));
  const reasons = new Map<string, number>();
  for (const { verdict } of said)
    if (typeof verdict === "string") reasons.set(verdict, (reasons.get(verdict) ?? 0) + 1);
  const says = [
    "Speed on one thread; production uses two.",
    ...[...reasons].map(([reason, times]) => `${times} texts unclassified: ${reason}. They count as missed.`),
    ...weightsUsed(said.map(({ read }) => read)),
  ];
  const languages =
    language === null
      ? byLanguage(
          said.map(({ read }) => read),
          outcomes,
        )
      : null;
  return {
    ...{ outcomes, perSecond: seconds > 0 ? Math.round(texts.length / seconds) : null, says, languages },
    read: said.map(({ read }) => read),
  };
}

function outcomeOf(truth: Polarity, verdict: Judgement | string): Outcome {
  if (typeof verdict === "string") return { truth, verdict: null, probabilities: null };
  return { truth, verdict: verdict.polarity, probabilities: verdict.probabilities };
}

/** Which of two, where the labels know no third. */
function betweenTwo({ truth, verdict, probabilities }: Outcome, held: readonly Polarity[]): Outcome {
  // Words without weights say a class and no probabilities: it stands where it is one of the two.
  if (!probabilities)
    return { truth, verdict: verdict && held.includes(verdict) ? verdict : null, probabilities: null };
  const [negative, neutral, positive] = probabilities;
  const logit = (p: number, there: boolean) => (there ? Math.log(Math.max(p, 1e-6)) : -50);
  const { polarity, probabilities: two } = judgement(
    logit(negative, held.includes("negative")),
    logit(neutral, held.includes("neutral")),
    logit(positive, held.includes("positive")),
  );
  return { truth, verdict: polarity, probabilities: two };
}

function weightsUsed(languages: readonly string[]): string[] {
  return lexiconLanguages
    .filter((language) => languages.includes(language))
    .flatMap((language) => {
      const found = sentimentHeader(language);
      if (!found) return [`${language}: no weights; the words of the lexicon alone, without probabilities.`];
      const { header, weights } = found;
      const on = header.trained_on.map(({ dataset, file }) => `${dataset}: ${file}`).join("; ");
      return [
        `${language}: weights ${weights.digest} (${weights.shipped ? "shipped" : "local"}), ${on === "" ? "set by hand" : `fitted on ${on}`}.`,
      ];
    });
}

function byLanguage(read: readonly string[], outcomes: readonly Outcome[]) {
  return [...new Set(read)]
    .map((language) => {
      const own = outcomes.filter((_, i) => read[i] === language);
      return {
        language,
        texts: own.length,
        accuracy: own.filter(({ truth, verdict }) => truth === verdict).length / own.length,
      };
    })
    .sort((one, other) => other.texts - one.texts);
}
