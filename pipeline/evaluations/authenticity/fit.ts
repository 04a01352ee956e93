// Fitted points: a logistic regression that starts from the scorecard and moves away from it as far as labelled accounts ask for.
import { type ClassifierFile, classifierOf, logit, openClassifier } from "../../accounts/classifier.ts";
import { quantityOf, type VariableName, variableNames } from "../../accounts/evidence.ts";
import type { EvaluationContext } from "../../core/evaluation.ts";
import { logisticRegression } from "../../stats/logistic-regression.ts";
import type { Labelled } from "./labelled.ts";

/** How hard the fit is pulled towards the scorecard: 1 / variance of the difference of a standardised coefficient. */
export const pulls = [0.3, 1, 3, 10, 30] as const;

export type Fitted = Pick<ClassifierFile, "points" | "prior" | "offset">;

/** Points at the given pull; needs accounts of both kinds. What the accounts do not have keeps the scorecard's points. */
export function fitPoints(accounts: readonly Labelled[], scorecard: ClassifierFile, pull: number): Fitted {
  const centres = variableNames.map((name) => scorecard.points[name]?.centre ?? 0);
  const rows = accounts.map(({ account }) => [
    1,
    ...variableNames.map((name, at) => {
      const value = quantityOf(name, account);
      return value === null ? 0 : value - (centres[at] as number);
    }),
  ]);
  const prior = accounts.filter(({ fake }) => fake).length / accounts.length;
  const spreads = variableNames.map((_, at) => spreadOf(rows.map((row) => row[at + 1] as number)));
  const [intercept, ...points] = logisticRegression(
    rows,
    accounts.map(({ fake }) => fake),
    {
      means: [logit(prior), ...variableNames.map((name) => scorecard.points[name]?.points ?? 0)],
      precisions: [0, ...spreads.map((spread) => pull * Math.max(spread * spread, 1e-6))],
    },
  );
  return {
    prior,
    offset: (intercept as number) - logit(prior),
    points: Object.fromEntries(
      variableNames.map((name, at) => [
        name,
        { points: points[at] as number, centre: centres[at] as number },
      ]),
    ) as Record<VariableName, { points: number; centre: number }>,
  };
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Out-of-fold evidence of each account: judged by a fit that saw neither it nor an account with the same fields. */
function crossValidated(
  accounts: readonly Labelled[],
  fit: (train: readonly Labelled[]) => Fitted,
  folds: number,
  random: () => number,
): { evidence: number; prior: number }[] {
  const fold = foldsOf(accounts, folds, random);
  const judged: { evidence: number; prior: number }[] = new Array(accounts.length);
  for (let one = 0; one < folds; one++) {
    const fitted = fit(accounts.filter((_, index) => fold[index] !== one));
    const classifier = classifierOf({ ...shell, ...fitted });
    for (const [index, { account }] of accounts.entries())
      if (fold[index] === one)
        judged[index] = { evidence: classifier.judge(account).evidence, prior: fitted.prior };
  }
  return judged;
}

/** Accounts that differ; a row that stands twice would count twice, and could give its own answer away. */
export const withoutRepeats = (accounts: readonly Labelled[]): Labelled[] => [
  ...new Map(accounts.map((one) => [JSON.stringify(one), one])).values(),
];

/**
 * Out-of-fold evidence of each account, by the whole way of fitting: the choice of the pull is repeated in every fold. There must be as many
 * accounts of each kind as folds.
 */
export function judgedOutside(
  accounts: readonly Labelled[],
  folds: number,
  { random, log }: EvaluationContext,
): number[] {
  const scorecard = scorecardFile();
  let done = 0;
  const judged = crossValidated(
    accounts,
    (train) => {
      log.progress("folds", done++, folds);
      return fitPoints(train, scorecard, choosePull(train, scorecard, random));
    },
    folds,
    random("folds"),
  );
  return judged.map(({ evidence }) => evidence);
}

const shell: ClassifierFile = {
  model: "logistic",
  version: "1.0.0",
  says: "",
  prior: 0.5,
  offset: 0,
  points: {} as ClassifierFile["points"],
  error_rates: { basis: "", fake: { accounts: 1, flagged: 1 }, genuine: { accounts: 1, flagged: 0 } },
  trained_on: [],
};

/** Stratified by kind; accounts with the same fields share a fold, so that a repeated row cannot give its own answer away. */
function foldsOf(accounts: readonly Labelled[], folds: number, random: () => number): number[] {
  const groups = Map.groupBy(accounts.keys(), (index) => JSON.stringify(accounts[index]?.account));
  const result = new Array<number>(accounts.length).fill(0);
  for (const kind of [true, false]) {
    const own = [...groups.values()].filter(([first]) => accounts[first as number]?.fake === kind);
    for (let index = own.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [own[index], own[other]] = [own[other] as number[], own[index] as number[]];
    }
    for (const [position, members] of own.entries())
      for (const member of members) result[member] = position % folds;
  }
  return result;
}

/**
 * The strongest pull whose cross-validated log loss lies within one standard error of the least: points that are as good here and nearer to
 * what holds everywhere (Breiman et al. 1984).
 */
export function choosePull(
  accounts: readonly Labelled[],
  scorecard: ClassifierFile,
  random: (label: string) => () => number,
): number {
  const losses = pulls.map((pull) => {
    const judged = crossValidated(accounts, (train) => fitPoints(train, scorecard, pull), 5, random("pull"));
    return judged.map(({ evidence, prior }, index) => {
      const margin = (accounts[index]?.fake ? 1 : -1) * (evidence + logit(prior));
      return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    });
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = losses.map(mean);
  const best = means.indexOf(Math.min(...means));
  const chosen = losses[best] as readonly number[];
  // Of the difference to the best, account by account: their losses rise and fall together.
  return pulls.findLast((_, at) => {
    const differences = (losses[at] as readonly number[]).map(
      (loss, index) => loss - (chosen[index] as number),
    );
    const centre = mean(differences);
    const error = Math.sqrt(
      differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) /
        (differences.length - 1) /
        differences.length,
    );
    return centre <= error + 1e-12;
  }) as number;
}

/** The scorecard's file, as the start of every fit. */
export const scorecardFile = (): ClassifierFile => openClassifier("shipped").file;
