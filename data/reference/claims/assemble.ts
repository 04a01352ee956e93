// Puts a market's rule book together from its files: rules, taboo list, and the wordings of the five languages, whichever a copy turns out to be in.
import {
  claimLanguages,
  MarketClaims,
  type RuleBook,
  TabooList,
  Wording,
  WordingMore,
} from "../../contract/claims.ts";

/** What stands in data/reference, parsed from YAML by whoever can read files. */
export interface ClaimsFiles {
  readonly rules: readonly unknown[];
  readonly taboo: readonly unknown[];
  readonly wordings: readonly unknown[];
}

/** Rule books by market. Throws on a file outside the schema, a kind without wording, and a citation without source. */
export function assembleRuleBooks(files: ClaimsFiles): ReadonlyMap<string, RuleBook> {
  const taboo = new Map(files.taboo.map((file) => TabooList.parse(file)).map((list) => [list.market, list]));
  const more = files.wordings.filter(isMore).map((file) => WordingMore.parse(file));
  const parsed = files.wordings
    .filter((file) => !isMore(file))
    .map((file) => Wording.parse(file))
    .map((own) => more.filter((part) => part.adds_to === own.language).reduce(withMore, own));
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

const isMore = (file: unknown): boolean => typeof file === "object" && file !== null && "adds_to" in file;

/** A language's wording and one more file of it. Throws on a name given twice and on a kind that only the further file knows. */
function withMore(own: Wording, more: WordingMore): Wording {
  const twice = Object.keys(more.words).find((name) => name in own.words);
  if (twice) throw new Error(`invalid word: {${twice}} is named twice in ${own.language}`);
  const kinds = { ...own.kinds };
  for (const [kind, { patterns, except, unless }] of Object.entries(more.kinds)) {
    const described = kinds[kind];
    if (!described) throw new Error(`unknown kind of claim: ${kind} in a further file of ${own.language}`);
    kinds[kind] = {
      ...described,
      patterns: [...described.patterns, ...patterns],
      except: [...described.except, ...except],
      unless: [...described.unless, ...unless],
    };
  }
  const context = Object.fromEntries(
    Object.entries(own.context).map(([name, patterns]) => [
      name,
      [...patterns, ...(more.context[name as keyof Wording["context"]] ?? [])],
    ]),
  ) as Wording["context"];
  return { ...own, words: { ...own.words, ...more.words }, kinds, context };
}
