// Whether advertising is recognisable as such: the labels a market accepts, where they stand, and the hints that somebody paid.
import type { ClaimLanguage, RuleBook } from "../../contract/claims.ts";
import type { Hit } from "./checked.ts";
import { citationsOf } from "./citation.ts";
import type { Folded } from "./folded.ts";
import { expressionOf, isJoined, placesOf } from "./pattern.ts";

export interface Labels {
  readonly rule: Omit<Hit, "start" | "end" | "quote" | "language">;
  readonly within: number;
  readonly accepted: { readonly spaced: RegExp; readonly joined: RegExp };
  readonly weak: { readonly spaced: RegExp; readonly joined: RegExp } | null;
  /** Hints of payment per language, and what looks like one. */
  readonly hints: ReadonlyMap<ClaimLanguage, { readonly pattern: RegExp; readonly except: RegExp | null }>;
}

export function labelsOf({ market, wordings }: RuleBook): Labels {
  const { disclosure } = market;
  const both = (patterns: readonly string[]) => ({
    spaced: expressionOf(patterns, { language: "de", words: {} }),
    joined: expressionOf(patterns, { language: "ja", words: {} }),
  });
  return {
    rule: {
      rule: disclosure.rule,
      title: disclosure.title,
      kind: "disclosure",
      severity: disclosure.severity,
      confidence: disclosure.confidence,
      why: disclosure.why,
      cites: citationsOf(market, disclosure.cites),
      reviewed_on: disclosure.reviewed_on,
      suggestion: disclosure.suggest,
    },
    within: disclosure.within,
    accepted: both(disclosure.labels),
    weak: disclosure.weak.length > 0 ? both(disclosure.weak) : null,
    hints: new Map(
      Object.values(wordings).flatMap((wording) => {
        const hint = wording.kinds["paid-hint"];
        if (!hint) return [];
        const except = hint.except.length > 0 ? expressionOf(hint.except, wording) : null;
        return [[wording.language, { pattern: expressionOf(hint.patterns, wording), except }] as const];
      }),
    ),
  };
}

/** A hit when a post that is paid, by statement or by its own words, has no accepted label where readers see it. */
export function disclosureHit(
  labels: Labels,
  copy: string,
  western: Folded,
  eastern: Folded,
  read: readonly ClaimLanguage[],
  paid: boolean | undefined,
): Hit | null {
  if (paid === false) return null;
  const language = read[0];
  if (language === undefined) return null;
  const label = [
    ...placesOf(labels.accepted.spaced, western.text).map(([start]) => western.at[start] ?? 0),
    ...(eastern === western
      ? []
      : placesOf(labels.accepted.joined, eastern.text).map(([start]) => eastern.at[start] ?? 0)),
  ].sort((a, b) => a - b)[0];
  if (label !== undefined && label <= labels.within) return null;
  const hint = firstHint(labels, copy, western, eastern, read);
  if (hint) return { ...labels.rule, ...hint };
  if (paid !== true) return null;
  const [start, end] = label === undefined ? [0, 0] : [label, label];
  return { ...labels.rule, language, start, end, quote: "" };
}

function firstHint(
  labels: Labels,
  copy: string,
  western: Folded,
  eastern: Folded,
  read: readonly ClaimLanguage[],
): Pick<Hit, "language" | "start" | "end" | "quote"> | null {
  for (const language of read) {
    const hint = labels.hints.get(language);
    if (!hint) continue;
    const folded = isJoined(language) ? eastern : western;
    const weak = isJoined(language) ? labels.weak?.joined : labels.weak?.spaced;
    const innocent = hint.except ? placesOf(hint.except, folded.text) : [];
    const found =
      placesOf(hint.pattern, folded.text).find(
        ([from, to]) => !innocent.some(([start, end]) => start < to && end > from),
      ) ?? (weak ? placesOf(weak, folded.text)[0] : undefined);
    if (!found) continue;
    const start = folded.at[found[0]] ?? 0;
    const end = folded.at[found[1]] ?? copy.length;
    return { language, start, end, quote: copy.slice(start, end).trim() };
  }
  return null;
}
