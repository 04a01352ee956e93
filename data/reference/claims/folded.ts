// A copy folded for reading, with the way back: every folded character knows where it stood, so that a hit can quote the words as written.
// Two foldings: `spaced` for scripts that part words, `joined` for Japanese and Korean, where a space says little and may be inserted anywhere.
import { unmarked } from "../latin.ts";

export interface Folded {
  readonly text: string;
  /** Position in the copy of each folded character, and the copy's length at the end. */
  readonly at: Int32Array;
}

/** Lower case, compatibility forms, accents off Latin letters, one kind of apostrophe and space. */
export function spaced(copy: string): Folded {
  return folded(copy, (text, index, kept) => {
    const letter = simple(text);
    if (letter !== text) return letter;
    if (text === "." && /\d/.test(kept.tail) && /\d/.test(copy[index + 1] ?? "")) return ",";
    return text;
  });
}

/**
 * As `spaced`, and without spaces, single line ends and marks set between characters; katakana becomes hiragana, because シミ and しみ are one word.
 * An empty line and the start of a list item stay: what stands there is another sentence.
 */
export function joined(copy: string): Folded {
  return folded(copy, (text, index, kept) => {
    if (text === "\n" || text === "\r") {
      const rest = copy.slice(index + 1, index + 5);
      return /^[ \t\r]*(?:\n|[-・•*●■◆✓✔☑#])/.test(rest) || /[。.!?]$/.test(kept.tail) ? "\n" : "";
    }
    if (/[\s\u200b-\u200d\ufeff]/.test(text)) return "";
    if (
      /[*_^~·∙-]/.test(text) &&
      fullWidth.test(kept.tail) &&
      fullWidth.test(copy.slice(index + 1).trimStart()[0] ?? "")
    )
      return "";
    if (text === "." && /\d/.test(kept.tail) && /\d/.test(copy[index + 1] ?? "")) return ",";
    return hiragana(simple(text));
  });
}

/** Folds a pattern as `joined` folds a text: kana only, since notation must survive. */
export const hiragana = (text: string): string =>
  text.replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

const fullWidth = /[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]$/;
const marks: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  ʼ: "'",
  "´": "'",
  "‑": "-",
  "‐": "-",
};

/** One character, folded; a ligature gives two. */
export function simple(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code < 0x80) return code >= 65 && code <= 90 ? letter.toLowerCase() : letter;
  const known = marks[letter];
  if (known !== undefined) return known;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x3000) return " ";
  if (code === 0x200b || code === 0xad) return "";
  if (code >= 0xac00 && code <= 0xd7a3) return letter;
  const normal = letter.normalize("NFKC").toLowerCase();
  return /[\u00c0-\u024f\u1e00-\u1eff]/.test(normal) ? unmarked(normal) : normal;
}

interface Kept {
  /** The last folded character. */
  tail: string;
}

function folded(copy: string, fold: (text: string, index: number, kept: Kept) => string): Folded {
  const parts: string[] = [];
  const at: number[] = [];
  const kept: Kept = { tail: "" };
  for (let index = 0; index < copy.length; ) {
    const length = clusterLength(copy, index);
    const out = fold(copy.slice(index, index + length).normalize("NFKC"), index + length - 1, kept);
    for (let place = 0; place < out.length; place++) at.push(index);
    if (out !== "") {
      parts.push(out);
      kept.tail = out[out.length - 1] as string;
    }
    index += length;
  }
  at.push(copy.length);
  return { text: parts.join(""), at: Int32Array.from(at) };
}

/** A letter with the marks that follow it, a half-width kana with its voicing, a run of conjoining jamo: composed before folding. */
function clusterLength(copy: string, index: number): number {
  let end = index + 1;
  const first = copy.charCodeAt(index);
  if (first < 0x80 && !(copy.charCodeAt(end) >= 0x300 && copy.charCodeAt(end) <= 0x36f)) return 1;
  for (; end < copy.length; end++) {
    const code = copy.charCodeAt(end);
    const mark =
      (code >= 0x300 && code <= 0x36f) ||
      code === 0x3099 ||
      code === 0x309a ||
      code === 0xff9e ||
      code === 0xff9f;
    const jamo = first >= 0x1100 && first <= 0x1112 && code >= 0x1161 && code <= 0x11c2;
    if (!mark && !jamo) break;
  }
  return end - index;
}
