// One row per distinct text: language, polarity, and the terms and brands it names.
// Texts, not posts, because a caption pasted a thousand times is read once. What was read is kept, so the next edition reads new texts only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { mapBatches, threadsFor } from "../../core/parallel.ts";
import type { CodeModel, ModelContext, Row, Warehouse } from "../../core/types.ts";
import type { KeyedTexts } from "../../texts/annotate.ts";
import { meaningsElsewhere } from "../../texts/taxonomy.ts";
import { engineDigest, type Vocabulary } from "../../texts/vocabulary.ts";

export const model: CodeModel = {
  reads: ["int_texts", "pub_terms", "pub_brands"],
  async run(context) {
    const vocabulary = await vocabularyOf(context.warehouse, context.publication);
    // Texts are known by hash(), and another version of the database may hash in another way.
    const [database] = await context.warehouse.query<{ version: string }>("SELECT version() AS version");
    const kept = join(context.cache, `${engineDigest(vocabulary)}-${database?.version}`);
    mkdirSync(kept, { recursive: true });
    // Read with other words, so of no use any more.
    for (const name of readdirSync(context.cache))
      if (name !== basename(kept)) rmSync(join(context.cache, name), { recursive: true });
    await annotateNewTexts(context, vocabulary, kept);
    await context.execute(`
      CREATE OR REPLACE TABLE post_annotations AS
      SELECT * FROM ${keptAnnotations(kept)}
      WHERE text_key IN (SELECT text_key FROM int_texts)`);
  },
};

async function annotateNewTexts(
  { warehouse, execute, log }: ModelContext,
  vocabulary: Vocabulary,
  kept: string,
): Promise<void> {
  // A table of its own, because int_texts is a view over all posts and would be computed again for every batch.
  await execute(`
    CREATE OR REPLACE TEMP TABLE texts_to_annotate AS
    SELECT text_key, left(text, ${charactersRead}) AS text FROM int_texts
    WHERE text_key IS NOT NULL AND text_key NOT IN (SELECT text_key FROM ${keptAnnotations(kept)})`);
  const [{ texts } = { texts: 0 }] = await warehouse.query<{ texts: number }>(
    "SELECT count(*)::int AS texts FROM texts_to_annotate",
  );
  if (texts > 0) {
    const lines = join(kept, "new.ndjson");
    const digest = await writeAnnotations({ warehouse, log, vocabulary, texts }, lines);
    const part = join(kept, `${digest}.parquet`);
    await execute(`
      COPY (SELECT * FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = {${columns}}))
      TO ${quoted(`${part}.new`)} (FORMAT parquet, COMPRESSION zstd)`);
    renameSync(`${part}.new`, part);
    rmSync(lines);
  }
  await execute("DROP TABLE texts_to_annotate");
}

const columns =
  "text_key: 'UBIGINT', language: 'VARCHAR', language_confidence: 'DECIMAL(9,6)', polarity: 'VARCHAR', " +
  "polarity_score: 'DECIMAL(9,6)', polarity_reason: 'VARCHAR', p_negative: 'DECIMAL(9,6)', p_neutral: 'DECIMAL(9,6)', " +
  "p_positive: 'DECIMAL(9,6)', terms: 'VARCHAR[]', variants: 'VARCHAR[]', brands: 'VARCHAR[]'";

interface Work {
  readonly warehouse: Warehouse;
  readonly log: ModelContext["log"];
  readonly vocabulary: Vocabulary;
  readonly texts: number;
}

/** Writes one line per text and returns the digest of all of them. */
async function writeAnnotations({ warehouse, log, vocabulary, texts }: Work, path: string): Promise<string> {
  const hash = createHash("sha256");
  const file: FileHandle = await open(path, "w");
  try {
    const parallel = {
      module: new URL("../../texts/annotate.ts", import.meta.url),
      options: vocabulary,
      threads: threadsFor(texts),
    };
    let done = 0;
    for await (const lines of mapBatches<Vocabulary, KeyedTexts, string>(
      parallel,
      batches(warehouse, texts),
    )) {
      hash.update(lines);
      await file.write(lines);
      done = Math.min(texts, done + batchSize);
      log.progress("reading captions", done, texts);
    }
  } finally {
    await file.close();
  }
  return hash.digest("hex").slice(0, 16);
}

const batchSize = 5_000;

/** As far as the engines read; a caption of a megabyte is a paste, and five thousand of them would not fit. */
const charactersRead = 10_000;

async function* batches(warehouse: Warehouse, texts: number): AsyncGenerator<KeyedTexts> {
  for (let from = 0; from < texts; from += batchSize) {
    const rows = await warehouse.query<{ text_key: string; text: string | null }>(
      `SELECT text_key::VARCHAR AS text_key, text FROM texts_to_annotate WHERE rowid >= ${from} AND rowid < ${from + batchSize} ORDER BY rowid`,
    );
    yield { keys: rows.map((row) => row.text_key), texts: rows.map((row) => row.text ?? "") };
  }
}

/** What was annotated before, as a relation; an empty one before the first run. */
function keptAnnotations(kept: string): string {
  const parts = existsSync(kept)
    ? readdirSync(kept)
        .filter((name) => name.endsWith(".parquet"))
        .sort()
    : [];
  if (parts.length > 0) return `read_parquet([${parts.map((name) => quoted(join(kept, name))).join(", ")}])`;
  const nothing = columns.replaceAll(/(\w+): '([^']+)'/g, "NULL::$2 AS $1");
  return `(SELECT ${nothing} LIMIT 0)`;
}

async function vocabularyOf(warehouse: Warehouse, publication: Row): Promise<Vocabulary> {
  const spellings = await warehouse.query<{ term: string; language: string; variant: string }>(
    "SELECT term, language, variant FROM pub_terms ORDER BY ALL",
  );
  const elsewhere = meaningsElsewhere((publication["taxonomies"] ?? []) as string[]);
  const terms = spellings.map((spelling) => ({ ...spelling, not: elsewhere.get(spelling.term) ?? [] }));
  const brands = await warehouse.query<{ brand: string; variant: string }>(
    "SELECT brand, variant FROM pub_brands ORDER BY ALL",
  );
  return { terms, brands };
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
