// The figures and tables of `leap eval authenticity`.
import { isFlagged, probability } from "../../accounts/classifier.ts";
import type { EvaluationContext, Measured } from "../../core/evaluation.ts";
import { shiftedPrior } from "../../stats/prior-shift.ts";
import { areaOf, type Calls, callsOf, confusionOf, scoresOf, shareError } from "./figures.ts";
import type { Judgement } from "./judgement.ts";
import type { LabelledAccounts } from "./labelled.ts";

/** All that is said of a judgement. Without both kinds of account only the errors of the one there is. */
export function measured(
  read: LabelledAccounts,
  { accounts, prior, ratesOf, share, notes }: Judgement,
  { random }: EvaluationContext,
): Measured {
  const fake = accounts.map((account) => account.fake);
  const fakes = fake.filter(Boolean).length;
  const oneKind = fakes === 0 || fakes === fake.length;
  const evidence = accounts.map((account) => account.evidence);
  const expected = shiftedPrior(evidence, prior);
  const shifted = Math.min(0.999, Math.max(0.001, share ?? expected));
  const at = (assumed: number) => evidence.map((one) => probability(one, assumed));
  const [before, after] = [callsOf(at(prior), fake), callsOf(at(shifted), fake)];
  const confusion = confusionOf(at(shifted), fake);
  const flagged = accounts.filter(({ evidence }) => isFlagged(evidence, { prior })).length;
  const natural = shareError(accounts, ratesOf, random("shares"));
  const planned = oneKind
    ? []
    : [0.05, 0.1, 0.2, 0.4, 0.6].flatMap((share) => {
        const error = shareError(accounts, ratesOf, random(`shares ${share}`), { share, samples: 200 });
        return error ? [{ fakes: share, ...error }] : [];
      });
  const kept = ["accuracy", "precision", "recall", "f1", "brier", "ece"] as const;
  return {
    n: accounts.length,
    figures: {
      auc: areaOf(accounts, fake),
      // Without both kinds the calls say nothing but how often they are wrong.
      ...Object.fromEntries(kept.map((name) => [name, oneKind ? null : after[name]])),
      ...(fakes === fake.length ? { recall: flagged / fakes } : {}),
      falseAlarmShare:
        fakes === fake.length
          ? null
          : oneKind
            ? flagged / fake.length
            : confusion.real.fake / (fake.length - fakes),
      coverage: accounts.reduce((sum, one) => sum + one.coverage, 0) / accounts.length,
      botShareError: natural?.error ?? null,
      botShareCoverage95: natural?.covered ?? null,
      trueShare: fakes / fake.length,
      prior,
      shiftedPrior: shifted,
      n: accounts.length,
    },
    ...(oneKind
      ? {}
      : {
          perClass: {
            fake: { ...scoresOf(confusion.fake.fake, confusion.real.fake, confusion.fake.real), n: fakes },
            real: {
              ...scoresOf(confusion.real.real, confusion.fake.real, confusion.real.fake),
              n: fake.length - fakes,
            },
          },
          confusion,
        }),
    tables: {
      ...(oneKind
        ? {}
        : {
            "Threshold and prior shift": [
              shiftRow("at the classifier's prior", prior, before),
              ...(share === null ? [] : [shiftRow("shifted to the corrected share (used)", shifted, after)]),
              shiftRow(
                `shifted by expectation and maximisation${share === null ? " (used)" : ""}`,
                expected,
                callsOf(at(expected), fake),
              ),
            ],
          }),
      "Bot share on random samples": [
        ...(natural ? [{ fakes: "as in the file", ...natural }] : []),
        ...planned,
      ],
    },
    notes: [
      ...notes,
      ...read.notes,
      "Calls, Brier score and ECE are at probabilities shifted to this sample's own share of fakes, as estimated without its labels: the share that would be published, or by expectation and maximisation (Saerens et al. 2002). botShareError is a share: 0.03 are three points.",
    ],
  };
}

/** The threshold is the evidence from which on an account is more likely fake than not. */
const shiftRow = (probabilities: string, prior: number, calls: Calls) => ({
  probabilities,
  prior,
  threshold_evidence: Math.log((1 - prior) / prior),
  ...calls,
});
