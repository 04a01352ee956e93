// Predicts the engagement of a post as a distribution: the account's own level, what format and hour add, and an interval from errors on posts
// the model had not seen. The analysis and `leap eval prediction` call the same function.

import { conformalLower, conformalUpper } from "../../stats/conformal.ts";
import { median } from "../../stats/median.ts";
import { shrunkenMeans } from "../../stats/shrunken-means.ts";
import { chanceFolds, type Fold, forwardFolds } from "./folds.ts";
import { fitParts, type Parts } from "./parts.ts";
import type { Planned, Post } from "./post.ts";

export interface Predictor {
  /** Weight of each part; they sum to 1. */
  readonly mix: Parts;
  /** Quantiles of the outcome, not of its logarithm. `share` is the share of posts inside the interval. */
  predict(post: Planned, share: number): Predicted;
}

export interface Predicted {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface PredictorOptions {
  /**
   * Errors are made on posts later than those fitted on, as they will be when the next post is predicted, instead of on posts picked by
   * chance. Needs instants.
   */
  readonly ahead?: boolean;
}

/** Posts below which nothing is fitted but the level. */
export const fewestPosts = 30;

/**
 * Fits on posts with outcomes. The parts are mixed by their errors on posts not seen, and a mix that does not beat the account's median there
 * is that median; the same errors, divided by their expected size, make the interval (CV+, Barber et al. 2021). Throws on no posts.
 */
export function fitPredictor(
  posts: readonly Post[],
  random: () => number,
  { ahead = false }: PredictorOptions = {},
): Predictor {
  if (posts.length === 0) throw new Error("missing posts: a prediction needs posts with outcomes.");
  const folds = ahead ? forwardFolds(posts) : chanceFolds(posts.length, random);
  const held = folds.flatMap((fold) => unseenBy(posts, fold, random));
  const parts = fitParts(posts, random);
  const unseen = held.length > 0 ? held : posts.map((post) => ({ post, parts: parts(post), fold: 0 }));
  const mix = mixOf(unseen);
  const errors = unseen.map(({ post, parts: own }) => Math.log1p(post.outcome) - mixed(own, mix));
  const size = errorSize(unseen, errors);
  const scaled = Float64Array.from(errors, (error, i) => error / (size.unseen[i] as number)).sort();
  const centred = median([...scaled]);
  return {
    mix,
    predict(post, share) {
      const centre = mixed(parts(post), mix);
      const unit = size.of(post);
      const at = (error: number) => Math.max(0, Math.expm1(centre + unit * error));
      const tail = (1 - share) / 2;
      // The account's median is what it is; a mix is moved to the middle of its own errors.
      const middle = mix.account === 1 ? 0 : centred;
      return {
        low: at(Math.min(middle, conformalLower(scaled, tail))),
        middle: at(middle),
        high: at(Math.max(middle, conformalUpper(scaled, 1 - tail))),
      };
    },
  };
}

interface Unseen {
  readonly post: Post;
  readonly parts: Parts;
  readonly fold: number;
}

function unseenBy(posts: readonly Post[], { id, fitted, held }: Fold, random: () => number): Unseen[] {
  const parts = fitParts(
    fitted.map((i) => posts[i] as Post),
    random,
  );
  return held.map((i) => ({ post: posts[i] as Post, parts: parts(posts[i] as Post), fold: id }));
}

/**
 * The mix in quarters that does best on unseen posts: by the mean absolute error of logarithms and by the median share it is off, each
 * against what the account's median does. Ties go to the plainer part. A mix that loses on either count, or whose gain in logarithms chance
 * could have made, loses to the median.
 */
function mixOf(unseen: readonly Unseen[]): Parts {
  const plain: Parts = { account: 1, line: 0, trees: 0 };
  const base = errorsOf(unseen, plain);
  let best = plain;
  let least = 2;
  for (let line = 0; line <= 4; line++)
    for (let trees = 0; trees + line <= 4; trees++) {
      if (line + trees === 0) continue;
      const tried = { account: 1 - (line + trees) / 4, line: line / 4, trees: trees / 4 };
      const errors = errorsOf(unseen, tried);
      const gains = base.logs.map((error, i) => error - (errors.logs[i] as number));
      const logRatio = 1 - mean(gains) / mean(base.logs);
      const shareRatio = base.share > 0 ? errors.share / base.share : 1;
      if (!(mean(gains) > surely * standardError(gains)) || shareRatio > 1) continue;
      if (logRatio + shareRatio < least - 1e-9) [best, least] = [tried, logRatio + shareRatio];
    }
  return best;
}

/** Standard errors by which a mix must beat the account's median: one-sided 95 %. */
const surely = 1.645;

const mixed = (parts: Parts, mix: Parts): number =>
  mix.account * parts.account + mix.line * parts.line + mix.trees * parts.trees;

function errorsOf(unseen: readonly Unseen[], mix: Parts) {
  const logs = unseen.map(({ post, parts }) => Math.log1p(post.outcome) - mixed(parts, mix));
  const middle = mix.account === 1 ? 0 : median(logs);
  const shares = unseen.flatMap(({ post, parts }) =>
    post.outcome > 0
      ? [Math.abs(Math.max(0, Math.expm1(mixed(parts, mix) + middle)) - post.outcome) / post.outcome]
      : [],
  );
  return {
    logs: logs.map((error) => Math.abs(error - middle)),
    share: shares.length === 0 ? 0 : median(shares),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function standardError(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length ** 2);
}

const smallestError = 0.05;

/** How large an error to expect for a post, by account and format; for the posts it is learnt from, without their own fold. */
function errorSize(unseen: readonly Unseen[], errors: readonly number[]) {
  const sizes = errors.map((error) => Math.log(Math.abs(error) + smallestError));
  const learnt = (chosen: readonly number[]) => {
    if (chosen.length < fewestPosts) return () => 1;
    const own = chosen.map((i) => sizes[i] as number);
    const accountOf = (post: Planned) => post.account ?? "";
    const formatOf = (post: Planned) => post.format ?? "";
    const accounts = shrunkenMeans(
      chosen.map((i) => accountOf((unseen[i] as Unseen).post)),
      own,
    );
    const formats = shrunkenMeans(
      chosen.map((i) => formatOf((unseen[i] as Unseen).post)),
      own,
    );
    return (post: Planned) =>
      Math.exp(accounts.centre + accounts.deviation(accountOf(post)) + formats.deviation(formatOf(post)));
  };
  const all = unseen.map((_, i) => i);
  const folds = new Map(
    [...new Set(unseen.map(({ fold }) => fold))].map((id) => [
      id,
      learnt(all.filter((i) => unseen[i]?.fold !== id)),
    ]),
  );
  const unit = (own: Unseen) => (folds.get(own.fold) as (post: Planned) => number)(own.post);
  return { of: learnt(all), unseen: unseen.map(unit) };
}
