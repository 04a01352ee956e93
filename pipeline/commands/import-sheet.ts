// `leap import FILE… --as orders --publication NAME`: reads orders, campaigns, experiments or public events into a publication that is there, and
// lists the files in its publication.yaml. `leap import --template orders` prints a file to begin with.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseDocument, type YAMLMap, YAMLSeq } from "yaml";
import { LeapError } from "../core/errors.ts";
import { statePaths } from "../core/state.ts";
import type { Effects, Quarantined, Receipt, Source } from "../core/types.ts";
import type { ImportConfig, ImportedFile } from "../imports/import-source.ts";
import { explanationOf, type Sheet, templateOf } from "../imports/sheet.ts";
import type { Done } from "./environment.ts";
import { writePublication } from "./import-publication.ts";
import { defaultPublications, readPublication, repository } from "./publication.ts";

export interface SheetWishes {
  /** Kind of file: orders, campaigns, experiments, events. */
  readonly as: string;
  readonly publication: string;
  readonly publications?: string;
  readonly state?: string;
  /** `field=column`. */
  readonly map?: readonly string[];
  /** Day of the export; today by default. */
  readonly date?: string;
  readonly decimal?: "." | ",";
  readonly dates?: "DD/MM/YYYY" | "MM/DD/YYYY";
  readonly licence?: string;
  /** Reads and judges, and writes nothing. */
  readonly dryRun?: boolean;
}

/** What the command line says of a sheet. */
export interface SheetOptions extends Omit<SheetWishes, "as"> {
  readonly as?: string;
  readonly template?: string;
}

interface SheetSource {
  readonly source: Source<ImportConfig>;
  readonly sheet: Sheet;
}

/** Throws a LeapError that names file, line where there is one, and the next step. */
export async function importSheet(
  files: readonly string[],
  wishes: SheetWishes,
  effects: Pick<Effects, "now" | "log">,
): Promise<Done> {
  if (files.length === 0) throw new LeapError(`missing file: name the files of ${wishes.as} to import.`);
  const { source, sheet } = await sheetSource(wishes.as);
  const publications = resolve(wishes.publications ?? defaultPublications);
  const publication = readPublication(wishes.publication, publications);
  const yaml = join(publications, publication.id, "publication.yaml");
  const known = (publication.sources.find((entry) => entry.source === source.id)?.["files"] ??
    []) as ImportedFile[];
  const asked = files.map((file) => entryOf(file, wishes, dirname(yaml), effects));
  for (const { file, date } of asked)
    if (known.some((one) => basename(one.file) === basename(file) && one.date === date))
      throw new LeapError(
        `invalid file: ${basename(file)} of ${date} is in this publication already. Leave it out, or say another day with --date.`,
      );
  const state = statePaths(publication.id, wishes.state ?? join(repository, "data/state", publication.id));
  const bronze = join(wishes.dryRun ? join(state.root, ".dry-run") : state.bronze, source.id);
  try {
    const config = source.config.parse({
      files: (wishes.dryRun ? asked : [...known, ...asked]).map((entry) => ({
        ...entry,
        file: resolve(dirname(yaml), entry.file),
        place: yaml,
      })),
    });
    const receipts = await source.collect(
      { config, publication, bronze, until: effects.now().toISOString() },
      { ...effects, fetch: globalThis.fetch },
    );
    const added = receipts.slice(receipts.length - asked.length);
    const reasons = added.map((receipt) => reasonsOf(bronze, receipt));
    await refuseEmpty(bronze, added, reasons, sheet);
    if (!wishes.dryRun) writePublication(yaml, withFiles(yaml, source.id, asked), publication.id);
    return {
      text: [
        ...added.flatMap((receipt, index) => saidOf(receipt, sheet, reasons[index] as Quarantined[])),
        wishes.dryRun ? "nothing was written (--dry-run)" : `added to ${yaml} under the source ${source.id}`,
      ].join("\n"),
      gaps: 0,
      result: {
        publication: publication.id,
        source: source.id,
        file: wishes.dryRun ? null : yaml,
        receipts: added,
      },
    };
  } finally {
    if (wishes.dryRun) await rm(join(state.root, ".dry-run"), { recursive: true, force: true });
  }
}

/** Header and one invented row on stdout; what each field means beside it. */
export async function sheetTemplate(as: string): Promise<Done> {
  const { sheet } = await sheetSource(as);
  return {
    text: templateOf(sheet).trimEnd(),
    gaps: 0,
    result: { template: templateOf(sheet), fields: explanationOf(sheet).split("\n") },
  };
}

async function sheetSource(as: string): Promise<SheetSource> {
  const folder = join(repository, "pipeline/sources");
  const found: SheetSource[] = [];
  for (const id of readdirSync(folder).sort()) {
    if (!existsSync(join(folder, id, "sheet.ts"))) continue;
    found.push((await import(pathToFileURL(join(folder, id, "source.ts")).href)) as SheetSource);
  }
  const one = found.find(({ sheet }) => sheet.thing === as);
  if (one) return one;
  throw new LeapError(
    `unknown kind of file: ${as}. Kinds are ${found.map(({ sheet }) => sheet.thing).join(", ")}; posts and accounts need none.`,
  );
}

function entryOf(file: string, wishes: SheetWishes, folder: string, effects: Pick<Effects, "now">) {
  const date = wishes.date ?? effects.now().toISOString().slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new LeapError(`invalid --date: ${date}. Give the day of the export, such as 2026-11-01.`);
  const columns = mapOf(wishes.map ?? []);
  const path = relative(folder, resolve(file));
  return {
    // A path that leads out of the publication's folder is clearer whole.
    file: path.startsWith("..") ? resolve(file) : path,
    date,
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(wishes.decimal && wishes.decimal !== "." ? { decimal: wishes.decimal } : {}),
    ...(wishes.dates ? { dates: wishes.dates } : {}),
    ...(wishes.licence ? { licence_note: wishes.licence } : {}),
  };
}

function mapOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1 || at === pair.length - 1)
        throw new LeapError(`invalid --map: ${pair}. Write field=column, such as --map sku="Article No".`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function reasonsOf(bronze: string, receipt: Receipt): Quarantined[] {
  const file = join(bronze, receipt.id, "quarantine.ndjson");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Quarantined);
}

async function refuseEmpty(
  bronze: string,
  receipts: readonly Receipt[],
  reasons: readonly Quarantined[][],
  sheet: Sheet,
): Promise<void> {
  const empty = receipts.findIndex(({ things }) => (things[sheet.thing]?.kept ?? 0) === 0);
  if (empty === -1) return;
  for (const { id } of receipts) await rm(join(bronze, id), { recursive: true, force: true });
  const [first] = reasons[empty] as Quarantined[];
  const { files, things } = receipts[empty] as Receipt;
  throw new LeapError(
    `invalid rows: none of the ${things[sheet.thing]?.received} rows of ${files[0]?.name} could be kept${first ? `; line ${first.line}: ${first.reason}` : ""}. See: leap import --template ${sheet.thing}`,
  );
}

function saidOf(receipt: Receipt, sheet: Sheet, reasons: readonly Quarantined[]): string[] {
  const counts = receipt.things[sheet.thing];
  const byCode = Map.groupBy(reasons, ({ reason }) => reason.split(":")[0] as string);
  return [
    `${receipt.files[0]?.name}: ${counts?.received} rows received = ${counts?.kept} kept + ${counts?.quarantined} quarantined (receipt ${receipt.id})`,
    ...[...byCode.values()].slice(0, 5).map((same) => {
      const [first] = same as [Quarantined];
      return `  ${same.length} × ${first.reason}, first at ${first.file}:${first.line}`;
    }),
    ...((receipt.parameters["notes"] as string[] | undefined) ?? []).map((note) => `  ${note}`),
  ];
}

/** Appends to the source's files, comments kept. */
function withFiles(yaml: string, source: string, entries: readonly object[]): string {
  const document = parseDocument(readFileSync(yaml, "utf8"));
  const sources = document.get("sources") as YAMLSeq;
  sources.flow = false;
  let target = sources.items.find((item) => (item as YAMLMap).get("source") === source) as
    | YAMLMap
    | undefined;
  if (!target) {
    target = document.createNode({ source, files: [] }) as YAMLMap;
    sources.add(target);
  }
  if (!target.has("files")) target.set("files", new YAMLSeq());
  const list = target.get("files") as YAMLSeq;
  list.flow = false;
  for (const entry of entries) {
    const node = document.createNode(entry) as YAMLMap;
    node.flow = true;
    list.add(node);
  }
  return document.toString({ lineWidth: 0 });
}
