// Holds bands against the posts that came after: those an edition printed, and those a fit of eight weeks ago would have.
import { bandShare, blockHours } from "./cells.ts";
import { fitPredictor } from "./model.ts";
import type { CreatorPost } from "./read.ts";

export const keptEditions = 8;
export const backTestWeeks = 8;
/** Posts a back-test needs to be fitted on, and to be judged by. */
export const fewestBackTestPosts = 30;

export interface Held {
  readonly posts: number;
  readonly inside: number;
  readonly below: number;
  readonly above: number;
}

export interface Band {
  readonly creator: string;
  readonly format: string;
  readonly weekday: number;
  readonly hour_from: number;
  readonly p10: number;
  readonly p90: number;
}

/** Posts against the bands that were printed for their creator, format and time, per creator. Paid posts were not predicted. */
export function heldBy(bands: readonly Band[], posts: readonly CreatorPost[]): Map<string, Held> {
  const byCell = new Map(bands.map((band) => [cellKey(band), band]));
  return counted(
    posts.flatMap((post) => {
      const hour_from = blockHours * Math.floor((post.hour ?? 0) / blockHours);
      const band = post.paid
        ? undefined
        : byCell.get(cellKey({ ...post, weekday: post.weekday ?? 0, hour_from }));
      return band ? [{ creator: post.creator, outcome: post.outcome, low: band.p10, high: band.p90 }] : [];
    }),
  );
}

const cellKey = (cell: { creator: string; format: string; weekday: number; hour_from: number }): string =>
  `${cell.creator} ${cell.format} ${cell.weekday} ${cell.hour_from}`;

/** Fits on what was published before each fortnight of the last eight weeks, judged by the posts of that fortnight; null without enough. */
export function backTest(
  posts: readonly CreatorPost[],
  until: number,
  random: () => number,
): Map<string, Held> | null {
  const judged = Array.from({ length: backTestWeeks / stepWeeks }, (_, step) => {
    const cut = until - (backTestWeeks - step * stepWeeks) * week;
    const before = posts.filter(({ at }) => at < cut);
    const known = new Set(before.map(({ creator }) => creator));
    const since = posts.filter(
      (post) => post.at >= cut && post.at < cut + stepWeeks * week && !post.paid && known.has(post.creator),
    );
    if (before.length < fewestBackTestPosts || since.length === 0) return [];
    const { predict } = fitPredictor(before, random, { ahead: true });
    return since.map((post) => {
      const { low, high } = predict(post, bandShare);
      return { creator: post.creator, outcome: post.outcome, low, high };
    });
  }).flat();
  return judged.length < fewestBackTestPosts ? null : counted(judged);
}

const stepWeeks = 2;
const week = 7 * 86_400_000;

function counted(
  judged: readonly { creator: string; outcome: number; low: number; high: number }[],
): Map<string, Held> {
  const of = (rows: typeof judged): Held => {
    const below = rows.filter(({ outcome, low }) => outcome < low).length;
    const above = rows.filter(({ outcome, high }) => outcome > high).length;
    return { posts: rows.length, inside: rows.length - below - above, below, above };
  };
  const held = new Map(
    [...Map.groupBy(judged, ({ creator }) => creator)].map(([creator, rows]) => [creator, of(rows)]),
  );
  return judged.length === 0 ? held : held.set("all", of(judged));
}
