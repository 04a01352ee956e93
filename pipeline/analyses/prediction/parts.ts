// The three parts of a prediction, each a whole prediction in logarithms, from plain to clever.

import { boostedTrees } from "../../stats/boosted-trees.ts";
import { median } from "../../stats/median.ts";
import { ridgeOn } from "../../stats/ridge.ts";
import { shrunkenMeans } from "../../stats/shrunken-means.ts";
import { type Encoder, encoderOf } from "./features.ts";
import { levelsOf } from "./levels.ts";
import type { Planned } from "./post.ts";

/** account: the account's median, shrunk; line: a ridge over what is known plus account and format effects; trees: what the line left, too. */
export interface Parts {
  readonly account: number;
  readonly line: number;
  readonly trees: number;
}

interface Known extends Planned {
  readonly outcome: number;
}

const fewestPosts = 30;
/** Rows beyond which the line and the trees are fitted on a draw of them; the accounts' medians always see all. */
const mostRows = 8_000;
const rounds = 3;

export function fitParts(posts: readonly Known[], random: () => number): (post: Planned) => Parts {
  const account = accountMedians(posts);
  if (posts.length < fewestPosts) {
    return (post) => ({ account: account(post), line: account(post), trees: account(post) });
  }
  const drawn = posts.length > mostRows ? posts.filter(() => random() < mostRows / posts.length) : posts;
  const outcomes = Float64Array.from(drawn, (post) => Math.log1p(post.outcome));
  const encoder = encoderOf(drawn);
  const own = levelsOf(posts);
  const rows = drawn.map((post) => rowOf(encoder, post, own));
  const line = lineWithAccounts(drawn, rows, outcomes);
  const left = outcomes.map((value, i) => value - line(drawn[i] as Known, rows[i] as Float64Array));
  const trees = boostedTrees(rows, left, random);
  return (post) => {
    const row = rowOf(encoder, post, own);
    const straight = line(post, row);
    return { account: account(post), line: straight, trees: straight + trees.predict(row) };
  };
}

const accountOf = (post: Planned): string => post.account ?? "";
const formatOf = (post: Planned): string => `${accountOf(post)} ${post.format ?? ""}`;

/** Median of the account, drawn towards the median of all by as much as empirical Bayes draws its mean. */
function accountMedians(posts: readonly Known[]): (post: Planned) => number {
  const logs = posts.map((post) => Math.log1p(post.outcome));
  const centre = median(logs);
  const own = new Map(
    [...Map.groupBy(posts, accountOf)].map(([account, held]) => [
      account,
      { n: held.length, middle: median(held.map((post) => Math.log1p(post.outcome))) },
    ]),
  );
  const middles = posts.map((post) => own.get(accountOf(post))?.middle ?? centre);
  const { within, between } = shrunkenMeans(posts.map(accountOf), nearby(logs, middles));
  const medians = new Map(
    [...own].map(([account, { n, middle }]) => {
      const keep = between === 0 ? 0 : n / (n + within / between);
      return [account, centre + keep * (middle - centre)];
    }),
  );
  return (post) => medians.get(accountOf(post)) ?? centre;
}

/** Standard deviations beyond which a post says nothing of how far the posts of an account scatter. */
const farthest = 3;

/**
 * Values pulled in to three deviations of their account's median. A few hidden counts, read as zero, lie ten units of a logarithm away: as they
 * are they would make every account look like chance, and draw its median to that of all.
 */
function nearby(logs: readonly number[], middles: readonly number[]): readonly number[] {
  const off = logs.map((value, i) => value - (middles[i] as number));
  // A lone post is its account's median and says nothing of scatter. 1.4826 median deviations are a standard deviation of the normal law.
  const scattered = off.filter((value) => value !== 0).map(Math.abs);
  if (scattered.length === 0) return logs;
  const reach = farthest * 1.4826 * median(scattered);
  return off.map((value, i) => (middles[i] as number) + Math.max(-reach, Math.min(reach, value)));
}

const rowOf = (encoder: Encoder, post: Planned, own: (post: Planned) => number[]): Float64Array =>
  Float64Array.from([...encoder.encode(post), ...own(post)]);

/** Backfitting: the line on what accounts leave, accounts and their formats on what the line leaves. */
function lineWithAccounts(posts: readonly Planned[], rows: readonly Float64Array[], outcomes: Float64Array) {
  const keys = posts.map(accountOf);
  const forms = posts.map(formatOf);
  const fit = ridgeOn(rows);
  let line = fit(outcomes);
  let accounts = shrunkenMeans(keys, new Float64Array(posts.length));
  let formats = accounts;
  for (let round = 0; round < rounds; round++) {
    const left = outcomes.map((value, i) => value - line.predict(rows[i] as Float64Array));
    accounts = shrunkenMeans(keys, left);
    formats = shrunkenMeans(
      forms,
      left.map((value, i) => value - accounts.deviation(keys[i] as string)),
    );
    line = fit(
      outcomes.map(
        (value, i) => value - accounts.deviation(keys[i] as string) - formats.deviation(forms[i] as string),
      ),
    );
  }
  return (post: Planned, row: Float64Array): number =>
    line.predict(row) + accounts.deviation(accountOf(post)) + formats.deviation(formatOf(post));
}
