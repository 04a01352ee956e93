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
    const posts = receipts.flatMap((receipt) =>
      (receipt.things["posts"]?.parts ?? []).map((part) => literal(join(bronze, receipt.id, part))),
    );
    const counted =
      posts.length === 0
        ? []
        : await warehouse.query<{ market: string; posts: number; first: string; last: string }>(
            `select market, count(*)::int as posts, min(posted_at) as first, max(posted_at) as last
             from read_json([${posts.join(", ")}], columns = {market: 'VARCHAR', posted_at: 'TIMESTAMP'},
               format = 'newline_delimited', maximum_object_size = 16777216)
             group by market order by posts desc, market`,
          );
    const refused = receipts.map((receipt) => literal(join(bronze, receipt.id, "quarantine.ndjson")));
    const reasons = await warehouse.query<{ reason: string; rows: number; file: string; line: number }>(
      `select split_part(reason, ':', 1) as code, arg_min(reason, line) as reason, count(*)::int as rows,
         arg_min(file, line) as file, min(line)::int as line
       from read_json([${refused.join(", ")}], columns = {file: 'VARCHAR', line: 'BIGINT', reason: 'VARCHAR'}, format = 'newline_delimited')
       group by code order by rows desc, code`,
    );
    return {
      markets: counted.filter(({ market }) => wanted.length === 0 || wanted.includes(market)),
      firstPost: counted.length === 0 ? null : (counted.map(({ first }) => first).sort()[0] ?? null),
      lastPost:
        counted.length === 0
          ? null
          : (counted
              .map(({ last }) => last)
              .sort()
              .at(-1) ?? null),
      reasons,
    };
  } finally {
    warehouse.close();
  }
}
