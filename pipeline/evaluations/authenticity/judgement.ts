// Labelled accounts as the classifier judges them: by weights as they stand, or by cross-validation.
import { type Classifier, openClassifier } from "../../accounts/classifier.ts";
import { botShare } from "../../analyses/authenticity/bot-share.ts";
import { LeapError } from "../../core/errors.ts";
import type { EvaluationContext } from "../../core/evaluation.ts";
import { errorRates, type JudgedAccount } from "./figures.ts";
import { judgedOutside, withoutRepeats } from "./fit.ts";
import type { Labelled, LabelledAccounts } from "./labelled.ts";

/** Accounts with evidence and label, and what it takes to say the share of fakes among them. */
export interface Judgement {
  readonly accounts: readonly JudgedAccount[];
  readonly prior: number;
  /** Error rates for correcting a sample, out of the accounts that are not in it. */
  readonly ratesOf: (others: readonly JudgedAccount[]) => Pick<Classifier, "prior" | "error_rates">;
  /** The share that would be published of all of them; null where that would need their own labels. */
  readonly share: number | null;
  readonly notes: readonly string[];
}

/** Judged by one classifier for all, as production does. */
export function byWeights(
  { accounts: labelled, tables }: LabelledAccounts,
  classifier: Classifier,
  { random }: EvaluationContext,
): Judgement {
  const own = classifier.file.trained_on.filter((trained) =>
    tables.some(({ sha256 }) => sha256 === trained.sha256),
  );
  const said =
    classifier.model === "scorecard" ? "points set by reasoning, no labels used" : classifier.file.says;
  const accounts = labelled.map(({ account, fake }) => ({ ...classifier.judge(account), fake }));
  return {
    accounts,
    prior: classifier.prior,
    ratesOf: () => classifier,
    share: botShare(accounts, classifier, random("share"), 1000)?.share ?? null,
    notes: [
      `Weights: ${classifier.model} ${classifier.version}, ${classifier.shipped ? "shipped" : "fitted on this machine"} (${said}).`,
      ...(own.length > 0
        ? [
            `These weights were fitted on ${own.map(({ file }) => file).join(" and ")}, which is measured here: the figures are not about accounts never seen. Use --weights cross-validated.`,
          ]
        : []),
    ],
  };
}

export function byCrossValidation(
  all: readonly Labelled[],
  folds: number,
  context: EvaluationContext,
): Judgement {
  const accounts = withoutRepeats(all);
  const kinds = [true, false].map((kind) => accounts.filter(({ fake }) => fake === kind).length);
  if (Math.min(...kinds) < folds)
    throw new LeapError(
      `invalid folds: ${folds} need as many different accounts of each kind; there are ${kinds[0]} fake and ${kinds[1]} genuine. Give --folds ${Math.max(2, Math.min(...kinds))} or more accounts.`,
    );
  const outside = judgedOutside(accounts, folds, context);
  const prior = (kinds[0] as number) / accounts.length;
  const coverage = openClassifier("shipped");
  const judged = accounts.map(({ account, fake }, at) => ({
    evidence: outside[at] as number,
    coverage: coverage.judge(account).coverage,
    fake,
  }));
  return {
    accounts: judged,
    prior,
    ratesOf: (others) => ({ prior, error_rates: errorRates(others, prior) }),
    share: null,
    notes: [
      `Fitted ${folds} times, every account judged by a fit that saw neither it nor one with the same fields.`,
      `${all.length - accounts.length} repeated rows were left out.`,
    ],
  };
}
