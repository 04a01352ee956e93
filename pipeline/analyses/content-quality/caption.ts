// How well a caption is made: length, call to action, hook, language, ease of reading. Each part is a rule a reader can check by hand.
import { asksForAction } from "./call-to-action.ts";
import { readability } from "./readability.ts";

/** First sentences up to this width hook; full-width characters count two, because they carry about twice as much. */
export const hookWidth = 60;

/** Middle half of caption lengths in a market, in characters without hashtags and links. */
export interface MiddleHalf {
  readonly low: number;
  readonly high: number;
}

export interface CaptionScores {
  readonly length: number;
  readonly callToAction: number;
  readonly hook: number;
  /** Null when the language of the caption or of the market is not known. */
  readonly language: number | null;
  /** Null when the caption is too short, or in a language without a formula. */
  readonly readability: number | null;
  readonly effectiveness: number;
}

export function captionScores(
  caption: string,
  language: string,
  marketLanguages: readonly string[],
  usual: MiddleHalf,
): CaptionScores {
  const length = lengthScore(plainLength(caption), usual);
  const callToAction = asksForAction(caption, language) ? 100 : 0;
  const hook = hooks(caption) ? 100 : 0;
  const told = language !== "und" && marketLanguages.length > 0;
  const match = told ? (marketLanguages.includes(language) ? 100 : 0) : null;
  const ease = readability(withoutTags(caption), language);
  const parts = [length, callToAction, hook, match, ease].filter((part) => part !== null);
  return {
    length,
    callToAction,
    hook,
    language: match,
    readability: ease,
    effectiveness: parts.reduce((sum, part) => sum + part, 0) / parts.length,
  };
}

/** 100 inside the middle half; outside in proportion: half as long as its short end, or twice as long as its long end, is 50. */
export function lengthScore(length: number, { low, high }: MiddleHalf): number {
  if (length < low) return (100 * length) / low;
  return length > high ? (100 * high) / length : 100;
}

/** Characters a reader reads: code points without hashtags and links. */
export function plainLength(caption: string): number {
  return [...withoutTags(caption)].length;
}

/** True when the first sentence asks a question or is short. An empty caption hooks nobody. */
export function hooks(caption: string): boolean {
  const sentence = /^[^.!?。！？…\n]+[.!?。！？…]*/u.exec(withoutTags(caption))?.[0].trim() ?? "";
  return sentence !== "" && (/[?？]/u.test(sentence) || widthOf(sentence) < hookWidth);
}

export const withoutTags = (caption: string): string =>
  caption
    .replace(/https?:\/\/\S+/gu, " ")
    .replace(/[#＃][\p{L}\p{M}\p{N}_]+/gu, " ")
    .replace(/[^\S\n]+/gu, " ")
    .trim();

const fullWidth =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (fullWidth.test(character) ? 2 : 1), 0);
