// Takes rows out of bronze, or what they say about people: accepted lines, the raw line in quarantine, the bytes of an import. What stands
// in bronze is never changed in place: new parts are written beside the old ones, and the receipt that names them is exchanged by one
// rename, so that a process that is killed leaves the old rows or the new ones.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { bronzeReceipts, partLines, rowOf } from "./bronze-rows.ts";
import { fileLines } from "./file-lines.ts";
import type {
  PersonalThing,
  Quarantined,
  RawParts,
  Receipt,
  Row,
  Source,
  Subject,
  ThingCount,
  Withdrawal,
} from "./types.ts";

export interface RewriteOptions {
  /** Quarantined lines that must go, too; those that name a post or a person whose rows are removed go anyway. */
  readonly quarantine?: (entry: Quarantined, receipt: Receipt) => boolean;
  /** Ids and names by which quarantined lines are found, such as of posts that bronze has no row of. */
  readonly words?: readonly string[];
  /** Receipts that are looked at; all of them otherwise. */
  readonly receipts?: (receipt: Receipt) => boolean;
  /** Receipts whose input files go even where no row of theirs changes. Where one does, they always go. */
  readonly inputs?: (receipt: Receipt) => boolean;
  /** Told before each step that others could see, for tests that end there. */
  readonly step?: (name: string) => void;
}

export interface Rewritten {
  /** Rows per thing that are gone. */
  readonly removed: Record<string, number>;
  /** Rows per thing that say less than before. */
  readonly changed: Record<string, number>;
}

/** What becomes of a row. The answer may depend on nothing else, so that a call which was cut short can be made again. */
export type Decide = (
  thing: string,
  row: Row,
  receipt: Receipt,
  /** The accepted line itself, which may hold more than the row where it was kept as it came. */
  line: Buffer,
) => "keep" | "remove" | Row;

/**
 * Asks `decide` about every accepted row of a source's receipts, and writes those receipts again in which something is removed or replaced.
 * `folder` is `<state>/bronze/<source>`. Counts of a thing then hold received = kept + quarantined + withdrawn; quarantined lines stay
 * counted, with their reason's code alone. Throws a LeapError for a part that is missing or holds no JSON.
 */
export async function rewriteBronze(
  folder: string,
  source: Pick<Source, "things" | "people">,
  decide: Decide,
  why: Withdrawal,
  options: RewriteOptions = {},
): Promise<Rewritten> {
  const step = options.step ?? (() => {});
  const result: Rewritten = { removed: {}, changed: {} };
  if (!existsSync(folder)) return result;
  const words = new Set((options.words ?? []).map((word) => word.toLowerCase()));
  const work: { readonly home: string; readonly receipt: Receipt; readonly staged: Staged | null }[] = [];
  for (const { home, receipt } of bronzeReceipts(folder)) {
    sweep(home, receipt);
    if (options.receipts && !options.receipts(receipt)) continue;
    work.push({ home, receipt, staged: stage(home, receipt, source, decide, words, why) });
  }
  // Rows are what quarantined lines are found by, so these go first: a run that ends here finds the rows again.
  for (const { home, receipt } of work) blankQuarantine(home, receipt, words, why, options);
  for (const { home, receipt, staged } of work) {
    const inputs = options.inputs?.(receipt) === true && existsSync(join(home, "raw"));
    if (staged || inputs) commit(home, receipt, staged, why, inputs, step);
    for (const [thing, { removed, changed }] of Object.entries(staged?.things ?? {})) {
      result.removed[thing] = (result.removed[thing] ?? 0) + removed;
      result.changed[thing] = (result.changed[thing] ?? 0) + changed;
    }
  }
  return result;
}

// ── new parts beside the old ones ─────────────────────────────────────────────────────────────────────────────────────

interface Staged {
  readonly things: Readonly<Record<string, { removed: number; changed: number; count: ThingCount }>>;
}

function stage(
  home: string,
  receipt: Receipt,
  source: Pick<Source, "things" | "people">,
  decide: Decide,
  words: Set<string>,
  why: Withdrawal,
): Staged | null {
  const things: Record<string, { removed: number; changed: number; count: ThingCount }> = {};
  for (const [thing, count] of Object.entries(receipt.things)) {
    const personal = source.people?.[thing];
    const look: Look = {
      home,
      thing,
      decide: (row, line) => {
        const decision = decide(thing, row, receipt, line);
        if (decision === "remove" && personal) remember(words, personal, row, why);
        return decision;
      },
    };
    const parts = count.parts.map((part) => rewritten(part, nextName(home, part), null, look));
    const raw = (count.raw?.parts ?? []).map((part, index) =>
      rewritten(part, nextName(home, rawName(part, thing, index)), count.raw as RawParts, look),
    );
    const all = [...parts, ...raw];
    const removed = all.reduce((sum, part) => sum + part.removed, 0);
    const changed = all.reduce((sum, part) => sum + part.changed, 0);
    if (removed + changed === 0) continue;
    const canonical = [...parts.map(({ part }) => part), ...raw.flatMap(({ beside }) => beside ?? [])];
    const said = raw.map(({ part }) => part);
    things[thing] = {
      removed,
      changed,
      count: {
        ...withdrawn(count, removed, why),
        parts: canonical,
        ...(count.raw ? { raw: { ...count.raw, parts: said } } : {}),
      },
    };
  }
  return Object.keys(things).length === 0 ? null : { things };
}

function remember(words: Set<string>, personal: PersonalThing, row: Row, why: Withdrawal): void {
  const subject: Subject = personal.subject(row);
  // Whoever wrote under a post goes, and the post stays.
  if (subject.post_id && !personal.beneath) words.add(subject.post_id.toLowerCase());
  // Of a deleted post only the post goes; its author stays.
  if (why === "deleted" || why === "expired") return;
  if (subject.author_id) words.add(subject.author_id.toLowerCase());
  if (subject.author_handle) words.add(subject.author_handle.toLowerCase());
}

interface Look {
  readonly home: string;
  readonly thing: string;
  readonly decide: (row: Row, line: Buffer) => "keep" | "remove" | Row;
}

interface RewrittenPart {
  /** The part that stands for it from now on; the same where nothing changed. */
  readonly part: string;
  /** Rows that no longer are what their raw lines say, as a canonical part. */
  readonly beside: string | null;
  readonly removed: number;
  readonly changed: number;
}

function rewritten(part: string, next: string, raw: RawParts | null, look: Look): RewrittenPart {
  const path = join(look.home, part);
  let removed = 0;
  let changed = 0;
  let target: Lines | null = null;
  let others: Lines | null = null;
  const othersName = next.replace(/\.ndjson$/, ".rows.ndjson");
  for (const { line, start, number } of partLines(look.home, part)) {
    const decision = line.length === 0 ? "keep" : look.decide(rowOf(line, raw, path, number), line);
    if (decision === "keep") {
      target?.write(line);
      continue;
    }
    // Most parts hold nothing of what is looked for; the first line that goes begins the new one.
    target ??= Lines.from(join(look.home, next), path, start);
    if (decision === "remove") removed += 1;
    else {
      changed += 1;
      const words = Buffer.from(JSON.stringify(decision));
      if (raw) {
        others ??= new Lines(join(look.home, othersName));
        others.write(words);
      } else target.write(words);
    }
  }
  target?.close();
  others?.close();
  return { part: target ? next : part, beside: others ? othersName : null, removed, changed };
}

const BUFFER_BYTES = 1 << 20;

/** Lines into a new file that is on the disk when it is closed. */
class Lines {
  readonly #fd: number;
  #pending: Buffer[] = [];
  #bytes = 0;

  constructor(path: string) {
    this.#fd = openSync(path, "w");
  }

  /** Begins with the first bytes of another file, which end at a line's end. */
  static from(path: string, other: string, bytes: number): Lines {
    const lines = new Lines(path);
    for (const { line, start } of fileLines(other)) {
      if (start >= bytes) break;
      lines.write(line);
    }
    return lines;
  }

  write(line: Buffer): void {
    // The reader uses its block again.
    this.#pending.push(Buffer.from(line), LINE_END);
    this.#bytes += line.length + 1;
    if (this.#bytes >= BUFFER_BYTES) this.#flush();
  }

  close(): void {
    this.#flush();
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending, this.#bytes);
    for (let from = 0; from < bytes.length; ) from += writeSync(this.#fd, bytes, from);
    this.#pending = [];
    this.#bytes = 0;
  }
}

const LINE_END = Buffer.from("\n");

// ── one rename ────────────────────────────────────────────────────────────────────────────────────────────────────────

function commit(
  home: string,
  receipt: Receipt,
  staged: Staged | null,
  why: Withdrawal,
  inputs: boolean,
  step: (name: string) => void,
): void {
  const things: Record<string, ThingCount> = { ...receipt.things };
  for (const [thing, { count }] of Object.entries(staged?.things ?? {})) things[thing] = count;
  const after: Receipt = {
    ...receipt,
    things: existsSync(join(home, "raw")) ? withoutInputs(home, things) : things,
    ...(inputs || existsSync(join(home, "raw")) ? { inputs_withdrawn: why } : {}),
  };
  sync(home);
  step("parts written");
  writeWhole(join(home, "receipt.json"), `${JSON.stringify(after, null, 2)}\n`);
  sync(home);
  step("receipt written");
  sweep(home, after);
  step("old parts removed");
}

/** Inputs that are parts become parts of their own: the lines that stand are copied, the others go with the inputs. */
function withoutInputs(
  home: string,
  things: Readonly<Record<string, ThingCount>>,
): Record<string, ThingCount> {
  return Object.fromEntries(
    Object.entries(things).map(([thing, count]) => {
      if (!count.raw?.parts.some((part) => part.startsWith("raw/"))) return [thing, count];
      const parts = count.raw.parts.map((part, index) => {
        if (!part.startsWith("raw/")) return part;
        const name = nextName(home, rawName(part, thing, index));
        const lines = Lines.from(join(home, name), join(home, part), Number.POSITIVE_INFINITY);
        lines.close();
        return name;
      });
      return [thing, { ...count, raw: { ...count.raw, parts } }];
    }),
  );
}

/** Removes what the receipt does not name: parts that were not finished, parts that were replaced, inputs that were withdrawn. */
function sweep(home: string, receipt: Receipt): void {
  const named = new Set(
    Object.values(receipt.things).flatMap(({ parts, raw }) => [...parts, ...(raw?.parts ?? [])]),
  );
  const ours = (name: string) =>
    Object.keys(receipt.things).some((thing) => name.startsWith(`${thing}-`) && name.endsWith(".ndjson"));
  for (const name of readdirSync(home))
    if ((ours(name) && !named.has(name)) || name.endsWith(".new")) rmSync(join(home, name));
  if (receipt.inputs_withdrawn) rmSync(join(home, "raw"), { recursive: true, force: true });
}

function withdrawn(count: ThingCount, removed: number, why: Withdrawal): ThingCount {
  if (removed === 0) return count;
  return {
    ...count,
    kept: count.kept - removed,
    withdrawn: (count.withdrawn ?? 0) + removed,
    withdrawn_why: { ...count.withdrawn_why, [why]: (count.withdrawn_why?.[why] ?? 0) + removed },
  };
}

/** `posts-0001.ndjson`, then `posts-0001.w1.ndjson`, `posts-0001.w2.ndjson`. */
function nextName(home: string, part: string): string {
  const stem = part.replace(/(\.w\d+)?(\.rows)?\.ndjson$/, "");
  for (let turn = 1; ; turn += 1) {
    const name = `${stem}.w${turn}.ndjson`;
    if (!existsSync(join(home, name)) && !existsSync(join(home, name.replace(/\.ndjson$/, ".rows.ndjson"))))
      return name;
  }
}

// A part that is an input bears its name, which need not end in .ndjson nor tell its thing.
const rawName = (part: string, thing: string, index: number): string =>
  part.startsWith("raw/") ? `${thing}-input-${String(index + 1).padStart(4, "0")}.raw.ndjson` : part;

// ── quarantine ────────────────────────────────────────────────────────────────────────────────────────────────────────

function blankQuarantine(
  home: string,
  receipt: Receipt,
  words: ReadonlySet<string>,
  why: Withdrawal,
  options: RewriteOptions,
): void {
  const file = join(home, "quarantine.ndjson");
  if (!existsSync(file)) return;
  let blanked = 0;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const entry = JSON.parse(line) as Quarantined;
      if (entry.raw.startsWith(WITHHELD)) return line;
      if (!options.quarantine?.(entry, receipt) && !namesAny(`${entry.reason}\n${entry.raw}`, words))
        return line;
      blanked += 1;
      // The words of a reason show the value that was refused.
      return JSON.stringify({
        ...entry,
        reason: entry.reason.split(":", 1)[0],
        raw: `${WITHHELD}${why.replace("_", " ")}`,
      });
    });
  if (blanked === 0) return;
  writeWhole(file, lines.map((line) => `${line}\n`).join(""));
  sync(home);
}

const WITHHELD = "withheld: ";

/** True where a text names one of the words (lower case), as a word of its own: the id 12 is not named by 123. */
export function namesAny(text: string, words: ReadonlySet<string>): boolean {
  if (words.size === 0) return false;
  const lower = text.toLowerCase();
  for (const [token] of lower.matchAll(/[\p{L}\p{N}_]+/gu)) if (words.has(token)) return true;
  for (const word of words) {
    if (!/[^\p{L}\p{N}_]/u.test(word)) continue;
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + 1))
      if (!isWordPart(lower[at - 1]) && !isWordPart(lower[at + word.length])) return true;
  }
  return false;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);

function writeWhole(path: string, text: string): void {
  const beside = `${path}.new`;
  writeFileSync(beside, text, { flush: true });
  renameSync(beside, path);
}

function sync(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
