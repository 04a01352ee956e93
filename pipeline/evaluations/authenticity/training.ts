// `leap train authenticity`: fits the points of the account classifier on labelled accounts that the operator holds. No such data may ship with
// a product, so the weights stay on the machine and the scorecard remains what ships.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ClassifierFile } from "../../accounts/classifier.ts";
import { probability } from "../../accounts/classifier.ts";
import { LeapError } from "../../core/errors.ts";
import type { EvaluationContext, Given, TrainedOn, TrainedWeights, Training } from "../../core/evaluation.ts";
import { areaOf, callsOf, errorRates, type JudgedAccount, shareError } from "./figures.ts";
import { choosePull, fitPoints, judgedOutside, scorecardFile, withoutRepeats } from "./fit.ts";
import { type LabelledAccounts, readLabelled } from "./labelled.ts";

export const training: Training = {
  id: "authenticity",
  says: "Points of the account classifier, pulled towards the scorecard as far as the labels allow.",
  options: [
    { flags: "--datasets <folder>", says: "folder that holds A-instafake" },
    { flags: "--file <file>", says: "labelled accounts of your own, instead", file: true },
    { flags: "--also <file>", says: "a second file, where fake and genuine accounts lie apart", file: true },
    { flags: "--label <column>", says: "column that says which accounts are fake" },
    { flags: "--map <file>", says: "YAML that names the columns", file: true },
  ],
  train,
};

const folds = 10;

async function train(given: Given, context: EvaluationContext): Promise<TrainedWeights[]> {
  const data = await dataOf(given);
  if (data === null) return [];
  const { accounts: all, tables } = data.read;
  const accounts = withoutRepeats(all);
  const fewest = Math.min(
    ...[true, false].map((kind) => accounts.filter(({ fake }) => fake === kind).length),
  );
  if (fewest < folds)
    throw new LeapError(
      `invalid data: ${fewest} different accounts of one kind; a fit needs at least ${folds} of each.`,
    );
  const scorecard = scorecardFile();
  const prior = accounts.filter(({ fake }) => fake).length / accounts.length;
  const outside = judgedOutside(accounts, folds, context);
  const judged = accounts.map(({ fake }, at) => ({
    evidence: outside[at] as number,
    coverage: 1,
    fake,
  }));
  const pull = choosePull(accounts, scorecard, context.random);
  const trainedOn: TrainedOn[] = tables.map(({ name, sha256, rows }) => ({
    dataset: data.dataset,
    licence: data.licence,
    file: name,
    sha256,
    rows,
  }));
  const file: ClassifierFile = {
    model: "logistic",
    version: "1.0.0",
    says: `logistic regression on ${accounts.length} accounts of ${data.dataset}, pull ${pull} towards the scorecard`,
    ...fitPoints(accounts, scorecard, pull),
    error_rates: errorRates(judged, prior),
    trained_on: trainedOn,
  };
  return [
    {
      name: "logistic.json",
      bytes: `${JSON.stringify(file, null, 2)}\n`,
      ships: false,
      trainedOn,
      figures: figuresOf(judged, prior, context.random),
    },
  ];
}

function figuresOf(judged: readonly JudgedAccount[], prior: number, random: EvaluationContext["random"]) {
  const fake = judged.map((one) => one.fake);
  const { f1, precision, recall, brier, ece } = callsOf(
    judged.map(({ evidence }) => probability(evidence, prior)),
    fake,
  );
  const share = shareError(
    judged,
    (others) => ({ prior, error_rates: errorRates(others, prior) }),
    random("shares"),
  );
  return {
    auc: areaOf(judged, fake),
    f1,
    precision,
    recall,
    brier,
    ece,
    botShareError: share?.error ?? null,
  };
}

interface Data {
  readonly dataset: string;
  readonly licence: string;
  readonly read: LabelledAccounts;
}

async function dataOf({ datasets, file, also, label, map }: Given): Promise<Data | null> {
  if (file !== undefined) {
    if (label === undefined)
      throw new LeapError("missing option: --label. Name the column that says which accounts are fake.");
    const read = await readLabelled({
      files: [file, ...(also === undefined ? [] : [also])],
      map: map ?? null,
      label,
    });
    return { dataset: "accounts of the operator's own", licence: "not stated", read };
  }
  if (datasets === undefined)
    throw new LeapError(
      "missing option: --datasets. Name the folder that holds A-instafake, or a --file of your own.",
    );
  const files = ["fakeAccountData.json", "realAccountData.json"].map((name) =>
    join(datasets, "A-instafake", name),
  );
  if (!files.every((one) => existsSync(one))) return null;
  return {
    dataset: "InstaFake fake-v1.0",
    licence: "CC BY-NC 4.0",
    read: await readLabelled({ files, map: null, label: "isFake" }),
  };
}
