// Builds the models in order and asks their checks. A check that cannot run is an error, never a pass.
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { LeapError } from "./errors.ts";
import { downstreamOf, type Model } from "./graph.ts";
import type { Log, Row } from "./types.ts";
import { type OpenWarehouse, quoted } from "./warehouse.ts";

export interface BuildOptions {
  /** Models left out, with everything that reads them. */
  readonly except?: readonly string[];
  /** Parent of the folders that code models keep between runs. */
  readonly cache: string;
  readonly publication: Row;
  readonly log: Log;
  /** The same database over another connection. Models that do not need each other are then built two at a time. */
  readonly beside?: OpenWarehouse | undefined;
  /** What is done to a model's table before anything reads it, by its name; nothing for most. */
  readonly after?: Readonly<Record<string, (lane: OpenWarehouse) => Promise<void>>>;
  /** Tables that are still being laid, and when they are there; models that do not need them are built meanwhile. */
  readonly later?: { readonly tables: readonly string[]; readonly laid: Promise<void> };
}

export interface Built {
  readonly model: string;
  readonly milliseconds: number;
}

/**
 * Creates every model as a table, or as a view where it says so. Returns what was built, in order.
 * Throws a LeapError naming the file when a model's SQL fails.
 */
export async function buildModels(
  warehouse: OpenWarehouse,
  models: readonly Model[],
  options: BuildOptions,
): Promise<Built[]> {
  const left = downstreamOf(models, options.except ?? []);
  const wanted = models.filter((model) => !left.has(model.name));
  const milliseconds = new Map<string, number>();
  const build = async (lane: OpenWarehouse, model: Model) => {
    const start = performance.now();
    await buildModel(lane, model, options);
    await options.after?.[model.name]?.(lane);
    milliseconds.set(model.name, Math.round(performance.now() - start));
    options.log.progress("model", milliseconds.size, wanted.length);
  };
  options.log.progress("model", 0, wanted.length);
  const waits = downstreamOf(wanted, options.later?.tables ?? []);
  const early = options.later ? wanted.filter((model) => !waits.has(model.name)) : [];
  for (const model of early) await build(warehouse, model);
  await options.later?.laid;
  const late = wanted.filter((model) => !early.includes(model));
  // A temporary table is seen by the connection alone that made it, and an optimiser that is off is off for all: up to the last such model, one
  // after the other.
  const needsAll = (model: Model) => model.kind === "temporary" || model.joinsAsWritten;
  const needsOne = downstreamOf(
    wanted.filter((model) => !needsAll(model)),
    wanted.filter((model) => model.kind === "temporary").map((model) => model.name),
  );
  const first = late.findLastIndex((model) => needsAll(model) || needsOne.has(model.name)) + 1;
  for (const model of late.slice(0, options.beside ? first : late.length)) await build(warehouse, model);
  if (options.beside) await buildBeside([warehouse, options.beside], late.slice(first), build);
  return wanted.map(({ name }) => ({ model: name, milliseconds: milliseconds.get(name) ?? 0 }));
}

/** Each lane takes the first model whose tables are all there, in the order given; whichever is faster takes more. */
async function buildBeside(
  lanes: readonly OpenWarehouse[],
  models: readonly Model[],
  build: (lane: OpenWarehouse, model: Model) => Promise<void>,
): Promise<void> {
  const waiting = [...models];
  const missing = new Set(models.map(({ name }) => name));
  let wake = Promise.withResolvers<void>();
  let failed = false;
  const run = async (lane: OpenWarehouse) => {
    while (waiting.length > 0 && !failed) {
      const next = waiting.findIndex(({ reads }) => !reads.some((table) => missing.has(table)));
      const [model] = next === -1 ? [] : waiting.splice(next, 1);
      if (model) {
        await build(lane, model).catch((error) => {
          failed = true;
          wake.resolve();
          throw error;
        });
        missing.delete(model.name);
        wake.resolve();
        wake = Promise.withResolvers<void>();
      } else await wake.promise;
    }
  };
  const ended = await Promise.allSettled(lanes.map(run));
  const broken = ended.find((end) => end.status === "rejected");
  if (broken) throw broken.reason;
}

export interface CheckResult {
  /** `<model>` or `<model>.<aspect>`. */
  readonly check: string;
  /** The model it tests. */
  readonly subject: string;
  /** `error`: the check could not run, which is not a pass. */
  readonly state: "pass" | "fail" | "error";
  readonly failing_rows: number;
  /** What the check demands: its first comment line. */
  readonly says: string;
  /** The first few rows that break it, or the message of the error. */
  readonly examples: readonly string[];
}

/**
 * Runs the checks `<model>.check.sql` and `<model>.<aspect>.check.sql` of the built models. They must return no rows. With a second
 * connection to the database, two are asked at a time.
 */
export async function runChecks(
  warehouse: OpenWarehouse,
  folders: readonly string[],
  built: readonly string[],
  beside?: OpenWarehouse,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const files = folders.flatMap(checkFiles);
  const run = async (lane: OpenWarehouse) => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      const check = basename(file).replace(/\.check\.sql$/, "");
      const subject = check.split(".")[0] as string;
      if (built.includes(subject))
        results.push(await runCheck(lane, check, subject, readFileSync(file, "utf8")));
    }
  };
  await Promise.all([warehouse, ...(beside ? [beside] : [])].map(run));
  return results.sort((a, b) => (a.check < b.check ? -1 : 1));
}

/** Throws a LeapError that lists the checks which did not pass. */
export function demandPassed(results: readonly CheckResult[]): void {
  const broken = results.filter((result) => result.state !== "pass");
  if (broken.length === 0) return;
  const lines = broken.map((result) =>
    result.state === "error"
      ? `  ${result.check}: could not run: ${result.examples[0]}`
      : `  ${result.check}: ${result.failing_rows} rows break "${result.says}", such as ${result.examples[0]}`,
  );
  throw new LeapError(`invalid models: ${broken.length} checks did not pass.\n${lines.join("\n")}`);
}

async function buildModel(warehouse: OpenWarehouse, model: Model, options: BuildOptions): Promise<void> {
  try {
    if (model.code) {
      const cache = join(options.cache, model.name);
      mkdirSync(cache, { recursive: true });
      await model.code.run({
        warehouse,
        execute: (sql) => warehouse.execute(sql),
        cache,
        publication: options.publication,
        log: options.log,
      });
      const tables = await warehouse.tables();
      if (!tables.includes(model.name))
        throw new LeapError(
          `missing table: ${model.name}. Its code model ran and did not create it: ${model.file}`,
        );
      return;
    }
    const kind = KINDS[model.kind];
    if (model.joinsAsWritten) await warehouse.execute(`SET disabled_optimizers = '${AS_WRITTEN}'`);
    await warehouse.execute(`CREATE OR REPLACE ${kind} ${quoted(model.name)} AS\n${model.sql}`);
    if (model.joinsAsWritten) await warehouse.execute("SET disabled_optimizers = ''");
  } catch (error) {
    if (error instanceof LeapError || model.code) throw error;
    throw new LeapError(`invalid model: ${model.file || model.name}: ${firstLines(error)}`);
  }
}

const KINDS = { table: "TABLE", temporary: "TEMP TABLE", view: "VIEW", union: "VIEW", code: "" } as const;

/** The optimisers that swap the sides of joins, reorder them, or store what two branches share. */
const AS_WRITTEN = "join_order,build_side_probe_side,common_subplan";

const EXAMPLES = 3;

async function runCheck(
  warehouse: OpenWarehouse,
  check: string,
  subject: string,
  text: string,
): Promise<CheckResult> {
  const sql = text.trim().replace(/;$/, "");
  const says = /^--\s*(.+)$/m.exec(sql)?.[1] ?? check;
  try {
    const [row] = await warehouse.query<{ failing: number }>(`SELECT count(*) AS failing FROM (\n${sql}\n)`);
    const failing = row?.failing ?? 0;
    const examples =
      failing === 0 ? [] : await warehouse.query(`SELECT * FROM (\n${sql}\n) LIMIT ${EXAMPLES}`);
    return {
      check,
      subject,
      state: failing === 0 ? "pass" : "fail",
      failing_rows: failing,
      says,
      examples: examples.map((example) => JSON.stringify(example)),
    };
  } catch (error) {
    return { check, subject, state: "error", failing_rows: 0, says, examples: [firstLines(error)] };
  }
}

function checkFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".check.sql"))
    .map((entry) => relative(process.cwd(), join(entry.parentPath, entry.name)))
    .sort();
}

/** DuckDB's message without its picture of the statement. */
const firstLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n\n")[0]?.trim().replaceAll("\n", " ") ??
  "";
