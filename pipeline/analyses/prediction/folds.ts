// Which posts a model is fitted on and which it is then judged by: by chance, or always later ones.
import type { Planned } from "./post.ts";

export interface Fold {
  readonly id: number;
  /** Places of the posts fitted on, and of those held back. */
  readonly fitted: readonly number[];
  readonly held: readonly number[];
}

/** Fewer folds for many posts: the fits are nearly the same there, and take longer. */
const foldCountFor = (posts: number): number => (posts > 1000 ? 5 : 8);
/** Share of the posts, in the order of time, that the first fold ahead is fitted on. */
export const firstPart = 0.4;

/** Every post held back once, in folds of nearly equal size. None for a single post. */
export function chanceFolds(n: number, random: () => number, count = foldCountFor(n)): Fold[] {
  if (n < 2) return [];
  const order = Array.from({ length: n }, (_, i) => ({ i, key: random() })).sort((a, b) => a.key - b.key);
  const folds = Math.min(count, n);
  return Array.from({ length: folds }, (_, id) => ({
    id,
    fitted: order.filter((_, rank) => rank % folds !== id).map(({ i }) => i),
    held: order.filter((_, rank) => rank % folds === id).map(({ i }) => i),
  }));
}

/** The later posts in blocks, each judged by what came before it. Posts of one instant stay together. Needs instants. */
export function forwardFolds(posts: readonly Planned[], count = foldCountFor(posts.length)): Fold[] {
  const order = posts.map((_, i) => i).sort((a, b) => instant(posts[a]) - instant(posts[b]) || a - b);
  const first = Math.max(1, Math.floor(posts.length * firstPart));
  const step = Math.max(1, Math.ceil((posts.length - first) / count));
  const starts = new Set<number>();
  for (let start = first; start < order.length; start += step) {
    let at = start;
    while (
      at < order.length &&
      instant(posts[order[at] as number]) === instant(posts[order[at - 1] as number])
    )
      at++;
    if (at < order.length) starts.add(at);
  }
  const cuts = [...starts];
  return cuts.map((start, id) => ({
    id,
    fitted: order.slice(0, start),
    held: order.slice(start, cuts[id + 1] ?? order.length),
  }));
}

const instant = (post: Planned | undefined): number => post?.at ?? 0;
