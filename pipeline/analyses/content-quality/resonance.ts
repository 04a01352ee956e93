// What captions of a market that did better than size, format and time explain have in common, learned from other accounts' posts; and whether
// that holds for posts it was not learned from.
import { quantileSorted } from "../../stats/quantile.ts";
import { correlation, midRanks, rankCorrelation } from "../../stats/rank-correlation.ts";
import { ridge } from "../../stats/ridge.ts";
import { type Caption, traitNames, traitsOf, wordsOf } from "./caption-features.ts";

export interface Read {
  readonly traits: readonly number[];
  readonly words: readonly string[];
}

export const readCaption = (caption: Caption): Read => ({
  traits: traitsOf(caption),
  words: wordsOf(caption),
});

export interface Resonance {
  /** Engagement to be expected above what is usual, in logarithms. */
  expect(caption: Read): number;
  /** The same as a place among the captions it was learned from, 0-100. */
  score(caption: Read): number;
  /** Weight of each trait per standard deviation, in logarithms; the largest first. */
  readonly traits: readonly { readonly trait: string; readonly weight: number }[];
}

/** Posts that a word must stand in, and the posts' worth of nothing that its effect is shrunk by. */
export const fewestPostsOfWord = 2;
export const wordPrior = 10;
/** Posts below which nothing is learned. */
export const fewestPosts = 60;

/** Learns from captions and the engagement left. A ridge over the traits, then shrunken effects of words on what it leaves. Null for too few posts. */
export function learnResonance(captions: readonly Read[], left: readonly number[]): Resonance | null {
  if (captions.length < fewestPosts) return null;
  // A caption unlike any that was learned from is read as the nearest of them: a line knows nothing beyond its ends.
  const ends = traitNames.map((_, i) => endsOf(captions.map(({ traits }) => traits[i] as number)));
  const within = ({ traits }: Read) =>
    traits.map((value, i) => Math.min(ends[i]?.high as number, Math.max(ends[i]?.low as number, value)));
  const line = ridge(captions.map(within), left);
  const centre = left.reduce((sum, value) => sum + value, 0) / left.length;
  const words = wordEffects(
    captions,
    left.map((value) => value - centre),
  );
  // The two tell the same in part (a word can stand for its length), so each is asked on its own and they are added in their own spread.
  const parts = captions.map((caption) => ({
    traits: line.predict(within(caption)) - centre,
    words: words(caption),
  }));
  const spread = (of: (part: { traits: number; words: number }) => number) =>
    Math.sqrt(parts.reduce((sum, part) => sum + of(part) ** 2, 0) / parts.length);
  const [traitSpread, wordSpread] = [spread(({ traits }) => traits), spread((part) => part.words)];
  const expect = (caption: Read) =>
    (traitSpread < 1e-9 ? 0 : (line.predict(within(caption)) - centre) / traitSpread) +
    (wordSpread < 1e-9 ? 0 : words(caption) / wordSpread);
  const known = Float64Array.from(captions, expect).sort();
  return {
    expect,
    score: (caption) => place(known, expect(caption)),
    traits: traitNames
      .map((trait, i) => ({
        trait,
        weight:
          (line.coefficients[i] as number) * spreadOf(captions.map((caption) => caption.traits[i] as number)),
      }))
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
  };
}

/** Mean of what is left over the posts with a word, shrunk; a caption's effect is the sum over its words by √words. */
function wordEffects(captions: readonly Read[], left: readonly number[]): (caption: Read) => number {
  const seen = new Map<string, { n: number; sum: number }>();
  captions.forEach(({ words }, i) => {
    for (const word of words) {
      const held = seen.get(word) ?? { n: 0, sum: 0 };
      seen.set(word, { n: held.n + 1, sum: held.sum + (left[i] as number) });
    }
  });
  const effects = new Map(
    [...seen]
      .filter(([, { n }]) => n >= fewestPostsOfWord)
      .map(([word, { n, sum }]) => [word, sum / (n + wordPrior)]),
  );
  return ({ words }) => {
    const known = words.flatMap((word) => effects.get(word) ?? []);
    return known.length === 0 ? 0 : known.reduce((sum, effect) => sum + effect, 0) / Math.sqrt(known.length);
  };
}

function place(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  let equal = low;
  while (equal < sorted.length && sorted[equal] === value) equal++;
  return (100 * (low + (equal - low) / 2)) / sorted.length;
}

/** The middle 98 % of the values. */
function endsOf(values: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(values).sort();
  return { low: quantileSorted(sorted, 0.01), high: quantileSorted(sorted, 0.99) };
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

export interface Validity {
  readonly n: number;
  /** Spearman's ρ with the engagement left, and its 95 % interval over resampled authors (or posts, where nobody names them). */
  readonly rho: number;
  readonly low: number;
  readonly high: number;
}

const draws = 400;

/**
 * Scores that five folds learned share most of what they were learned from, so they agree more than chance would have them; their interval is
 * widened by √((1/5 + 1/4) / (1/5)) (Nadeau and Bengio 2003). Without it a market of pure chance proves itself in 8 of 100 cases.
 */
export const learnedWiden = 1.5;

/** Does a score go with the engagement left? Null for fewer than 30 posts or a constant score. */
export function validityOf(
  scores: readonly number[],
  left: readonly number[],
  groups: readonly string[],
  random: () => number,
  widen = 1,
): Validity | null {
  if (scores.length < 30) return null;
  const rho = rankCorrelation(scores, left);
  if (rho === null) return null;
  // Ranks once: a resample of ranks is as good as the rank of a resample, and takes a tenth of the time.
  const [a, b] = [midRanks(scores), midRanks(left)];
  const members = [
    ...Map.groupBy(
      groups.map((group, i) => ({ group, i })),
      ({ group }) => group,
    ).values(),
  ];
  const clusters =
    members.length >= 10 ? members.map((own) => own.map(({ i }) => i)) : groups.map((_, i) => [i]);
  const drawn = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const chosen = clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] as number[]);
    drawn[draw] =
      correlation(
        chosen.map((i) => a[i] as number),
        chosen.map((i) => b[i] as number),
      ) ?? 0;
  }
  drawn.sort();
  const end = (share: number) =>
    Math.min(1, Math.max(-1, rho + widen * (quantileSorted(drawn, share) - rho)));
  return { n: scores.length, rho, low: end(0.025), high: end(0.975) };
}

/**
 * For each post a resonance learned without its author: by authors in five folds, or, where there are fewer than ten, forward in time in
 * five steps of the later half. Null where nothing could be learned.
 */
export function unseenResonance(
  captions: readonly Read[],
  left: readonly number[],
  authors: readonly (string | null)[],
  order: readonly number[],
): (number | null)[] {
  // As they come: sorted by name, the folds would hang on the key under which names are hashed.
  const names = [...new Set(authors.filter((author) => author !== null))];
  const found = new Array<number | null>(captions.length).fill(null);
  const judge = (fitted: readonly number[], held: readonly number[]) => {
    const learned = learnResonance(
      fitted.map((i) => captions[i] as Read),
      fitted.map((i) => left[i] as number),
    );
    if (learned) for (const i of held) found[i] = learned.score(captions[i] as Read);
  };
  const all = captions.map((_, i) => i);
  if (names.length >= 10) {
    const fold = new Map(names.map((name, i) => [name, i % 5]));
    for (let id = 0; id < 5; id++) {
      const isHeld = (i: number) => (authors[i] === null ? i % 5 : fold.get(authors[i] as string)) === id;
      judge(
        all.filter((i) => !isHeld(i)),
        all.filter(isHeld),
      );
    }
  } else {
    const later = all.toSorted((a, b) => (order[a] as number) - (order[b] as number) || a - b);
    const start = Math.floor(later.length / 2);
    const step = Math.max(1, Math.ceil((later.length - start) / 5));
    for (let from = start; from < later.length; from += step)
      judge(later.slice(0, from), later.slice(from, from + step));
  }
  return found;
}
