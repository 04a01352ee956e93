// How an account did lately: a level that fades, from posts published before the one that is predicted. Later posts would be a look ahead.
import type { Planned } from "./post.ts";

/** Posts after which an earlier one counts half. */
export const halfLife = 8;
/** Posts' worth of everybody's mean that a level starts from. The account's own mean would hold the very outcome that is to be predicted. */
const prior = 2;

interface Past extends Planned {
  readonly outcome: number;
}

/** The account's fading mean of log outcomes before a post, minus the mean of all posts; [] when posts bear no instant. */
export function levelsOf(posts: readonly Past[]): (post: Planned) => number[] {
  const dated = posts.filter((post) => post.at !== null);
  if (dated.length < posts.length || new Set(dated.map((post) => post.at)).size < 2) return () => [];
  const mean = dated.reduce((sum, post) => sum + Math.log1p(post.outcome), 0) / dated.length;
  const byAccount = Map.groupBy(dated, (post) => post.account ?? "");
  const past = new Map([...byAccount].map(([account, own]) => [account, fading(own, mean)]));
  return (post) => [past.get(post.account ?? "")?.(post.at as number) ?? 0];
}

function fading(posts: readonly Past[], mean: number): (at: number) => number {
  const ordered = posts.toSorted((a, b) => (a.at as number) - (b.at as number));
  const logs = ordered.map((post) => Math.log1p(post.outcome));
  const keep = 0.5 ** (1 / halfLife);
  const sums: number[] = [0];
  const weights: number[] = [0];
  logs.forEach((value, i) => {
    sums.push(keep * (sums[i] as number) + value - mean);
    weights.push(keep * (weights[i] as number) + 1);
  });
  const times = ordered.map((post) => post.at as number);
  return (at) => {
    let before = 0;
    let after = times.length;
    while (before < after) {
      const middle = (before + after) >> 1;
      if ((times[middle] as number) < at) before = middle + 1;
      else after = middle;
    }
    return (sums[before] as number) / ((weights[before] as number) + prior);
  };
}
