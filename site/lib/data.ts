// The only door to published/: pages ask here for editions, rows, manifests and the metric register.
// Everything is read once a build and kept on globalThis, because Astro may load this module more than once.
//
// Rows come from the JSON files, not from Parquet: JSON.parse gives contract-shaped rows (ISO days, numbers), and 51,000 of
// them in 0.1 s, where DuckDB takes 0.24 s to turn the smaller file into objects.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { z } from "zod";
import { catalogue, type DatasetId, datasetIds } from "../../data/contract/catalogue.ts";
import { Edition, Editions, Manifest } from "../../data/contract/edition.ts";
import { MetricDefinition } from "../../data/contract/metric.ts";
import { type CommandRun, commandRuns } from "../../data/contract/run-record.ts";
import { LeapError } from "./errors.ts";

export type { DatasetId, Edition, Manifest, MetricDefinition };
export { datasetIds };
export type DatasetRow<D extends DatasetId> = z.output<(typeof catalogue)[D]["columns"]>;
/** Names of the columns of a dataset. */
export type ColumnOf<D extends DatasetId> = keyof DatasetRow<D> & string;

const { LEAP_PUBLISHED, LEAP_RUNS } = process.env;
/** The folder editions are read from; `LEAP_PUBLISHED` names another one. */
export const publishedFolder = resolve(LEAP_PUBLISHED ?? "data/state/kbeauty/published");

/** Edition ids, oldest first. */
export function editionIds(): string[] {
  return remember("editions", () => readEditions().editions.map((entry) => entry.edition));
}

export function latestEditionId(): string {
  return remember("latest", () => readEditions().latest);
}

export function editionBefore(edition: string): string | null {
  const ids = editionIds();
  return ids[ids.indexOf(edition) - 1] ?? null;
}

/** @throws LeapError when the edition is not published. */
export function readEdition(edition: string = latestEditionId()): Edition {
  return remember(`edition ${edition}`, () =>
    parse(Edition, join(publishedFolder, edition, "edition.json"), "edition"),
  );
}

/** Markets of an edition that have a report, in the publication's order. */
export function reportMarkets(edition: Edition = readEdition()): Edition["markets"] {
  return edition.markets.filter((market) => market.role === "target");
}

/** `Germany` for `de`; `All markets` for the pool. */
export function marketName(code: string, edition: Edition = readEdition()): string {
  if (code === "all") return "All markets";
  return edition.markets.find((market) => market.code === code)?.name ?? code.toUpperCase();
}

/** Rows of a dataset in an edition, in key order; empty when that edition did not publish it. */
export function rows<D extends DatasetId>(
  dataset: D,
  edition: string = latestEditionId(),
): readonly DatasetRow<D>[] {
  return remember(`rows ${edition} ${dataset}`, () => {
    const file = join(publishedFolder, edition, dataset, `${dataset}.json`);
    if (!existsSync(file)) return [];
    const found = JSON.parse(readFileSync(file, "utf8")) as DatasetRow<D>[];
    const first = found[0];
    const missing = first
      ? Object.entries(catalogue[dataset].columns.shape).filter(([name]) => !(name in first))
      : [];
    // An edition never changes: a column that its dataset got later is unknown there, where the column may be.
    const needed = missing.filter(([, column]) => !(column as z.ZodType).safeParse(null).success);
    if (needed.length > 0) {
      throw new LeapError(
        `invalid dataset ${dataset} of ${edition}: no column ${needed.map(([name]) => name).join(", ")}, which data/contract promises. Publish it again: npm run leap -- publish`,
      );
    }
    const unknown = Object.fromEntries(missing.map(([name]) => [name, null]));
    return missing.length > 0 ? found.map((row) => ({ ...unknown, ...row })) : found;
  });
}

/** Rows whose `column` is `value`. The index is built once a build, so asking for a thousand pages costs a thousand look-ups. */
export function rowsOf<D extends DatasetId>(
  dataset: D,
  column: ColumnOf<D>,
  value: string,
  edition: string = latestEditionId(),
): readonly DatasetRow<D>[] {
  const index = remember(`index ${edition} ${dataset} ${column}`, () =>
    Map.groupBy(rows(dataset, edition), (row) => String(row[column as keyof typeof row])),
  );
  return index.get(value) ?? [];
}

/** The value of a metric id such as `net_sentiment:de`, or null when the edition has none. */
export function metricValue(
  metricId: string,
  edition: string = latestEditionId(),
): DatasetRow<"metrics"> | null {
  return rowsOf("metrics", "metric_id", metricId, edition)[0] ?? null;
}

/** Sentences of a page (`home`, `market/de`, `trend/<term>`, `creator/<id>`), in order; of one section when it is named. */
export function findingsOf(
  page: string,
  section?: string,
  edition: string = latestEditionId(),
): readonly DatasetRow<"findings">[] {
  return rowsOf("findings", "page", page, edition)
    .filter((finding) => section === undefined || finding.section === section)
    .toSorted((a, b) => a.section.localeCompare(b.section, "en") || a.position - b.position);
}

/** What changed on a page since the edition before, most notable first. */
export function changesOf(
  page: string,
  edition: string = latestEditionId(),
): readonly DatasetRow<"changes">[] {
  return rowsOf("changes", "page", page, edition).toSorted((a, b) => a.rank - b.rank);
}

/** Datasets of an edition that have files, in catalogue order. */
export function publishedDatasets(edition: string = latestEditionId()): DatasetId[] {
  return remember(`datasets ${edition}`, () =>
    datasetIds.filter((id) => existsSync(join(publishedFolder, edition, id, "manifest.json"))),
  );
}

/** The manifest of a dataset, or null when the edition did not publish it. */
export function readManifest(dataset: DatasetId, edition: string = latestEditionId()): Manifest | null {
  return remember(`manifest ${edition} ${dataset}`, () => {
    const file = join(publishedFolder, edition, dataset, "manifest.json");
    return existsSync(file) ? parse(Manifest, file, "manifest") : null;
  });
}

/** The metric register in alphabetical order. */
export function metricRegister(): readonly MetricDefinition[] {
  return remember("register", () =>
    parse(MetricDefinition.array(), join(publishedFolder, "metrics.json"), "metric register").toSorted(
      (a, b) => a.id.localeCompare(b.id, "en"),
    ),
  );
}

export function metricDefinition(id: string): MetricDefinition | null {
  return metricRegister().find((metric) => metric.id === id) ?? null;
}

/** Methods of an edition: what each analysis says of itself, as Markdown. */
export function methodTexts(
  edition: string = latestEditionId(),
): readonly { id: string; markdown: string }[] {
  return remember(`methods ${edition}`, () => {
    const folder = join(publishedFolder, edition, "methods");
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .toSorted()
      .map((name) => ({ id: name.slice(0, -3), markdown: readFileSync(join(folder, name), "utf8") }));
  });
}

/** Code that computed the edition's metrics: path in the repository → text. Empty for an edition published before code went out with it. */
export function metricCode(edition: string = latestEditionId()): ReadonlyMap<string, string> {
  return remember(`code ${edition}`, () => {
    const folder = join(publishedFolder, edition, "code");
    if (!existsSync(folder)) return new Map<string, string>();
    return new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted()
        .map((file) => [relative(folder, file).split(sep).join("/"), readFileSync(file, "utf8")] as const),
    );
  });
}

/** What the edition published of its prompts: file name → text, sorted. Empty for an edition published before prompts went out with it. */
export function promptFiles(edition: string = latestEditionId()): ReadonlyMap<string, string> {
  return remember(`prompts ${edition}`, () => {
    const folder = join(publishedFolder, edition, "prompts");
    if (!existsSync(folder)) return new Map<string, string>();
    return new Map(
      readdirSync(folder)
        .toSorted()
        .map((name) => [name, readFileSync(join(folder, name), "utf8")] as const),
    );
  });
}

/**
 * Commands of the machine that made the editions, the last first, from the journal beside published/ or the one `LEAP_RUNS` names; empty without one.
 * They are about the machine: the same journal gives the same bytes, another one does not.
 */
export function runsAtHand(): readonly CommandRun[] {
  return remember("runs", () => {
    const file = resolve(LEAP_RUNS || join(publishedFolder, "..", "runs.jsonl"));
    if (!existsSync(file)) return [];
    return commandRuns(
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line) => {
          try {
            return [JSON.parse(line) as unknown];
          } catch {
            // A command that was killed leaves a torn line.
            return [];
          }
        }),
    );
  });
}

function readEditions(): Editions {
  return remember("editions.json", () =>
    parse(Editions, join(publishedFolder, "editions.json"), "edition list"),
  );
}

function parse<T>(schema: z.ZodType<T>, file: string, what: string): T {
  if (!existsSync(file)) {
    throw new LeapError(
      `missing ${what}: ${file}. Make one with \`npm start\`, or name a folder that has one in LEAP_PUBLISHED.`,
    );
  }
  const result = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new LeapError(
    `invalid ${what}: ${file}: ${issue?.path.join(".") || "file"}: ${issue?.message}. Publish it again: npm run leap -- publish`,
  );
}

function remember<T>(key: string, make: () => T): T {
  const shared = globalThis as { leapPublished?: Map<string, unknown> };
  shared.leapPublished ??= new Map();
  const full = `${publishedFolder} ${key}`;
  if (!shared.leapPublished.has(full)) shared.leapPublished.set(full, make());
  return shared.leapPublished.get(full) as T;
}
