// What the sentences draw on: the edition's metric values by id, and the rows that say what is worth a sentence.
import type { AnsweredBy, Row } from "../../core/types.ts";
import type { MetricValue, Vocabulary } from "./template.ts";

export interface Draft {
  readonly page: string;
  readonly section: string;
  /** Opening words, set in bold; a template too. */
  readonly lead: string;
  readonly template: string;
  /** Absent where rules wrote it. */
  readonly written?: Written;
}

/** What a model's sentence carries beside its words. */
export interface Written {
  readonly by: AnsweredBy;
  /** Task of the prompt. */
  readonly task: string;
  /** Evidence beside the metrics of the placeholders. */
  readonly evidence: readonly string[];
  readonly quote: string | null;
  readonly quote_source: string | null;
}

export interface Facts extends Vocabulary {
  readonly markets: readonly { code: string; name: string; role: string }[];
  readonly trends: readonly Row[];
  readonly brands: readonly Row[];
  readonly themes: readonly Row[];
  readonly creators: readonly Row[];
  readonly entry: readonly Row[];
  readonly components: readonly Row[];
  readonly spikes: readonly Row[];
  readonly events: readonly Row[];
  /** Sunday of the last complete week. */
  readonly weekEnd: string;
  /** Spellings of the taxonomy's themes, lower case: a complaint that names one is something a brand can act on. */
  readonly themeWords: ReadonlySet<string>;
  /** Metrics of the edition before, for "from …" and for changes beyond noise. */
  readonly before: ReadonlyMap<string, MetricValue>;
  readonly provenance: string;
  /** Who read the pages of this edition and answers for what a model wrote there. */
  readonly reviews: readonly { readonly page: string; readonly by: string }[];
}

/** The id of a metric when the edition has a value for it, else null: a sentence without its number is not written. */
export function idOf(facts: Facts, metric: string, market: string, entity = ""): string | null {
  const id = entity ? `${metric}:${market}:${entity}` : `${metric}:${market}`;
  const value = facts.metrics.get(id);
  return value && (value.value !== null || value.text_value !== null) ? id : null;
}

/** Like idOf, and the value must have an interval. */
export function idWithInterval(facts: Facts, metric: string, market: string, entity = ""): string | null {
  const id = idOf(facts, metric, market, entity);
  const value = id ? facts.metrics.get(id) : undefined;
  return id && value && value.low !== null && value.high !== null ? id : null;
}

/** True when the edition before had a value and the two intervals do not overlap. */
export function movedBeyondNoise(facts: Facts, id: string): boolean {
  const now = facts.metrics.get(id);
  const then = facts.before.get(id);
  if (!now || !then || now.low === null || now.high === null || then.low === null || then.high === null)
    return false;
  return now.low > then.high || now.high < then.low;
}

const ordinals = [
  "",
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];
const cardinals = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/** Ranks and small counts are written as words, so that a digit in prose is always a measured number. */
export const ordinal = (rank: number): string => ordinals[rank] ?? "lower";
export const cardinal = (count: number): string => cardinals[count] ?? "many";

export const byMarket = (rows: readonly Row[], market: string): Row[] =>
  rows.filter((row) => row["market"] === market);

/** Share of bootstrap draws that must agree with a class before prose names it, or its change counts as more than noise. */
export const settledShare = 0.5;

/**
 * The market's products and ingredients worth telling, most notable class first, then by score. Talk of price or delivery is no product, and a
 * class that most draws deny is no news.
 */
export function notableTrends(facts: Facts, market: string): Row[] {
  const order = ["Exploding", "Emerging", "Declining", "Peaked", "Sustained"];
  return (
    byMarket(facts.trends, market)
      .filter((row) => row["class"] !== null && (row["kind"] === "product" || row["kind"] === "ingredient"))
      .filter((row) => Number(row["stability"] ?? 0) >= settledShare)
      // Moving without direction is no news either.
      .filter((row) => row["class"] !== "Volatile")
      .sort(
        (a, b) =>
          order.indexOf(a["class"] as string) - order.indexOf(b["class"] as string) ||
          Number(b["trend_score"] ?? 0) - Number(a["trend_score"] ?? 0) ||
          String(a["term"]).localeCompare(String(b["term"]), "en"),
      )
  );
}

/** How prose calls a market: some countries take an article. */
export function placeName(name: string): string {
  return /^(United|Netherlands|Philippines|Czech Republic|Dominican)/.test(name) ? `the ${name}` : name;
}

/** A sentence or title begins with a capital, also when a name takes an article. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What people speak of when they name the term. */
export const interestIn = (row: Row): string => (row["kind"] === "theme" ? "Talk of" : "Interest in");

/** The most named terms, whatever their class; for editions too short to classify. */
export function largestTerms(facts: Facts, market: string): Row[] {
  return byMarket(facts.trends, market).sort(
    (a, b) =>
      Number(b["posts_52w"]) - Number(a["posts_52w"]) ||
      String(a["term"]).localeCompare(String(b["term"]), "en"),
  );
}

/** Windows of sentiment in words, the one to speak of first. A short or old import has values in the longer ones only. */
const windows = { "90d": "ninety days", "365d": "a year", all: "the whole period" } as const;

/** The sentiment metric to speak of: the shortest window with a value and an interval. */
export function sentimentIn(
  facts: Facts,
  metric: string,
  market: string,
): { id: string; over: string } | null {
  for (const [window, over] of Object.entries(windows)) {
    const id = idWithInterval(facts, metric, market, window);
    if (id) return { id, over };
  }
  return null;
}

/** True for the pseudo-market of posts whose market nobody stated: prose does not call it by a name. */
export const isUnstated = (market: string): boolean => market === "zz";
