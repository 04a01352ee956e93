// What `leap check` prints for people: the rules' findings first, then what rules and model make of the copy together.
import type { Approval } from "../../data/contract/request.ts";
import type { Checked } from "../../data/reference/claims/checked.ts";
import type { ingredientsIn } from "../../data/reference/ingredients/match.ts";
import type { FoundIssue, Judgement, Tip, Variant } from "../analyses/requests/judge.ts";

/** A passage that a model's finding rests on, as it is told to people. */
export interface ToldPassage {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly url: string;
}

/** Who was asked, and what came of it. */
export interface ToldModel {
  readonly task: string;
  readonly answered: boolean;
  readonly model: string | null;
  readonly prompt_version: string | null;
  readonly answered_at: string | null;
  /** Paid by this check; nothing for an answer that was kept. */
  readonly cost_usd: number;
  readonly kept: boolean;
  /** Why there is no answer; null where there is one. */
  readonly says: string | null;
}

type Named<Found> = Omit<Found, "knowledge"> & { readonly knowledge: readonly ToldPassage[] };

export interface ToldFit
  extends Pick<Judgement, "score" | "revised_content" | "revised_by" | "approval_status" | "dropped"> {
  readonly issues: readonly Named<FoundIssue>[];
  readonly tips: readonly Named<Tip>[];
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

export function ingredientText(found: ReturnType<typeof ingredientsIn>): string {
  const rows = found.listed.map(
    ({ name, entries }) =>
      `${name}: ${entries.map((entry) => `Annex ${entry.annex} no. ${entry.reference}${entry.limit ? `, ${entry.limit}` : ""}`).join("; ")}`,
  );
  return [
    `${found.read} ingredients read, ${found.listed.length} stand in Annex II or III of Regulation (EC) No 1223/2009`,
    ...rows,
  ].join("\n");
}

/** `model` is null where none could be asked. */
export function fitText(market: string, fit: ToldFit, model: ToldModel | null): string {
  if (!model)
    return "Only rules were asked: no model was. Set OPENAI_API_KEY or ANTHROPIC_API_KEY to ask how readers would take it.";
  if (!model.answered)
    return [
      `Only rules were asked in the end: the model's answer is missing. ${missedBecause(model)}`,
      ...droppedText(fit.dropped.filter((reason) => !ofVariants(reason))),
    ].join("\n");
  const found = fit.issues.filter(({ by }) => by === "model");
  return [
    `Readers in ${market}: ${verdictWords(fit.approval_status)}${fit.score === null ? "" : `, ${fit.score} of 100: ${bandOf(fit.score)}`} (rules and model together; the stricter counts)`,
    ...found.map((issue) =>
      [
        `${issue.severity.padEnd(8)} “${issue.quote}”: ${issue.why}`,
        ...(issue.suggestion === null ? [] : [`         Say: ${issue.suggestion}`]),
        ...issue.knowledge.map(passageLine),
      ].join("\n"),
    ),
    ...fit.tips
      .filter(({ by }) => by === "model")
      .map((tip) => [`tip      ${tip.text}`, ...tip.knowledge.map(passageLine)].join("\n")),
    ...(fit.revised_by === "model" ? [`Revised: ${fit.revised_content}`] : []),
    ...droppedText(fit.dropped.filter((reason) => !ofVariants(reason))),
    answeredBy(model),
  ].join("\n");
}

export function variantsText(
  market: string,
  variants: readonly Named<Variant>[],
  dropped: readonly string[],
  model: ToldModel | null,
): string {
  if (!model) return "No variants: only a model writes them, and none was asked.";
  if (!model.answered) return `No variants: ${missedBecause(model)}`;
  return [
    `For ${market}, ${variants.length === 1 ? "1 variant that breaks" : `${variants.length} variants that break`} no rule:`,
    ...variants.map((variant, place) =>
      [
        `${place + 1}. ${variant.text}`,
        `   in English: ${variant.back_translation}`,
        `   why: ${variant.rationale}`,
        ...variant.knowledge.map(passageLine),
      ].join("\n"),
    ),
    ...droppedText(dropped.filter(ofVariants)),
    answeredBy(model),
  ].join("\n");
}

/** A ceiling is also reached where a line broke: what may have been billed counts as spent. */
const missedBecause = (model: ToldModel): string =>
  `${model.says}${model.says?.startsWith("budget") ? ". Give it more with --budget-usd" : ""}${costOf(model)}`;

/** What a score means, in the bands that the model is given. */
export const bandOf = (score: number): string =>
  score >= 90
    ? "runs as it is"
    : score >= 70
      ? "needs small changes"
      : score >= 40
        ? "needs rewriting"
        : "wrong for this market";

const verdictWords = (status: Approval | null): string => status ?? "not judged";
const passageLine = ({ id, title, source, url }: ToldPassage): string =>
  `         ${id}: ${title} (${source})  ${url}`;
const droppedText = (dropped: readonly string[]): string[] => dropped.map((reason) => `dropped  ${reason}`);
const ofVariants = (reason: string): boolean => reason.startsWith("variant ");

const answeredBy = (model: ToldModel): string =>
  `${model.model}, prompt ${model.task} ${model.prompt_version}, ${model.answered_at?.slice(0, 10)}, not reviewed by a person${model.kept ? "; kept answer, nothing paid" : costOf(model)}`;
const costOf = ({ cost_usd, kept }: ToldModel): string =>
  kept || cost_usd === 0 ? "" : `; paid $${cost_usd.toFixed(6)}`;
