// The cultural-fit score: 100 times the product of (1 − penalty · confidence) over the rules that were broken, each counted once.
// A product, so that the second breach of a copy costs less than the first and the score never falls below zero; once a rule, because a claim
// repeated in three sentences is corrected with one decision.
import type { Severity } from "../../contract/claims.ts";

export const penalties: Readonly<Record<Severity, number>> = {
  critical: 0.65,
  high: 0.4,
  medium: 0.2,
  low: 0.08,
};

export type ApprovalStatus = "approved" | "needs_revision" | "rejected";

interface Found {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: number;
}

/** 0 to 100, one decimal. */
export function culturalFit(found: readonly Found[]): number {
  const once = new Map(found.map((one) => [one.rule, one]));
  let left = 1;
  for (const { severity, confidence } of once.values()) left *= 1 - penalties[severity] * confidence;
  return Math.round(1_000 * left) / 10;
}

/** The worst finding decides: an unlawful claim is not made good by a clean rest. A low one is advice and does not hold a copy back. */
export function statusOf(found: readonly Found[]): ApprovalStatus {
  const has = (severity: Severity) => found.some((one) => one.severity === severity);
  if (has("critical") || culturalFit(found) < 30) return "rejected";
  return has("high") || has("medium") ? "needs_revision" : "approved";
}
