// Holds predictions against outcomes on rows not fitted on: how far off, how much explained, how often inside the interval, beside two medians.
import { chanceFolds } from "../../analyses/prediction/folds.ts";
import { fitPredictor, type Predicted } from "../../analyses/prediction/model.ts";
import type { Post } from "../../analyses/prediction/post.ts";
import { median } from "../../stats/median.ts";

export interface Judged {
  readonly post: Post;
  readonly eighty: Predicted;
  readonly ninety: Predicted;
  readonly ninetyFive: Predicted;
  /** Median outcome of the account, and of all, among the rows fitted on. */
  readonly accountMedian: number;
  readonly globalMedian: number;
}

/** Every post, predicted by a model that saw the other folds only. */
export function byFolds(posts: readonly Post[], count: number, random: () => number): Judged[] {
  const at = (places: readonly number[]) => places.map((i) => posts[i] as Post);
  return chanceFolds(posts.length, random, count).flatMap(({ fitted, held }) =>
    judged(at(fitted), at(held), random, false),
  );
}

/** The later half of the posts, each fifth of it predicted by a model that saw only what was published before. */
export function byTime(posts: readonly Post[], random: () => number): Judged[] {
  const ordered = posts.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const start = Math.floor(ordered.length / 2);
  const step = Math.max(1, Math.ceil((ordered.length - start) / 5));
  return Array.from({ length: 5 }, (_, part) => start + part * step).flatMap((from) =>
    judged(ordered.slice(0, from), ordered.slice(from, from + step), random, true),
  );
}

function judged(
  fitted: readonly Post[],
  held: readonly Post[],
  random: () => number,
  ahead: boolean,
): Judged[] {
  if (fitted.length === 0 || held.length === 0) return [];
  const { predict } = fitPredictor(fitted, random, { ahead });
  const globalMedian = median(fitted.map((post) => post.outcome));
  const medians = new Map(
    [...Map.groupBy(fitted, (post) => post.account ?? "")].map(([account, own]) => [
      account,
      median(own.map((post) => post.outcome)),
    ]),
  );
  return held.map((post) => ({
    post,
    eighty: predict(post, 0.8),
    ninety: predict(post, 0.9),
    ninetyFive: predict(post, 0.95),
    accountMedian: medians.get(post.account ?? "") ?? globalMedian,
    globalMedian,
  }));
}

/** Plain figures; null where the outcomes do not allow one. MdAPE is over outcomes above 0: nothing is off by a share of nothing. */
export function figuresOf(rows: readonly Judged[]): Record<string, number | null> {
  const positive = rows.filter(({ post }) => post.outcome > 0);
  const mdape = (of: (row: Judged) => number) =>
    positive.length === 0
      ? null
      : median(positive.map((row) => Math.abs(of(row) - row.post.outcome) / row.post.outcome));
  const width = (of: (row: Judged) => Predicted) =>
    median(rows.map((row) => (of(row).high - of(row).low) / Math.max(1, of(row).middle)));
  return {
    mdape: mdape((row) => row.eighty.middle),
    logR2: logR2(rows, (row) => row.eighty.middle),
    coverage80: covered(rows, (row) => row.eighty),
    coverage90: covered(rows, (row) => row.ninety),
    coverage95: covered(rows, (row) => row.ninetyFive),
    width80: width((row) => row.eighty),
    width90: width((row) => row.ninety),
    accountMedianMdape: mdape((row) => row.accountMedian),
    globalMedianMdape: mdape((row) => row.globalMedian),
    accountMedianLogR2: logR2(rows, (row) => row.accountMedian),
  };
}

const covered = (rows: readonly Judged[], of: (row: Judged) => Predicted): number =>
  rows.filter((row) => row.post.outcome >= of(row).low && row.post.outcome <= of(row).high).length /
  rows.length;

/** Share of the variance of log(1 + outcome) that the prediction explains; under 0 it explains less than the mean would. */
function logR2(rows: readonly Judged[], of: (row: Judged) => number): number | null {
  const logs = rows.map((row) => Math.log1p(row.post.outcome));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const total = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const left = rows.reduce((sum, row, i) => sum + ((logs[i] as number) - Math.log1p(of(row))) ** 2, 0);
  return total > 0 ? 1 - left / total : null;
}
