// What stands around a wording decides whether it is a claim: negation, a question that only asks, talk about claims, a doctor who treats.
import type { ClaimLanguage, Wording } from "../../contract/claims.ts";
import { expressionOf, isJoined } from "./pattern.ts";

/** Why a wording that was found is no claim. */
export const innocences = ["exception", "negated", "spoken_about", "other_agent", "asks"] as const;
export type Innocence = (typeof innocences)[number];

export interface Context {
  readonly language: ClaimLanguage;
  readonly negatedBefore: RegExp;
  readonly negatedAfter: RegExp;
  readonly notNegation: RegExp;
  readonly spokenAbout: RegExp;
  readonly otherAgent: RegExp;
  readonly asks: RegExp;
  readonly affirms: RegExp;
  /** What was said of the last sentences: many wordings are found in one, and what stands around them is the same. */
  readonly said: Map<string, "spoken_about" | "other_agent" | null>;
}

export function contextOf(wording: Wording): Context {
  const list = (patterns: readonly string[]) =>
    patterns.length > 0 ? expressionOf(patterns, wording) : /(?!)/g;
  const { context } = wording;
  return {
    language: wording.language,
    negatedBefore: list(context.negated_before),
    negatedAfter: list(context.negated_after),
    notNegation: list(context.not_negation),
    spokenAbout: list(context.spoken_about),
    otherAgent: list(context.other_agent),
    asks: list(context.asks),
    affirms: list(context.affirms),
    said: new Map(),
  };
}

/** How far a negation reaches: words before and after in spaced scripts, characters in joined ones. */
const reach = {
  wordsBefore: 8,
  wordsAfter: 4,
  charactersBefore: 12,
  charactersAfter: 14,
  contextSpaced: 200,
  contextJoined: 50,
};

/** The reason why text[start, end) makes no claim, or null when it makes one. */
export function innocenceOf(
  text: string,
  start: number,
  end: number,
  context: Context,
  part: { readonly negation: boolean; readonly agent: boolean },
): Innocence | null {
  const from = sentenceStart(text, start);
  const to = sentenceEnd(text, end);
  // Text without full stops, such as what is read off pictures, would let one word excuse a page.
  const around = isJoined(context.language) ? reach.contextJoined : reach.contextSpaced;
  const near = text.slice(Math.max(from, start - around), Math.min(to, end + around));
  const said = saidOf(near, context);
  if (said === "spoken_about" || (said === "other_agent" && !part.agent)) return said;
  if (isAsking(text, start, end, context)) return "asks";
  if (
    !part.negation &&
    isNegated(text.slice(from, start), text.slice(start, end), text.slice(end, to), context)
  )
    return "negated";
  return null;
}

/** Whether text[start, end) stands in a question that only asks: what follows does not affirm it. */
export function isAsking(text: string, start: number, end: number, context: Context): boolean {
  const to = sentenceEnd(text, end);
  const sentence = text.slice(sentenceStart(text, start), to);
  if (!asksSomething(sentence, text[to], context.language)) return false;
  const next = text.slice(to, to + 80).replace(/^[^\p{L}\p{N}]+/u, "");
  return has(context.asks, sentence, true) && !has(context.affirms, next, true);
}

function saidOf(near: string, context: Context): "spoken_about" | "other_agent" | null {
  let said = context.said.get(near);
  if (said === undefined) {
    said = has(context.spokenAbout, near)
      ? "spoken_about"
      : has(context.otherAgent, near)
        ? "other_agent"
        : null;
    if (context.said.size >= 64) context.said.clear();
    context.said.set(near, said);
  }
  return said;
}

/** Japanese and Korean may ask without a question mark. */
const asksSomething = (sentence: string, end: string | undefined, language: ClaimLanguage): boolean =>
  end === "?" ||
  (isJoined(language) && /(?:ですか|ますか|でしょうか|のか|(?<!니)까요?|인가요|는지)$/.test(sentence));

function isNegated(before: string, hit: string, after: string, context: Context): boolean {
  const joins = isJoined(context.language);
  const clauseBefore = before.split(joins ? /[、,]/ : /[,:()–—]| but | aber | sondern | mais /).at(-1) ?? "";
  const clauseAfter =
    after.split(joins ? nextVerb(context.language) : /[,:()–—]| but | aber | sondern | mais /)[0] ?? "";
  const near = joins
    ? clauseBefore.slice(-reach.charactersBefore)
    : lastWords(clauseBefore, reach.wordsBefore);
  const past = joins
    ? clauseAfter.slice(0, reach.charactersAfter)
    : firstWords(clauseAfter, reach.wordsAfter);
  if (has(context.negatedBefore, without(near, context.notNegation))) return true;
  // Inside the hit too: “heilt keine Akne” is found as “heilt … Akne”.
  if (!joins && has(context.negatedBefore, without(hit, context.notNegation))) return true;
  return has(context.negatedAfter, without(past, context.notNegation));
}

/**
 * Where what follows is said of another verb: after a comma, and after a Japanese “-te”, which hands the negation on to the next verb
 * (免疫力を高めて肌荒れしない boosts immunity), unless an auxiliary carries it back (消えていない, 消えてくれない, 消えてはいけない).
 */
const nextVerb = (language: ClaimLanguage): RegExp =>
  language === "ja" ? /[、,]|(?<=[\u3041-\u3096])て(?=[\u3400-\u9fff])/ : /[、,]/;

const without = (text: string, pattern: RegExp): string => text.replace(pattern, " ");

function has(pattern: RegExp, text: string, atStart = false): boolean {
  pattern.lastIndex = 0;
  if (!atStart) return pattern.test(text);
  const found = pattern.exec(text);
  return found !== null && /^[^\p{L}\p{N}]*$/u.test(text.slice(0, found.index));
}

const lastWords = (text: string, words: number): string =>
  text
    .split(/(?<=[^a-z0-9'])(?=[a-z0-9])/)
    .slice(-words)
    .join("");
const firstWords = (text: string, words: number): string =>
  text
    .split(/(?<=[^a-z0-9'])(?=[a-z0-9])/)
    .slice(0, words + 1)
    .join("");

const ends = new Set([".", "!", "?", "\n", "。", ";"]);

export function sentenceStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && !ends.has(text[start - 1] as string) && index - start < 400) start--;
  return start;
}

export function sentenceEnd(text: string, index: number): number {
  let end = index;
  while (end < text.length && !ends.has(text[end] as string) && end - index < 400) end++;
  return end;
}
