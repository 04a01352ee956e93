// The engine's errors on posts that people labelled for this publication: they count before those on public data sets, which are of other things.
import type { Row } from "../../core/types.ts";
import type { Confusion } from "../../texts/confusion.ts";
import type { Polarity } from "../../texts/polarity.ts";
import { polarities } from "./clusters.ts";
import { type ConfusionOf, hasEnough, ownPosts } from "./correction.ts";

export type GoldVerdict = Row & { language: string; truth: Polarity; verdict: Polarity; texts: number };

/** Posts that the engine leaves unclassified are in no share of classified posts, so they are no error here. */
export const goldVerdicts = `
  select language, truth, verdict, texts from pub_gold_verdicts
  where verdict <> 'unclassified'
  order by language, truth, verdict`;

/** Own errors of a language where every class has enough labelled posts; those of public data otherwise. */
export function ownConfusions(verdicts: readonly GoldVerdict[], otherwise: ConfusionOf): ConfusionOf {
  const own = new Map<string, Confusion>();
  for (const [language, rows] of Map.groupBy(verdicts, (row) => row.language)) {
    const texts = (truth: Polarity, verdict: Polarity) =>
      rows.find((row) => row.truth === truth && row.verdict === verdict)?.texts ?? 0;
    const counts = Object.fromEntries(
      polarities.map((truth) => [
        truth,
        Object.fromEntries(polarities.map((verdict) => [verdict, texts(truth, verdict)])),
      ]),
    ) as Confusion["counts"];
    if (hasEnough(counts)) own.set(language, { counts, validated_on: ownPosts });
  }
  return (language) => own.get(language) ?? otherwise(language);
}
