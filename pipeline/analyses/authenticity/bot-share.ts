// From judged accounts to the share of fakes among all followers: counted, corrected for the classifier's own errors, with what is not known.
import { type Classifier, isFlagged, type Judged, probability } from "../../accounts/classifier.ts";
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

/** Accounts of one kind, how many of them are called fake; may be fractions. */
interface Rate {
  readonly accounts: number;
  readonly flagged: number;
}

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
  const { share, fake, genuine } = corrected(judged, flagged, classifier);
  if (share === null) return null;
  const drawn = new Float64Array(draws);
  const rate = ({ flagged: x, accounts }: Rate) => betaDraw(x + 0.5, accounts - x + 0.5, random);
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
    truePositives: fake.flagged / fake.accounts,
    falsePositives: genuine.flagged / genuine.accounts,
    coverage: judged.reduce((sum, { coverage }) => sum + coverage, 0) / n,
  };
}

// How often a classifier errs depends on the sample: where fields are missing or accounts are unlike either kind, more verdicts are near the
// line. The sample's own probabilities say how many, so each account adds its probability of being fake to the counts of the one kind, and the
// rest to those of the other. The share and the probabilities depend on each other; a few rounds settle both.
function corrected(
  judged: readonly Judged[],
  flagged: number,
  { prior, error_rates }: Rated,
): { share: number | null; fake: Rate; genuine: Rate } {
  let share: number | null = prior;
  let [fake, genuine]: Rate[] = [error_rates.fake, error_rates.genuine] as [Rate, Rate];
  for (let round = 0; round < 200 && share !== null; round++) {
    const assumed = Math.min(0.999, Math.max(0.001, share));
    const [likely, likelyFlagged] = expectedFakes(judged, assumed, prior);
    fake = plus(error_rates.fake, likely, likelyFlagged);
    genuine = plus(error_rates.genuine, judged.length - likely, flagged - likelyFlagged);
    const next = roganGladen(
      flagged / judged.length,
      fake.flagged / fake.accounts,
      genuine.flagged / genuine.accounts,
    );
    if (next !== null && Math.abs(next - share) < 1e-6) break;
    share = next;
  }
  return { share, fake: fake as Rate, genuine: genuine as Rate };
}

/** How many of the accounts, and of the flagged ones, are fakes at the assumed share. */
function expectedFakes(judged: readonly Judged[], share: number, prior: number): [number, number] {
  let all = 0;
  let flagged = 0;
  for (const { evidence } of judged) {
    const p = probability(evidence, share);
    all += p;
    if (isFlagged(evidence, { prior })) flagged += p;
  }
  return [all, flagged];
}

const plus = (rate: Rate, accounts: number, flagged: number): Rate => ({
  accounts: rate.accounts + accounts,
  flagged: rate.flagged + flagged,
});
