// Walks whose pages lead back to where they have been: a page is known by what stands first on it, by the mark that led to it, and by its times.

/** Of the pages seen so far; short enough for every checkpoint. */
export type Walked = {
  readonly marks: readonly string[];
  readonly firsts: readonly string[];
  /** Time of the oldest post so far; null at the beginning. */
  readonly oldest: string | null;
};

export const notWalked: Walked = { marks: [], firsts: [], oldest: null };

export interface WalkedPage {
  /** Id of the first post; null where there is none. */
  readonly first: string | null;
  /** The mark of the next page. */
  readonly next: string | null;
  /** Times of its posts, of one form, where the walk goes back in time. */
  readonly times?: readonly string[];
}

/** The walk with one more page; null where it leads nowhere new: a page that was there before, or one that is all newer than what was reached. */
export function walked(
  { marks, firsts, oldest }: Walked,
  { first, next, times = [] }: WalkedPage,
): Walked | null {
  if (first !== null && firsts.includes(first)) return null;
  if (next !== null && marks.includes(next)) return null;
  const sorted = [...times].sort();
  const [earliest, latest] = [sorted[0] ?? null, sorted.at(-1) ?? null];
  // Posts of one moment may fill pages; only what lies after it has turned back.
  if (oldest !== null && earliest !== null && latest !== null && earliest >= oldest && latest > oldest)
    return null;
  return {
    marks: next === null ? marks : [...marks, next],
    firsts: first === null ? firsts : [...firsts, first],
    oldest: oldest === null || (earliest !== null && earliest < oldest) ? earliest : oldest,
  };
}
