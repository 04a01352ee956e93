// How well hashtags fit: how many, how many of them name what the publication is about, how many could stand under any picture.

export const fewestTags = 3;
export const mostTags = 10;
/** Variants shorter than this match a whole tag only: `spf` inside `spfx` would be an accident. Full-width scripts say more in fewer letters. */
export const shortestPart = { latin: 4, fullWidth: 2 };

export interface HashtagScores {
  readonly count: number;
  readonly topic: number;
  readonly generic: number;
  readonly relevance: number;
}

/** `tags` lower case without #; without tags every part is 0. */
export function hashtagScores(
  tags: readonly string[],
  isTopic: (tag: string) => boolean,
  generic: ReadonlySet<string>,
): HashtagScores {
  if (tags.length === 0) return { count: 0, topic: 0, generic: 0, relevance: 0 };
  const count = countScore(tags.length);
  const topic = (100 * tags.filter(isTopic).length) / tags.length;
  const plain = 100 - (100 * tags.filter((tag) => generic.has(tag)).length) / tags.length;
  return { count, topic, generic: plain, relevance: (count + topic + plain) / 3 };
}

/** 100 between 3 and 10 tags; outside in proportion. */
export function countScore(tags: number): number {
  if (tags < fewestTags) return (100 * tags) / fewestTags;
  return tags > mostTags ? (100 * mostTags) / tags : 100;
}

/** A test whether a tag names one of the words: as a whole, or, for words long enough, as part of a compound such as #glassskinroutine. */
export function topicTest(words: readonly string[]): (tag: string) => boolean {
  const folded = [...new Set(words.map(fold).filter((word) => word !== ""))];
  const whole = new Set(folded);
  const parts = folded.filter((word) => {
    const least = /^[\p{Script=Latin}\p{N}_]+$/u.test(word) ? shortestPart.latin : shortestPart.fullWidth;
    return [...word].length >= least;
  });
  const known = new Map<string, boolean>();
  return (tag) => {
    const key = fold(tag);
    const found = known.get(key) ?? (whole.has(key) || parts.some((part) => key.includes(part)));
    known.set(key, found);
    return found;
  };
}

/** As tags are written: lower case, no spaces, hyphens or accents, so that “sérum visage” and #serumvisage are one. */
const fold = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]/gu, "");
