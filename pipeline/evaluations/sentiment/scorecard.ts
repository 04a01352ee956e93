// The Japanese scorecard that ships: points for what the lexicon hears, set by hand, since no Japanese labels may stand behind what ships.
import { measureNames } from "../../texts/sentiment-features.ts";
import type { RawModel } from "./recipe.ts";

type Measure = (typeof measureNames)[number];

/**
 * Negative, neutral, positive. Round numbers with a reason each, settled on the figures of MARC's validation split and on no text of it: a few
 * thresholds, not weights of words.
 */
const points: Readonly<Partial<Record<Measure, readonly [number, number, number]>>> = {
  // The sum of what is heard, and once more the sentence in which the writer ends: that is where people say what they came to say.
  heard: [-1.6, 0, 1.6],
  heard_last: [-0.6, 0, 0.6],
  // Who praises and blames at once, or turns with a "but", weighs up.
  mixed: [0, 0.4, 0],
  turns: [0, 0.2, 0],
};
/** Japanese praise is a matter of course and blame is put mildly, so that praise must be strong to count and blame need not. */
const bias = [-0.5, 0, -1.3] as const;

export const japaneseScorecard: RawModel = {
  table: null,
  measures: Float64Array.from(measureNames.flatMap((name) => points[name] ?? [0, 0, 0])),
  bias: [...bias],
};
