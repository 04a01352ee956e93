// The claims rules as pages print them and as the checker takes them to the browser. The files are bundled at build time; none is read by a reader.
import { parse } from "yaml";
import type { RuleBook } from "../../data/contract/claims.ts";
import { assembleRuleBooks } from "../../data/reference/claims/assemble.ts";
import { type Citation, citationsOf } from "../../data/reference/claims/citation.ts";
import { penalties } from "../../data/reference/claims/score.ts";
import { type DatasetRow, rowsOf } from "./data.ts";

const yaml = (files: Record<string, unknown>): unknown[] =>
  Object.values(files).map((text) => parse(String(text)) as unknown);

let books: ReadonlyMap<string, RuleBook> | null = null;

/** Rule books by market; a market without one has no guide. */
export function ruleBooks(): ReadonlyMap<string, RuleBook> {
  books ??= assembleRuleBooks({
    rules: yaml(
      import.meta.glob("../../data/reference/claims/*.yaml", {
        query: "?raw",
        import: "default",
        eager: true,
      }),
    ),
    taboo: yaml(
      import.meta.glob("../../data/reference/taboo/*.yaml", {
        query: "?raw",
        import: "default",
        eager: true,
      }),
    ),
    wordings: yaml(
      import.meta.glob("../../data/reference/claims/wording/*.yaml", {
        query: "?raw",
        import: "default",
        eager: true,
      }),
    ),
  });
  return books;
}

export interface GuideRule {
  readonly rule: RuleBook["market"]["rules"][number];
  readonly cites: readonly Citation[];
  /** What posts of the edition say; null where it was not counted. */
  readonly seen: DatasetRow<"claim_hits"> | null;
}

/** The rules of a market: those that posts break most among the gravest first. */
export function guideRules(market: string, edition: string): GuideRule[] {
  const book = ruleBooks().get(market);
  if (!book) return [];
  const seen = new Map(claimRows(market, edition, "all").map((row) => [row.rule, row]));
  const weight = ({ rule, seen }: GuideRule): number => penalties[rule.severity] * (1 + (seen?.hits ?? 0));
  return book.market.rules
    .map((rule) => ({ rule, cites: citationsOf(book.market, rule.cites), seen: seen.get(rule.id) ?? null }))
    .toSorted((a, b) => weight(b) - weight(a) || a.rule.id.localeCompare(b.rule.id, "en"));
}

export const claimRows = (
  market: string,
  edition: string,
  scope: "all" | "paid",
): DatasetRow<"claim_hits">[] =>
  rowsOf("claim_hits", "market", market, edition).filter((row) => row.scope === scope);

/** What the checker page loads once, on demand: every market's rules and the wordings they share. */
export function checkerRules(): {
  markets: Record<string, Omit<RuleBook, "wordings">>;
  wordings: RuleBook["wordings"];
} {
  const all = [...ruleBooks()];
  return {
    markets: Object.fromEntries(
      all.map(([market, { market: rules, taboo }]) => [market, { market: rules, taboo }]),
    ),
    wordings: all[0]?.[1].wordings ?? {},
  };
}
