// The accuracy register as pages need it: the measured cases of a part of the engine, and which parts a method rests on.
import { type MeasuredPart, measuredParts } from "../../data/contract/accuracy.ts";
import { type DatasetRow, latestEditionId, rows, rowsOf } from "./data.ts";
import { amount, count, number, shareNumber, shareTenth } from "./format.ts";
import { languageName } from "./languages.ts";
import { fill, words } from "./words.ts";

export type Figure = DatasetRow<"accuracy">;

export interface MeasuredCase {
  readonly about: DatasetRow<"accuracy_cases">;
  /** Figures of the whole: those with a target first, then the better known ones. */
  readonly figures: readonly Figure[];
  /** Figures by class; empty where there are none. */
  readonly classes: ReadonlyMap<string, readonly Figure[]>;
  readonly published: readonly DatasetRow<"accuracy_published">[];
  readonly confusion: readonly DatasetRow<"accuracy_confusions">[];
}

/** The parts in the order of the register's contract, with any that it does not know at the end. */
export function partsMeasured(
  edition: string = latestEditionId(),
): { part: string; cases: MeasuredCase[] }[] {
  const found = new Set(rows("accuracy_cases", edition).map((row) => row.evaluation));
  return [...new Set([...Object.keys(measuredParts), ...found])].map((part) => ({
    part,
    cases: casesOf(part, edition),
  }));
}

const roleOrder = ["hold-out", "cross-validation", "planted", "simulation", "written by us", "validation"];
const languageOrder = ["en", "de", "fr", "es", "ko", "ja"];

/** Measured on posts labelled for this publication, which tell most about its pages. */
const isOwn = (name: string): boolean => name.startsWith("own-");

/** Cases of a part: by language or market, the publication's own posts first, then what nobody had seen. */
export function casesOf(part: string, edition: string = latestEditionId()): MeasuredCase[] {
  const place = (order: readonly string[], word: string | null) => {
    const at = order.indexOf(word ?? "");
    return at < 0 ? order.length : at;
  };
  return rowsOf("accuracy_cases", "evaluation", part, edition)
    .toSorted(
      (a, b) =>
        place(languageOrder, a.of) - place(languageOrder, b.of) ||
        (a.of ?? "").localeCompare(b.of ?? "", "en") ||
        Number(isOwn(b.case)) - Number(isOwn(a.case)) ||
        place(roleOrder, a.role) - place(roleOrder, b.role) ||
        a.case.localeCompare(b.case, "en"),
    )
    .map((about) => measuredCase(about, edition));
}

const measureOrder = Object.keys(words.accuracy.measures);

function measuredCase(about: DatasetRow<"accuracy_cases">, edition: string): MeasuredCase {
  const own = <T extends { case: string }>(all: readonly T[]) => all.filter((row) => row.case === about.case);
  const figures = own(rowsOf("accuracy", "evaluation", about.evaluation, edition));
  const place = (measure: string) =>
    measureOrder.includes(measure) ? measureOrder.indexOf(measure) : measureOrder.length;
  return {
    about,
    figures: figures
      .filter((row) => row.class === "" && row.measure !== "n")
      .toSorted(
        (a, b) =>
          Number(a.target_met === null) - Number(b.target_met === null) ||
          place(a.measure) - place(b.measure) ||
          a.measure.localeCompare(b.measure, "en"),
      ),
    classes: classesOf(figures),
    published: own(rowsOf("accuracy_published", "evaluation", about.evaluation, edition)),
    confusion: own(rowsOf("accuracy_confusions", "evaluation", about.evaluation, edition)),
  };
}

/** Parts of the engine that a method or analysis rests on. */
export const partsBehind = (method: string): MeasuredPart[] =>
  (Object.keys(measuredParts) as MeasuredPart[]).filter((part) =>
    (measuredParts[part] as readonly string[]).includes(method),
  );

/** `pipeline/analyses/sentiment/change.ts` → `sentiment`; null for what no analysis computes. */
export const analysisIn = (path: string): string | null =>
  /^pipeline\/analyses\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Cases that measured a prompt: of the register's part “prompts”, or of the part named like the task where a model's engine ran. */
export const promptCases = (task: string, edition: string = latestEditionId()): MeasuredCase[] => [
  ...casesOf("prompts", edition).filter(
    ({ about }) => about.case === task || about.case.startsWith(`${task}-`),
  ),
  ...casesOf(task, edition).filter(({ about }) => /(openai|anthropic):/.test(about.engine)),
];

/** The case to quote for verdicts in a language: posts of this publication, else what nobody had seen, if there is either; null when nobody measured. */
export function sentimentAccuracy(language: string, edition: string = latestEditionId()) {
  const found = casesOf("sentiment", edition).find(({ about }) => about.of === language);
  const figure =
    found?.figures.find((row) => row.measure === "macroF1" && row.value !== null) ??
    found?.figures.find((row) => row.measure === "accuracy" && row.value !== null);
  return found && figure?.value != null
    ? { about: found.about, measure: figure.measure, value: figure.value }
    : null;
}

/** By class. Twenty rules a market and more are for the dataset: the page would carry little else. */
function classesOf(figures: readonly Figure[]): MeasuredCase["classes"] {
  const byClass = Map.groupBy(
    figures.filter((row) => row.class !== ""),
    (row) => row.class,
  );
  return byClass.size > 12 ? new Map() : byClass;
}

/** What a case is about: `German` for a language, the market's name where the part is about markets. */
export function subjectOf({ about }: MeasuredCase, marketName: (code: string) => string): string | null {
  if (about.of === null) return null;
  if (about.evaluation === "claims" || about.evaluation === "market-entry") return marketName(about.of);
  return /^[a-z]{2,3}$/.test(about.of) ? languageName(about.of) : about.of;
}

const measureWords: Readonly<Record<string, { label: string; means: string }>> = words.accuracy.measures;

/** `macro-F1`; a measure without words of its own is its key in words: `accountMedianLogR2` → `account median log R2`. */
export const measureLabel = (measure: string): string =>
  measureWords[measure]?.label ??
  measure.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
export const measureMeans = (measure: string): string | null => measureWords[measure]?.means ?? null;

const shares = [
  "coverage80",
  "coverage90",
  "coverage95",
  "coverage",
  "falseAlarmShare",
  "nearMissFalsePositives",
];

/** A figure in the form of its measure: shares of cases in %, speeds and counts whole, the rest with three decimals below ten. */
export function figureForm(measure: string): (value: number) => string {
  if (shares.includes(measure)) return (value) => `${shareTenth(value)}%`;
  if (measure === "n" || measure === "perSecond") return count;
  return (value) => (Math.abs(value) < 10 ? value.toFixed(3).replace("-", "−") : amount(value));
}

/** A target as it was set, without zeros behind it: `0.62`, `93%`. */
export function targetForm(measure: string): (value: number) => string {
  if (shares.includes(measure)) return (value) => `${shareNumber(value)}%`;
  return measure === "perSecond" ? count : number;
}

/** `target at least 0.62`, `target 93% to 97%` */
export function targetWords({ measure, target_at_least: low, target_at_most: high }: Figure): string {
  const { between, at_least, at_most } = words.accuracy;
  const form = targetForm(measure);
  if (low !== null && high !== null) return fill(between, { low: form(low), high: form(high) });
  return low !== null ? fill(at_least, { value: form(low) }) : fill(at_most, { value: form(high ?? 0) });
}
