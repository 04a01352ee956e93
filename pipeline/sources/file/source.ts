// The `file` source: posts and accounts out of files that somebody else exported. An import is one entry with its files,
// where each field stands in them, and the instant of the import; the same entry and bytes give the same bronze.
import { constants, copyFileSync, existsSync, linkSync, realpathSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { mondayOf } from "../../core/clock.ts";
import { LeapError } from "../../core/errors.ts";
import { type Ingested, ingest } from "../../core/ingest.ts";
import { withReceipt } from "../../core/ingest-receipt.ts";
import type { CollectRequest, Effects, Log, Receipt, Source } from "../../core/types.ts";
import { literal, openWarehouse } from "../../core/warehouse.ts";
import { AccountMapping, PostMapping } from "./mapping.ts";
import { peopleIn } from "./people-in.ts";
import { AccountRow, PostRow, RunRow } from "./rows.ts";

const ImportedFile = z.strictObject({
  /** Where the file lay at its import; only read again when bronze is gone. */
  path: z.string(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

const importEntry = {
  /** Names the receipt. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  imported_at: z.iso.datetime(),
  licence_note: z.string(),
  preset: z.string().default("generic"),
  files: z.array(ImportedFile).min(1),
};

export const Import = z.discriminatedUnion("thing", [
  z.strictObject({ ...importEntry, thing: z.literal("posts"), mapping: PostMapping }),
  z.strictObject({ ...importEntry, thing: z.literal("accounts"), mapping: AccountMapping }),
]);
export type Import = z.output<typeof Import>;

export const FileConfig = z.strictObject({ imports: z.array(Import).min(1) });
export type FileConfig = z.output<typeof FileConfig>;

export const source: Source<FileConfig> = {
  id: "file",
  title: "Files",
  config: FileConfig as z.ZodType<FileConfig>,
  things: { posts: PostRow, accounts: AccountRow, runs: RunRow },
  counted: ["posts"],
  people: peopleIn,
  async collect({ config, bronze }: CollectRequest<FileConfig>, { log }: Pick<Effects, "log">) {
    const receipts: Receipt[] = [];
    for (const entry of config.imports) receipts.push(await collectImport(entry, bronze, log));
    return receipts;
  },
};

async function collectImport(entry: Import, bronze: string, log: Log): Promise<Receipt> {
  return withReceipt(bronze, entry.id, async (staging) => {
    const paths = await keepRawFiles(entry, staging);
    const request = {
      source: "file",
      receipt: entry.id,
      thing: entry.thing,
      files: paths,
      parser: fileURLToPath(new URL("./lines.ts", import.meta.url)),
      folder: staging,
      tally:
        entry.thing === "posts"
          ? { words: ["market", "platform"], ranges: ["posted_at", "collected_at"] }
          : { words: ["platform"], ranges: ["collected_at"] },
    };
    const options = {
      thing: entry.thing,
      mapping: entry.mapping,
      importedAt: entry.imported_at,
      sightsUntil: null as string | null,
    };
    let ingested = await ingest({ ...request, options }, { log });
    refuseChangedFiles(entry, ingested);
    const until = entry.thing === "posts" ? sightsUntil(ingested) : null;
    if (until) {
      await removeParts(staging, ingested);
      options.sightsUntil = until;
      ingested = await ingest({ ...request, options }, { log });
    }
    for (const note of ingested.notes) log.warn(note);
    const { received, kept, quarantined, parts, raw } = ingested;
    const accounts = await accountsFromPosts(entry, staging, ingested);
    return {
      id: entry.id,
      source: "file",
      collected_at: entry.imported_at,
      provenance: "imported",
      licence_note: entry.licence_note,
      parameters: {
        preset: entry.preset,
        mapping: entry.mapping,
        notes: ingested.notes,
        rows: { ...ingested.tallied.words, ...ingested.tallied.ranges },
      },
      files: ingested.files,
      things: { [entry.thing]: { received, kept, quarantined, parts, ...(raw ? { raw } : {}) }, ...accounts },
    };
  });
}

// The raw bytes are part of bronze: a hard link where the file system allows it, a copy elsewhere.
async function keepRawFiles(entry: Import, staging: string): Promise<string[]> {
  await mkdir(join(staging, "raw"), { recursive: true });
  const kept: string[] = [];
  for (const file of entry.files) {
    if (!existsSync(file.path)) {
      throw new LeapError(
        `missing file: ${file.path}, named by import ${entry.id} in publication.yaml. Put it back, or import it again from where it is.`,
      );
    }
    const target = freeName(join(staging, "raw"), basename(file.path));
    try {
      linkSync(realpathSync(file.path), target);
    } catch {
      copyFileSync(file.path, target, constants.COPYFILE_FICLONE);
    }
    kept.push(target);
  }
  return kept;
}

function freeName(folder: string, name: string): string {
  let candidate = join(folder, name);
  for (let copy = 2; existsSync(candidate); copy += 1) candidate = join(folder, `${copy}-${name}`);
  return candidate;
}

/**
 * A file without a clock of its own is analysed as of its last post. Counts that were seen later still belong to it: they are
 * dated to the end of the last post's week, or the point-in-time filter would hide every row. Null when none is that late.
 */
function sightsUntil({ tallied }: Ingested): string | null {
  const lastPost = tallied.ranges["posted_at"]?.[1];
  const lastSight = tallied.ranges["collected_at"]?.[1];
  if (!lastPost || !lastSight) return null;
  const until = new Date(mondayOf(Date.parse(lastPost)) + 7 * 86_400_000).toISOString();
  return lastSight > until ? until : null;
}

// The checksum comes with the reading, so a changed file is noticed without reading it twice.
function refuseChangedFiles(entry: Import, { files }: Ingested): void {
  for (const [index, file] of entry.files.entries()) {
    const found = files[index]?.sha256;
    if (file.sha256 && found && found !== file.sha256)
      throw new LeapError(
        `invalid file: ${file.path} has changed since import ${entry.id} (sha256 ${found.slice(0, 12)}…, was ${file.sha256.slice(0, 12)}…). Import it again as a new file.`,
      );
  }
}

async function removeParts(staging: string, { parts, raw }: Ingested): Promise<void> {
  const written = (raw?.parts ?? []).filter((part) => !part.startsWith("raw/"));
  for (const part of [...parts, ...written, "quarantine.ndjson"]) await rm(join(staging, part));
}

// Posts that state their author's followers are observations of accounts, too.
async function accountsFromPosts(
  entry: Import,
  staging: string,
  { parts, kept }: Ingested,
): Promise<Record<string, { received: number; kept: number; quarantined: number; parts: string[] }>> {
  if (entry.thing !== "posts" || !entry.mapping.followers || kept === 0) return {};
  const part = "accounts-0001.ndjson";
  const target = literal(join(staging, part));
  await askParts(
    staging,
    parts,
    "{platform: 'VARCHAR', author_id: 'VARCHAR', author_handle: 'VARCHAR', posted_at: 'TIMESTAMP', collected_at: 'TIMESTAMP', followers: 'BIGINT'}",
    `copy (
      select distinct platform, coalesce(author_id, author_handle) as account_id, author_handle as account_handle,
        strftime(coalesce(collected_at, posted_at), '%Y-%m-%dT%H:%M:%SZ') as collected_at, followers
      from lines where followers is not null and coalesce(author_id, author_handle) is not null order by all
    ) to ${target} (format json)`,
  );
  const [row] = await askParts(
    staging,
    [part],
    "{account_id: 'VARCHAR'}",
    "select count(*)::int as accounts from lines",
  );
  const count = Number(row?.["accounts"] ?? 0);
  return { accounts: { received: count, kept: count, quarantined: 0, parts: [part] } };
}

async function askParts(
  staging: string,
  parts: readonly string[],
  columns: string,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const warehouse = await openWarehouse({
    threads: 2,
    memoryLimit: "512MB",
    temporary: join(staging, ".spill"),
  });
  try {
    const files = parts.map((part) => literal(join(staging, part))).join(", ");
    await warehouse.execute(
      `create view lines as select * from read_json([${files}], columns = ${columns}, format = 'newline_delimited', maximum_object_size = 16777216)`,
    );
    return await warehouse.query(sql);
  } finally {
    warehouse.close();
    await rm(join(staging, ".spill"), { recursive: true, force: true });
  }
}
