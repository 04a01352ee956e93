// What a classifier of accounts is worth on labelled ones: ranking, calls, calibration, and how far the share of fakes is off on small samples.
import { isFlagged, type Judged } from "../../accounts/classifier.ts";
import { botShare, type Rated } from "../../analyses/authenticity/bot-share.ts";
import { areaUnderCurve } from "../../stats/area-under-curve.ts";
import { calibrationError } from "../../stats/calibration-error.ts";

export interface Calls {
  readonly accuracy: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly brier: number;
  readonly ece: number;
}

/** Calls at probability one half. Precision and recall are of fakes. */
export function callsOf(probabilities: readonly number[], fake: readonly boolean[]): Calls {
  const counts = confusionOf(probabilities, fake);
  return {
    accuracy: (counts.fake.fake + counts.real.real) / fake.length,
    ...scoresOf(counts.fake.fake, counts.real.fake, counts.fake.real),
    brier: probabilities.reduce((sum, p, at) => sum + (p - (fake[at] ? 1 : 0)) ** 2, 0) / fake.length,
    ece: calibrationError(probabilities, fake),
  };
}

/** Rows are the truth, columns the call. */
export function confusionOf(probabilities: readonly number[], fake: readonly boolean[]) {
  const count = (truth: boolean, called: boolean) =>
    fake.filter((is, at) => is === truth && (probabilities[at] as number) >= 0.5 === called).length;
  return {
    fake: { fake: count(true, true), real: count(true, false) },
    real: { fake: count(false, true), real: count(false, false) },
  };
}

export function scoresOf(found: number, wrong: number, missed: number) {
  const precision = found + wrong > 0 ? found / (found + wrong) : null;
  const recall = found + missed > 0 ? found / (found + missed) : null;
  return {
    precision,
    recall,
    f1: found + wrong + missed > 0 ? (2 * found) / (2 * found + wrong + missed) : null,
  };
}

export const areaOf = (judged: readonly Judged[], fake: readonly boolean[]): number | null =>
  areaUnderCurve(
    judged.map(({ evidence }) => evidence),
    fake,
  );

export interface JudgedAccount extends Judged {
  readonly fake: boolean;
}

export interface ShareError {
  readonly samples: number;
  readonly size: number;
  /** Mean distance between the corrected and the true share of a sample, 0 to 1. */
  readonly error: number;
  /** The same by prior shift alone, and by counting the flagged without correction. */
  readonly expectedError: number;
  readonly rawError: number;
  /** Share of samples whose interval holds the share of all from which the sample was drawn. */
  readonly covered: number;
  readonly width: number;
}

/**
 * Bot share of random samples against their labels. `share` asks for that share of fakes in every sample; null leaves it to chance.
 * `ratesOf` gives the error rates to correct with, for the accounts that are not in the sample. Null where there are too few accounts.
 */
export function shareError(
  accounts: readonly JudgedAccount[],
  ratesOf: (others: readonly JudgedAccount[]) => Rated,
  random: () => number,
  { size = 200, samples = 300, share = null as number | null } = {},
): ShareError | null {
  const sized = Math.min(size, Math.floor(accounts.length / 2));
  const fakes = accounts.filter(({ fake }) => fake);
  const real = accounts.filter(({ fake }) => !fake);
  if (sized < 30) return null;
  if (
    share !== null &&
    (Math.round(share * sized) > fakes.length * 0.8 || sized - Math.round(share * sized) > real.length * 0.8)
  )
    return null;
  const sum = { error: 0, expectedError: 0, rawError: 0, covered: 0, width: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const drawn =
      share === null
        ? take(accounts, sized, random)
        : [
            ...take(fakes, Math.round(share * sized), random),
            ...take(real, sized - Math.round(share * sized), random),
          ];
    const inside = new Set(drawn);
    const estimate = botShare(drawn, ratesOf(accounts.filter((one) => !inside.has(one))), random, 400);
    if (estimate === null) return null;
    const truth = drawn.filter(({ fake }) => fake).length / drawn.length;
    sum.error += Math.abs(estimate.share - truth);
    sum.expectedError += Math.abs(estimate.expected - truth);
    sum.rawError += Math.abs(estimate.flagged / estimate.n - truth);
    const all = share ?? fakes.length / accounts.length;
    sum.covered += estimate.low <= all && all <= estimate.high ? 1 : 0;
    sum.width += estimate.high - estimate.low;
  }
  return {
    samples,
    size: sized,
    error: sum.error / samples,
    expectedError: sum.expectedError / samples,
    rawError: sum.rawError / samples,
    covered: sum.covered / samples,
    width: sum.width / samples,
  };
}

/** `count` of them without replacement, by the first steps of a Fisher-Yates shuffle. */
function take<T>(items: readonly T[], count: number, random: () => number): T[] {
  const pool = [...items];
  for (let index = 0; index < count; index++) {
    const other = index + Math.floor(random() * (pool.length - index));
    [pool[index], pool[other]] = [pool[other] as T, pool[index] as T];
  }
  return pool.slice(0, count);
}

/** Error rates as they were found on labelled accounts, at the classifier's own rule. */
export function errorRates(accounts: readonly JudgedAccount[], prior: number) {
  const rate = (kind: boolean) => {
    const own = accounts.filter(({ fake }) => fake === kind);
    return {
      accounts: own.length,
      flagged: own.filter(({ evidence }) => isFlagged(evidence, { prior })).length,
    };
  };
  return { basis: "measured on labelled accounts", fake: rate(true), genuine: rate(false) };
}
