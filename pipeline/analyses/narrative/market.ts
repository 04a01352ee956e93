// The sentences of a market report: title, bottom line, decision, an opening for each section, and recommendations.
import type { Row } from "../../core/types.ts";
import {
  byMarket,
  capitalised,
  cardinal,
  type Draft,
  type Facts,
  idOf,
  idWithInterval,
  isUnstated,
  largestTerms,
  movedBeyondNoise,
  notableTrends,
  ordinal,
  placeName,
  sentimentIn,
} from "./facts.ts";
import { namesTheme, themeShare, themesOf } from "./phrases.ts";
import { named } from "./template.ts";

type Sentence = Omit<Draft, "page">;

/** Every sentence of one market's report, in reading order. Sentences whose numbers are missing are not written. */
export function marketSentences(facts: Facts, market: { code: string; name: string }): Draft[] {
  const sentences: (Sentence | null)[] = [
    title(facts, market),
    ...bottomLine(facts, market).map((sentence) => sentence && { section: "bottom_line", ...sentence }),
    ...decision(facts, market),
    ...demand(facts, market),
    ...sentiment(facts, market),
    ...competition(facts, market),
    ...creators(facts, market),
    ...recommendations(facts, market),
  ];
  return sentences
    .filter((sentence): sentence is Sentence => sentence !== null)
    .map((sentence) => ({ page: `market/${market.code}`, ...sentence }));
}

interface Place {
  readonly code: string;
  readonly name: string;
}

function title(facts: Facts, market: Place): Sentence {
  const entry = byMarket(facts.entry, market.code)[0];
  const score = idOf(facts, "entry_readiness", market.code);
  const trend = notableTrends(facts, market.code)[0];
  const trendClause = trend
    ? `interest in ${named(trend["title"] as string)} ${classVerb(trend["class"] as string)}`
    : null;
  if (entry && score && entry["rank"] !== null) {
    const rank = `${named(capitalised(placeName(market.name)))} ranks ${ordinal(Number(entry["rank"]))} of ${cardinal(Number(entry["markets"]))} on entry readiness`;
    return { section: "title", lead: "", template: trendClause ? `${rank}; ${trendClause}` : rank };
  }
  const found = sentimentIn(facts, "sentiment_score", market.code);
  const largest = largestTerms(facts, market.code)[0];
  const parts = [
    trendClause ?? (largest ? `${named(largest["title"] as string)} is named most` : null),
    found ? `sentiment stands at {${found.id}|0} of a hundred` : null,
  ].filter((part) => part !== null);
  const posts = idOf(facts, "observed_posts", market.code);
  if (parts.length === 0 && posts) parts.push(`{${posts}|0} posts observed, too few signals to rank`);
  const said = parts.length > 0 ? parts.join(", and ") : "nothing measurable in this edition";
  const place = `${named(capitalised(placeName(market.name)))}: `;
  return {
    section: "title",
    lead: "",
    template: isUnstated(market.code) ? capitalised(said) : `${place}${said}`,
  };
}

function bottomLine(facts: Facts, market: Place): ({ lead: string; template: string } | null)[] {
  return [
    readiness(facts, market),
    leadingTrend(facts, market),
    netSentiment(facts, market),
    leader(facts, market),
    complaints(facts, market),
    engagement(facts, market),
    volume(facts, market),
  ]
    .filter((sentence) => sentence !== null)
    .slice(0, 5);
}

function readiness(facts: Facts, market: Place) {
  const entry = byMarket(facts.entry, market.code)[0];
  const id = idWithInterval(facts, "entry_readiness", market.code);
  if (!entry || !id || entry["rank"] === null) return null;
  const leads: Record<string, string> = {
    enter: "Enter",
    prepare: "Prepare, do not enter yet",
    watch: "Watch, do not prepare yet",
  };
  const lead = leads[String(entry["decision"])] ?? "No decision";
  const from = facts.before.get(id)?.value != null ? `, from {${id}|prev} in the last edition` : "";
  return {
    lead,
    template: `: ${named(placeName(market.name))} ranks ${ordinal(Number(entry["rank"]))} of ${cardinal(Number(entry["markets"]))} on entry readiness, at {${id}|ci}${from}.`,
  };
}

function leadingTrend(facts: Facts, market: Place) {
  for (const trend of notableTrends(facts, market.code)) {
    const term = trend["term"] as string;
    const index = idWithInterval(facts, "term_index", market.code, term);
    if (!index) continue;
    const yoy = idOf(facts, "yoy", market.code, term);
    const year = yoy ? `, {${yoy}|signed}% on the year` : "";
    return {
      lead: `Interest in ${named(trend["title"] as string)} ${classVerb(trend["class"] as string)}`,
      template: `: its index stands at {${index}|ci} against a base of one hundred${year}.`,
    };
  }
  const largest = largestTerms(facts, market.code)[0];
  const share = largest && idWithInterval(facts, "observed_share", market.code, largest["term"] as string);
  return share
    ? {
        lead: `${named(largest["title"] as string)} is named most`,
        template: `: in {${share}|ci} of every ten thousand posts.`,
      }
    : null;
}

function netSentiment(facts: Facts, market: Place) {
  const found = sentimentIn(facts, "sentiment_score", market.code);
  if (!found) return null;
  const { id, over } = found;
  const change = idWithInterval(facts, "sentiment_change", market.code);
  const moved = change ? facts.metrics.get(change) : undefined;
  const [low, high] = [moved?.low ?? 0, moved?.high ?? 0];
  const fell = high < 0;
  const direction =
    change && (fell || low > 0)
      ? `, ${fell ? "down" : "up"} {${change}|abs1} points on the ninety days before`
      : "";
  return {
    lead: direction ? `Sentiment ${fell ? "fell" : "rose"}` : "Sentiment",
    template: `${direction ? ":" : " stands at"} {${id}|ci} of a hundred over ${over}${direction || steady(facts, id)} (n = {${id}|n}).`,
  };
}

/** How a value stands to that of the edition before, when nothing larger is to be said of it. */
function steady(facts: Facts, id: string): string {
  if (facts.before.get(id)?.value == null) return "";
  return movedBeyondNoise(facts, id) ? `, from {${id}|prev}` : ", unchanged within its interval";
}

function engagement(facts: Facts, market: Place) {
  const id = idWithInterval(facts, "engagement_median", market.code);
  return id
    ? {
        lead: "A typical post",
        template: ` gets {${id}|ci} likes and comments (n = {${id}|n}).`,
      }
    : null;
}

function leader(facts: Facts, market: Place) {
  const rows = byMarket(facts.brands, market.code)
    .filter((row) => row["rank"] !== null)
    .sort((a, b) => Number(a["rank"]) - Number(b["rank"]));
  const first = rows[0];
  if (!first) return null;
  const id = idWithInterval(facts, "share_of_voice", market.code, first["brand"] as string);
  if (!id) return null;
  const effective = idOf(facts, "effective_brands", market.code);
  const field = effective ? `; the set counts as {${effective}|1} brands of equal size` : "";
  return {
    lead: `${named(first["title"] as string)} leads the shelf`,
    template: ` with {${id}|cipct} of brand mentions${field}.`,
  };
}

function complaints(facts: Facts, market: Place) {
  const top = (polarity: string) =>
    themesOf(facts, market.code, polarity)
      .slice(0, 2)
      .map((row) => `“${named(row["phrase"] as string)}”`);
  const praise = top("positive");
  const blame = top("negative");
  if (praise.length === 0 || blame.length === 0) return null;
  const share = themeShare(facts, market.code, themesOf(facts, market.code, "negative")[0]);
  const evidence = share ? `; ${blame[0]} stands in {${share}|pct} of negative posts` : "";
  return {
    lead: "What people say",
    template: `: ${praise.join(" and ")} mark praise, ${blame.join(" and ")} mark complaints${evidence}.`,
  };
}

function volume(facts: Facts, market: Place) {
  const posts = idOf(facts, "observed_posts", market.code);
  const coverage = idOf(facts, "coverage", market.code);
  if (!posts) return null;
  return coverage
    ? {
        lead: "Basis",
        template: `: {${posts}|0} posts observed in thirteen weeks, with {${coverage}|pct1} of scheduled runs successful.`,
      }
    : {
        lead: "Basis",
        template: `: {${posts}|0} posts observed in the last thirteen weeks; imported, so coverage is unknown.`,
      };
}

function decision(facts: Facts, market: Place): Sentence[] {
  const entry = byMarket(facts.entry, market.code)[0];
  const id = idOf(facts, "entry_readiness", market.code);
  if (!entry || !id || entry["decision"] === null) return [];
  const stability = idOf(facts, "rank_stability", market.code);
  const sentences: Sentence[] = [];
  if (stability)
    sentences.push({
      section: "decision",
      lead: `Confidence: ${String(entry["confidence"])}.`,
      template: ` ${named(capitalised(placeName(market.name)))} keeps its rank in {${stability}|pct} of draws of weights and inputs.`,
    });
  const weakest = byMarket(facts.components, market.code)
    .filter((row) => row["percentile"] !== null)
    .sort(
      (a, b) =>
        Number(a["percentile"]) - Number(b["percentile"]) || Number(b["weight"]) - Number(a["weight"]),
    )[0];
  const weakestId = weakest && idOf(facts, "entry_component", market.code, weakest["component"] as string);
  if (weakest && weakestId)
    sentences.push({
      section: "decision",
      lead: "What would change it:",
      template: ` ${componentName(weakest["component"] as string)} is the weakest part, at {${weakestId}|0} of a hundred among the tracked markets.`,
    });
  return sentences;
}

function demand(facts: Facts, market: Place): Sentence[] {
  const notable = notableTrends(facts, market.code);
  const rising = notable.filter((row) => row["class"] === "Exploding" || row["class"] === "Emerging");
  const falling = notable.filter((row) => row["class"] === "Declining" || row["class"] === "Peaked");
  const list = (rows: Row[]) =>
    joined(
      rows
        .slice(0, 3)
        .map(
          (row, place) =>
            named(row["title"] as string) + (place === 0 ? scored(facts, market.code, row) : ""),
        ),
    );
  const sentences: Sentence[] = [];
  if (rising.length > 0)
    sentences.push({
      section: "demand",
      lead: "Rising:",
      template: ` ${list(rising)}.`,
    });
  if (falling.length > 0)
    sentences.push({
      section: "demand",
      lead: "Past its peak:",
      template: ` ${list(falling)}.`,
    });
  return sentences;
}

/** The first term of a list carries its score, so that the sentence rests on a metric. */
function scored(facts: Facts, market: string, row: Row): string {
  const score = idOf(facts, "trend_score", market, row["term"] as string);
  return score ? ` (trend score {${score}|0})` : "";
}

function sentiment(facts: Facts, market: Place): Sentence[] {
  const id = sentimentIn(facts, "net_sentiment", market.code)?.id;
  const index = sentimentIn(facts, "brand_health_index", market.code)?.id;
  if (!id || !index) return [];
  return [
    {
      section: "sentiment",
      lead: "",
      template: `Of the posts with an opinion {${index}|pct} praise. Net sentiment, which counts neutral posts too, is {${id}|2}.`,
    },
  ];
}

function competition(facts: Facts, market: Place): Sentence[] {
  const movers = byMarket(facts.brands, market.code)
    .filter((row) => {
      const [low, high] = [row["change_low"], row["change_high"]];
      return low !== null && high !== null && (Number(low) > 0 || Number(high) < 0);
    })
    .sort((a, b) => Math.abs(Number(b["change"])) - Math.abs(Number(a["change"])));
  const mover = movers[0];
  const id = mover && idOf(facts, "share_of_voice_change", market.code, mover["brand"] as string);
  if (!mover || !id) {
    const any = byMarket(facts.brands, market.code).some((row) => row["change"] !== null);
    return any
      ? [
          {
            section: "competition",
            lead: "",
            template: "No brand moved beyond its interval against the thirteen weeks before.",
          },
        ]
      : [];
  }
  const verb = Number(mover["change"]) > 0 ? "gained" : "lost";
  return [
    {
      section: "competition",
      lead: `${named(mover["title"] as string)} ${verb} share`,
      template: `: {${id}|points} points against the thirteen weeks before.`,
    },
  ];
}

function creators(facts: Facts, market: Place): Sentence[] {
  const rows = byMarket(facts.creators, market.code);
  const scored = rows
    .filter((row) => row["signals_score"] !== null && row["verdict"] === "fits")
    .sort((a, b) => Number(b["signals_score"]) - Number(a["signals_score"]));
  const best = scored[0];
  const id = best && idWithInterval(facts, "authenticity_signals", market.code, best["creator"] as string);
  const doubtful = rows.filter((row) => Number(row["unexplained_jumps"]) > 0);
  const sentences: Sentence[] = [];
  if (best && id)
    sentences.push({
      section: "creators",
      lead: named(best["name"] as string),
      template: ` has the strongest signals of the market's registry, {${id}|ci} of a hundred.`,
    });
  if (doubtful.length > 0)
    sentences.push({
      section: "creators",
      lead: "Ask before you book:",
      template: ` ${joined(doubtful.slice(0, 3).map((row) => named(row["name"] as string)))} ${doubtful.length === 1 ? "has" : "have"} follower jumps that no post or event explains.`,
    });
  return sentences;
}

function recommendations(facts: Facts, market: Place): Sentence[] {
  const sentences: Sentence[] = [];
  const rising = notableTrends(facts, market.code).find(
    (row) => row["class"] === "Exploding" || row["class"] === "Emerging",
  );
  const score = rising && idOf(facts, "trend_score", market.code, rising["term"] as string);
  if (rising && score)
    sentences.push({
      section: "recommendations",
      lead: `Put ${named(rising["title"] as string)} first in this market.`,
      template: ` It is ${String(rising["class"]).toLowerCase()} with a score of {${score}|0}. Expect the class to hold in the next four editions; if it turns to Peaked, stop.`,
    });
  const blame = themesOf(facts, market.code, "negative")[0];
  const share = themeShare(facts, market.code, blame);
  if (blame && share && namesTheme(facts, blame))
    sentences.push({
      section: "recommendations",
      lead: `Answer “${named(blame["phrase"] as string)}” before you advertise.`,
      template: ` It marks complaints more than any other theme, in {${share}|pct} of negative posts. Expect its share to fall.`,
    });
  const gaining = byMarket(facts.brands, market.code)
    .filter((row) => Number(row["change_low"] ?? -1) > 0)
    .sort((a, b) => Number(b["change"]) - Number(a["change"]))[0];
  const change = gaining && idOf(facts, "share_of_voice_change", market.code, gaining["brand"] as string);
  if (gaining && change)
    sentences.push({
      section: "recommendations",
      lead: `Read what ${named(gaining["title"] as string)} does.`,
      template: ` It gained {${change}|points} points of share in thirteen weeks. Expect it to rank higher in the next quarter.`,
    });
  return sentences;
}

export const classVerb = (name: string): string =>
  ({
    Exploding: "is exploding",
    Emerging: "is emerging",
    Peaked: "has peaked",
    Declining: "is declining",
    Sustained: "keeps growing",
    Volatile: "moves without direction",
  })[name] ?? "is unclassified";

export const componentName = (component: string): string =>
  ({
    demand: "Demand",
    growth: "Growth",
    sentiment: "Sentiment",
    competition: "Competition",
    creator_supply: "Creator supply",
    claims_readiness: "Claims readiness",
    cultural_risk: "Cultural risk",
  })[component] ?? component;

export function joined(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
