// Judges texts by weights that have not seen them: the examples in five parts, each judged by a fit on the other four.
import type { Log } from "../../core/types.ts";
import { polarities } from "../../texts/sentiment-model.ts";
import { type Calibration, calibrate, calibrated, calibrateSides, type Unseen } from "./calibrate.ts";
import type { Outcome } from "./figures.ts";
import { afterPacking } from "./pack.ts";
import { type FitOptions, fitModel, logitsOf, type Prepared } from "./recipe.ts";

export const folds = 5;
/** Beyond so many examples one part in five says enough, and four more fits would take minutes. */
export const oneFoldFrom = 10_000;

export interface HeldOut {
  readonly unseen: readonly Unseen[];
  readonly calibration: Calibration;
  readonly words: string;
}

/**
 * `beside` are captions of our own making, which every fit learns from. With stars, whose middle is no neutral text, they also stand for the neutral
 * texts that are judged, each by a fit that knows its sentence in no form.
 */
export function heldOut(
  examples: readonly Prepared[],
  beside: readonly Prepared[],
  options: FitOptions,
  log: Log,
): HeldOut {
  const judged = examples.length >= oneFoldFrom ? 1 : folds;
  const unseen: Unseen[] = [];
  for (let fold = 0; fold < judged; fold++) {
    log.progress("held-out parts", fold, judged);
    const other = (i: number) => i % folds !== fold;
    const known = options.stars ? beside.filter(({ sentence }) => other(sentence ?? 0)) : beside;
    const model = afterPacking(fitModel([...examples.filter((_, i) => other(i)), ...known], options));
    const judgedOn = options.stars
      ? [
          ...examples.filter(({ label }, i) => label !== 1 && !other(i)),
          ...beside.filter(({ label, sentence }) => label === 1 && !other(sentence ?? 0)),
        ]
      : examples.filter((_, i) => !other(i));
    for (const example of judgedOn) unseen.push({ logits: logitsOf(model, example), label: example.label });
  }
  const words = [
    judged === 1
      ? "every fifth text, held out of the fit"
      : "each text judged by a fit on four fifths without it",
    ...(options.stars ? ["neutral ones are captions of our own making, their sentences held out"] : []),
  ].join("; ");
  return { unseen, calibration: options.stars ? calibrateSides(unseen) : calibrate(unseen), words };
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
