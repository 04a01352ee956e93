// `leap explain <metric-id>`: from a number on a page to its formula, its model, its receipts and its rows.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Manifest } from "../../data/contract/edition.ts";
import type { MetricDefinition } from "../../data/contract/metric.ts";
import { LeapError } from "../core/errors.ts";
import type { StatePaths } from "../core/state.ts";
import { warehouseFile } from "../core/state.ts";
import type { Row } from "../core/types.ts";
import { literal, openWarehouse } from "../core/warehouse.ts";
import { modelFiles } from "./models.ts";
import { repository } from "./publication.ts";
import { readPublished, readPublishedRows } from "./published.ts";
import { readRegister } from "./write-edition.ts";

export interface Explanation {
  readonly metric: Row;
  readonly definition: MetricDefinition;
  /** SQL models and other datasets that the metric's dataset was computed from. */
  readonly lineage: readonly {
    name: string;
    file: string | null;
    grain: string | null;
    sql: string | null;
  }[];
  readonly receipts: readonly Row[];
  readonly rowsSql: string;
  readonly rowCount: number;
  /** The first rows behind the value; texts stay on this machine. */
  readonly rows: readonly Row[];
}

/** Explains one metric id of an edition (the latest when not named). Throws LeapError with the nearest ids when it is unknown. */
export async function explain(
  state: StatePaths,
  metricId: string,
  options: { edition?: string | undefined; rows?: number | undefined } = {},
): Promise<Explanation> {
  const edition = options.edition ?? (await readPublished(state)).latest;
  const metrics = await readPublishedRows(state, edition, "metrics");
  const metric = metrics.find((row) => row["metric_id"] === metricId);
  if (!metric)
    throw new LeapError(
      unknownMetric(
        metricId,
        metrics.map((row) => row["metric_id"] as string),
        edition,
      ),
    );
  const definition = (await readRegister()).find((entry) => entry.id === metric["metric"]);
  if (!definition)
    throw new LeapError(`unknown metric: ${metric["metric"]} is not in data/reference/metrics.`);

  const manifest = JSON.parse(
    await readFile(path.join(state.published, edition, definition.dataset, "manifest.json"), "utf8"),
  ) as Manifest;
  const files = modelFiles();
  const lineage = await Promise.all(
    manifest.lineage.map(async (name) => {
      const file = files.get(name) ?? null;
      const text = file ? await readFile(path.join(repository, file), "utf8") : null;
      return { name, file, grain: text && firstComment(text), sql: file?.endsWith(".sql") ? text : null };
    }),
  );

  const rowsSql = fillRowsSql(definition.rows_sql, metric);
  const database = warehouseFile(state, edition);
  if (!existsSync(database))
    throw new LeapError(
      `missing warehouse: ${database}. Run first: npm run leap -- model --publication ${path.basename(state.root)}`,
    );
  const warehouse = await openWarehouse({ path: database, readOnly: true });
  try {
    const [count] = await warehouse.query<{ rows: number }>(`select count(*)::int as rows from (${rowsSql})`);
    const rows = await warehouse.query(`select * from (${rowsSql}) limit ${options.rows ?? 10}`);
    const columns = rows[0] ? Object.keys(rows[0]) : [];
    const used = columns.includes("receipt")
      ? await warehouse.query<{ receipt: string }>(`select distinct receipt from (${rowsSql}) order by 1`)
      : [];
    const named = new Set(used.map((row) => row.receipt));
    const receipts = (await readPublishedRows(state, edition, "receipts")).filter(
      (row) => named.size === 0 || named.has(String(row["receipt"]).replace(`${row["source"]}-`, "")),
    );
    return { metric, definition, lineage, receipts, rowsSql, rowCount: count?.rows ?? 0, rows };
  } finally {
    warehouse.close();
  }
}

/** `$market`, `$entity`, `$start` and `$end` as SQL literals. */
export function fillRowsSql(sql: string, metric: Row): string {
  const values: Record<string, unknown> = {
    market: metric["market"],
    entity: metric["entity"],
    start: metric["period_start"],
    end: metric["period_end"],
  };
  return sql
    .trim()
    .replace(/;\s*$/, "")
    .replace(/\$(market|entity|start|end)\b/g, (_all, name: string) => literal(String(values[name] ?? "")));
}

function unknownMetric(id: string, known: readonly string[], edition: string): string {
  const parts = id.split(":");
  const alike = known
    .map((candidate) => ({
      candidate,
      shared: candidate.split(":").filter((part) => parts.includes(part)).length,
    }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.candidate.length - b.candidate.length)
    .slice(0, 5)
    .map(({ candidate }) => candidate);
  const next =
    alike.length > 0 ? `Near it: ${alike.join(", ")}.` : `Such as ${known.slice(0, 3).join(", ")}.`;
  return `unknown metric: ${id} in ${edition}. ${next}`;
}

const firstComment = (sql: string): string | null => {
  const lines = sql.split("\n");
  const start = lines.findIndex((line) => /^(--|\/\/)/.test(line));
  if (start < 0) return null;
  const comment: string[] = [];
  for (const line of lines.slice(start)) {
    if (!/^(--|\/\/)/.test(line)) break;
    comment.push(line.replace(/^(--|\/\/)\s?/, ""));
  }
  return comment.join(" ");
};

/** The explanation as people read it in a terminal. */
export function explanationText(explanation: Explanation, withSql = false): string {
  const { metric, definition } = explanation;
  const value =
    metric["text_value"] ??
    (metric["value"] === null ? `withheld (${metric["reason"]})` : format(metric["value"] as number));
  const interval =
    metric["low"] !== null && metric["high"] !== null
      ? `  ${definition.interval}: ${format(metric["low"] as number)} to ${format(metric["high"] as number)}`
      : "";
  return [
    `${metric["metric_id"]} = ${value} ${metric["unit"]}${interval}`,
    `n = ${metric["n"]}, ${metric["period_start"]} to ${metric["period_end"]}, edition ${metric["edition"]}, ${metric["provenance"]}`,
    "",
    `${definition.title}: ${definition.definition}`,
    `formula   ${definition.formula}`,
    `source    ${definition.source}`,
    `computed  ${definition.computed_in} (method ${metric["method_version"]}), published in ${definition.dataset}.${definition.column}`,
    `limits    ${definition.limits}`,
    "",
    "from",
    ...explanation.lineage.map(
      ({ name, file, grain, sql }) =>
        `  ${name}${file ? `  ${file}` : ""}${grain ? `\n      ${grain}` : ""}${withSql && sql ? `\n\n${sql}` : ""}`,
    ),
    ...(withSql ? [] : ["  (--sql prints the models)"]),
    "",
    `receipts (${explanation.receipts.length})`,
    ...explanation.receipts
      .slice(-5)
      .map(
        (receipt) =>
          `  ${receipt["source"]}/${receipt["receipt"]}  collected ${receipt["collected_at"]}  ${receipt["kept"]} rows kept  sha256 ${String(receipt["sha256"]).slice(0, 16)}…`,
      ),
    ...(explanation.receipts.length > 5 ? [`  … and ${explanation.receipts.length - 5} earlier`] : []),
    "",
    `rows behind it (${explanation.rowCount}), by`,
    ...explanation.rowsSql.split("\n").map((line) => `  ${line}`),
    "",
    table(explanation.rows),
  ].join("\n");
}

const format = (value: number): string =>
  new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 }).format(value);

/** Rows as an aligned table, cells cut at 40 characters. */
export function table(rows: readonly Row[]): string {
  const first = rows[0];
  if (!first) return "(no rows)";
  const names = Object.keys(first);
  const cell = (value: unknown) => {
    const text = value === null ? "∅" : Array.isArray(value) ? value.join("; ") : String(value);
    const line = text.replace(/\s+/g, " ");
    return line.length > 40 ? `${line.slice(0, 39)}…` : line;
  };
  const cells = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, column) => Math.max(...cells.map((line) => (line[column] as string).length)));
  return cells
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] as number))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
