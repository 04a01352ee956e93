// What the accepted rows of an import say about themselves: markets, first and last post, and why others were refused.
import { join } from "node:path";
import type { Receipt } from "../core/types.ts";
import { literal, openWarehouse } from "../core/warehouse.ts";

export interface Findings {
  /** Largest first; only those of `wanted`, when some are. */
  readonly markets: readonly { readonly market: string; readonly posts: number }[];
  readonly firstPost: string | null;
  readonly lastPost: string | null;
  readonly reasons: readonly {
    readonly reason: string;
    readonly rows: number;
    readonly file: string;
    readonly line: number;
  }[];
}

export async function readFindings(
  bronze: string,
  receipts: readonly Receipt[],
  wanted: readonly string[],
): Promise<Findings> {
  const warehouse = await openWarehouse({ threads: 2, memoryLimit: "512MB" });
  try {
    const refused = receipts.map((receipt) => literal(join(bronze, receipt.id, "quarantine.ndjson")));
    const reasons = await warehouse.query<{ reason: string; rows: number; file: string; line: number }>(
      `select split_part(reason, ':', 1) as code, arg_min(reason, line) as reason, count(*)::int as rows,
         arg_min(file, line) as file, min(line)::int as line
       from read_json([${refused.join(", ")}], columns = {file: 'VARCHAR', line: 'BIGINT', reason: 'VARCHAR'}, format = 'newline_delimited')
       group by code order by rows desc, code`,
    );
    return { ...spanOf(receipts, wanted), reasons };
  } finally {
    warehouse.close();
  }
}

// The ingestion tallied the accepted rows as it wrote them.
function spanOf(receipts: readonly Receipt[], wanted: readonly string[]): Omit<Findings, "reasons"> {
  const posts = new Map<string, number>();
  const instants: string[] = [];
  for (const { things, parameters } of receipts) {
    if (!things["posts"]) continue;
    const rows = parameters["rows"] as { market?: Record<string, number>; posted_at?: string[] };
    for (const [market, count] of Object.entries(rows.market ?? {}))
      posts.set(market, (posts.get(market) ?? 0) + count);
    instants.push(...(rows.posted_at ?? []));
  }
  instants.sort();
  return {
    markets: [...posts]
      .filter(([market]) => wanted.length === 0 || wanted.includes(market))
      .map(([market, count]) => ({ market, posts: count }))
      .sort((a, b) => b.posts - a.posts || (a.market < b.market ? -1 : 1)),
    firstPost: instants[0] ?? null,
    lastPost: instants.at(-1) ?? null,
  };
}
