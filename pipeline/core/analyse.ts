// Runs the analyses in the order of what they read and write, and lets no row past that breaks its dataset's contract.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { z } from "zod";
import { LeapError } from "./errors.ts";
import type { Analysis, AnalysisContext, Row } from "./types.ts";
import type { OpenWarehouse } from "./warehouse.ts";

/** What core must know of a dataset. */
export interface DatasetContract {
  readonly columns: z.ZodObject;
  /** DuckDB type of each column, in column order. */
  readonly types: Readonly<Record<string, string>>;
  /** Columns that identify a row; also the order in which rows are kept. */
  readonly key: readonly string[];
}

export interface AnalyseOptions extends Omit<AnalysisContext, "warehouse"> {
  readonly datasets: Readonly<Record<string, DatasetContract>>;
  /** Datasets that many analyses may write. */
  readonly shared: readonly string[];
}

export interface Analysed {
  readonly analysis: string;
  readonly version: string;
  /** Rows written to each dataset. */
  readonly rows: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/** The analyses of `pipeline/analyses/<analysis>/analysis.ts`, by name. Throws a LeapError for a folder without one. */
export async function findAnalyses(folder: string): Promise<Analysis[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "analysis.ts")))
    .map((entry) => entry.name)
    .sort();
  const analyses: Analysis[] = [];
  for (const name of names) {
    const file = join(folder, name, "analysis.ts");
    const { analysis } = (await import(pathToFileURL(file).href)) as { analysis?: Analysis };
    if (!analysis)
      throw new LeapError(`missing export: analysis in ${file}. It exports an Analysis of that name.`);
    analyses.push(analysis);
  }
  return analyses;
}

/**
 * Runs the analyses and writes each dataset as `out.<dataset>`, sorted by its key; a dataset that nobody wrote becomes
 * an empty table. Numbers are rounded to six places, the precision of DECIMAL(18,6).
 * Throws a LeapError for an unknown table, two writers of one dataset, or a row that breaks its contract.
 */
export async function runAnalyses(
  warehouse: OpenWarehouse,
  analyses: readonly Analysis[],
  options: AnalyseOptions,
): Promise<Analysed[]> {
  const ordered = orderAnalyses(analyses, options, await warehouse.tables());
  await warehouse.execute("CREATE SCHEMA IF NOT EXISTS out");
  const written = new Map<string, Row[]>();
  for (const dataset of Object.keys(options.datasets)) await write(warehouse, dataset, options, []);
  const done: Analysed[] = [];
  for (const analysis of ordered) {
    options.log.progress("analysis", done.length, ordered.length);
    const start = performance.now();
    const result = await analysis.run({ ...options, warehouse });
    const rows: Record<string, number> = {};
    for (const [dataset, found] of Object.entries(result)) {
      if (!analysis.writes.includes(dataset))
        throw new LeapError(
          `unknown dataset: ${dataset}, returned by the analysis ${analysis.id}. Name it in its writes.`,
        );
      const accepted = found.map((row) => accept(analysis.id, dataset, options, row));
      const all = [...(written.get(dataset) ?? []), ...accepted];
      written.set(dataset, all);
      await write(warehouse, dataset, options, sorted(analysis.id, dataset, options, all));
      rows[dataset] = accepted.length;
    }
    done.push({
      analysis: analysis.id,
      version: analysis.version,
      rows,
      milliseconds: Math.round(performance.now() - start),
    });
  }
  options.log.progress("analysis", done.length, ordered.length);
  return done;
}

/** Each analysis after the writers of what it reads; ties by name. */
export function orderAnalyses(
  analyses: readonly Analysis[],
  options: Pick<AnalyseOptions, "datasets" | "shared">,
  tables: readonly string[],
): Analysis[] {
  const writers = new Map<string, Analysis[]>();
  for (const analysis of analyses)
    for (const dataset of analysis.writes) {
      if (!options.datasets[dataset])
        throw new LeapError(
          `unknown dataset: ${dataset}, written by the analysis ${analysis.id}. Add its contract to the catalogue.`,
        );
      const others = writers.get(dataset) ?? [];
      if (others[0] && !options.shared.includes(dataset))
        throw new LeapError(
          `invalid writes: ${dataset} is written by ${others[0].id} and by ${analysis.id}. One analysis owns a dataset.`,
        );
      writers.set(dataset, [...others, analysis]);
    }
  const ordered = new Map<string, Analysis>();
  const visit = (analysis: Analysis, path: readonly string[]): void => {
    if (ordered.has(analysis.id)) return;
    if (path.includes(analysis.id))
      throw new LeapError(
        `invalid cycle: the analyses ${[...path.slice(path.indexOf(analysis.id)), analysis.id].join(" reads ")}. Cut one of them.`,
      );
    for (const table of analysis.reads) {
      if (!table.startsWith("out.")) {
        if (!tables.includes(table))
          throw new LeapError(
            `unknown table: ${table}, read by the analysis ${analysis.id}. Is it misspelt, or was its model left out?`,
          );
        continue;
      }
      const dataset = table.slice("out.".length);
      if (!options.datasets[dataset])
        throw new LeapError(
          `unknown dataset: ${table}, read by the analysis ${analysis.id}. See data/contract/catalogue.ts.`,
        );
      for (const writer of writers.get(dataset) ?? [])
        if (writer.id !== analysis.id) visit(writer, [...path, analysis.id]);
    }
    ordered.set(analysis.id, analysis);
  };
  for (const analysis of [...analyses].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(analysis, []);
  return [...ordered.values()];
}

function accept(analysis: string, dataset: string, options: AnalyseOptions, row: Row): Row {
  const contract = contractOf(dataset, options);
  const rounded: Row = {};
  for (const [column, value] of Object.entries(row))
    rounded[column] = contract.types[column]?.startsWith("DECIMAL") ? round(value) : value;
  const parsed = contract.columns.safeParse(rounded);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const column = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path[0];
  throw new LeapError(
    `invalid value: analysis ${analysis}, dataset ${dataset}, row ${keyOf(contract, rounded)}: column ${String(column)} = ${JSON.stringify(rounded[String(column)])}: ${issue?.message}. See data/contract/datasets/${dataset}.ts.`,
  );
}

// toFixed works on the exact binary value, so that the same double rounds the same way everywhere; + 0 turns −0 into 0.
const round = (value: unknown): unknown =>
  typeof value === "number" && Number.isFinite(value) ? Number(value.toFixed(6)) + 0 : value;

function sorted(analysis: string, dataset: string, options: AnalyseOptions, rows: readonly Row[]): Row[] {
  const { key } = contractOf(dataset, options);
  const result = [...rows].sort((a, b) => compare(a, b, key));
  for (let index = 1; index < result.length; index++) {
    const [before, row] = [result[index - 1] as Row, result[index] as Row];
    if (compare(before, row, key) === 0)
      throw new LeapError(
        `invalid rows: analysis ${analysis}, dataset ${dataset}: two rows for ${keyOf(contractOf(dataset, options), row)}. Is the grain right?`,
      );
  }
  return result;
}

function compare(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const [left, right] = [a[column] as string | number, b[column] as string | number];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const keyOf = (contract: DatasetContract, row: Row): string =>
  contract.key.map((column) => `${column}=${String(row[column])}`).join(" ");

const write = (warehouse: OpenWarehouse, dataset: string, options: AnalyseOptions, rows: readonly Row[]) =>
  warehouse.insertRows(`out.${dataset}`, contractOf(dataset, options).types, rows);

const contractOf = (dataset: string, options: AnalyseOptions): DatasetContract =>
  options.datasets[dataset] as DatasetContract;
