// How likely an account is fake: points for each quantity, added up as evidence in log odds. The points are those of the scorecard that ships,
// or those that `leap train authenticity` fitted on data of the operator's own.
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { findWeights, localWeights, type Weights } from "../core/weights.ts";
import { type Account, type AccountField, accountFields } from "./account.ts";
import { quantityOf, type VariableName, variableNames, variables } from "./evidence.ts";

/** Accounts of one kind and how many of them the classifier calls fake: measured by cross-validation, or stated. */
const Rate = z.strictObject({ accounts: z.number().positive(), flagged: z.number().min(0) });

export const ClassifierFile = z.strictObject({
  /** `scorecard` or `logistic`. */
  model: z.string(),
  version: z.string(),
  says: z.string(),
  /** Share of fakes that is assumed before anything is known of an account. */
  prior: z.number().gt(0).lt(1),
  /** Log odds per unit above the centre, the value that speaks for neither side. */
  points: z.record(
    z.enum(variableNames as [VariableName, ...VariableName[]]),
    z.strictObject({ points: z.number(), centre: z.number(), why: z.string().optional() }),
  ),
  /** Evidence that every account gets: what a fit leaves over once the points have spoken. */
  offset: z.number().default(0),
  /** Fakes found and genuine accounts flagged at the threshold: what Rogan and Gladen's correction needs. */
  error_rates: z.strictObject({ basis: z.string(), fake: Rate, genuine: Rate }),
  trained_on: z
    .array(
      z.strictObject({
        dataset: z.string(),
        licence: z.string(),
        file: z.string(),
        sha256: z.string(),
        rows: z.number(),
      }),
    )
    .default([]),
});
export type ClassifierFile = z.output<typeof ClassifierFile>;

export interface Judged {
  /** Log odds that the account is fake, beyond the prior. */
  readonly evidence: number;
  /** Weight of the fields that are known over that of all; see `fieldWeights`. */
  readonly coverage: number;
}

export interface Classifier extends Pick<ClassifierFile, "model" | "version" | "prior" | "error_rates"> {
  readonly shipped: boolean;
  readonly digest: string;
  readonly file: ClassifierFile;
  judge(account: Account): Judged;
  /** The share of the score's range that each field may decide; they sum to one. */
  readonly fieldWeights: Readonly<Record<AccountField, number>>;
}

export type WhichWeights = "shipped" | "fitted" | "best";

/**
 * `best` is what production uses: fitted points where the operator has some, else the scorecard.
 * Throws LeapError for `fitted` when nobody has fitted any.
 */
export function openClassifier(which: WhichWeights = "best"): Classifier {
  const fitted = which === "shipped" ? null : findWeights("authenticity", "logistic.json");
  if (fitted) return classifierOf(read(fitted), fitted);
  if (which === "fitted")
    throw new LeapError(
      `missing weights: logistic.json in ${localWeights() ?? "the local weights"}. Fit them with: leap train authenticity --datasets DIR`,
    );
  const shipped = findWeights("authenticity", "scorecard.json");
  if (!shipped) throw new Error("the scorecard of data/reference/weights/authenticity is gone");
  return classifierOf(read(shipped), shipped);
}

function read(weights: Weights): ClassifierFile {
  const parsed = ClassifierFile.safeParse(jsonOf(weights));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(weights, `${issue?.path.join(".") || "file"}: ${issue?.message}`);
}

function jsonOf(weights: Weights): unknown {
  try {
    return JSON.parse(weights.bytes.toString("utf8"));
  } catch (error) {
    throw invalid(weights, (error as Error).message);
  }
}

function invalid({ path }: Weights, why: string): LeapError {
  return new LeapError(
    `invalid weights: ${path}: ${why}. Fit them anew with: leap train authenticity --datasets DIR`,
  );
}

/** A classifier out of its file's content. */
export function classifierOf(
  file: ClassifierFile,
  weights: Pick<Weights, "shipped" | "digest"> = { shipped: false, digest: "unsaved" },
): Classifier {
  const fieldWeights = weightsOf(file);
  return {
    model: file.model,
    version: file.version,
    prior: file.prior,
    error_rates: file.error_rates,
    file,
    shipped: weights.shipped,
    digest: weights.digest,
    fieldWeights,
    judge(account) {
      let evidence = file.offset;
      for (const [name, { points, centre }] of entriesOf(file)) {
        const value = quantityOf(name, account);
        if (value !== null) evidence += points * (value - centre);
      }
      const coverage = accountFields.reduce(
        (sum, field) => sum + (account[field] === null ? 0 : fieldWeights[field]),
        0,
      );
      return { evidence, coverage: Math.min(1, coverage) };
    },
  };
}

const entriesOf = (file: ClassifierFile) =>
  Object.entries(file.points) as [VariableName, { points: number; centre: number }][];

/** The largest value of each variable; the smallest is zero but for the ratio. */
const spans: Readonly<Record<VariableName, number>> = {
  follow_ratio: 5.6,
  followers: 9.2,
  mass_following: 1.6,
  posts: 4.6,
  no_posts: 1,
  no_picture: 1,
  private: 1,
  username_digits: 0.4,
  username_length: 3,
  bio: 5,
  no_bio: 1,
  external_url: 1,
  full_name_words: 2,
  full_name_digits: 0.4,
  name_equals_username: 1,
};

// A variable of two fields shares its weight between them.
function weightsOf(file: ClassifierFile): Record<AccountField, number> {
  const weights = Object.fromEntries(accountFields.map((field) => [field, 0])) as Record<
    AccountField,
    number
  >;
  for (const [name, { points }] of entriesOf(file))
    for (const field of variables[name].of as readonly AccountField[])
      weights[field] += (Math.abs(points) * spans[name]) / variables[name].of.length;
  const total = accountFields.reduce((sum, field) => sum + weights[field], 0);
  for (const field of accountFields) weights[field] = total > 0 ? weights[field] / total : 0;
  return weights;
}

export const logit = (share: number): number => Math.log(share / (1 - share));

/** Probability that an account is fake, given its evidence and the share of fakes among accounts like it. */
export const probability = (evidence: number, prior: number): number =>
  1 / (1 + Math.exp(-(evidence + logit(prior))));

/** An account is called fake when it more likely is than not, at the classifier's own prior: the rule whose errors are known. */
export const isFlagged = (evidence: number, { prior }: Pick<Classifier, "prior">): boolean =>
  evidence + logit(prior) >= 0;
