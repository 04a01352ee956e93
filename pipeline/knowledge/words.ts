// How a text becomes search terms in any script: Latin words folded, the others as pairs of characters, because they part no words.
import { fold } from "../texts/fold.ts";

/**
 * Terms of a text in order. A Latin word loses its accents and a plural s; a run of Chinese, Japanese or Korean characters gives its
 * overlapping pairs, a single one itself.
 */
export function searchTerms(text: string): string[] {
  return [...fold(text).matchAll(RUNS)].flatMap(([run]) => (PAIRED.test(run) ? pairsOf(run) : [stem(run)]));
}

/** Whether a term is a word that may be completed: pairs are not, and short words would match everything. */
export const completes = (term: string): boolean => term.length >= 5 && !PAIRED.test(term);

const SCRIPTS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々\\p{Script=Hangul}";
const RUNS = new RegExp(`[${SCRIPTS}]+|[[\\p{L}\\p{N}]--[${SCRIPTS}]]+`, "gv");
const PAIRED = new RegExp(`[${SCRIPTS}]`, "v");

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return [run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

const stem = (word: string): string => (word.length > 3 ? word.replace(/(?<=[^s])s$/, "") : word);
