// Rules and model together: the rules' findings stand, the model's come after them, and where the two differ the stricter verdict and the lower score count.
import type { Severity } from "../../../data/contract/claims.ts";
import { type Approval, approvals } from "../../../data/contract/request.ts";
import type { CulturalFitAnswer } from "../../../prompts/cultural-fit/answer.ts";
import type { TranscreateAnswer } from "../../../prompts/transcreate/answer.ts";
import type { AnsweredBy, Asked } from "../../core/types.ts";
import { held, type ReadCopy, ruleVerdict } from "./copy.ts";
import { languageThere } from "./llm.ts";

export interface FoundIssue {
  readonly by: "rules" | "model";
  /** Words of the copy; null where something is missing from it. */
  readonly quote: string | null;
  readonly why: string;
  readonly severity: Severity;
  readonly suggestion: string | null;
  readonly rule: string | null;
  /** Law and article, or the source of a sensitivity. */
  readonly source: string | null;
  readonly source_url: string | null;
  /** Ids of passages. */
  readonly knowledge: readonly string[];
}

export interface Tip {
  readonly by: "rules" | "model";
  readonly text: string;
  readonly knowledge: readonly string[];
}

export interface Judgement {
  /** 0 to 100; null where neither could judge. */
  readonly score: number | null;
  readonly approval_status: Approval | null;
  readonly issues: readonly FoundIssue[];
  readonly tips: readonly Tip[];
  /** The copy as it could run; null when nothing is to change, or nothing that was written holds. */
  readonly revised_content: string | null;
  readonly revised_by: "rules" | "model" | null;
  /** What was written and then barred by a rule, with the reason. */
  readonly dropped: readonly string[];
  readonly by: AnsweredBy | null;
  /** Why no model answered; null where one did. */
  readonly not_answered: string | null;
}

const UNASKED = "only rules were asked";

/** `found` is null where no model is asked. */
export function judgementOf(copy: ReadCopy, found: Asked<CulturalFitAnswer> | null): Judgement {
  const { rules } = copy;
  const answer = found?.answer ?? null;
  const dropped: string[] = [];
  const issues = [...ruleIssues(copy), ...(answer ? modelIssues(copy, answer, dropped) : [])];
  const revised = revisedOf(copy, answer, dropped);
  return {
    score: lowest(rules.cultural_fit_score, answer?.score ?? null),
    approval_status: verdictOf(copy, answer),
    issues,
    tips: [
      ...rules.localization_tips.map((text): Tip => ({ by: "rules", text, knowledge: [] })),
      ...(answer?.tips ?? []).map((tip): Tip => ({ by: "model", ...tip })),
    ],
    revised_content: revised?.text ?? null,
    revised_by: revised?.by ?? null,
    dropped,
    by: answer ? (found?.by ?? null) : null,
    not_answered: answer ? null : reasonOf(found),
  };
}

/** `invalid: …`, or that nobody was asked. */
export const reasonOf = (found: Asked<unknown> | null): string | null =>
  found === null ? UNASKED : found.reason === null ? null : `${found.reason}: ${found.says}`;

/** A copy that no rule could read comes out approved by nobody: what a claim breaks there is not known. */
function verdictOf({ rules }: ReadCopy, answer: CulturalFitAnswer | null): Approval | null {
  const ours = rules.understood ? ruleVerdict(rules) : answer ? "revise" : null;
  return strictest(ours, answer?.verdict ?? null);
}

function strictest(one: Approval | null, other: Approval | null): Approval | null {
  if (one === null || other === null) return one ?? other;
  return approvals.indexOf(one) > approvals.indexOf(other) ? one : other;
}

const lowest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

function ruleIssues({ rules }: ReadCopy): FoundIssue[] {
  const by = "rules" as const;
  return [
    ...rules.hits.map((hit) => ({
      ...{ by, quote: hit.quote === "" ? null : hit.quote, why: `${hit.title}. ${hit.why}` },
      ...{ severity: hit.severity, suggestion: hit.suggestion, rule: hit.rule, knowledge: [] },
      source: hit.cites.map(({ act, article }) => `${act}, ${article}`)[0] ?? null,
      source_url: hit.cites[0]?.url ?? null,
    })),
    ...rules.sensitivity_issues.map((issue) => ({
      ...{ by, quote: issue.quote, why: `${issue.title}. ${issue.why}`, severity: issue.severity },
      ...{ suggestion: null, rule: issue.group, source: issue.source, source_url: null, knowledge: [] },
    })),
  ];
}

const modelIssues = (copy: ReadCopy, answer: CulturalFitAnswer, dropped: string[]): FoundIssue[] =>
  answer.issues.map(({ quote, why, severity, suggestion, knowledge }, place) => {
    const found = held(copy, suggestion, copy.language);
    if ("broken" in found) dropped.push(`suggestion of a model's issue ${place + 1}: ${found.broken}`);
    return {
      ...{ by: "model", quote, why, severity, knowledge, rule: null, source: null, source_url: null },
      // A label belongs before the whole copy, not before a few words of it.
      suggestion: "broken" in found ? null : suggestion,
    };
  });

interface Revised {
  readonly text: string;
  readonly by: "rules" | "model";
}

/** The model's where it holds, else the rules' own draft where that does. */
function revisedOf(copy: ReadCopy, answer: CulturalFitAnswer | null, dropped: string[]): Revised | null {
  const draft = copy.rules.revised_content;
  if (answer) {
    const found = held(copy, answer.revised, copy.language);
    if ("text" in found) return same(found.text, copy.asked.copy) ? null : { text: found.text, by: "model" };
    dropped.push(`revised copy of a model: ${found.broken}`);
  }
  if (draft === null) return null;
  const found = held(copy, draft, copy.language);
  if ("text" in found) return { text: draft, by: "rules" };
  dropped.push(`draft of the rules: ${found.broken}`);
  return null;
}

const same = (one: string, other: string): boolean => folded(one) === folded(other);
const folded = (text: string): string => text.normalize("NFKC").replaceAll(/\s+/g, " ").trim();

export interface Variant {
  readonly language: string;
  readonly text: string;
  readonly rationale: string;
  readonly back_translation: string;
  readonly knowledge: readonly string[];
}

export interface Variants {
  readonly variants: readonly Variant[];
  readonly dropped: readonly string[];
  readonly by: AnsweredBy | null;
  readonly not_answered: string | null;
}

/** The variants that break no rule of the market; of the others the reason alone. */
export function variantsOf(copy: ReadCopy, found: Asked<TranscreateAnswer> | null): Variants {
  const language = languageThere(copy);
  const dropped: string[] = [];
  const variants = (found?.answer?.variants ?? []).flatMap((variant, place): Variant[] => {
    const stands = held(copy, variant.text, language);
    if ("text" in stands) return [{ ...variant, language, text: stands.text }];
    dropped.push(`variant ${place + 1}: ${stands.broken}`);
    return [];
  });
  return { variants, dropped, by: found?.answer ? found.by : null, not_answered: reasonOf(found) };
}
