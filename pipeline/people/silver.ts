// What people have asked for, and what is left of expired posts, where authors and posts get their keys. Where nobody asked and nothing has expired,
// there is nothing to do and nothing is done: the tables are those of the models.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { authorKey, defineKeyedHash } from "../core/key.ts";
import type { StatePaths } from "../core/state.ts";
import { literal, type OpenWarehouse } from "../core/warehouse.ts";
import { openOptOuts } from "./opt-outs.ts";

export interface PeopleInSilver {
  /** For `buildModels`. */
  readonly after: Readonly<Record<string, (lane: OpenWarehouse) => Promise<void>>>;
  /** Rows per receipt that are not counted, because their authors opted out. */
  leftOut(warehouse: OpenWarehouse): Promise<ReadonlyMap<string, number>>;
}

/** `lanes` are the connections that models are built over. */
export async function peopleInSilver(
  state: StatePaths,
  lanes: readonly OpenWarehouse[],
): Promise<PeopleInSilver> {
  const steps: Record<string, ((lane: OpenWarehouse) => Promise<void>)[]> = {};
  const add = (model: string, step: (lane: OpenWarehouse) => Promise<void>) => {
    steps[model] = [...(steps[model] ?? []), step];
  };
  const kept = retainedFiles(state);
  if (kept.creators.length > 0)
    add("int_creator_accounts", (lane) => lane.execute(accountsKept(kept.creators)));
  if (kept.sights.length > 0)
    add("int_post_sights", async (lane) => {
      await lane.execute(sightsOf(kept.sights));
      await lane.execute(SIGHTS_KEPT);
    });
  if (kept.labels.length > 0) add("post_annotations", (lane) => lane.execute(labelsKept(kept.labels)));
  const { hashes } = openOptOuts(state);
  if (hashes.size > 0) {
    const listed = [...hashes].filter((hash) => /^[0-9a-f]{32}$/.test(hash)).map(literal);
    await (lanes[0] as OpenWarehouse).execute(
      `CREATE OR REPLACE TABLE int_opted_out AS SELECT unnest([${listed.join(", ")}])::UUID AS account`,
    );
    for (const lane of lanes) await defineKeyedHash(lane, authorKey(state, null), "opt_out_hash");
    add("int_post_sights", async (lane) => {
      await lane.execute(`CREATE OR REPLACE TABLE int_sights_opted_out AS
        SELECT receipt::varchar AS receipt, count(*)::int AS sights FROM int_post_sights WHERE author_key IN (${POSTS}) GROUP BY ALL`);
      await lane.execute(`DELETE FROM int_post_sights WHERE author_key IN (${POSTS})`);
    });
    add("int_accounts_seen", (lane) =>
      lane.execute(`DELETE FROM int_accounts_seen WHERE author_key IN (${ACCOUNTS})`),
    );
  }
  return {
    after: Object.fromEntries(
      Object.entries(steps).map(([model, ofModel]) => [
        model,
        async (lane: OpenWarehouse) => {
          for (const step of ofModel) await step(lane);
        },
      ]),
    ),
    async leftOut(warehouse) {
      if (!(await warehouse.tables()).includes("int_sights_opted_out")) return new Map();
      const rows = await warehouse.query<{ receipt: string; sights: number }>(
        "SELECT * FROM int_sights_opted_out",
      );
      return new Map(rows.map(({ receipt, sights }) => [receipt, sights]));
    },
  };
}

const known = (platform: string, id: string, handle: string): string =>
  `opt_out_hash(${platform} || ':' || ${id}) IN (SELECT account FROM int_opted_out) OR opt_out_hash(${platform} || ':@' || ${handle}) IN (SELECT account FROM int_opted_out)`;

const POSTS = `SELECT author_key FROM int_author_keys WHERE author_key IS NOT NULL AND (${known("platform", "author_id", "author_handle")})`;
const ACCOUNTS = `SELECT keyed_hash(platform || ':' || coalesce(account_id, '@' || account_handle)) FROM all_accounts WHERE ${known("platform", "account_id", "account_handle")}`;

// ── what is left of expired posts ─────────────────────────────────────────────────────────────────────────────────────

export const retainedFolder = (state: Pick<StatePaths, "root">): string =>
  join(state.root, "people", "retained");

type Kept = "sights" | "labels" | "creators";

/** Columns of what is kept, by file name: `sights-0001.ndjson`. */
export const retainedColumns: Readonly<Record<Kept, Readonly<Record<string, string>>>> = {
  /** What a sight of a post said through its text. */
  sights: {
    post_key: "UUID",
    collected_at: "TIMESTAMP",
    text_key: "UBIGINT",
    tags: "VARCHAR[]",
    is_paid: "BOOLEAN",
  },
  /** What was read from a text: a row of `post_annotations`. */
  labels: {
    text_key: "UBIGINT",
    language: "VARCHAR",
    language_confidence: "DECIMAL(9,6)",
    polarity: "VARCHAR",
    polarity_score: "DECIMAL(9,6)",
    polarity_reason: "VARCHAR",
    p_negative: "DECIMAL(9,6)",
    p_neutral: "DECIMAL(9,6)",
    p_positive: "DECIMAL(9,6)",
    terms: "VARCHAR[]",
    variants: "VARCHAR[]",
    brands: "VARCHAR[]",
  },
  /** Which hash is which creator of the registry, whose name is public. */
  creators: { creator: "VARCHAR", platform: "VARCHAR", account_id: "VARCHAR" },
};

function retainedFiles(state: StatePaths): Record<Kept, string[]> {
  const folder = retainedFolder(state);
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const of = (kept: Kept) =>
    names
      .filter((name) => new RegExp(`^${kept}-\\d+\\.ndjson$`).test(name))
      .map((name) => join(folder, name));
  return { sights: of("sights"), labels: of("labels"), creators: of("creators") };
}

/** Which hashes are creators of the registry, by their entries. */
export function* creatorsKept(
  state: StatePaths,
): Generator<{ readonly creator: string; readonly platform: string; readonly account_id: string }> {
  for (const file of retainedFiles(state).creators)
    for (const line of readFileSync(file, "utf8").split("\n")) if (line !== "") yield JSON.parse(line);
}

/** What is kept, as a relation. */
export function retainedRows(kept: Kept, files: readonly string[]): string {
  const columns = Object.entries(retainedColumns[kept])
    .map(([name, type]) => `${name}: '${type}'`)
    .join(", ");
  return `read_json([${files.map(literal).join(", ")}], format = 'newline_delimited', columns = {${columns}}, hive_partitioning = false)`;
}

const accountsKept = (files: readonly string[]): string =>
  `INSERT INTO int_creator_accounts SELECT DISTINCT creator, platform, account_id FROM ${retainedRows("creators", files)} k
   WHERE creator IN (SELECT creator FROM pub_creators)
     AND NOT EXISTS (SELECT 1 FROM int_creator_accounts c WHERE c.creator = k.creator AND c.platform = k.platform AND c.account_id = k.account_id)`;

/** The key of no text: the database hashes an absent value, too. */
export const NO_TEXT = "hash(NULL::VARCHAR)";

// A sight that has a text speaks for itself.
const sightsOf = (files: readonly string[]): string =>
  `CREATE OR REPLACE TABLE int_retained_sights AS
   SELECT DISTINCT ON (post_key, collected_at) k.* FROM ${retainedRows("sights", files)} k
   JOIN int_post_sights s ON s.post_key = k.post_key AND s.collected_at = k.collected_at AND s.text_key = ${NO_TEXT} ORDER BY ALL`;
const SIGHTS_KEPT = `UPDATE int_post_sights SET text_key = k.text_key, tags = k.tags, is_paid = k.is_paid
   FROM int_retained_sights k
   WHERE int_post_sights.post_key = k.post_key AND int_post_sights.collected_at = k.collected_at AND int_post_sights.text_key = ${NO_TEXT}`;

const labelsKept = (files: readonly string[]): string =>
  `INSERT INTO post_annotations BY NAME
   SELECT DISTINCT ON (text_key) * FROM ${retainedRows("labels", files)} k
   WHERE text_key IN (SELECT text_key FROM posts) AND text_key NOT IN (SELECT text_key FROM post_annotations) ORDER BY ALL`;
