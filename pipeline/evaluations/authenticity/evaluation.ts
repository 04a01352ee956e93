// `leap eval authenticity`: the account classifier that judges imported follower samples, held against accounts that somebody labelled.
import { openClassifier } from "../../accounts/classifier.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationContext, Given, Measured } from "../../core/evaluation.ts";
import { cases } from "./cases.ts";
import { byCrossValidation, byWeights } from "./judgement.ts";
import { readLabelled } from "./labelled.ts";
import { measured } from "./measured.ts";

export const evaluation: Evaluation = {
  id: "authenticity",
  says: "How well fake accounts are told from genuine ones, and the share of fakes in a follower sample.",
  options: [
    {
      flags: "--file <file>",
      says: "accounts, one a row: CSV, TSV, JSON, NDJSON or Parquet",
      required: true,
      file: true,
    },
    { flags: "--also <file>", says: "a second file, where fake and genuine accounts lie apart", file: true },
    {
      flags: "--label <column>",
      says: "column that says which accounts are fake: 1/0, fake/real, true/false, bot/human",
    },
    { flags: "--all <kind>", says: "instead of a label: every account is fake, or real" },
    {
      flags: "--map <file>",
      says: "YAML that names the columns: followers, following, posts, has_profile_picture, …; usual names are recognised without",
      file: true,
    },
    {
      flags: "--weights <which>",
      says: "shipped, fitted, best (fitted where there are some, else shipped) or cross-validated; best when not given",
    },
    { flags: "--folds <n>", says: "folds of a cross-validation; 10 when not given" },
  ],
  examples: [
    "--file accounts.csv --label fake",
    "--file fake.json --also real.json --label isFake --weights shipped",
    "--file accounts.csv --map accounts.yaml --label bot --weights fitted --json",
    "--file followers.csv --all real",
  ],
  engine: () => {
    const { model, version, digest } = openClassifier();
    return `${model} ${version} (${digest})`;
  },
  evaluate,
  cases,
};

async function evaluate(given: Given, context: EvaluationContext): Promise<Measured> {
  const read = await readLabelled({
    files: [given["file"] as string, ...(given["also"] === undefined ? [] : [given["also"]])],
    map: given["map"] ?? null,
    label: labelOf(given),
  });
  const which = given["weights"] ?? "best";
  const judgement =
    which === "cross-validated"
      ? byCrossValidation(read.accounts, foldsIn(given["folds"]), context)
      : byWeights(read, openClassifier(whichOf(which)), context);
  return measured(read, judgement, context);
}

function labelOf({ label, all }: Given): string | { all: "fake" | "real" } {
  if (all !== undefined && label !== undefined)
    throw new LeapError("invalid options: --label and --all. Give one of them.");
  if (all !== undefined) {
    if (/^(fake|bot)s?$/i.test(all)) return { all: "fake" };
    if (/^(real|genuine|human)s?$/i.test(all)) return { all: "real" };
    throw new LeapError(`unknown kind: ${all}. --all takes fake or real.`);
  }
  if (label === undefined)
    throw new LeapError(
      "missing option: --label. Name the column that says which accounts are fake, or give --all real.",
    );
  return label;
}

function whichOf(which: string): "shipped" | "fitted" | "best" {
  if (which === "shipped" || which === "fitted" || which === "best") return which;
  throw new LeapError(`unknown weights: ${which}. There are shipped, fitted, best and cross-validated.`);
}

function foldsIn(folds = "10"): number {
  const number = Number(folds);
  if (!Number.isInteger(number) || number < 2)
    throw new LeapError(`invalid folds: ${folds}. Give a whole number from 2 on.`);
  return number;
}
