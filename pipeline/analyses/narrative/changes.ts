// What is different since the edition before: metrics whose intervals no longer overlap, classes that changed, terms that came or went.
import type { Row } from "../../core/types.ts";
import { type Facts, idOf, movedBeyondNoise, settledShare } from "./facts.ts";
import { fill, named } from "./template.ts";

/** Headline metrics that a change table names, with their printed form, per kind of page. */
const watched: Record<string, { title: string; format: string }> = {
  entry_readiness: { title: "Entry readiness", format: "0" },
  sentiment_score: { title: "Sentiment, ninety days", format: "1" },
  share_of_voice: { title: "Share of voice", format: "pct1" },
  effective_brands: { title: "Effective brands", format: "1" },
  paid_share: { title: "Paid share", format: "pct1" },
  coverage: { title: "Coverage", format: "pct1" },
  observed_posts: { title: "Observed posts, thirteen weeks", format: "0" },
  authenticity_signals: { title: "Authenticity signals", format: "0" },
  er_followers: { title: "Engagement by followers", format: "pct1" },
};

/** Rows of the dataset `changes`, most notable first on each page. Empty without an edition before. */
export function changesOf(facts: Facts): Row[] {
  if (facts.previousEdition === null) return [];
  const rows = [...metricChanges(facts), ...trendChanges(facts)];
  const pages = new Map<string, number>();
  return rows
    .sort((a, b) => Number(b.weight) - Number(a.weight) || a.item.localeCompare(b.item, "en"))
    .map(({ weight: _weight, ...row }) => {
      const rank = (pages.get(row.page) ?? 0) + 1;
      pages.set(row.page, rank);
      return { ...row, rank, provenance: facts.provenance };
    });
}

interface Change {
  readonly page: string;
  readonly kind: "metric" | "trend" | "definition" | "data";
  readonly item: string;
  readonly title: string;
  readonly previous: string | null;
  readonly current: string | null;
  readonly beyond_noise: boolean;
  readonly reading: string;
  readonly evidence: readonly string[];
  readonly weight: number;
}

function metricChanges(facts: Facts): Change[] {
  const changes: Change[] = [];
  for (const metric of facts.metrics.values()) {
    const watch = watched[metric.metric];
    const then = facts.before.get(metric.metric_id);
    if (!watch || !then || metric.value === null || then.value === null) continue;
    if (metric.metric === "sentiment_score" && metric.entity !== "90d") continue;
    const creator = metric.metric === "authenticity_signals" || metric.metric === "er_followers";
    const brand = facts.brands.find((row) => row["brand"] === metric.entity)?.["title"] as string | undefined;
    if (metric.entity && !creator && !brand && metric.entity !== "90d") continue;
    const current = fill(`{${metric.metric_id}|${watch.format}}`, facts).text;
    const previous = fill(`{${metric.metric_id}|${watch.format}}`, { ...facts, metrics: facts.before }).text;
    const beyond = movedBeyondNoise(facts, metric.metric_id);
    if (current === previous || (!beyond && (brand || creator))) continue;
    const interval = metric.low !== null && metric.high !== null;
    const up = metric.value > then.value;
    changes.push({
      page: creator
        ? `creator/${metric.entity}`
        : metric.market === "all"
          ? "home"
          : `market/${metric.market}`,
      kind: metric.metric === "coverage" || metric.metric === "observed_posts" ? "data" : "metric",
      item: metric.metric_id,
      title: brand ? `${watch.title}, ${brand}` : watch.title,
      previous,
      current,
      beyond_noise: beyond,
      reading: beyond
        ? `${up ? "Up" : "Down"} beyond noise: the two intervals do not overlap.`
        : interval
          ? "Within noise: the two intervals overlap. Do not read a week's step."
          : `${up ? "Up" : "Down"}; no interval is known for it.`,
      evidence: [metric.metric_id],
      weight: (beyond ? 4 : 1) + (metric.metric === "entry_readiness" ? 3 : 0),
    });
  }
  return changes;
}

function trendChanges(facts: Facts): Change[] {
  const changes: Change[] = [];
  for (const row of facts.trends) {
    const [now, then] = [row["class"] as string | null, row["previous_class"] as string | null];
    if (now === then || (now === null && then === null)) continue;
    if (row["kind"] === "hashtag") continue;
    const market = row["market"] as string;
    const id = `trend_class:${market}:${String(row["term"])}`;
    const title = row["title"] as string;
    const stable = Number(row["stability"] ?? 0) >= settledShare;
    const reading = readingOf(facts, market, String(row["term"]), title, now, then, stable);
    const change = {
      kind: "trend" as const,
      item: row["term"] as string,
      title,
      previous: then ?? "not classed",
      current: now ?? "not classed",
      beyond_noise: stable,
      reading: reading.text,
      evidence: [...(facts.metrics.has(id) ? [id] : []), ...reading.evidence],
      weight: (now === "Exploding" || now === "Emerging" ? 3 : 1) + (stable ? 2 : 0),
    };
    changes.push({ ...change, page: market === "all" ? "home" : `market/${market}` });
    if (market === "all") changes.push({ ...change, page: `trend/${change.item}` });
  }
  return changes;
}

function readingOf(
  facts: Facts,
  market: string,
  term: string,
  title: string,
  now: string | null,
  then: string | null,
  stable: boolean,
) {
  if (now === null) return fill(`${named(title)} is too rarely named to class.`, facts);
  const score = idOf(facts, "trend_score", market, term);
  const points = score ? ` Trend score {${score}|0}.` : "";
  if (then === null) return fill(`Can be classed now.${points}`, facts);
  return fill(
    stable
      ? `The new class holds in most draws.${points}`
      : `Near a threshold: many draws say otherwise. Wait for the next edition.${points}`,
    facts,
  );
}
