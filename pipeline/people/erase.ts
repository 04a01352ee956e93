// Takes a person, or one post, out of a state: bronze, quarantine, imported files, open journals, kept answers and labels; what can be computed again
// is deleted. Editions are the business of the command, which publishes them anew.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bronzeReceipts } from "../core/bronze-rows.ts";
import { namesAny, rewriteBronze } from "../core/rewrite-bronze.ts";
import type { StatePaths } from "../core/state.ts";
import type { Row, Source } from "../core/types.ts";
import { addOptOuts, addPosts, type OptOuts } from "./opt-outs.ts";
import { pruneFiles } from "./prune.ts";
import { searchTrail } from "./search.ts";
import type { Trail } from "./trail.ts";

export type PeopleSource = Pick<Source, "id" | "things" | "people">;

export interface Erased {
  /** Rows per `<source>.<thing>` that are gone. */
  readonly removed: Readonly<Record<string, number>>;
  /** Rows of others in which the name was blotted out. */
  readonly mentions: number;
  /** Files beside bronze that were rewritten, relative to the state. */
  readonly files: readonly string[];
  /** Paths outside the state from which files were imported: they are not ours to change. */
  readonly originals: readonly string[];
}

/** `on` is the day of the tombstone. The list of those who stay out is written first: whatever happens then, nobody comes back. */
export async function eraseFromState(
  state: StatePaths,
  sources: readonly PeopleSource[],
  trail: Trail,
  on: string,
): Promise<Erased> {
  keepOut(state, trail, on, "erased");
  const removed: Record<string, number> = {};
  const originals: string[] = [];
  let mentions = 0;
  for (const source of sources) {
    const folder = join(state.bronze, source.id);
    dropUnfinished(folder);
    const inputs = await receiptsWithInputs(folder, trail);
    const done = await rewriteBronze(
      folder,
      source,
      (thing, row, _receipt, line) => {
        const subject = source.people?.[thing]?.subject(row);
        if (subject && trail.owns(subject)) return "remove";
        if (!namesAny(line.toString("utf8"), trail.words)) return "keep";
        return blotted(row, trail.words) as Row;
      },
      "erased",
      { words: [...trail.words], inputs: ({ id }) => inputs.has(id) },
    );
    for (const [thing, rows] of Object.entries(done.removed))
      if (rows > 0) removed[`${source.id}.${thing}`] = rows;
    mentions += Object.values(done.changed).reduce((sum, rows) => sum + rows, 0);
    for (const { receipt } of bronzeReceipts(folder))
      if (receipt.inputs_withdrawn) originals.push(...receipt.files.map(({ name }) => name));
  }
  const files = pruneFiles(state, trail.names);
  forgetComputed(state);
  return { removed, mentions, files, originals: [...new Set(originals)].sort() };
}

/** Removes rows of those who opted out from receipts of a source: what an import or a collection may have brought again. */
export async function withholdOptedOut(
  state: StatePaths,
  source: PeopleSource,
  { optedOut, size }: OptOuts,
  receipts?: ReadonlySet<string>,
): Promise<number> {
  if (size === 0 || !source.people) return 0;
  const done = await rewriteBronze(
    join(state.bronze, source.id),
    source,
    (thing, row) => {
      const subject = source.people?.[thing]?.subject(row);
      return subject && optedOut(subject) ? "remove" : "keep";
    },
    "opted_out",
    receipts ? { receipts: ({ id }) => receipts.has(id) } : {},
  );
  return Object.values(done.removed).reduce((sum, rows) => sum + rows, 0);
}

/** What is computed from bronze and would still show what bronze no longer holds. */
export function forgetComputed(state: StatePaths, keep: { readonly labels?: boolean } = {}): void {
  const cached = keep.labels ? join(state.cache, "spill") : state.cache;
  for (const folder of [cached, state.warehouse]) rmSync(folder, { recursive: true, force: true });
  dropUnfinished(state.published);
}

/** Puts on the list by what a person, or a post, is known again. Returns how many hashes of accounts are new. */
export function keepOut(
  state: StatePaths,
  { target, platform, ids, handles, postIds }: Trail,
  on: string,
  why: "opted_out" | "erased",
): number {
  // Under a hashtag a platform may tell of a post and not of its author.
  addPosts(state, platform, postIds, on, why);
  if (target.kind === "post") return 0;
  const accounts = [
    ...[...ids].filter((id) => !id.startsWith("keyed:")).map((id) => ({ platform, id })),
    ...[...handles].map((handle) => ({ platform, handle })),
  ];
  return addOptOuts(state, accounts, on, why);
}

/** Folders that a run left half done hold what bronze holds. */
function dropUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name.startsWith(".staging-") || name.endsWith(".old"))
      rmSync(join(folder, name), { recursive: true, force: true });
}

/** Receipts whose imported files name whom has to go, though no accepted row may. */
async function receiptsWithInputs(folder: string, trail: Trail): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { home, receipt } of bronzeReceipts(folder)) {
    const raw = join(home, "raw");
    if (existsSync(raw) && (await searchTrail([raw], trail)).left.length > 0) found.add(receipt.id);
  }
  return found;
}

/** The value with every word blotted out of its strings: others may have named whom has to go. */
export function blotted(value: unknown, words: ReadonlySet<string>): unknown {
  if (typeof value === "string") return blottedText(value, words);
  if (Array.isArray(value)) return value.map((inner) => blotted(inner, words));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, blotted(inner, words)]));
}

function blottedText(text: string, words: ReadonlySet<string>): string {
  let left = text;
  for (const word of words)
    for (let at = left.toLowerCase().indexOf(word); at !== -1; at = left.toLowerCase().indexOf(word, at + 1))
      if (!isWordPart(left[at - 1]) && !isWordPart(left[at + word.length]))
        left = `${left.slice(0, at)}…${left.slice(at + word.length)}`;
  return left;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);
