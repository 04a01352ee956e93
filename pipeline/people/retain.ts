// Texts, addresses and account names go when they were kept long enough. What was read from a text stays, under the post's key; the account stays as
// the hash that it is known by from silver on. So past weeks come out as before, and nobody can be looked up in them.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { bronzeReceipts, bronzeRows } from "../core/bronze-rows.ts";
import { KEYED } from "../core/key.ts";
import { rewriteBronze } from "../core/rewrite-bronze.ts";
import type { StatePaths } from "../core/state.ts";
import type { PersonalThing, Receipt, Row, Source, Subject } from "../core/types.ts";
import { literal, type OpenWarehouse } from "../core/warehouse.ts";
import { forgetNames } from "./prune.ts";
import { NO_TEXT, retainedFolder } from "./silver.ts";
import { addressesOf } from "./trail.ts";

export type RetainSource = Pick<Source, "id" | "things" | "people">;

export interface Retention {
  /** ISO instant: what was collected before it expires. */
  readonly before: string;
  /** Imported files, too. */
  readonly imports: boolean;
}

export interface Overdue {
  /** Rows per `<source>.<thing>` that still say more than they may. */
  readonly rows: Readonly<Record<string, number>>;
  readonly total: number;
}

/** What has expired and still stands in bronze. */
export function overdue(state: StatePaths, sources: readonly RetainSource[], retention: Retention): Overdue {
  const rows: Record<string, number> = {};
  let total = 0;
  for (const { id, people } of sources) {
    if (!people || !mayExpire(state, id, retention)) continue;
    for (const { receipt, thing, row } of bronzeRows(join(state.bronze, id))) {
      const personal = people[thing];
      if (!personal || !hasExpired(receipt, row, retention)) continue;
      if (sameRow(row, personal.expired(row, standsAs(personal.subject(row))))) continue;
      rows[`${id}.${thing}`] = (rows[`${id}.${thing}`] ?? 0) + 1;
      total += 1;
    }
  }
  return { rows, total };
}

export interface Retained {
  readonly changed: number;
  readonly removed: number;
  /** Posts whose labels are kept. */
  readonly posts: number;
  /** Journals and request logs that went, relative to the state. */
  readonly files: readonly string[];
}

/**
 * `warehouse` was built over everything that is known, by the connection that is handed over: it says by which hash each account is known and what was
 * read from each text. Labels are on the disk before any text goes, so that a run that is killed loses neither.
 */
export async function retain(
  state: StatePaths,
  sources: readonly RetainSource[],
  retention: Retention,
  warehouse: OpenWarehouse,
): Promise<Retained> {
  const authors = await authorsKnown(warehouse);
  const posts = await keepLabels(state, warehouse, retention);
  // Before the rows that say which they are.
  const forgotten = forgetNames(
    state,
    expiredNames(state, sources, retention, await creatorsKnown(warehouse)),
  );
  let changed = 0;
  let removed = 0;
  for (const { id, people, things } of sources) {
    if (!people) continue;
    const done = await rewriteBronze(
      join(state.bronze, id),
      { things, people },
      (thing, row, receipt) => {
        const personal = people[thing];
        if (!personal || !hasExpired(receipt, row, retention)) return "keep";
        const left = personal.expired(row, authors(personal, row));
        if (left === null) return "remove";
        return sameRow(row, left) ? "keep" : left;
      },
      "expired",
      {
        quarantine: ({ thing }, receipt) => thing in people && receiptExpired(receipt, retention),
        inputs: (receipt) => receiptExpired(receipt, retention),
      },
    );
    for (const rows of Object.values(done.changed)) changed += rows;
    for (const rows of Object.values(done.removed)) removed += rows;
  }
  return { changed, removed, posts, files: [...forgotten, ...dropJournals(state, retention)] };
}

/** Ids, names and addresses that are only known from rows which have expired. Creators of the registry are public. */
function expiredNames(
  state: StatePaths,
  sources: readonly RetainSource[],
  retention: Retention,
  creators: ReadonlySet<string>,
): ReadonlySet<string> {
  const gone = new Set<string>();
  const stays = new Set<string>();
  for (const { id, people } of sources) {
    if (!people) continue;
    for (const { receipt, thing, row } of bronzeRows(join(state.bronze, id))) {
      const personal = people[thing];
      if (!personal) continue;
      const { platform, author_id, author_handle } = personal.subject(row);
      if ([author_id, `@${author_handle}`].some((name) => creators.has(`${platform} ${name}`))) continue;
      const names = hasExpired(receipt, row, retention) ? gone : stays;
      for (const name of [author_id, author_handle, ...addressesOf(personal, row)])
        if (name !== null && !name.startsWith(KEYED)) names.add(name.toLowerCase());
    }
  }
  for (const name of stays) gone.delete(name);
  return gone;
}

/** `platform id` and `platform @name`. */
async function creatorsKnown(warehouse: OpenWarehouse): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query<{ name: string }>(
    `SELECT platform || ' ' || account_id AS name FROM int_creator_accounts UNION SELECT platform || ' @' || handle FROM pub_creators`,
  );
  return new Set(rows.map(({ name }) => name));
}

// ── what has expired ──────────────────────────────────────────────────────────────────────────────────────────────────

/** A row counts from its own collection; a file from its import, since what it says of its own past was not ours to keep. */
function hasExpired(receipt: Receipt, row: Row, retention: Retention): boolean {
  const provenance = row["provenance"] ?? receipt.provenance;
  if (provenance === "synthetic" || (provenance === "imported" && !retention.imports)) return false;
  const at = provenance === "imported" ? receipt.collected_at : (row["collected_at"] ?? receipt.collected_at);
  return Date.parse(String(at)) < Date.parse(retention.before);
}

const receiptExpired = (receipt: Receipt, retention: Retention): boolean =>
  hasExpired(receipt, {}, retention);

/** False where no receipt of a source can hold anything that has expired, so that its rows need not be read. */
function mayExpire(state: StatePaths, source: string, { before, imports }: Retention): boolean {
  for (const { receipt } of bronzeReceipts(join(state.bronze, source)))
    if (
      receipt.provenance !== "synthetic" &&
      (receipt.provenance !== "imported" || imports) &&
      Date.parse(receipt.collected_at) < Date.parse(before)
    )
      return true;
  return false;
}

const sameRow = (row: Row, left: Row | null): boolean => left !== null && stable(row) === stable(left);

/** JSON with keys in order: a row that lost nothing is the same row. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, of]) => of !== null && of !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );

/** What stands already where an account is no longer named; a name that is still there stands for nothing. */
const standsAs = ({ author_id }: Subject): string | null => (author_id?.startsWith(KEYED) ? author_id : null);

// ── what stays ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The hash of an account, as the rows name it: by id, by name, by both. */
async function authorsKnown(
  warehouse: OpenWarehouse,
): Promise<(personal: PersonalThing, row: Row) => string | null> {
  const known = new Map<string, string>();
  const rows = await warehouse.query<{
    platform: string;
    id: string | null;
    handle: string | null;
    key: string;
  }>(`
    SELECT DISTINCT platform, author_id AS id, author_handle AS handle, author_key::varchar AS key FROM int_author_keys WHERE author_key IS NOT NULL
    UNION
    SELECT DISTINCT platform, account_id, account_handle, keyed_hash(platform || ':' || coalesce(account_id, '@' || account_handle))::varchar
    FROM all_accounts WHERE account_id IS NOT NULL OR account_handle IS NOT NULL`);
  for (const { platform, id, handle, key } of rows) {
    if (id !== null) known.set(`${platform} ${id}`, key);
    else known.set(`${platform} @${handle}`, key);
  }
  return (personal, row) => {
    const { platform, author_id, author_handle } = personal.subject(row);
    if (author_id?.startsWith(KEYED)) return author_id;
    const key =
      author_id !== null
        ? known.get(`${platform} ${author_id}`)
        : known.get(`${platform} @${author_handle?.toLowerCase()}`);
    return key === undefined ? null : `${KEYED}${key}`;
  };
}

/** Writes what was read from the texts that are to go; returns of how many sights. */
async function keepLabels(
  state: StatePaths,
  warehouse: OpenWarehouse,
  { before, imports }: Retention,
): Promise<number> {
  const provenances = imports ? "('observed', 'imported')" : "('observed')";
  await warehouse.execute(`CREATE OR REPLACE TEMP TABLE sights_to_keep AS
    SELECT DISTINCT s.post_key, s.collected_at, s.text_key, s.tags, s.is_paid
    FROM int_post_sights s
    WHERE s.provenance::varchar IN ${provenances} AND (s.collected_at < ${literal(before)}::timestamp OR s.provenance::varchar = 'imported')
      AND (s.text_key <> ${NO_TEXT} OR len(s.tags) > 0)`);
  const [count] = await warehouse.query<{ sights: number }>(
    "SELECT count(*)::int AS sights FROM sights_to_keep",
  );
  if (!count || count.sights === 0) return 0;
  const folder = retainedFolder(state);
  mkdirSync(folder, { recursive: true });
  const next = nextNumber(folder);
  await copy(warehouse, "SELECT * FROM sights_to_keep ORDER BY ALL", join(folder, `sights-${next}.ndjson`));
  await copy(
    warehouse,
    "SELECT * FROM post_annotations WHERE text_key IN (SELECT text_key FROM sights_to_keep) ORDER BY text_key",
    join(folder, `labels-${next}.ndjson`),
  );
  await copy(
    warehouse,
    `SELECT DISTINCT k.creator, k.platform, '${KEYED}' || k.author_key AS account_id FROM int_author_keys k WHERE k.creator IS NOT NULL AND k.author_key IS NOT NULL
     UNION
     SELECT DISTINCT creator, platform, '${KEYED}' || author_key FROM int_accounts_seen WHERE creator IS NOT NULL AND author_key IS NOT NULL
     ORDER BY ALL`,
    join(folder, `creators-${next}.ndjson`),
  );
  // The last file says all that those before it said: the warehouse was built from them as well.
  for (const name of readdirSync(folder)) if (!name.includes(`-${next}.`)) rmSync(join(folder, name));
  return count.sights;
}

async function copy(warehouse: OpenWarehouse, sql: string, file: string): Promise<void> {
  await warehouse.execute(`COPY (${sql}) TO ${literal(`${file}.new`)} (FORMAT json)`);
  const fd = openSync(`${file}.new`, "r");
  fsyncSync(fd);
  closeSync(fd);
  renameSync(`${file}.new`, file);
}

function nextNumber(folder: string): string {
  const numbers = readdirSync(folder).map((name) => Number(/-(\d+)\.ndjson/.exec(name)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1).padStart(4, "0");
}

// ── journals ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Request logs name accounts, journals of runs that nobody finished hold pages: both go with the texts. */
export function dropJournals(state: StatePaths, { before }: Retention): string[] {
  const root = join(state.root, "collecting");
  if (!existsSync(root)) return [];
  const gone: string[] = [];
  const requests = join(root, "requests");
  for (const name of existsSync(requests) ? readdirSync(requests) : []) {
    // A file's own time says when it was fetched from a store.
    const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(name) ?? [];
    const at = day
      ? Date.parse(`${year}-${month}-${day}`) + 86_400_000
      : statSync(join(requests, name)).mtimeMs;
    if (at >= Date.parse(before)) continue;
    rmSync(join(requests, name));
    gone.push(`collecting/requests/${name}`);
  }
  for (const source of readdirSync(root)) {
    const run = join(root, source, "run");
    const file = join(run, "run.json");
    if (!existsSync(file)) continue;
    const { at } = JSON.parse(readFileSync(file, "utf8")) as { at?: string };
    if (at === undefined || Date.parse(at) >= Date.parse(before)) continue;
    rmSync(run, { recursive: true });
    gone.push(`collecting/${source}/run`);
  }
  return gone;
}
