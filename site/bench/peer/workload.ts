// The peer workload: one million posts, and what a page about one of 1,000 entities shows of them. Both sides of the comparison ask the same
// four questions, once for all pages.
import { existsSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

export interface PageData {
  readonly entity: string;
  readonly kpis: {
    readonly posts: number;
    readonly likes: number;
    readonly median: number;
    readonly authors: number;
  };
  readonly weeks: readonly { readonly day: string; readonly posts: number }[];
  readonly tags: readonly { readonly tag: string; readonly posts: number }[];
  readonly top: readonly {
    readonly day: string;
    readonly tag: string;
    readonly likes: number;
    readonly comments: number;
  }[];
}

const memory = async () =>
  (
    await DuckDBInstance.create(":memory:", { threads: "2", autoinstall_known_extensions: "false" })
  ).connect();

/** Writes the posts, from hashes rather than chance, so that every run reads the same bytes. */
export async function writePosts(file: string, pages: number): Promise<void> {
  if (existsSync(file)) return;
  const connection = await memory();
  await connection.run(`copy (
    select i::int as post, (hash(i) % ${pages})::int as entity, date '2024-11-18' + (hash(i * 7 + 1) % 728)::int as day,
      'author' || (hash(i * 11 + 2) % 50000) as author, 'tag' || (hash(i * 13 + 3) % 40) as tag,
      (20000 / (1 + hash(i * 17 + 4) % 400))::int as likes, (hash(i * 19 + 5) % 60)::int as comments
    from range(1000000) numbers(i)
  ) to '${file}' (format parquet, compression zstd)`);
  connection.closeSync();
}

/** One pass over the file for all pages. */
export async function pageData(file: string): Promise<PageData[]> {
  const connection = await memory();
  const ask = async <T>(sql: string): Promise<T[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as T[];
  await connection.run(`create table observed as from '${file}'`);
  const kpis = await ask<{ entity: number; posts: number; likes: number; median: number; authors: number }>(
    `select entity, count(*)::int as posts, sum(likes)::int as likes, median(likes + comments)::double as median,
       count(distinct author)::int as authors from observed group by entity order by entity`,
  );
  const weeks = await ask<{ entity: number; day: string; posts: number }>(
    `select entity, date_trunc('week', day)::date::varchar as day, count(*)::int as posts from observed group by all order by entity, day`,
  );
  const tags = await ask<{ entity: number; tag: string; posts: number }>(
    `select entity, tag, count(*)::int as posts from observed group by entity, tag
     qualify row_number() over (partition by entity order by posts desc, tag) <= 10 order by entity, posts desc, tag`,
  );
  const top = await ask<{ entity: number; day: string; tag: string; likes: number; comments: number }>(
    `select entity, day::varchar as day, tag, likes, comments from observed
     qualify row_number() over (partition by entity order by likes desc, post) <= 50 order by entity, likes desc, post`,
  );
  connection.closeSync();
  const weeksOf = Map.groupBy(weeks, (row) => row.entity);
  const tagsOf = Map.groupBy(tags, (row) => row.entity);
  const topOf = Map.groupBy(top, (row) => row.entity);
  return kpis.map(({ entity, ...rest }) => ({
    entity: `e${entity}`,
    kpis: rest,
    weeks: weeksOf.get(entity) ?? [],
    tags: tagsOf.get(entity) ?? [],
    top: topOf.get(entity) ?? [],
  }));
}
