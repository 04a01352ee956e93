// Folding: one spelling for what readers see as one. NFKC, lower case, accents off Latin letters.
import { unmarked } from "../../data/reference/latin.ts";

/** Folds a text for matching. Length may change (ß → ss). */
export function fold(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase();
  // Only Latin letters lose their marks: a Japanese が without its dots is another word.
  return text.normalize("NFKC").toLowerCase().replace(latinMarked, foldedLetter);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the quick way out, and it includes controls.
const notAscii = /[^\x00-\x7f]/;
const latinMarked = /[\u00c0-\u024f\u1e00-\u1eff]|[\u0300-\u036f]/g;

const known = new Map<string, string>();

function foldedLetter(letter: string): string {
  let folded = known.get(letter);
  if (folded === undefined) {
    folded = unmarked(letter);
    known.set(letter, folded);
  }
  return folded;
}
