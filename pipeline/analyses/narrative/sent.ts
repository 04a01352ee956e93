// What a model is sent to write from: metrics in words with the formats they may be printed in, passages of knowledge, and the names it may use. Rows that
// were measured and checked, never a caption.
import type { Fact, Passage as SentPassage } from "../../../prompts/claims.ts";
import type { Passage } from "../../knowledge/passages.ts";
import { byMarket, type Facts, notableTrends } from "./facts.ts";
import { fill, type MetricValue } from "./template.ts";

const MOST_FACTS = 60;

/** Metrics of a market worth writing about, in the order in which a report would need them; entities beyond the notable ones are left out. */
const OF_MARKET = [
  "entry_readiness",
  "entry_component",
  "sentiment_score",
  "sentiment_change",
  "observed_posts",
  "paid_share",
  "share_of_voice_leader",
  "share_of_voice",
  "effective_brands",
  "brand_net_sentiment",
  "term_index",
  "yoy",
  "observed_share",
  "trend_class",
  "will_last",
  "theme_share",
  "claims_readiness",
  "engagement_median",
] as const;

const NOTABLE_TERMS = 5;
const NOTABLE_BRANDS = 5;

/** Facts about one market; the same edition sends the same. */
export function factsOf(facts: Facts, market: string): Fact[] {
  const terms = new Set(
    notableTrends(facts, market)
      .slice(0, NOTABLE_TERMS)
      .map((row) => row["term"] as string),
  );
  const brands = new Set(
    byMarket(facts.brands, market)
      .sort((a, b) => Number(b["share"] ?? 0) - Number(a["share"] ?? 0))
      .slice(0, NOTABLE_BRANDS)
      .map((row) => row["brand"] as string),
  );
  const wanted = [...facts.metrics.values()].filter(
    (metric) =>
      metric.market === market &&
      isOf(metric.metric, OF_MARKET) &&
      (!TERM_METRICS.has(metric.metric) || terms.has(metric.entity)) &&
      (!BRAND_METRICS.has(metric.metric) || brands.has(metric.entity)) &&
      (!metric.metric.startsWith("sentiment_") || metric.entity === "" || metric.entity === "90d"),
  );
  return told(facts, wanted, OF_MARKET);
}

const TERM_METRICS = new Set(["term_index", "yoy", "observed_share", "trend_class", "will_last"]);
const BRAND_METRICS = new Set(["share_of_voice", "brand_net_sentiment"]);

/** Facts about one term in one market. */
export const factsOfTerm = (facts: Facts, market: string, term: string): Fact[] =>
  told(
    facts,
    [...facts.metrics.values()].filter((metric) => metric.market === market && metric.entity === term),
    [],
  );

/** Facts about one creator. */
export const factsOfCreator = (facts: Facts, creator: string): Fact[] =>
  told(
    facts,
    [...facts.metrics.values()].filter((metric) => metric.entity === creator),
    [],
  );

/** What all markets have in common to be told by: rank, mood, volume. */
export function factsOfEdition(facts: Facts): Fact[] {
  const metrics = ["entry_readiness", "sentiment_score", "sentiment_change", "observed_posts", "paid_share"];
  const few = facts.markets.flatMap(({ code }) => {
    const lead = notableTrends(facts, code)[0]?.["term"];
    return [...facts.metrics.values()].filter(
      (metric) =>
        metric.market === code &&
        ((metrics.includes(metric.metric) && (metric.entity === "" || metric.entity === "90d")) ||
          (TERM_METRICS.has(metric.metric) && metric.entity === lead)),
    );
  });
  return told(facts, few, metrics);
}

const isOf = (metric: string, list: readonly string[]): boolean => list.includes(metric);

function told(facts: Facts, metrics: readonly MetricValue[], order: readonly string[]): Fact[] {
  const place = (metric: MetricValue) => {
    const found = order.indexOf(metric.metric);
    return found === -1 ? order.length : found;
  };
  return [...metrics]
    .filter((metric) => metric.value !== null || metric.text_value !== null)
    .sort((a, b) => place(a) - place(b) || (a.metric_id < b.metric_id ? -1 : 1))
    .slice(0, MOST_FACTS)
    .map((metric) => ({
      id: metric.metric_id,
      says: saysOf(facts, metric),
      formats: formatsOf(facts, metric),
    }));
}

/** The metric in words: its name, what it is about, value, interval and count. */
function saysOf(facts: Facts, metric: MetricValue): string {
  const market = facts.markets.find(({ code }) => code === metric.market)?.name ?? metric.market;
  const about = metric.entity === "" ? "" : ` of ${titleOf(facts, metric.entity)}`;
  const value =
    metric.value === null
      ? metric.text_value
      : `${round(metric.value)} ${metric.unit}${
          metric.low === null || metric.high === null
            ? ""
            : `, between ${round(metric.low)} and ${round(metric.high)} with 95 % confidence`
        }`;
  const before = facts.before.get(metric.metric_id)?.value;
  const change = before == null ? "" : `; ${round(before)} in the edition before`;
  return `${metric.metric.replaceAll("_", " ")}${about} in ${market}: ${value}${change}; counted over ${metric.n}`;
}

const round = (value: number): string => String(Number(value.toFixed(3)));

/** The title of a term, brand or creator; other entities by their id. */
function titleOf(facts: Facts, entity: string): string {
  const row =
    facts.trends.find((one) => one["term"] === entity) ?? facts.brands.find((one) => one["brand"] === entity);
  const creator = facts.creators.find((one) => one["creator"] === entity);
  return String(row?.["title"] ?? creator?.["name"] ?? entity.replaceAll("-", " "));
}

const SHARES = ["pct", "pct1", "cipct", "cipct1", "rangepct"];
const NUMBERS = ["0", "1", "2", "ci", "ci1", "range"];

/** The formats in which the metric can be printed at all, found by printing it. */
function formatsOf(facts: Facts, metric: MetricValue): string[] {
  const isShare = metric.unit === "ratio";
  const isChange = /change|yoy|momentum|growth/.test(metric.metric);
  const asked = [
    ...(metric.text_value !== null ? ["word"] : []),
    ...(isShare ? SHARES : NUMBERS),
    ...(isChange ? ["signed", "signed1", "abs", "abs1", ...(isShare ? ["points"] : [])] : []),
    "n",
    ...(facts.before.get(metric.metric_id)?.value == null ? [] : [isShare ? "prevpct" : "prev"]),
  ];
  return asked.filter((format) => {
    try {
      return fill(`{${metric.metric_id}|${format}}`, facts).text !== "";
    } catch {
      return false;
    }
  });
}

/** Brands, terms, creators and markets that prose about these markets may name. */
export function namesOf(facts: Facts, markets: readonly string[]): string[] {
  const of = (rows: Facts["brands"], column: string) =>
    rows.filter((row) => markets.includes(row["market"] as string)).map((row) => String(row[column]));
  return [
    ...new Set([
      ...of(facts.brands, "title"),
      ...of(facts.trends, "title"),
      ...of(facts.creators, "name"),
      ...facts.markets.flatMap(({ code, name }) => [name, ...(ALIASES[code] ?? [])]),
    ]),
  ].sort((a, b) => (a < b ? -1 : 1));
}

/** What else people write for a market. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { us: ["US", "USA"], kr: ["Korea"] };

/** Names that stay in Latin letters in every language: brands and creators, but no term, which has its own word there. */
export const lastingNames = (facts: Facts, market: string): string[] =>
  [
    ...new Set([
      ...byMarket(facts.brands, market).map((row) => String(row["title"])),
      ...byMarket(facts.creators, market).map((row) => String(row["name"])),
    ]),
  ].sort((a, b) => (a < b ? -1 : 1));

/** Passages as they are sent. */
export const sentPassages = (passages: readonly Passage[]): SentPassage[] =>
  passages.map(({ id, text }) => ({ id, text }));
