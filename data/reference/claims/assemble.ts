// Puts a market's rule book together from its files: rules, taboo list, and the wordings of the five languages, whichever a copy turns out to be in.
import { claimLanguages, MarketClaims, type RuleBook, TabooList, Wording } from "../../contract/claims.ts";

/** What stands in data/reference, parsed from YAML by whoever can read files. */
export interface ClaimsFiles {
  readonly rules: readonly unknown[];
  readonly taboo: readonly unknown[];
  readonly wordings: readonly unknown[];
}

/** Rule books by market. Throws on a file outside the schema, a kind without wording, and a citation without source. */
export function assembleRuleBooks(files: ClaimsFiles): ReadonlyMap<string, RuleBook> {
  const taboo = new Map(files.taboo.map((file) => TabooList.parse(file)).map((list) => [list.market, list]));
  const parsed = files.wordings.map((file) => Wording.parse(file));
  const wordings = Object.fromEntries(
    claimLanguages.flatMap((language) =>
      parsed.filter((wording) => wording.language === language).map((one) => [language, one]),
    ),
  );
  const kinds = new Set(parsed.flatMap((wording) => Object.keys(wording.kinds)));
  return new Map(
    files.rules
      .map((file) => MarketClaims.parse(file))
      .map((market) => {
        for (const { id, kinds: needed, cites } of market.rules) {
          const unknown = needed.find((kind) => !kinds.has(kind));
          if (unknown) throw new Error(`unknown kind of claim: ${unknown} in rule ${id} of ${market.market}`);
          const nameless = cites.find(({ source }) => !market.sources[source]);
          if (nameless)
            throw new Error(`unknown source: ${nameless.source} in rule ${id} of ${market.market}`);
        }
        const list = taboo.get(market.market);
        if (!list) throw new Error(`missing taboo list: ${market.market}`);
        return [market.market, { market, taboo: list, wordings }] as const;
      }),
  );
}
