// Everything a publication knows at one clock, in one database: bronze, seeds, silver and gold, checked and counted.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Publication } from "../../data/contract/publication.ts";
import { bronzeTables, loadBronze, readReceipts } from "../core/bronze.ts";
import { type Built, buildModels, type CheckResult, demandPassed, runChecks } from "../core/build.ts";
import { asOfWatermark } from "../core/clock.ts";
import { LeapError } from "../core/errors.ts";
import { downstreamOf, findModels, orderModels } from "../core/graph.ts";
import { authorKey, defineKeyedHash } from "../core/key.ts";
import { type StatePaths, warehouseFile } from "../core/state.ts";
import type { Effects, Receipt, RunClock, Source } from "../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../core/warehouse.ts";
import { peopleInSilver } from "../people/silver.ts";
import { kindsOf, sourceKinds } from "./collector-tables.ts";
import { type ReceiptCount, receiptCounts } from "./receipt-counts.ts";
import { seedTables, seedWarehouse, seedWords } from "./seeds.ts";
import { stagedTables } from "./staged-tables.ts";

export interface WarehouseRequest {
  readonly publication: Publication;
  readonly state: StatePaths;
  readonly clock: RunClock;
  /** The modules of the publication's sources. */
  readonly sources: readonly Source[];
  readonly effects: Pick<Effects, "log">;
}

export interface BuildWarehouseOptions {
  /** Models left out, with everything that reads them. */
  readonly except?: readonly string[];
  /** False leaves `post_annotations` empty: no language, polarity, terms or brands. For measurements. */
  readonly annotate?: boolean;
  /** False keeps the database in memory. */
  readonly file?: boolean;
  readonly threads?: number;
  readonly memoryLimit?: string;
  /** Folders, for tests; those of the repository otherwise. */
  readonly models?: string;
  readonly sourceFolders?: string;
  readonly reference?: string;
  readonly publications?: string;
}

export interface BuiltWarehouse {
  /** Open for questions and for the tables `out.*`; the caller closes it. */
  readonly warehouse: OpenWarehouse;
  readonly receipts: readonly Receipt[];
  readonly checks: readonly CheckResult[];
  readonly counts: readonly ReceiptCount[];
  readonly built: readonly Built[];
}

/** DuckDB's share of the 1.5 GB a run may hold; Node, its workers and the reader's buffers need the rest. */
const MEMORY_LIMIT = "900MB";

/**
 * Builds the warehouse of one edition from scratch and checks it.
 * Throws a LeapError when there is nothing to read, a model fails, a check does not pass, or rows are lost:
 * over each receipt received = kept + duplicates + quarantined + later + withdrawn.
 */
export async function buildWarehouse(
  request: WarehouseRequest,
  options: BuildWarehouseOptions = {},
): Promise<BuiltWarehouse> {
  const { publication, state, clock, sources, effects } = request;
  const receipts = sources.flatMap((source) => readReceipts(state, source.id, clock.as_of));
  if (receipts.length === 0)
    throw new LeapError(
      `missing posts: nothing was collected for ${publication.id} by ${clock.as_of}. Run: leap collect --publication ${publication.id}`,
    );
  const warehouse = await openFresh(state, clock, options);
  try {
    const key = authorKey(state, syntheticSeed(publication, receipts));
    await defineKeyedHash(warehouse, key);
    const beside = await warehouse.beside();
    await defineKeyedHash(beside, key);
    const people = await peopleInSilver(state, [warehouse, beside]);
    for (const source of sources)
      await loadBronze(
        warehouse,
        state,
        source,
        receipts.filter((receipt) => receipt.source === source.id),
      );
    const reference = options.reference ?? join("data", "reference");
    const folders = modelFolders(sources, options);
    const files = await findModels(folders);
    const seeds = seedTables(reference);
    // Few publications have an audit, orders or page views; the models ask for the tables all the same.
    const unstaged = Object.entries(stagedTables).filter(([table]) =>
      files.every((file) => file.name !== table),
    );
    seeds.push(...unstaged.map(([table]) => table), "source_kinds");
    const annotations = files.some((file) => file.name === ANNOTATIONS) && options.annotate !== false;
    if (!annotations) seeds.push(ANNOTATIONS);
    const lay = async () => {
      await seedWarehouse(beside, publication, clock, reference, options.publications);
      await seedWords(beside, {
        sources: sources.map((source) => source.id),
        receipts: receipts.map((receipt) => receipt.id),
      });
      for (const [table, columns] of unstaged) await beside.insertRows(table, columns, []);
      await beside.insertRows("source_kinds", sourceKinds, kindsOf(sources));
      if (!annotations) await beside.insertRows(ANNOTATIONS, ANNOTATION_COLUMNS, []);
    };
    // What a publication declares is laid while the authors of its posts are read.
    const laid = lay();
    laid.catch(() => {});
    const models = await orderModels(
      warehouse,
      files.filter((file) => file.name !== ANNOTATIONS || annotations),
      [...sources.flatMap(bronzeTables), ...seeds],
    );
    const built = await buildModels(warehouse, models, {
      except: options.except ?? [],
      cache: state.cache,
      publication,
      log: effects.log,
      beside,
      later: { tables: seeds, laid },
      after: people.after,
    });
    const checks = await runChecks(
      warehouse,
      [folders.models, ...sources.map((source) => join(folders.sources, source.id))],
      built.map((model) => model.model),
      beside,
    );
    demandPassed(checks);
    const hasPosts = !downstreamOf(models, options.except ?? []).has("posts");
    const counts = hasPosts
      ? await receiptCounts(warehouse, receipts, sources, await people.leftOut(warehouse))
      : [];
    return { warehouse, receipts, checks, counts, built };
  } catch (error) {
    warehouse.close();
    throw error;
  }
}

/**
 * The as-of date of a run that states none: the Monday after the last post of everything collected.
 * Throws a LeapError when no source has a post.
 */
export async function watermark(
  request: Omit<WarehouseRequest, "clock">,
  options: BuildWarehouseOptions = {},
): Promise<string> {
  const warehouse = await openWarehouse({ memoryLimit: options.memoryLimit ?? MEMORY_LIMIT });
  try {
    for (const source of request.sources)
      await loadBronze(warehouse, request.state, source, readReceipts(request.state, source.id, null));
    const staging = (await findModels({ ...modelFolders(request.sources, options), models: "" })).filter(
      (file) => (file.kind === "union" ? file.name === "all_posts" : file.name.endsWith("__posts")),
    );
    const models = await orderModels(warehouse, staging, request.sources.flatMap(bronzeTables));
    await buildModels(warehouse, models, {
      cache: request.state.cache,
      publication: request.publication,
      log: request.effects.log,
    });
    const [row] = await warehouse.query<{ last: string | null }>(
      "SELECT max(posted_at) AS last FROM all_posts",
    );
    if (!row?.last)
      throw new LeapError(
        `missing posts: no source of ${request.publication.id} has one. Run: leap collect --publication ${request.publication.id}`,
      );
    return asOfWatermark(row.last);
  } finally {
    warehouse.close();
  }
}

const ANNOTATIONS = "post_annotations";
const ANNOTATION_COLUMNS = {
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
};

const modelFolders = (sources: readonly Source[], options: BuildWarehouseOptions) => ({
  models: options.models ?? join("pipeline", "models"),
  sources: options.sourceFolders ?? join("pipeline", "sources"),
  sourcesInUse: sources.map((source) => source.id),
});

async function openFresh(
  state: StatePaths,
  clock: RunClock,
  options: BuildWarehouseOptions,
): Promise<OpenWarehouse> {
  // The database makes its spill folder, but not the folder above it.
  mkdirSync(state.cache, { recursive: true });
  const common = {
    memoryLimit: options.memoryLimit ?? MEMORY_LIMIT,
    temporary: join(state.cache, "spill"),
    ...(options.threads ? { threads: options.threads } : {}),
  };
  if (options.file === false) return openWarehouse(common);
  const path = warehouseFile(state, clock.edition);
  mkdirSync(dirname(path), { recursive: true });
  for (const leftover of [path, `${path}.wal`]) if (existsSync(leftover)) rmSync(leftover);
  return openWarehouse({ ...common, path });
}

// Invented people need no secret key: with one of its own, each machine would publish other bytes from the same seed.
function syntheticSeed(publication: Publication, receipts: readonly Receipt[]): string | null {
  if (receipts.some((receipt) => receipt.provenance !== "synthetic")) return null;
  return `${publication.id}:${publication.sources.map((entry) => String(entry["seed"] ?? "")).join(":")}`;
}
