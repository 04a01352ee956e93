// Write, audit, publish: an edition is written beside the live ones, checked, and put in place by one rename. A run that fails leaves readers
// with the last good edition.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { catalogue, type DatasetId, datasetIds } from "../../data/contract/catalogue.ts";
import { columnsOf, type Dataset, jsonSchemaOf } from "../../data/contract/dataset.ts";
import { type Edition, Editions, type Manifest } from "../../data/contract/edition.ts";
import { MetricDefinition } from "../../data/contract/metric.ts";
import { fill, type MetricValue } from "../analyses/narrative/template.ts";
import { writeDatasetFiles } from "../core/dataset-files.ts";
import { LeapError } from "../core/errors.ts";
import type { Log, Row } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { repository } from "./publication.ts";
import { writeCode } from "./write-code.ts";
import { writePrompts } from "./write-prompts.ts";

export interface PublishRequest {
  /** Holds every dataset as `out.<dataset>`. */
  readonly warehouse: OpenWarehouse;
  readonly edition: Edition;
  /** Folder of all editions: `<state>/published`. */
  readonly published: string;
  /** Dataset → the models and datasets it was computed from. */
  readonly lineage: Readonly<Record<string, readonly string[]>>;
  readonly log: Log;
}

/** Publishes one edition. Throws LeapError when the audit refuses it; nothing that readers see has changed then. */
export async function publishEdition(request: PublishRequest): Promise<void> {
  const { edition, published } = request;
  const staging = path.join(published, `.staging-${edition.edition}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });

  const register = await readRegister();
  const manifests: Manifest[] = [];
  for (const id of datasetIds) {
    manifests.push(await writeDataset(request, id, path.join(staging, id)));
    request.log.progress("publish", manifests.length, datasetIds.length);
  }
  await writeMethods(path.join(staging, "methods"));
  await writeCode(register, path.join(staging, "code"));
  await writePrompts(path.join(staging, "prompts"));
  await writeJson(path.join(staging, "edition.json"), edition);

  await audit(request, register, manifests);

  await replaceFolder(staging, path.join(published, edition.edition));
  await writeJson(path.join(published, "metrics.json"), register);
  await writeEditions(published, edition.publication);
}

async function writeDataset(request: PublishRequest, id: DatasetId, folder: string): Promise<Manifest> {
  const { warehouse, edition } = request;
  const dataset: Dataset = catalogue[id] as unknown as Dataset;
  const columns = columnsOf(dataset);
  const table = `out.${id}`;
  const files = await writeDatasetFiles(warehouse, {
    dataset: id,
    table,
    columns,
    key: dataset.key,
    folder,
    jsonSchema: jsonSchemaOf(dataset),
    metadata: {
      title: dataset.title,
      publication: edition.publication,
      edition: edition.edition,
      schema_version: dataset.version,
      licence: edition.licence,
      provenance: edition.provenance,
      grain: dataset.grain,
    },
  });
  const [size] = await warehouse.query<{ rows: number }>(`select count(*)::int as rows from ${table}`);
  const checks = await warehouse.query<{
    check: string;
    state: string;
    failing_rows: number;
    subject: string;
  }>('select "check", state, failing_rows, subject from out.checks order by 1');
  const upstream = new Set(request.lineage[id] ?? []);
  const manifest: Manifest = {
    dataset: id,
    title: dataset.title,
    version: dataset.version,
    edition: edition.edition,
    rows: size?.rows ?? 0,
    columns: columns.length,
    provenance: edition.provenance,
    licence: edition.licence,
    ...(await periodOf(
      warehouse,
      table,
      columns.map((column) => column.name),
    )),
    files,
    lineage: [...upstream].sort(),
    checks: checks
      .filter((check) => upstream.has(check.subject) || check.subject === id)
      .map((check) => ({
        check: check.check,
        passed: check.state === "pass",
        failing_rows: check.failing_rows,
      })),
  };
  await writeJson(path.join(folder, "manifest.json"), manifest);
  return manifest;
}

/** First and last day the rows speak of, from the columns that date them. */
async function periodOf(warehouse: OpenWarehouse, table: string, columns: readonly string[]) {
  const [from, to] = columns.includes("week")
    ? ["min(week)", "max(week) + 6"]
    : columns.includes("period_start")
      ? ["min(period_start)", "max(period_end)"]
      : columns.includes("published_on")
        ? ["min(published_on)", "max(published_on)"]
        : ["null", "null"];
  const [row] = await warehouse.query<{ a: string | null; b: string | null }>(
    `select (${from})::date as a, (${to})::date as b from ${table}`,
  );
  return { period_start: row?.a ?? null, period_end: row?.b ?? null };
}

async function audit(
  request: PublishRequest,
  register: readonly MetricDefinition[],
  manifests: readonly Manifest[],
): Promise<void> {
  const { warehouse, edition, published } = request;
  const known = new Set(register.map((metric) => metric.id));
  const metrics = await warehouse.query<Row & MetricValue>("select * from out.metrics");
  const strangers = [...new Set(metrics.map((metric) => metric.metric))].filter(
    (metric) => !known.has(metric),
  );
  if (strangers.length > 0)
    throw new LeapError(
      `unknown metric: ${strangers.join(", ")}. Describe it in data/reference/metrics/${strangers[0]}.yaml before it is published.`,
    );

  const vocabulary = {
    metrics: new Map(metrics.map((metric) => [metric.metric_id, metric])),
    edition: edition.edition,
    previousEdition: edition.previous_edition,
  };
  const passages = new Set(
    (await warehouse.query<{ id: string }>("select id from out.knowledge")).map(({ id }) => id),
  );
  const events = new Set(
    (await warehouse.query<{ event: string }>("select distinct event from out.events")).map(
      ({ event }) => `event:${event}`,
    ),
  );
  for (const finding of await warehouse.query("select * from out.findings")) {
    const filled = fill(finding["template"] as string, vocabulary);
    const printed = `${finding["lead"]}${finding["text"]}`;
    if (filled.text !== printed)
      throw new LeapError(
        `invalid finding: "${printed}" on ${finding["page"]} does not follow from its metrics, which say "${filled.text}".`,
      );
    const missing = (finding["evidence"] as string[]).filter(
      (id) => !vocabulary.metrics.has(id) && !passages.has(id) && !events.has(id),
    );
    if (missing.length > 0)
      throw new LeapError(`unknown evidence: ${missing.join(", ")} in "${printed}" on ${finding["page"]}.`);
  }

  const failed = await warehouse.query("select * from out.checks where state <> 'pass'");
  if (failed.length > 0)
    throw new LeapError(
      `invalid data: ${failed.map((check) => `${check["check"]} (${check["says"]}; ${check["failing_rows"]} rows, ${check["state"]})`).join("; ")}. Nothing was published; see npm run leap -- inspect checks --publication ${edition.publication}`,
    );

  if (edition.previous_edition === null) return;
  for (const manifest of manifests) {
    const before = path.join(published, edition.previous_edition, manifest.dataset, "manifest.json");
    if (!existsSync(before)) continue;
    const rows = (JSON.parse(await readFile(before, "utf8")) as Manifest).rows;
    if (rows > 20 && manifest.rows === 0)
      throw new LeapError(
        `missing rows: dataset ${manifest.dataset} is empty, ${edition.previous_edition} had ${rows}. Did a source stop? See npm run leap -- status --publication ${edition.publication}`,
      );
  }
}

/** The metric register, sorted by id. Throws LeapError naming the file that does not validate. */
export async function readRegister(
  folder = path.join(repository, "data/reference/metrics"),
): Promise<MetricDefinition[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (name) => {
      const parsed = MetricDefinition.safeParse(parseYaml(await readFile(path.join(folder, name), "utf8")));
      if (!parsed.success)
        throw new LeapError(
          `invalid metric: data/reference/metrics/${name}: ${z.prettifyError(parsed.error)}`,
        );
      if (`${parsed.data.id}.yaml` !== name)
        throw new LeapError(`invalid metric id: ${parsed.data.id} in ${name}. Name the file after it.`);
      return parsed.data;
    }),
  );
}

async function writeMethods(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const analyses = path.join(repository, "pipeline/analyses");
  for (const id of (await readdir(analyses)).sort()) {
    const method = path.join(analyses, id, "method.md");
    if (existsSync(method)) await writeFile(path.join(folder, `${id}.md`), await readFile(method));
  }
}

/** Puts `fresh` where `live` is. Readers see the old folder or the new one, whole. */
async function replaceFolder(fresh: string, live: string): Promise<void> {
  const old = `${live}.old`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(live)) await rename(live, old);
  await rename(fresh, live);
  await rm(old, { recursive: true, force: true });
}

/** Rewrites `editions.json` from the editions that are there; the latest is the last by week. */
async function writeEditions(published: string, publication: string): Promise<void> {
  const ids = (await readdir(published)).filter((name) => /^\d{4}-W\d{2}$/.test(name)).sort();
  const editions = await Promise.all(
    ids.map(async (edition) => {
      const hash = createHash("sha256");
      hash.update(await readFile(path.join(published, edition, "edition.json")));
      for (const id of datasetIds) {
        const manifest = path.join(published, edition, id, "manifest.json");
        if (existsSync(manifest)) hash.update(await readFile(manifest));
      }
      return { edition, sha256: hash.digest("hex") };
    }),
  );
  const file = path.join(published, "editions.json");
  await writeJson(`${file}.new`, Editions.parse({ publication, latest: ids.at(-1), editions }));
  await rename(`${file}.new`, file);
}

const writeJson = (file: string, value: unknown) => writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
