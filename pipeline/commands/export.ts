// `leap export posts`: the private record of posts, one row a post with its latest counts, for the operator's own eyes. Nothing of it is published.
import { createReadStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { readReceipts } from "../core/bronze.ts";
import { runClock } from "../core/clock.ts";
import { csvCell } from "../core/dataset-files.ts";
import { LeapError } from "../core/errors.ts";
import type { Receipt, RunClock } from "../core/types.ts";
import { literal, quoted } from "../core/warehouse.ts";
import { buildWarehouse, watermark } from "../models/build-warehouse.ts";
import {
  clockInstant,
  type Done,
  type Environment,
  folders,
  sourcesInUse,
  threadsOf,
} from "./environment.ts";

export interface ExportOptions {
  readonly format: "csv" | "parquet";
  readonly out?: string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly published_type: string;
}

const column = (name: string, type: string): Column => ({ name, type, published_type: type });
const V = "VARCHAR";

/** What an export holds, in order. */
export const exportColumns: readonly Column[] = [
  ...["post_key", "platform", "post_id", "market"].map((name) => column(name, V)),
  ...["posted_at", "first_seen", "last_seen"].map((name) => column(name, "TIMESTAMP")),
  column("times_seen", "INTEGER"),
  ...["author_key", "creator", "text"].map((name) => column(name, V)),
  column("tags", "VARCHAR[]"),
  column("media_type", V),
  ...["likes", "comments", "views", "shares", "engagement"].map((name) => column(name, "BIGINT")),
  column("likes_hidden", "BOOLEAN"),
  column("rating", "DOUBLE"),
  column("is_paid", "BOOLEAN"),
  ...["language", "polarity"].map((name) => column(name, V)),
  column("polarity_score", "DOUBLE"),
  ...["terms", "brands"].map((name) => column(name, "VARCHAR[]")),
  ...["url", "source", "receipt", "provenance"].map((name) => column(name, V)),
];

/**
 * Writes the posts that were collected by the clock, those of the week that is not over included.
 * Throws a LeapError for anything but posts, for Parquet without a file, and when nothing was collected.
 */
export async function exportCommand(
  what: string,
  environment: Environment,
  options: ExportOptions,
): Promise<Done> {
  if (what !== "posts") throw new LeapError(`unknown export: ${what}. Known: posts.`);
  if (!options.out && (options.format === "parquet" || environment.options.json))
    throw new LeapError("missing --out: name a file. Only CSV goes to standard output.");
  const { publication, state, effects } = environment;
  const sources = (await sourcesInUse(environment)).map(({ source }) => source);
  const clock = await exportClock(environment);
  // Built anew and in memory: what `leap model` left may be older than what was collected, or than what was erased since.
  const { warehouse, receipts } = await buildWarehouse(
    { publication, state, clock, sources, effects },
    { ...folders, publications: environment.publications, file: false, ...threadsOf(environment) },
  );
  try {
    await warehouse.execute(
      `create table export_posts as select ${exportColumns.map(({ name, type }) => `${quoted(name)}::${type} as ${quoted(name)}`).join(", ")} from (${postsSql(environment.options.markets)})`,
    );
    const [size] = await warehouse.query<{ rows: number }>("select count(*)::int as rows from export_posts");
    const rows = size?.rows ?? 0;
    const file = options.out ? path.resolve(options.out) : null;
    effects.log.warn(banner(publication.title, rows, receipts));
    await inFile(file, async (to) => {
      await warehouse.execute(copySql(options.format, to));
      await chmod(to, 0o600);
    });
    return {
      text: file ? `exported ${rows} posts to ${options.out}` : "",
      gaps: 0,
      result: { posts: rows, file, format: options.format, as_of: clock.as_of },
    };
  } finally {
    warehouse.close();
  }
}

/** The clock of the export takes posts up to its instant; an edition would stop at the last Monday. */
async function exportClock(environment: Environment): Promise<RunClock> {
  const { publication, state, options, effects } = environment;
  const stated = clockInstant(publication, options.asOf);
  const at = stated ?? (await everythingCollected());
  const clock = runClock(publication.id, at);
  return { ...clock, until: clock.as_of };

  async function everythingCollected(): Promise<string> {
    const sources = (await sourcesInUse(environment)).map(({ source }) => source);
    const posts = await watermark({ publication, state, sources, effects }, folders);
    const seen = sources
      .flatMap(({ id }) => readReceipts(state, id, null))
      .map((receipt) => receipt.collected_at);
    return new Date(Math.max(Date.parse(posts), ...seen.map((one) => Date.parse(one)))).toISOString();
  }
}

// The address and the platform's own id stay in bronze; of several sights the latest says them, as it says the counts.
function postsSql(markets: readonly string[] | undefined): string {
  const wanted = markets ? `where p.market in (${markets.map(literal).join(", ")})` : "";
  return `
    with said as (
      select md5(platform || ':' || post_id)::uuid as post_key, max(post_id) as post_id, max_by(url, collected_at) as url
      from all_posts, run
      where collected_at <= run.as_of or provenance = 'imported'
      group by 1
    )
    select p.* exclude (post_key, tags, week, text_key), p.post_key, p.tags, s.post_id, s.url, t.text,
      coalesce(a.language, 'und') as language, a.polarity, a.polarity_score::double as polarity_score,
      coalesce(a.terms, []) as terms, coalesce(a.brands, []) as brands
    from posts p
    join said s using (post_key)
    left join int_texts t using (text_key)
    left join post_annotations a using (text_key)
    ${wanted}`;
}

function copySql(format: ExportOptions["format"], to: string): string {
  const cells = format === "csv" ? exportColumns.map(csvCell) : exportColumns.map(({ name }) => quoted(name));
  const how =
    format === "csv" ? "format csv, header, delimiter ',', nullstr ''" : "format parquet, compression zstd";
  return `copy (select ${cells.join(", ")} from export_posts order by platform, posted_at, post_key) to ${literal(to)} (${how})`;
}

/** Writes into the file, or into one of our own that is then sent to standard output and removed. */
async function inFile(file: string | null, write: (to: string) => Promise<void>): Promise<void> {
  if (file) {
    await mkdir(path.dirname(file), { recursive: true });
    return write(file);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "leap-export-"));
  try {
    const to = path.join(folder, "posts");
    await write(to);
    await pipeline(createReadStream(to), process.stdout, { end: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function banner(title: string, rows: number, receipts: readonly Receipt[]): string {
  const terms = [...new Set(receipts.map(({ licence_note }) => licence_note.trim()).filter(Boolean))].sort();
  return [
    `private: ${rows} posts of ${title} with texts, addresses and ids. Nobody but the operator may have this file; do not publish it or hand it on.`,
    "It is not erased with the record: delete it when somebody opts out or is erased, and after 30 days at the latest.",
    `Terms: ${terms.join(" · ") || "none stated"}`,
  ].join("\n");
}
