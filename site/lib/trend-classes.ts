// The classes of a trend: their order for readers, and the rule of each in words.
import type { DatasetRow } from "./data.ts";

export type TrendClass = NonNullable<DatasetRow<"trends">["class"]>;

/** Most urgent first; not the order in which the rules are tried. */
export const trendClasses: readonly TrendClass[] = [
  "Exploding",
  "Emerging",
  "Sustained",
  "Peaked",
  "Declining",
  "Volatile",
];

export const classRules: Readonly<Record<TrendClass, string>> = {
  Exploding: "robust z above 3 and more than twice the year before",
  Emerging: "small (volume percentile under 40), momentum above 0.25, up in three of four weeks",
  Sustained: "trend slope above zero for 26 weeks",
  Peaked: "15% or more below its highest point, which lies 8 to 52 weeks back",
  Declining: "trend slope below zero for 26 weeks",
  Volatile: "no other rule matches",
};

/** Why a term has no class, as a sentence. */
export function noClassBecause({ reason, posts_52w, weeks }: DatasetRow<"trends">): string {
  if (reason === "withheld_privacy") return "Fewer than 5 authors named it: withheld for their sake.";
  if (reason === "not_collected")
    return `Too short a history, or too many missing weeks: ${weeks} collected, and a class needs 26 that reach into the last two months.`;
  if (posts_52w >= 30) return "Too many weeks hold too few posts of the market for a class.";
  return `${posts_52w} ${posts_52w === 1 ? "post" : "posts"} in the year: with fewer than 30 a class would be chance.`;
}
