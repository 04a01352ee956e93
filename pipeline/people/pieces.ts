// Pieces of six words: short enough that a text which was cut, quoted or put into another file is found by one, long enough that hardly
// anybody else writes the same. Two letters of a script without spaces weigh as one word.

const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu;
const SINGLE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const PIECE = 6;

/** Every piece of a text, in its order. Case, signs, links' punctuation and line breaks do not matter. Fewer than six words have none. */
export function* piecesOf(text: string, begins?: ReadonlySet<string>): Generator<string> {
  const words = text.normalize("NFC").toLowerCase().match(WORDS) ?? [];
  const weights = words.map((word) => (SINGLE.test(word) ? 0.5 : 1));
  for (const [start, first] of words.entries()) {
    if (begins && !begins.has(first)) continue;
    let weight = 0;
    let end = start;
    while (end < words.length && weight < PIECE) {
      weight += weights[end] as number;
      end += 1;
    }
    if (weight < PIECE) return;
    yield words.slice(start, end).join(" ");
  }
}

/** The first words of pieces: a text is only read on where one of them stands. */
export const beginsOf = (pieces: Iterable<string>): Set<string> =>
  new Set([...pieces].map((piece) => piece.split(" ", 1)[0] as string));

/** True where one of the pieces stands in the text. */
export function holdsPiece(text: string, pieces: ReadonlySet<string>, begins: ReadonlySet<string>): boolean {
  if (pieces.size === 0) return false;
  for (const piece of piecesOf(text, begins)) if (pieces.has(piece)) return true;
  return false;
}
