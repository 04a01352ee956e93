// The sentences of the home page, of each trend page and of each creator page.
import type { Row } from "../../core/types.ts";
import {
  capitalised,
  cardinal,
  type Draft,
  type Facts,
  idOf,
  idWithInterval,
  interestIn,
  largestTerms,
  notableTrends,
  placeName,
  sentimentIn,
} from "./facts.ts";
import { classVerb } from "./market.ts";
import { named } from "./template.ts";

/** Three to five things a reader of the home page should know, and the masthead's title. */
export function homeSentences(facts: Facts): Draft[] {
  const drafts: Draft[] = [];
  const say = (section: string, lead: string, template: string) =>
    drafts.push({ page: "home", section, lead, template });
  const ranked = facts.entry
    .filter((row) => row["rank"] !== null)
    .sort((a, b) => Number(a["rank"]) - Number(b["rank"]));
  const first = ranked[0];
  const firstId = first && idWithInterval(facts, "entry_readiness", first["market"] as string);
  const nameOf = (code: unknown) =>
    placeName(facts.markets.find((market) => market.code === code)?.name ?? String(code));
  const pooled = facts.markets.length > 1 ? "all" : (facts.markets[0]?.code ?? "all");
  const loudest = notableTrends(facts, pooled)[0];
  const titleParts = [
    first && firstId && ranked.length > 1
      ? `${named(capitalised(nameOf(first["market"])))} leads ${cardinal(ranked.length)} markets`
      : null,
    loudest
      ? `interest in ${named(loudest["title"] as string)} ${classVerb(loudest["class"] as string)}`
      : null,
  ].filter((part) => part !== null);
  const posts = idOf(facts, "observed_posts", pooled);
  const largest = largestTerms(facts, pooled)[0];
  const pooledSentiment = sentimentIn(facts, "sentiment_score", pooled);
  if (titleParts.length === 0 && largest)
    titleParts.push(`${named(largest["title"] as string)} is named most`);
  if (titleParts.length < 2 && pooledSentiment)
    titleParts.push(`sentiment stands at {${pooledSentiment.id}|0} of a hundred`);
  say(
    "title",
    "",
    titleParts.length > 0
      ? capitalised(titleParts.join("; "))
      : posts
        ? `{${posts}|0} posts observed, too few signals to rank`
        : "Nothing measurable in this edition",
  );

  if (first && firstId)
    say(
      "bottom_line",
      `${named(capitalised(nameOf(first["market"])))} is most ready to be entered`,
      `, at {${firstId}|ci} of a hundred${second(facts, ranked, nameOf)}.`,
    );
  if (loudest) {
    const index = idWithInterval(facts, "term_index", pooled, loudest["term"] as string);
    const yoy = idOf(facts, "yoy", pooled, loudest["term"] as string);
    if (index)
      say(
        "bottom_line",
        `Interest in ${named(loudest["title"] as string)} ${classVerb(loudest["class"] as string)}`,
        `: index {${index}|ci} against a base of one hundred${yoy ? `, {${yoy}|signed}% on the year` : ""}.`,
      );
  }
  const sentiments = facts.markets
    .map((market) => ({ market, id: sentimentIn(facts, "sentiment_score", market.code)?.id }))
    .filter((entry) => entry.id !== undefined)
    .sort(
      (a, b) =>
        Number(facts.metrics.get(b.id as string)?.value) - Number(facts.metrics.get(a.id as string)?.value),
    );
  const [best, worst] = [sentiments[0], sentiments.at(-1)];
  if (best && worst && best !== worst)
    say(
      "bottom_line",
      `Sentiment is highest in ${named(placeName(best.market.name))}`,
      `, {${best.id}|ci}, and lowest in ${named(placeName(worst.market.name))}, {${worst.id}|ci}.`,
    );
  else if (best)
    say("bottom_line", "Sentiment", ` stands at {${best.id}|ci} of a hundred (n = {${best.id}|n}).`);
  const swing = facts.markets
    .map((market) => ({ market, id: idWithInterval(facts, "sentiment_change", market.code) }))
    .map(({ market, id }) => ({ market, id, change: id ? facts.metrics.get(id) : undefined }))
    .filter(({ change }) => Number(change?.low) > 0 || Number(change?.high) < 0)
    .sort((a, b) => Math.abs(Number(b.change?.value)) - Math.abs(Number(a.change?.value)))[0];
  if (swing)
    say(
      "bottom_line",
      `Sentiment ${Number(swing.change?.value) < 0 ? "fell" : "rose"} in ${named(placeName(swing.market.name))}`,
      `, by {${swing.id}|abs1} points on the ninety days before.`,
    );
  const mover = facts.brands
    .filter((row) => row["market"] !== "all" && Number(row["change_low"] ?? -1) > 0)
    .sort((a, b) => Number(b["change"]) - Number(a["change"]))[0];
  const change =
    mover && idOf(facts, "share_of_voice_change", mover["market"] as string, mover["brand"] as string);
  if (mover && change)
    say(
      "bottom_line",
      `${named(mover["title"] as string)} gains in ${named(nameOf(mover["market"]))}`,
      `: {${change}|points} points of share of voice in thirteen weeks.`,
    );
  const open = facts.spikes.filter((row) => row["state"] === "open" && row["market"] !== "all");
  const spike = open.sort((a, b) => Number(b["z"]) - Number(a["z"]))[0];
  const spikeId = spike && idOf(facts, "spike", spike["market"] as string, spike["term"] as string);
  if (spike && spikeId)
    say(
      "bottom_line",
      `A spike in ${named(nameOf(spike["market"]))}`,
      `: talk of ${named(spike["title"] as string)} stands {${spikeId}|0} robust deviations above its baseline.`,
    );
  if (drafts.length < 4) {
    const typical = facts.markets
      .map((market) => idWithInterval(facts, "engagement_median", market.code))
      .find((id) => id !== null);
    if (typical && facts.markets.length === 1)
      say("bottom_line", "A typical post", ` gets {${typical}|ci} likes and comments (n = {${typical}|n}).`);
    if (posts) say("bottom_line", "Basis", `: {${posts}|0} posts of the last thirteen weeks.`);
  }
  return drafts;
}

function second(facts: Facts, ranked: readonly Row[], nameOf: (code: unknown) => string): string {
  const row = ranked[1];
  const id = row && idWithInterval(facts, "entry_readiness", row["market"] as string);
  return id ? `; ${named(nameOf(row["market"]))} follows at {${id}|ci}` : "";
}

/** Title and verdict of one term, over the pooled markets and the market that stands out. */
export function trendSentences(facts: Facts, term: string): Draft[] {
  const rows = facts.trends.filter((row) => row["term"] === term);
  const pooled = rows.find((row) => row["market"] === "all") ?? rows[0];
  if (!pooled) return [];
  const page = `trend/${term}`;
  const name = named(pooled["title"] as string);
  const market = pooled["market"] as string;
  const drafts: Draft[] = [];
  const nameOf = (code: unknown) =>
    placeName(facts.markets.find((entry) => entry.code === code)?.name ?? String(code));
  const index = idWithInterval(facts, "term_index", market, term);
  const yoy = idOf(facts, "yoy", market, term);
  const classed = pooled["class"] as string | null;
  const highest = rows
    .filter(
      (row) =>
        row["market"] !== "all" &&
        row["trend_score"] !== null &&
        facts.markets.some((entry) => entry.code === row["market"] && entry.role === "target"),
    )
    .sort((a, b) => Number(b["trend_score"]) - Number(a["trend_score"]));
  // A term that only follows the calendar is not without direction, and nowhere "strongest".
  const seasonal = classed === "Volatile" && pooled["seasonal"] === true && pooled["peak_month"] !== null;
  const does = seasonal
    ? `follows the season, highest in ${named(monthName(Number(pooled["peak_month"])))}`
    : classVerb(classed ?? "");
  const rises = classed === "Exploding" || classed === "Emerging" || classed === "Sustained";
  const where =
    rises && highest.length > 1 && highest[0] ? `, strongest in ${named(nameOf(highest[0]["market"]))}` : "";
  if (classed)
    drafts.push({
      page,
      section: "title",
      lead: "",
      template: `${interestIn(pooled)} ${name} ${does}${where}`,
    });
  else if (Number(pooled["posts_52w"]) > 0)
    drafts.push({
      page,
      section: "title",
      lead: "",
      template: `${name}: named, but too rarely or too briefly to class`,
    });
  else drafts.push({ page, section: "title", lead: "", template: `${name} was not named in the last year` });

  if (classed && index)
    drafts.push({
      page,
      section: "verdict",
      lead: `${interestIn(pooled)} ${name} ${does}`,
      template: `: the index stands at {${index}|ci} against a base of one hundred${yoy ? `, and the last year is {${yoy}|signed}% on the year before` : ""}.`,
    });
  const share = idWithInterval(facts, "observed_share", market, term);
  if (share)
    drafts.push({
      page,
      section: "verdict",
      lead: "Size",
      template: `: {${share}|ci} of every ten thousand posts name it.`,
    });
  const strength = seasonal ? idOf(facts, "seasonality", market, term) : null;
  if (strength)
    drafts.push({ page, section: "verdict", lead: "Season", template: `: strength {${strength}|2} of one.` });
  const score = idOf(facts, "trend_score", market, term);
  const confidence = idOf(facts, "confidence_score", market, term);
  if (score && confidence)
    drafts.push({
      page,
      section: "verdict",
      lead: "Trend score",
      template: ` {${score}|0} of a hundred, confidence {${confidence}|0}.`,
    });
  if (highest.length > 1 && highest[0] && highest.at(-1)) {
    const top = idOf(facts, "trend_score", highest[0]["market"] as string, term);
    const low = idOf(facts, "trend_score", highest.at(-1)?.["market"] as string, term);
    if (top && low && top !== low)
      drafts.push({
        page,
        section: "verdict",
        lead: `${named(capitalised(nameOf(highest[0]["market"])))} moves most`,
        template: `, with a score of {${top}|0}; ${named(nameOf(highest.at(-1)?.["market"]))} least, with {${low}|0}.`,
      });
  }
  const season = idOf(facts, "seasonality", market, term);
  if (season && pooled["seasonal"] === true && !seasonal)
    drafts.push({
      page,
      section: "verdict",
      lead: "It has a season",
      template: `: strength {${season}|2} of one, highest in ${named(monthName(Number(pooled["peak_month"])))}.`,
    });
  return drafts;
}

/** Title and verdict of one creator. */
export function creatorSentences(facts: Facts, creator: Row): Draft[] {
  const id = creator["creator"] as string;
  const page = `creator/${id}`;
  const market = creator["market"] as string;
  const name = named(creator["name"] as string);
  const signals = idWithInterval(facts, "authenticity_signals", market, id);
  const er =
    idWithInterval(facts, "er_followers", market, id) ?? idWithInterval(facts, "er_views", market, id);
  const percentile = idOf(facts, "size_peer_percentile", market, id);
  const unexplained = Number(creator["unexplained_jumps"]);
  const parts: string[] = [];
  if (er && percentile) parts.push(engagementWord(Number(facts.metrics.get(percentile)?.value)));
  parts.push(
    unexplained === 0
      ? Number(creator["jumps"]) > 0
        ? "every follower jump explained"
        : "no follower jump"
      : `${cardinal(unexplained)} unexplained follower jump${unexplained === 1 ? "" : "s"}`,
  );
  const drafts: Draft[] = [{ page, section: "title", lead: "", template: `${name}: ${parts.join(", ")}` }];
  const verdict =
    { fits: "Fits a brief", unclear: "Unclear", "does not fit": "Does not fit", "not scored": "Not scored" }[
      String(creator["verdict"])
    ] ?? "Not scored";
  if (signals)
    drafts.push({
      page,
      section: "verdict",
      lead: verdict,
      template: `: signals of {${signals}|ci}${er ? ` and {${er}|cipct1} engagement` : ""}${percentile ? `, percentile {${percentile}|0} among accounts of this size` : ""}.`,
    });
  else
    drafts.push({
      page,
      section: "verdict",
      lead: verdict,
      template: ": too little of the signals' weight could be measured for a score.",
    });
  if (unexplained > 0)
    drafts.push({
      page,
      section: "verdict",
      lead: "Ask about the followers",
      template: `: ${cardinal(unexplained)} jump${unexplained === 1 ? "" : "s"} with no viral post or known event in the week.`,
    });
  else if (Number(creator["jumps"]) > 0)
    drafts.push({
      page,
      section: "verdict",
      lead: "Growth is explained",
      template: ": each jump came with a viral post or a known event.",
    });
  const saturation = idOf(facts, "brand_saturation", market, id);
  if (saturation)
    drafts.push({
      page,
      section: "verdict",
      lead: "Brands",
      template: ` appear in {${saturation}|pct} of posts of the last year.`,
    });
  return drafts;
}

const engagementWord = (percentile: number): string =>
  percentile >= 80
    ? "engagement far above accounts of this size"
    : percentile >= 55
      ? "engagement above accounts of this size"
      : percentile > 45
        ? "engagement typical of this size"
        : percentile > 20
          ? "engagement below accounts of this size"
          : "engagement far below accounts of this size";

const monthName = (month: number): string =>
  [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ][month] ?? "";
