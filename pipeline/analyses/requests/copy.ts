// A copy that somebody asks about, and what the rules of its market say of it: the part that needs no model and always comes first.
import type { Severity } from "../../../data/contract/claims.ts";
import type { Approval } from "../../../data/contract/request.ts";
import { type Reader, readerOf } from "../../../data/reference/claims/check.ts";
import type { Checked } from "../../../data/reference/claims/checked.ts";
import { ruleBooks } from "../../../data/reference/claims/read-files.ts";
import { penalties } from "../../../data/reference/claims/score.ts";
import { LeapError } from "../../core/errors.ts";
import { languageOf } from "../../texts/language.ts";

export interface AskedCopy {
  /** What it is called in the ledger: request and market, never the copy itself. */
  readonly item: string;
  readonly copy: string;
  /** A market with a rule book, in lower case. */
  readonly market: string;
  /** ISO 639-1; null lets it be recognised. */
  readonly language: string | null;
  /** Whether somebody is paid to post it; null lets the copy's own hints decide. */
  readonly paid: boolean | null;
  /** Product and brief: more words to find notes by. */
  readonly about: string;
  /** Brands and products that may be named. */
  readonly names: readonly string[];
}

/** A copy with what the rules found in it. */
export interface ReadCopy {
  readonly asked: AskedCopy;
  readonly reader: Reader;
  readonly rules: Checked;
  /** What it is written in, ISO 639-1: as stated, as the rules saw it, as its letters tell, or else the market's own language. */
  readonly language: string;
}

const readers = new Map<string, Reader>();

/** Throws LeapError on a market without a rule book. */
export function readCopy(asked: AskedCopy): ReadCopy {
  const reader = readerFor(asked.market);
  const rules = reader.read(asked.copy, {
    language: asked.language ?? undefined,
    paid: asked.paid ?? undefined,
  });
  return { asked, reader, rules, language: languageOfAsked(asked, reader, rules) };
}

function readerFor(market: string): Reader {
  const known = readers.get(market);
  if (known) return known;
  const book = ruleBooks().get(market);
  if (!book) throw new LeapError(`unknown market: ${market}. Known: ${[...ruleBooks().keys()].join(", ")}.`);
  const reader = readerOf(book);
  readers.set(market, reader);
  return reader;
}

function languageOfAsked({ copy, language }: AskedCopy, reader: Reader, rules: Checked): string {
  const seen = rules.language.detected;
  if (language !== null) return language;
  if (seen !== "other" && seen !== "unknown") return seen;
  const told = languageOf(copy).language;
  // A slogan of three words may be any language's; rules read it in all that they know.
  return told === "und" ? (reader.market.languages[0] as string) : told;
}

/** `Germany` for `de`: the same words whoever asks, so that an answer is found again. */
export const nameOfMarket = (code: string): string =>
  new Intl.DisplayNames(["en"], { type: "region" }).of(code.toUpperCase()) ?? code;

const ofRules = { approved: "approve", needs_revision: "revise", rejected: "reject" } as const;

/** The rules' verdict; null where they could not read the copy. */
export const ruleVerdict = ({ approval_status: status }: Checked): Approval | null =>
  status === null ? null : ofRules[status];

/** Severity of the gravest finding of the rules, sensitivities included. */
export function worstOf({ hits, sensitivity_issues }: Checked): Severity | null {
  const found = [...hits, ...sensitivity_issues].map(({ severity }) => severity);
  return found.toSorted((a, b) => penalties[b] - penalties[a])[0] ?? null;
}

export type Held = { readonly text: string } | { readonly broken: string };

/**
 * Holds a text that was written anew against the rules of its market. What breaks one, by more than a matter of polish, is not used; a missing label of
 * advertising is put in front, because that is no question of wording.
 */
export function held({ asked, reader }: ReadCopy, text: string, language: string): Held {
  const checked = reader.read(text, { language, paid: asked.paid ?? undefined });
  if (!checked.understood) return { broken: "no rule reads its language" };
  const wordings = checked.hits.filter(({ kind }) => kind !== "disclosure");
  const found = [...wordings, ...checked.sensitivity_issues].find(({ severity }) => severity !== "low");
  if (found) return { broken: `breaks ${"rule" in found ? found.rule : found.group}: ${found.title}` };
  const label = checked.hits.find(({ kind }) => kind === "disclosure");
  return { text: label ? `${label.suggestion}\n${text}` : text };
}
