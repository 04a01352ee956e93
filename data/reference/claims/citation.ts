// The acts that a rule stands on, as a reader is shown them.
import type { ClaimRule, MarketClaims } from "../../contract/claims.ts";

export interface Citation {
  /** As lawyers abbreviate it. */
  readonly short: string;
  readonly act: string;
  readonly article: string;
  readonly url: string;
}

/** Throws on a source that the market does not list. */
export function citationsOf(market: MarketClaims, cites: ClaimRule["cites"]): Citation[] {
  return cites.map(({ source, article }) => {
    const act = market.sources[source];
    if (!act) throw new Error(`unknown source: ${source} in claims rules of ${market.market}`);
    return { short: act.short, act: act.act, article, url: act.url };
  });
}
