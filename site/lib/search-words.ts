// Words a search index should find a page by, beside those on it. The index knows words by their beginnings only, which
// fails scripts that write without spaces: 美容液 would not find PDRN美容液, nor 화장품 한국화장품.

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;

/** The words, followed by every ending (two characters and more) of those in unspaced scripts. */
export function searchWords(words: readonly string[]): string {
  const all = words.flatMap((word) => word.split(/\s+/)).flatMap((word) => [word, ...endings(word)]);
  return [...new Set([...words, ...all])].join(" ");
}

function endings(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, place) =>
    place > 0 && unspaced.test(letter) && letters.length - place >= 2 ? [letters.slice(place).join("")] : [],
  );
}
