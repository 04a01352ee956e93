// Who speaks for himself: captions that are nearly the same are one text, and people who post the same texts again and again are one voice.
import { nearDuplicates, simhash } from "../../stats/simhash.ts";
import { fold } from "../../texts/fold.ts";

/** A caption with everybody who posted it, letter for letter. */
export interface Said {
  readonly text: string;
  /** Keyed hashes of those whom the source names. */
  readonly authors: readonly string[];
  /** Posts whose author it does not name. */
  readonly unnamed: number;
}

/** Letters below which two people may have hit on the same words. */
const longEnough = 40;
/** Authors that make a group a pod. */
const fewestMembers = 3;
/** Texts two people must share to be tied, and the least share of what the one who says less says. */
const tie = { texts: 2, share: 0.2 };
/** A text that more people pasted went round; it ties nobody. */
const mostPasters = 50;

/**
 * Near-duplicates (simhash of the letters, at most 3 of 64 places apart; the first stands for all) become one text of all their authors. Authors who
 * share at least two long texts, and a fifth of what the one who says less says, are tied; three or more tied together are a pod. What a pod
 * pasted is left out; in what else its members say, they count as one voice.
 */
export function ownVoices<Text extends Said>(said: readonly Text[]): Text[] {
  const letters = said.map(({ text }) => lettersOf(text));
  const first = nearDuplicates(letters.map(simhash));
  const merged = [
    ...Map.groupBy(said.keys(), (i) =>
      (letters[i] as string).length < longEnough ? i : (first[i] as number),
    ),
  ].map(([head, copies]) => ({
    ...(said[head] as Text),
    authors: [...new Set(copies.flatMap((i) => (said[i] as Text).authors))].sort(),
    unnamed: copies.reduce((sum, i) => sum + (said[i] as Text).unnamed, 0),
    isLong: (letters[head] as string).length >= longEnough,
  }));
  const podOf = pods(merged);
  return merged.flatMap(({ isLong, ...text }) => {
    const inPods = text.authors.flatMap((author) => podOf.get(author) ?? []);
    if (isLong && inPods.length > new Set(inPods).size) return [];
    return [
      {
        ...text,
        authors: [...new Set(text.authors.map((author) => podOf.get(author) ?? author))].sort(),
      } as unknown as Text,
    ];
  });
}

/** Case, spaces, emoji, tags, links and digits differ from copy to copy. */
function lettersOf(text: string): string {
  return fold(text.replace(/[#@]\S+|https?:\/\/\S+/g, "")).replace(/[^\p{L}]/gu, "");
}

/** Author → name of the pod. */
function pods(texts: readonly (Said & { readonly isLong: boolean })[]): Map<string, string> {
  const count = new Map<string, number>();
  const shared = new Map<string, number>();
  for (const { authors, isLong } of texts) {
    for (const author of authors) count.set(author, (count.get(author) ?? 0) + 1);
    if (!isLong || authors.length > mostPasters) continue;
    for (let a = 1; a < authors.length; a++)
      for (let b = 0; b < a; b++) {
        const pair = `${authors[b]}\n${authors[a]}`;
        shared.set(pair, (shared.get(pair) ?? 0) + 1);
      }
  }
  const head = new Map<string, string>();
  const headOf = (author: string): string => {
    const above = head.get(author) ?? author;
    return above === author ? author : headOf(above);
  };
  for (const [pair, texts] of shared) {
    const [one, other] = pair.split("\n") as [string, string];
    const fewer = Math.min(count.get(one) as number, count.get(other) as number);
    if (texts < tie.texts || texts < tie.share * fewer) continue;
    const [a, b] = [headOf(one), headOf(other)].sort() as [string, string];
    head.set(b, a);
  }
  const tied = new Set([...head].flat());
  const groups = Map.groupBy(tied, headOf);
  return new Map(
    [...groups].flatMap(([name, members]) =>
      members.length >= fewestMembers ? members.map((author) => [author, `pod ${name}`] as const) : [],
    ),
  );
}
