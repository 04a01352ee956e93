// `leap check`: holds a copy against the claims rules of a market, as the checker page does in the browser.
import { existsSync, readFileSync, statSync } from "node:fs";
import { readerOf } from "../../data/reference/claims/check.ts";
import type { Checked } from "../../data/reference/claims/checked.ts";
import { ruleBooks } from "../../data/reference/claims/read-files.ts";
import { ingredientsIn } from "../../data/reference/ingredients/match.ts";
import { annexTable } from "../../data/reference/ingredients/read-files.ts";
import { LeapError } from "../core/errors.ts";
import type { Done } from "./environment.ts";

export interface CheckWords {
  readonly text?: string;
  readonly market: string;
  readonly language?: string;
  readonly paid?: boolean;
  readonly ingredients?: string;
}

/** Throws LeapError on an unknown market, a missing file, and when there is nothing to read. */
export function checkCommand(file: string | undefined, words: CheckWords): Done {
  const books = ruleBooks();
  const book = books.get(words.market.toLowerCase());
  if (!book) throw new LeapError(`unknown market: ${words.market}. Known: ${[...books.keys()].join(", ")}.`);
  const copy = copyOf(file, words);
  const checked = readerOf(book).read(copy, { language: words.language, paid: words.paid });
  const ingredients = words.ingredients === undefined ? null : ingredientsIn(words.ingredients, annexTable());
  const result = { ...checked, reviewed_on: book.market.reviewed_on, not_legal_advice: true, ingredients };
  return {
    text: [
      checkedText(checked, book.market.reviewed_on),
      ...(ingredients ? [ingredientText(ingredients)] : []),
    ].join("\n\n"),
    gaps: 0,
    result,
  };
}

function copyOf(file: string | undefined, { text, ingredients }: CheckWords): string {
  if (text !== undefined) return text;
  if (file === undefined) {
    if (ingredients !== undefined) return "";
    throw new LeapError('missing copy: give a file, or the words with --text "…".');
  }
  if (!existsSync(file))
    throw new LeapError(`missing file: ${file}. Give the words themselves with --text "…".`);
  if (!statSync(file).isFile())
    throw new LeapError(`invalid file: ${file} is a folder. Name a file of copy in it.`);
  return readFileSync(file, "utf8");
}

export function checkedText(checked: Checked, reviewedOn: string): string {
  const lines = checked.hits.map(
    (hit) =>
      `${hit.severity.padEnd(8)} “${hit.quote}”: ${hit.title}\n` +
      `         ${hit.why}\n` +
      hit.cites.map(({ act, article, url }) => `         ${act}, ${article}  ${url}`).join("\n") +
      `\n         Say: ${hit.suggestion}  (rule ${hit.rule}, reviewed ${hit.reviewed_on})`,
  );
  const issues = checked.sensitivity_issues.map(
    (issue) => `${issue.severity.padEnd(8)} “${issue.quote}”: ${issue.title}. ${issue.why}`,
  );
  const passed = checked.passed.map(
    ({ quote, because }) => `passed   “${quote}”: ${because.replace("_", " ")}`,
  );
  const verdict = checked.understood
    ? `${checked.market.toUpperCase()}: ${checked.approval_status?.replace("_", " ") ?? "nothing to read"}${checked.cultural_fit_score === null ? "" : `, cultural fit ${checked.cultural_fit_score} of 100`}, ${checked.hits.length} ${checked.hits.length === 1 ? "hit" : "hits"}`
    : `${checked.market.toUpperCase()}: not checked. The copy is in a language without rules; German, French, Japanese, Korean and English are read.`;
  return [
    verdict,
    ...lines,
    ...issues,
    ...passed,
    ...(checked.revised_content === null ? [] : [`Draft: ${checked.revised_content}`]),
    `Rules reviewed ${reviewedOn}. Not legal advice: wordings are judged, not evidence.`,
  ].join("\n");
}

function ingredientText(found: ReturnType<typeof ingredientsIn>): string {
  const rows = found.listed.map(
    ({ name, entries }) =>
      `${name}: ${entries.map((entry) => `Annex ${entry.annex} no. ${entry.reference}${entry.limit ? `, ${entry.limit}` : ""}`).join("; ")}`,
  );
  return [
    `${found.read} ingredients read, ${found.listed.length} stand in Annex II or III of Regulation (EC) No 1223/2009`,
    ...rows,
  ].join("\n");
}
