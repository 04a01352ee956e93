// Judges texts by weights that have not seen them: the examples in five parts, each judged by a fit on the other four.
import type { Log } from "../../core/types.ts";
import { polarities } from "../../texts/sentiment-model.ts";
import { type Calibration, calibrate, calibrated, type Unseen } from "./calibrate.ts";
import type { Outcome } from "./figures.ts";
import { afterPacking } from "./pack.ts";
import { fitModel, logitsOf, type Prepared } from "./recipe.ts";

export const folds = 5;
/** Beyond so many examples one part in five says enough, and four more fits would take minutes. */
export const oneFoldFrom = 10_000;

export interface HeldOut {
  readonly unseen: readonly Unseen[];
  readonly calibration: Calibration;
  readonly words: string;
}

/** `beside` are examples that every fit learns from and none is judged on. */
export function heldOut(
  examples: readonly Prepared[],
  beside: readonly Prepared[],
  options: { readonly stars: boolean; readonly tables?: boolean },
  log: Log,
): HeldOut {
  const judged = examples.length >= oneFoldFrom ? 1 : folds;
  const unseen: Unseen[] = [];
  for (let fold = 0; fold < judged; fold++) {
    log.progress("held-out parts", fold, judged);
    const model = afterPacking(
      fitModel([...examples.filter((_, i) => i % folds !== fold), ...beside], options),
    );
    for (let i = fold; i < examples.length; i += folds) {
      const example = examples[i] as Prepared;
      unseen.push({ logits: logitsOf(model, example), label: example.label });
    }
  }
  const words =
    judged === 1
      ? "every fifth text, held out of the fit"
      : "each text judged by a fit on four fifths without it";
  return { unseen, calibration: calibrate(unseen), words };
}

export function outcomesOf(unseen: readonly Unseen[], calibration: Calibration): Outcome[] {
  return unseen.map(({ logits, label }) => {
    const probabilities = calibrated(logits, calibration);
    const most = probabilities.indexOf(Math.max(...probabilities));
    return {
      truth: polarities[label] as Outcome["truth"],
      verdict: polarities[most] as Outcome["truth"],
      probabilities,
    };
  });
}
