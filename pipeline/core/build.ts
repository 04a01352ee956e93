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
  const built: Built[] = [];
  for (const model of wanted) {
    options.log.progress("model", built.length, wanted.length);
    const start = performance.now();
    await buildModel(warehouse, model, options);
    built.push({ model: model.name, milliseconds: Math.round(performance.now() - start) });
  }
  await warehouse.execute("SET disabled_optimizers = ''");
  options.log.progress("model", built.length, wanted.length);
  return built;
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

/** Runs the checks `<model>.check.sql` and `<model>.<aspect>.check.sql` of the built models. They must return no rows. */
export async function runChecks(
  warehouse: OpenWarehouse,
  folders: readonly string[],
  built: readonly string[],
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const file of folders.flatMap(checkFiles)) {
    const check = basename(file).replace(/\.check\.sql$/, "");
    const subject = check.split(".")[0] as string;
    if (built.includes(subject))
      results.push(await runCheck(warehouse, check, subject, readFileSync(file, "utf8")));
  }
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
    await warehouse.execute(`SET disabled_optimizers = '${model.joinsAsWritten ? AS_WRITTEN : ""}'`);
    await warehouse.execute(`CREATE OR REPLACE ${kind} ${quoted(model.name)} AS\n${model.sql}`);
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
