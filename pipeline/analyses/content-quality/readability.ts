// How easily a caption reads, by the formula made for its language: Flesch's reading ease and its relatives, 0 hard to 100 easy.

/** Words, or characters where words are not spaced, below which a caption is too short to say. */
export const fewestWords = 5;
export const fewestCharacters = 12;

/**
 * Reading ease, cut to 0-100. English: Flesch 1948; German: Amstad 1978; French: Kandel and Moles 1958; Spanish: Fernández Huerta 1959. Japanese and
 * Korean have no settled formula: 100 for sentences of 20 (15) characters or fewer, falling to 0 at 80 (60); ours. Null for other
 * languages and for captions too short. `text` comes without hashtags and links.
 */
export function readability(text: string, language: string): number | null {
  const sentences = Math.max(1, text.split(/[.!?。！？…\n]+/u).filter((part) => /\p{L}/u.test(part)).length);
  const perSentence = characterLimits[language];
  if (perSentence) {
    const characters = (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
    if (characters < fewestCharacters) return null;
    return cut((100 * (perSentence.hard - characters / sentences)) / (perSentence.hard - perSentence.easy));
  }
  const formula = formulas[language];
  if (!formula) return null;
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  if (words.length < fewestWords) return null;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0);
  return cut(formula(words.length / sentences, syllables / words.length));
}

const characterLimits: Readonly<Record<string, { easy: number; hard: number }>> = {
  ja: { easy: 20, hard: 80 },
  ko: { easy: 15, hard: 60 },
};

/** Of words a sentence and syllables a word. */
const formulas: Readonly<Record<string, (words: number, syllables: number) => number>> = {
  en: (words, syllables) => 206.835 - 1.015 * words - 84.6 * syllables,
  de: (words, syllables) => 180 - words - 58.5 * syllables,
  fr: (words, syllables) => 209 - 1.15 * words - 68 * syllables,
  es: (words, syllables) => 206.84 - 1.02 * words - 60 * syllables,
};

/** Groups of vowels; a silent e at the end counts for nothing in English and French. At least one. */
export function syllablesOf(word: string, language: string): number {
  const spoken =
    language === "en"
      ? word.replace(/(?<=[^aeiouy\W]{1})e(s|d)?$/u, "")
      : language === "fr"
        ? word.replace(/(?<=\p{L}{2})e(s|nt)?$/u, "")
        : word;
  return Math.max(1, (spoken.match(/[aeiouyàâäæáãåèéêëìíîïòóôöœõøùúûüýÿ]+/gu) ?? []).length);
}

const cut = (value: number): number => Math.min(100, Math.max(0, value));
