// `leap import FILE… --publication NAME`: looks at the columns, proposes where each field stands, shows ten parsed rows and
// what it could not place, writes a publication that runs at once, and brings the files into bronze.
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { LeapError } from "../core/errors.ts";
import { statePaths } from "../core/state.ts";
import type { Effects, Receipt } from "../core/types.ts";
import type { Wishes } from "../sources/file/draft.ts";
import { groupFiles, importEntry, withChecksums } from "../sources/file/entries.ts";
import { type Import, source } from "../sources/file/source.ts";
import { type Findings, readFindings } from "./import-findings.ts";
import { previewText } from "./import-preview.ts";
import { newPublication, withImports, writePublication } from "./import-publication.ts";
import { logFor } from "./logging.ts";
import { defaultPublications, readPublication, repository } from "./publication.ts";

export interface ImportOptions {
  readonly publication: string;
  readonly publications?: string;
  readonly state?: string;
  readonly markets?: readonly string[];
  readonly platform?: string;
  readonly title?: string;
  readonly licence?: string;
  /** `field=column`, or `field=column+column`. */
  readonly map?: readonly string[];
  /** A date for rows that state none. */
  readonly postedAt?: string;
  /** Shows the proposal and writes nothing. */
  readonly dryRun?: boolean;
  /** Does not ask. */
  readonly yes?: boolean;
  readonly run?: boolean;
  readonly json?: boolean;
  readonly log?: "text" | "json";
}

export interface Imported {
  readonly publication: string;
  /** The publication.yaml that was written; null after a dry run. */
  readonly file: string | null;
  readonly created: boolean;
  readonly groups: readonly {
    readonly files: readonly string[];
    readonly thing: string;
    readonly preset: string;
    readonly mapping: unknown;
    readonly unplaced: readonly string[];
    readonly doubts: readonly string[];
  }[];
  readonly receipts: readonly Receipt[];
}

/** Throws a LeapError that names file, line where there is one, and the next step. */
export async function runImport(
  files: readonly string[],
  options: ImportOptions,
  effects: Pick<Effects, "now" | "log"> = {
    now: () => new Date(),
    log: logFor({
      json: options.json === true,
      ...(options.log ? { log: options.log } : {}),
      verb: "import",
    }),
  },
): Promise<{ text: string; gaps: number; result: Imported }> {
  const { publication: id } = options;
  if (files.length === 0) throw new LeapError("missing file: name the files to import, such as posts.csv.");
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id))
    throw new LeapError(`invalid publication: ${id}. Use small letters, digits and -, such as ${slug(id)}.`);
  const publications = resolve(options.publications ?? defaultPublications);
  const existing = existsSync(join(publications, id, "publication.yaml"))
    ? readPublication(id, publications)
    : null;
  if (existing?.sources.some((entry) => entry.source === "sample")) {
    throw new LeapError(
      `invalid publication: ${id} is made of synthetic posts, and real ones must not mix with them. Choose another name: --publication my-posts.`,
    );
  }
  const importedAt = effects.now().toISOString();
  const groups = await groupFiles(files, wishesOf(options, importedAt));
  if (!existing && groups.every((group) => group.proposal.thing === "accounts")) {
    throw new LeapError(
      `missing posts: ${files.join(", ")} lists accounts and no posts, and a publication is about posts. Import the posts first; then add these to it with the same --publication.`,
    );
  }
  const preview = groups.map((group) => previewText(group, importedAt)).join("\n\n");
  const described = groups.map(({ files: members, proposal }) => ({
    files: members.map((member) => member.name),
    thing: proposal.thing,
    preset: proposal.preset,
    mapping: proposal.mapping,
    unplaced: proposal.unplaced,
    doubts: proposal.doubts,
  }));
  if (options.dryRun)
    return {
      text: `${preview}\n\nNothing was written (--dry-run).`,
      gaps: 0,
      result: { publication: id, file: null, created: false, groups: described, receipts: [] },
    };
  await confirm(preview, options);

  const asked = groups.map((group) =>
    importEntry(group, importedAt, options.licence ?? "not stated; check before you publish"),
  );
  const known = importsOf(existing?.sources ?? []);
  const state = statePaths(id, options.state ?? join(repository, "data/state", id));
  const bronze = join(state.bronze, "file");
  refuseStrangers(bronze, known, asked);
  refuseKnown(asked, known);
  const receipts = await collectEntries(asked, bronze, effects);
  const entries = asked.map((entry, index) => withChecksums(entry, receipts[index] as Receipt));
  try {
    refuseKnown(entries, known);
  } catch (error) {
    await removeReceipts(bronze, receipts);
    throw error;
  }
  const findings = await readFindings(bronze, receipts, options.markets ?? []);
  const file = join(publications, id, "publication.yaml");
  const texts = groups.flatMap((group) => group.sample.records);
  const yaml = existing
    ? withImports(file, entries, findings)
    : newPublication({ id, title: options.title ?? titleOf(id), entries, findings, texts });
  writePublication(file, yaml, id);
  const shown = options.yes || options.run || options.json || !process.stdin.isTTY;
  return {
    text: `${shown ? `${preview}\n\n` : ""}${summary(receipts, findings, file, existing !== null, id, options)}`,
    gaps: 0,
    result: { publication: id, file, created: existing === null, groups: described, receipts },
  };
}

async function collectEntries(
  entries: readonly Import[],
  bronze: string,
  effects: Pick<Effects, "now" | "log">,
): Promise<Receipt[]> {
  const receipts = await source.collect(
    {
      config: source.config.parse({ imports: entries }),
      publication: {},
      bronze,
      until: effects.now().toISOString(),
    },
    { ...effects, fetch: globalThis.fetch },
  );
  const counts = receipts.flatMap((receipt) => Object.values(receipt.things));
  if (counts.some((count) => count.kept > 0)) return receipts;
  const received = counts.reduce((sum, count) => sum + count.received, 0);
  const reasons = await readReasons(bronze, receipts);
  await removeReceipts(bronze, receipts);
  throw new LeapError(
    `invalid rows: none of ${received} rows could be kept. ${reasons} Say where the fields stand with --map field=column.`,
  );
}

async function readReasons(bronze: string, receipts: readonly Receipt[]): Promise<string> {
  const { reasons } = await readFindings(bronze, receipts, []);
  return reasons
    .map(({ reason, rows, file, line }) => `${rows} × ${reason} (first at ${file}:${line}).`)
    .join(" ");
}

/** What people call the fields. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  date: "posted_at",
  id: "post_id",
  author: "author_handle",
  language: "language_hint",
  hashtags: "tags",
};

function wishesOf(options: ImportOptions, importedAt: string): Wishes {
  const map: Record<string, string> = {};
  for (const pair of options.map ?? []) {
    const at = pair.indexOf("=");
    if (at < 1 || at === pair.length - 1)
      throw new LeapError(`invalid --map: ${pair}. Write field=column, such as --map posted_at="Post Date".`);
    const field = pair.slice(0, at).trim();
    map[SHORT_NAMES[field] ?? field] = pair.slice(at + 1).trim();
  }
  const stranger = options.markets?.find((market) => !/^[a-z]{2}$/.test(market));
  if (stranger !== undefined)
    throw new LeapError(`invalid market: ${stranger}. Use two letters, such as de or jp.`);
  if (options.postedAt !== undefined && Number.isNaN(Date.parse(options.postedAt)))
    throw new LeapError(`invalid --posted-at: ${options.postedAt}. Give a day such as 2024-01-01.`);
  return {
    markets: options.markets ?? [],
    platform: options.platform ?? null,
    map,
    postedAt: options.postedAt ?? null,
    importedAt,
  };
}

const importsOf = (sources: readonly Record<string, unknown>[]): Import[] =>
  sources.flatMap((entry) => (entry["imports"] as Import[] | undefined) ?? []);

function refuseKnown(entries: readonly Import[], known: readonly Import[]): void {
  for (const entry of entries)
    for (const one of known) {
      const same = entry.files.find((file) =>
        one.files.some((other) => file.sha256 && file.sha256 === other.sha256),
      );
      if (same || one.id === entry.id)
        throw new LeapError(
          `invalid file: ${(same ?? entry.files[0])?.path} is in this publication already, as import ${one.id}. Leave it out.`,
        );
    }
}

// Whatever lies in bronze is read by every run, so what an earlier publication of that name left there must not slip in.
function refuseStrangers(bronze: string, known: readonly Import[], asked: readonly Import[]): void {
  if (!existsSync(bronze)) return;
  const ours = new Set([...known, ...asked].map((entry) => entry.id));
  const stranger = readdirSync(bronze).find((name) => !name.startsWith(".") && !ours.has(name));
  if (stranger)
    throw new LeapError(
      `unknown receipt: ${join(bronze, stranger)} belongs to no import of this publication. Remove that folder, or choose another name.`,
    );
}

async function removeReceipts(bronze: string, receipts: readonly Receipt[]): Promise<void> {
  for (const receipt of receipts) await rm(join(bronze, receipt.id), { recursive: true, force: true });
}

async function confirm(preview: string, options: ImportOptions): Promise<void> {
  if (options.yes || options.run || options.json || !process.stdin.isTTY) return;
  process.stderr.write(`${preview}\n\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Write publication ${options.publication}? [Y/n] `);
  terminal.close();
  if (/^n/i.test(answer.trim()))
    throw new LeapError(
      "stopped: nothing was written. Say where fields stand with --map field=column, and import again.",
    );
}

function summary(
  receipts: readonly Receipt[],
  findings: Findings,
  file: string,
  added: boolean,
  id: string,
  options: ImportOptions,
): string {
  const lines = receipts.flatMap((receipt) => [
    ...Object.entries(receipt.things).map(
      ([thing, count]) =>
        `${thing}: ${count.received} rows received = ${count.kept} kept + ${count.quarantined} quarantined (receipt ${receipt.id})`,
    ),
    ...((receipt.parameters["notes"] as string[] | undefined) ?? []),
  ]);
  const markets = findings.markets.map(({ market, posts }) => `${market} ${posts}`).join(", ");
  const bad = findings.reasons
    .slice(0, 5)
    .map(({ reason, rows, file: where, line }) => `  ${rows} × ${reason}, first at ${where}:${line}`);
  const folders = [
    options.publications ? ` --publications ${options.publications}` : "",
    options.state ? ` --state ${options.state}` : "",
  ].join("");
  return [
    ...lines,
    ...(bad.length > 0 ? ["quarantined, by reason:", ...bad] : []),
    ...(findings.firstPost
      ? [
          `posts from ${findings.firstPost.slice(0, 10)} to ${findings.lastPost?.slice(0, 10)}; markets: ${markets}`,
        ]
      : []),
    `${added ? "added to" : "wrote"} ${file}`,
    `next: npm run leap -- run --publication ${id}${folders}`,
  ].join("\n");
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "") || "my-posts";
const titleOf = (id: string) =>
  id
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
