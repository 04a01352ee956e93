// How often posts of a market carry claims its rules bar: all posts, and those that disclose payment. Texts are read here and stay here.
import {
  minimumAuthors,
  minimumPosts,
  type Provenance,
  type Reason,
} from "../../../data/contract/columns.ts";
import { type Reader, readerOf } from "../../../data/reference/claims/check.ts";
import { citationsOf } from "../../../data/reference/claims/citation.ts";
import { ruleBooks } from "../../../data/reference/claims/read-files.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, AnalysisContext, Row } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";

export const windowDays = 28;
/** Distinct captions read per market and scope; above it a sample drawn by hash, because a share needs no more and an edition has to be quick. */
export const captionsRead = 4_000;
export const scopes = ["all", "paid"] as const;
export type Scope = (typeof scopes)[number];

export const analysis: Analysis = {
  id: "claims",
  version: "1.0.0",
  reads: ["run", "posts", "int_texts", "post_annotations", "pub_markets"],
  writes: ["claim_hits", "metrics"],
  async run(context) {
    const { warehouse, run } = context;
    const captions = await warehouse.query<Caption>(captionsSql);
    const authors = await warehouse.query<Authors>(authorsSql);
    const [period] = await warehouse.query<{ start: string }>(
      `select (until - interval ${windowDays} day)::date as start from run`,
    );
    const rows: Row[] = [];
    for (const [market, book] of ruleBooks()) {
      const own = captions.filter((caption) => caption.market === market);
      if (own.length === 0) continue;
      const reader = readerOf(book);
      const seen = own.map((caption) => ({ caption, ...seenIn(caption, reader) }));
      for (const scope of scopes) {
        const known = authors.find((one) => one.market === market && one.scope === scope);
        rows.push(
          ...scopeRows(scope, seen, reader, known).map((row) => ({
            edition: run.edition,
            market,
            period_start: period?.start ?? run.week_end,
            period_end: run.week_end,
            ...row,
          })),
        );
      }
    }
    return { claim_hits: rows, metrics: await metricRows(context, rows) };
  },
};

type Caption = Row & {
  market: string;
  text: string;
  language: string;
  posts: number;
  paid: number;
  in_all: boolean;
  in_paid: boolean;
};
type Authors = Row & {
  market: string;
  scope: Scope;
  unknown: number;
  authors: number;
  provenance: Provenance;
};

const recent = `
  select p.market, p.text_key, p.is_paid, p.author_key, p.provenance
  from posts p
  join (select distinct market from pub_markets where role <> 'unassigned') m on m.market = p.market
  cross join run r
  where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day and p.text_key is not null`;

const captionsSql = `
  with recent as (${recent}),
  keys as (
    select market, text_key, count(*)::int as posts, (count(*) filter (is_paid))::int as paid from recent group by market, text_key
  ),
  ranked as (
    select *,
      row_number() over (partition by market order by hash(text_key), text_key) <= ${captionsRead} as in_all,
      paid > 0 and row_number() over (partition by market, paid > 0 order by hash(text_key), text_key) <= ${captionsRead} as in_paid
    from keys
  )
  select k.market, t.text, coalesce(a.language, 'und') as language, k.posts, k.paid, k.in_all, k.in_paid
  from ranked k
  join int_texts t using (text_key)
  left join post_annotations a using (text_key)
  where k.in_all or k.in_paid
  order by k.market, k.text_key`;

const authorsSql = `
  with recent as (${recent}),
  scoped as (
    select *, 'all' as scope from recent union all select *, 'paid' as scope from recent where is_paid
  )
  select market, scope, (count(*) filter (author_key is null))::int as unknown, count(distinct author_key)::int as authors,
    ${weakestProvenanceSql} as provenance
  from scoped group by market, scope order by market, scope`;

interface Seen {
  readonly caption: Caption;
  readonly understood: boolean;
  readonly rules: ReadonlySet<string>;
  readonly barred: boolean;
}

/** A post that the platform or a tag marks as paid is disclosed; whether its label stands early enough cannot be told from a caption alone. */
function seenIn(caption: Caption, reader: Reader): Omit<Seen, "caption"> {
  const checked = reader.read(caption.text, {
    language: caption.language === "und" ? undefined : caption.language,
    paid: caption.paid > 0 ? false : undefined,
  });
  return {
    understood: checked.understood,
    rules: new Set(checked.hits.map(({ rule }) => rule)),
    barred: checked.hits.some(({ severity }) => severity !== "low"),
  };
}

/** One row for `any` and one for every rule of the market. */
export function scopeRows(
  scope: Scope,
  seen: readonly Seen[],
  reader: Reader,
  authors: Pick<Authors, "unknown" | "authors" | "provenance"> | undefined,
): Row[] {
  const own = seen.filter(({ caption }) => (scope === "all" ? caption.in_all : caption.in_paid));
  const weight = ({ caption }: Seen) => (scope === "all" ? caption.posts : caption.paid);
  const sum = (some: readonly Seen[]) => some.reduce((total, one) => total + weight(one), 0);
  const understood = own.filter((one) => one.understood);
  const posts = sum(understood);
  const reason = reasonFor(posts, authors);
  const row = (found: readonly Seen[], words: Row): Row => {
    const hits = sum(found);
    const interval = reason === null ? wilson(hits, posts) : null;
    return {
      scope,
      ...words,
      posts,
      posts_unread: sum(own) - posts,
      hits: reason === null ? hits : null,
      share: reason === null ? hits / posts : null,
      share_low: interval?.low ?? null,
      share_high: interval?.high ?? null,
      reason,
      provenance: authors?.provenance ?? "observed",
    };
  };
  const { market } = reader;
  return [
    row(
      understood.filter(({ barred }) => barred),
      {
        rule: "any",
        title: "Any barred wording",
        severity: null,
        citation: "",
        reviewed_on: market.reviewed_on,
      },
    ),
    ...[...market.rules, { ...market.disclosure, id: market.disclosure.rule }].map((rule) => {
      const [first] = citationsOf(market, rule.cites);
      return row(
        understood.filter(({ rules }) => rules.has(rule.id)),
        {
          rule: rule.id,
          title: rule.title,
          severity: rule.severity,
          citation: first ? `${first.act}, ${first.article}` : "",
          reviewed_on: rule.reviewed_on,
        },
      );
    }),
  ];
}

/** Where a source names no authors, one prolific account cannot be ruled out and only the floor of posts applies. */
function reasonFor(posts: number, authors: Pick<Authors, "unknown" | "authors"> | undefined): Reason | null {
  if (posts < minimumPosts) return "too_few";
  return authors && authors.unknown === 0 && authors.authors < minimumAuthors ? "withheld_privacy" : null;
}

async function metricRows(context: AnalysisContext, rows: readonly Row[]): Promise<Row[]> {
  const before = new Map((await context.previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
  const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
  const turned = (value: number | null): number | null => (value === null ? null : 100 * (1 - value));
  return rows
    .filter((row) => row["rule"] === "any")
    .map((row) => {
      const [share, low, high] = [number(row["share"]), number(row["share_low"]), number(row["share_high"])];
      const all = row["scope"] === "all";
      const metric = all ? "claim_share" : "claims_readiness";
      const id = `${metric}:${row["market"]}`;
      return {
        edition: context.run.edition,
        metric_id: id,
        metric,
        market: row["market"],
        entity: "",
        period_start: row["period_start"],
        period_end: row["period_end"],
        value: all ? share : turned(share),
        low: all ? low : turned(high),
        high: all ? high : turned(low),
        text_value: null,
        unit: all ? "ratio" : "points 0-100",
        n: row["posts"],
        previous_value: before.get(id) ?? null,
        reason: row["reason"],
        method_version: analysis.version,
        provenance: row["provenance"],
      };
    });
}
