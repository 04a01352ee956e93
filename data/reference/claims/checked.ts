// What a check says of a copy: hits, wordings that are no claims, what offends, the score and the draft revised.
import type { ClaimLanguage, Severity } from "../../contract/claims.ts";
import type { Citation } from "./citation.ts";
import type { CopyLanguage } from "./language.ts";
import type { ApprovalStatus } from "./score.ts";
import type { Innocence } from "./sentence.ts";

export interface Hit {
  readonly rule: string;
  readonly title: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly confidence: number;
  /** Place in the copy, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly language: ClaimLanguage;
  readonly why: string;
  readonly cites: readonly Citation[];
  readonly reviewed_on: string;
  /** A sentence that may be said instead, without its full stop. */
  readonly suggestion: string;
}

/** A wording that was found and is no claim, with the reason. */
export interface Passed {
  readonly kind: string;
  readonly quote: string;
  readonly because: Innocence;
}

export interface Issue {
  readonly group: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly why: string;
  readonly source: string;
}

export interface Checked {
  readonly market: string;
  readonly language: CopyLanguage;
  /** False when no rule could be held against the copy because its language is none of ours. */
  readonly understood: boolean;
  readonly characters: number;
  readonly hits: readonly Hit[];
  readonly passed: readonly Passed[];
  readonly sensitivity_issues: readonly Issue[];
  /** 0 to 100; null when the copy was not understood or is empty. */
  readonly cultural_fit_score: number | null;
  readonly approval_status: ApprovalStatus | null;
  readonly localization_tips: readonly string[];
  /** The copy with each sentence that makes a barred claim replaced; null when nothing is to be replaced. A draft for a person to finish. */
  readonly revised_content: string | null;
}
