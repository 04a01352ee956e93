// Net sentiment as the truth would have it, were the classifier as often wrong on these posts as on the texts its errors were counted on.
import { minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import type { CorrectedReason } from "../../../data/contract/datasets/sentiment.ts";
import { clusteredShares } from "../../stats/clustered-shares.ts";
import { correctedMean, type ErrorCounts } from "../../stats/misclassification.ts";
import type { Confusion } from "../../texts/confusion.ts";
import { type AuthorProfile, clustersOf, polarities, postsByLanguage } from "./clusters.ts";

/** The published confusion of a language's verdicts; null where nobody has counted it. */
export type ConfusionOf = (language: string) => Confusion | null;

/** Share of the classified posts that must stand in languages whose errors are counted. */
export const minimumMeasured = 0.9;

/** What `validated_on` says of errors counted on a publication's own labelled posts. */
export const ownPosts = "posts labelled for this publication";

/** Labelled texts a class needs before its error rates are used. */
const MINIMUM_LABELLED = 30;

export interface CorrectedSentiment {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Posts it rests on: those in languages whose errors are counted. */
  readonly n: number;
  /** On which texts the errors were counted; null where there is no value. */
  readonly by: "own_posts" | "public_texts" | "both" | null;
  readonly reason: CorrectedReason | null;
}

const none = (n: number, reason: CorrectedReason): CorrectedSentiment => ({
  value: null,
  low: null,
  high: null,
  n,
  by: null,
  reason,
});

/** `withheld` is why the uncorrected value is not printed, if it is not: the corrected one is then not printed either. */
export function correctedSentiment(
  profiles: readonly AuthorProfile[],
  confusionOf: ConfusionOf,
  withheld: Reason | null,
  random: () => number,
): CorrectedSentiment {
  if (withheld !== null) return none(0, withheld);
  const posts = postsByLanguage(profiles);
  const measured = posts.flatMap(([language, count]) => {
    const confusion = confusionOf(language);
    const errors = errorCounts(confusion);
    return errors ? [{ language, count, errors, own: confusion?.validated_on === ownPosts }] : [];
  });
  const all = posts.reduce((sum, [, count]) => sum + count, 0);
  const n = measured.reduce((sum, { count }) => sum + count, 0);
  if (n < minimumPosts || n < minimumMeasured * all) return none(n, "errors_not_measured");
  const clusters = clustersOf(
    profiles,
    measured.map(({ language }) => language),
  );
  const corrected = correctedMean(
    clusteredShares(clusters),
    measured.map(({ errors }) => errors),
    [1, 0, -1],
    random,
  );
  if (!corrected) return none(n, "errors_too_large");
  const own = measured.filter((one) => one.own).length;
  const by = own === measured.length ? "own_posts" : own === 0 ? "public_texts" : "both";
  return { value: corrected.value, low: corrected.low, high: corrected.high, n, by, reason: null };
}

/** Truth by verdict; null where a class has too few labelled texts: Korean reviews without neutral ones say nothing about neutral posts. */
function errorCounts(confusion: Confusion | null): ErrorCounts | null {
  if (!confusion || !hasEnough(confusion.counts)) return null;
  return polarities.map((truth) => polarities.map((verdict) => confusion.counts[truth][verdict]));
}

/** Whether every class has the labelled texts it needs. */
export const hasEnough = (counts: Confusion["counts"]): boolean =>
  polarities.every(
    (truth) => polarities.reduce((sum, verdict) => sum + counts[truth][verdict], 0) >= MINIMUM_LABELLED,
  );
