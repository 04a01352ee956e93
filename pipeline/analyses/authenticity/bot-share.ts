// From judged accounts to the share of fakes among all followers: counted, corrected for the classifier's own errors, with what is not known.
import { type Classifier, isFlagged, type Judged } from "../../accounts/classifier.ts";
import { betaDraw } from "../../stats/beta-draw.ts";
import { shiftedPrior } from "../../stats/prior-shift.ts";
import { quantileSorted } from "../../stats/quantile.ts";
import { roganGladen } from "../../stats/rogan-gladen.ts";

export interface BotShare {
  /** Accounts judged. */
  readonly n: number;
  readonly flagged: number;
  /** Corrected share, 0 to 1, and its 95 % interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** The share by prior shift: a second way that needs no error rates. */
  readonly expected: number;
  /** Error rates that the correction used. */
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Mean coverage of the accounts. */
  readonly coverage: number;
}

/** What the share needs of a classifier. */
export type Rated = Pick<Classifier, "prior" | "error_rates">;

/**
 * Share of fakes (Rogan and Gladen 1978) with an interval that holds the chance of the sample and the doubt about the error rates: each draw takes
 * the flagged share from Beta(x + ½, n − x + ½) and both rates from Beta. `random` is a generator in [0, 1).
 * Null on no accounts, or where the error rates say that the classifier cannot tell the kinds apart.
 */
export function botShare(
  judged: readonly Judged[],
  classifier: Rated,
  random: () => number,
  draws = 10_000,
): BotShare | null {
  const n = judged.length;
  if (n === 0) return null;
  const flagged = judged.filter(({ evidence }) => isFlagged(evidence, classifier)).length;
  const { fake, genuine } = classifier.error_rates;
  const truePositives = fake.flagged / fake.accounts;
  const falsePositives = genuine.flagged / genuine.accounts;
  const share = roganGladen(flagged / n, truePositives, falsePositives);
  if (share === null) return null;
  const drawn = new Float64Array(draws);
  const rate = ({ flagged: x, accounts }: { flagged: number; accounts: number }) =>
    betaDraw(x + 0.5, accounts - x + 0.5, random);
  for (let draw = 0; draw < draws; draw++)
    drawn[draw] = roganGladen(rate({ flagged, accounts: n }), rate(fake), rate(genuine)) ?? share;
  drawn.sort();
  return {
    n,
    flagged,
    share,
    // Near zero the middle of the draws may lie above the estimate; the interval still holds it.
    low: Math.min(share, quantileSorted(drawn, 0.025)),
    high: Math.max(share, quantileSorted(drawn, 0.975)),
    expected: shiftedPrior(
      judged.map(({ evidence }) => evidence),
      classifier.prior,
    ),
    truePositives,
    falsePositives,
    coverage: judged.reduce((sum, { coverage }) => sum + coverage, 0) / n,
  };
}
