// Captions of our own making as examples: sentences with slots, in which the same products and skin concerns stand in every mood.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { LeapError } from "../../core/errors.ts";
import type { TrainedOn } from "../../core/evaluation.ts";
import type { LexiconLanguage } from "../../texts/lexicon.ts";
import { polarities } from "../../texts/sentiment-model.ts";
import type { Example } from "./recipe.ts";

const sentences = z.array(z.string().min(1)).min(1);
const Captions = z.strictObject({
  language: z.string(),
  source: z.string(),
  date: z.string(),
  slots: z.record(z.string(), sentences),
  negative: sentences,
  neutral: sentences,
  positive: sentences,
});

/** So many captions are made of each sentence; each slot runs through its words. */
const ofEach = 20;

/** Null for a language nobody has written captions for. Throws LeapError on a sentence with an unknown slot. */
export function ownCaptions(
  language: LexiconLanguage,
  weight: number,
): { readonly examples: readonly Example[]; readonly trainedOn: TrainedOn } | null {
  const file = new URL(`../../../data/reference/lexicon/captions.${language}.yaml`, import.meta.url);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  const captions = Captions.parse(parse(text));
  const examples = polarities.flatMap((polarity, label) =>
    captions[polarity].flatMap((sentence, at) =>
      Array.from({ length: ofEach }, (_, round) => ({
        text: filled(sentence, captions.slots, 7 * at + round),
        label: label as 0 | 1 | 2,
        lean: label / 2,
        weight,
        sentence: at,
      })),
    ),
  );
  return {
    examples,
    trainedOn: {
      dataset: "captions of our own making",
      licence: "our own",
      file: `data/reference/lexicon/captions.${language}.yaml`,
      sha256: createHash("sha256").update(text).digest("hex"),
      rows: examples.length,
    },
  };
}

function filled(sentence: string, slots: Readonly<Record<string, readonly string[]>>, turn: number): string {
  let place = 0;
  const text = sentence.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const words = slots[slot];
    if (!words)
      throw new LeapError(
        `unknown slot: {${slot}} in "${sentence}". There are ${Object.keys(slots).join(", ")}.`,
      );
    // Steps that share no factor with the usual lengths, so that two slots do not run side by side.
    return words[(turn * 5 + 7 * place++) % words.length] as string;
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}
