// The source of a sheet: each file is read once, judged row by row and not kept. A file that is taken off the list is forgotten at the next
// collection, and a file that changed is another export.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { ingest } from "../core/ingest.ts";
import { readReceipt, withReceipt } from "../core/ingest-receipt.ts";
import { authorKey } from "../core/key.ts";
import { checksum, openInput } from "../core/lines.ts";
import { sampleRecords } from "../core/lines-sample.ts";
import type { CollectRequest, Effects, Receipt, Row, Source } from "../core/types.ts";
import { columnsOf, type Sheet, type SheetOptions } from "./sheet.ts";

/** One file of a sheet, as it stands in publication.yaml. */
export const ImportedFile = z.strictObject({
  /** CSV, TSV, NDJSON, JSON or Parquet, each also gzipped; relative to the publication's folder. */
  file: z.string().min(1),
  /** Day of the export: nothing in it is younger, and of two files that speak about the same thing the younger counts. */
  date: z.iso.date(),
  /** Field → column, where the usual names do not fit. */
  columns: z.record(z.string(), z.string()).optional(),
  decimal: z.enum([".", ","]).default("."),
  dates: z.enum(["DD/MM/YYYY", "MM/DD/YYYY"]).optional(),
  licence_note: z.string().min(3).default("Handed over by the operator; not published row by row."),
  /** `<file>:<line>` of publication.yaml, for messages; filled in by the command. */
  place: z.string().default("publication.yaml"),
});
export type ImportedFile = z.output<typeof ImportedFile>;

export const ImportConfig = z.strictObject({ files: z.array(ImportedFile).min(1) });
export type ImportConfig = z.output<typeof ImportConfig>;

/** `parser` is the URL of the source's parser.ts. */
export function importSource(id: string, sheet: Sheet, parser: string): Source<ImportConfig> {
  return {
    id,
    title: sheet.title,
    config: ImportConfig as z.ZodType<ImportConfig>,
    things: { [sheet.thing]: sheet.row },
    counted: [],
    async collect(
      { config, bronze, publication }: CollectRequest<ImportConfig>,
      { log }: Pick<Effects, "log">,
    ) {
      const receipts: Receipt[] = [];
      for (const entry of config.files)
        receipts.push(await collectFile({ id, sheet, parser, entry, bronze, publication, log }));
      await forgetOthers(
        bronze,
        receipts.map((receipt) => receipt.id),
      );
      return receipts;
    },
  };
}

interface Work {
  readonly id: string;
  readonly sheet: Sheet;
  readonly parser: string;
  readonly entry: ImportedFile;
  readonly bronze: string;
  readonly publication: Row;
  readonly log: Effects["log"];
}

/** A changed entry is read anew. The folder is not part of it: the file may move. */
const receiptOf = ({ file, date, columns, decimal, dates }: ImportedFile): string =>
  `${date}-${createHash("sha256")
    .update(JSON.stringify([basename(file), date, columns ?? null, decimal, dates ?? null]))
    .digest("hex")
    .slice(0, 8)}`;

async function collectFile(work: Work): Promise<Receipt> {
  const { sheet, entry, bronze } = work;
  const id = receiptOf(entry);
  const there = existsSync(join(bronze, id, "receipt.json"));
  if (!existsSync(entry.file)) {
    if (there) return readReceipt(join(bronze, id));
    throw new LeapError(
      `missing file: ${entry.file}, ${sheet.title.toLowerCase()} of ${entry.date}. Put it there, or mend ${entry.place}.`,
    );
  }
  if (!there) return withReceipt(bronze, id, (staging) => readFileOf(work, id, staging));
  const receipt = await readReceipt(join(bronze, id));
  if (receipt.files[0]?.sha256 === (await checksum(entry.file))) return receipt;
  throw new LeapError(
    `invalid file: ${entry.file} has changed since it was read as the export of ${entry.date}. A new export gets an entry of its own with its day, or another date in place of the old; see ${entry.place}.`,
  );
}

async function readFileOf(work: Work, id: string, staging: string): Promise<Receipt> {
  const { sheet, entry, bronze, log } = work;
  const { columns, placed } = await placedColumns(work);
  const { received, kept, quarantined, parts, files, notes } = await ingest(
    {
      source: work.id,
      receipt: id,
      thing: sheet.thing,
      files: [entry.file],
      parser: work.parser,
      options: {
        columns: placed,
        exportedOn: entry.date,
        decimal: entry.decimal,
        ...(entry.dates ? { dates: entry.dates } : {}),
        key: Buffer.from(authorKey({ root: dirname(dirname(bronze)) }, null)).toString("hex"),
        creators: creatorsOf(work.publication),
      } satisfies SheetOptions,
      folder: staging,
    },
    { log },
  );
  const left = columns.filter((column) => !Object.values(placed).includes(column));
  const said = [...notes, ...(left.length > 0 ? [`not kept: ${left.join(", ")}`] : [])];
  for (const note of said) log.info(`${basename(entry.file)}: ${note}`);
  if (sheet.people) await withholdRaw(join(staging, "quarantine.ndjson"));
  return {
    id,
    source: work.id,
    collected_at: `${entry.date}T00:00:00Z`,
    provenance: "imported",
    licence_note: entry.licence_note,
    parameters: { date: entry.date, columns: placed, decimal: entry.decimal, notes: said },
    files,
    things: { [sheet.thing]: { received, kept, quarantined, parts } },
  };
}

async function placedColumns({ sheet, entry }: Work) {
  const { columns, header } = await sampleRecords(await openInput(entry.file));
  try {
    return {
      columns: header ?? columns,
      placed: columnsOf(sheet, entry.file, header ?? columns, entry.columns),
    };
  } catch (error) {
    if (error instanceof LeapError)
      throw new LeapError(`${error.message} The file stands at ${entry.place}.`);
    throw error;
  }
}

function creatorsOf(publication: Row): Record<string, string> {
  const creators = (publication["creators"] ?? []) as readonly {
    readonly id: string;
    readonly handle: string;
  }[];
  return Object.fromEntries(
    creators.flatMap(({ id, handle }) => [
      [handle.replace(/^@/, "").toLowerCase(), id],
      [id, id],
    ]),
  );
}

// A line that could not be read may say anything about anybody, so its reason is kept without it; what the reason quotes is a cell that is kept
// when it is good.
async function withholdRaw(file: string): Promise<void> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const withheld = lines.map((line) =>
    JSON.stringify({ ...JSON.parse(line), raw: "withheld: may name people" }),
  );
  await writeFile(file, withheld.map((line) => `${line}\n`).join(""));
}

async function forgetOthers(bronze: string, ids: readonly string[]): Promise<void> {
  if (!existsSync(bronze)) return;
  for (const name of readdirSync(bronze))
    if (!ids.includes(name)) await rm(join(bronze, name), { recursive: true, force: true });
}
