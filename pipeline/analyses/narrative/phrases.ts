// Which phrases of praise and complaint are worth a sentence: those that name a theme a brand can act on.
import type { Row } from "../../core/types.ts";
import { byMarket, type Facts } from "./facts.ts";

/** Phrases of a polarity, those that name a theme of the taxonomy first: “customs” tells a brand more than “finally”. */
export function themesOf(facts: Facts, market: string, polarity: string): Row[] {
  const acts = (row: Row) => Number(namesTheme(facts, row));
  return byMarket(facts.themes, market)
    .filter((row) => row["polarity"] === polarity)
    .sort((a, b) => acts(b) - acts(a) || Number(a["rank"]) - Number(b["rank"]));
}

/** True when the phrase holds a spelling of one of the taxonomy's themes, or is a word of one. */
export function namesTheme(facts: Facts, row: Row): boolean {
  const phrase = String(row["phrase"]).toLowerCase();
  return [...facts.themeWords].some(
    (word) => word === phrase || phrase.includes(word) || word.split(" ").includes(phrase),
  );
}

/** Id of the share of posts that use a phrase, when the edition has it. */
export function themeShare(facts: Facts, market: string, theme: Row | undefined): string | null {
  if (!theme) return null;
  const found = [...facts.metrics.values()].find(
    (metric) =>
      metric.metric === "theme_share" && metric.market === market && metric.entity === theme["phrase"],
  );
  return found && found.value !== null ? found.metric_id : null;
}
