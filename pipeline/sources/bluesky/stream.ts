// Jetstream: what was posted and deleted on the whole network since the last run. Deletions and closed accounts take with them what we hold; a new
// post with a wanted tag is kept without counts, which a later search brings.
import { rowOf, wordsOf } from "../../collecting/loose.ts";
import type {
  Answer,
  Ask,
  Context,
  Deleted,
  Finished,
  Item,
  Json,
  PageRead,
} from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { uriOf } from "./again.ts";
import type { Config } from "./config.ts";
import { marketOfPost, postItem, tagsOf } from "./items.ts";
import { postIdOf } from "./people.ts";
import { wantedTags } from "./plan.ts";

type Progress = {
  /** Microseconds since 1970, or the number of an event of version 2, which stays below 1e15. */
  readonly cursor: number;
  /** Time of the last event that was read, or where reading began. */
  readonly time_us: number;
  readonly began_us: number;
  readonly frames: number;
  readonly caught_up: boolean;
};

type Kept = { readonly time_us: number };

/** Frames of one connection: what is read is written down before the next. */
const PAGE_FRAMES = 5_000;
/** Servers differ by moments, and events are looked at by their ids: a little too much does no harm. */
const REWIND_US = 5_000_000;
const COLLECTION = "app.bsky.feed.post";
const DAY_US = 86_400e6;

type Stream = NonNullable<Config["jetstream"]>;

/** Between runs a time is kept and no number: it is good on every server and in both versions, and one that is too old is moved up. */
export function begin(kept: Json, { at, config }: Context<Config>): Json {
  const now = Date.parse(at) * 1_000;
  const last = (kept as Kept | null)?.time_us ?? now;
  const from = Math.max(last, now - ((config.jetstream as Stream).look_back_hours / 24) * DAY_US) - REWIND_US;
  const progress: Progress = { cursor: from, time_us: from, began_us: from, frames: 0, caught_up: false };
  return progress;
}

export function next(at: Json, { config }: Context<Config>): Ask | null {
  const { cursor, frames, caught_up } = at as Progress;
  const { version, most_frames, idle_ms } = config.jetstream as Stream;
  if (caught_up || frames >= most_frames) return null;
  const common = {
    address: "jetstream",
    costs: [],
    expect: "frames",
    until: { frames: Math.min(PAGE_FRAMES, most_frames - frames), idle_ms, total_ms: 60_000 },
  } as const;
  if (version === "v1")
    return {
      ...common,
      path: "/subscribe",
      query: { wantedCollections: COLLECTION, cursor: String(cursor) },
    };
  return {
    ...common,
    path: "/xrpc/network.bsky.jetstream.subscribeEvents",
    query: { collections: COLLECTION, kinds: ["commit", "account"], cursor: String(cursor) },
    protocols: ["xrpc.v1.json"],
  };
}

export function read(at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  const frames = answer.frames ?? [];
  const wanted = wantedTags(context);
  const items: Item[] = [];
  const deleted: Deleted[] = [];
  const gone: { platform: string; author_id: string }[] = [];
  const notes = new Set<string>();
  let { cursor, time_us } = progress;
  for (const frame of frames) {
    const event = eventOf(frame);
    if (event.info) notes.add(event.info);
    if (event.time_us === null) continue;
    time_us = Math.max(time_us, event.time_us);
    // Inclusive in both versions. Numbers are exact; times may be shared, so the last is asked for again.
    cursor = event.seq === null ? time_us : event.seq + 1;
    if (event.gone && event.did) gone.push({ platform: "bluesky", author_id: event.did });
    if (event.deleted) deleted.push({ platform: "bluesky", post_id: postIdOf(event.deleted), how: "stream" });
    // What appeared after the run began belongs to the next one; what was deleted since then does not wait.
    const now = event.created !== null && event.time_us <= Date.parse(context.at) * 1_000;
    const item = now && event.created ? wantedItem(event.created, wanted, context) : null;
    if (item) items.push(item);
  }
  const asked = Math.min(PAGE_FRAMES, (context.config.jetstream as Stream).most_frames - progress.frames);
  const caughtUp =
    frames.length < asked || time_us >= Date.parse(context.at) * 1_000 || cursor === progress.cursor;
  const read: Progress = {
    cursor,
    // Silence means that nothing happened up to now.
    time_us: frames.length < asked ? Math.max(time_us, Date.parse(context.at) * 1_000) : time_us,
    began_us: progress.began_us,
    frames: progress.frames + frames.length,
    caught_up: caughtUp,
  };
  const note = [...notes].join(" ");
  return { items, progress: read, deleted, gone, ...(note === "" ? {} : { note }) };
}

function wantedItem(
  post: Row,
  wanted: ReadonlyMap<string, readonly string[]>,
  context: Context<Config>,
): Item | null {
  const tags = tagsOf(rowOf(post["record"]));
  // The tag that a search would find it under first.
  const tag = [...wanted.keys()].find((one) => tags.includes(one));
  if (tag === undefined) return null;
  const market = marketOfPost(post, wanted.get(tag) ?? [], context);
  return postItem(post, { edge: "stream", market, tag });
}

interface Event {
  readonly did: string | null;
  readonly time_us: number | null;
  readonly seq: number | null;
  readonly created: Row | null;
  /** Address of a post that was deleted. */
  readonly deleted: string | null;
  readonly gone: boolean;
  readonly info: string | null;
}

/** One frame of either version: version 1 wraps a commit, version 2 puts the event under `payload`. */
export function eventOf(frame: string): Event {
  const outer = parsed(frame);
  const body = Object.keys(rowOf(outer["payload"])).length > 0 ? rowOf(outer["payload"]) : outer;
  const commit = Object.keys(rowOf(body["commit"])).length > 0 ? rowOf(body["commit"]) : body;
  const did = wordsOf(body["did"]);
  const key = wordsOf(commit["rkey"]);
  const time_us = timeOf(body);
  const ours = commit["collection"] === COLLECTION && did !== null && key !== null;
  const uri = ours ? uriOf(did, key) : null;
  const created = uri !== null && commit["operation"] === "create" && time_us !== null;
  const name = wordsOf(body["name"]);
  return {
    did,
    time_us,
    seq: typeof body["seq"] === "number" && time_us !== null ? body["seq"] : null,
    created: created
      ? { uri, author: { did }, record: commit["record"], indexedAt: new Date(time_us / 1_000).toISOString() }
      : null,
    deleted: commit["operation"] === "delete" ? uri : null,
    gone: isGone(rowOf(body["account"])),
    info:
      name === "OutdatedCursor"
        ? "events before the oldest that the stream keeps are lost"
        : name === "FutureCursor"
          ? "the stream began at its newest event"
          : null,
  };
}

/** An account whose owner or whose server has closed it; two states are about machines, and pass. */
const isGone = (account: Row): boolean =>
  account["active"] === false && !["desynchronized", "throttled"].includes(String(account["status"]));

function timeOf(body: Row): number | null {
  if (typeof body["time_us"] === "number") return body["time_us"];
  const said = Date.parse(wordsOf(body["witnessedAt"]) ?? wordsOf(body["time"]) ?? "");
  return Number.isNaN(said) ? null : said * 1_000;
}

function parsed(frame: string): Row {
  try {
    return rowOf(JSON.parse(frame));
  } catch {
    // A frame that is cut off is one event less; the looks at known posts find what it said.
    return {};
  }
}

export function finish(at: Json, { at: now }: Context<Config>): Finished {
  const { time_us, began_us } = at as Progress;
  const kept: Kept = { time_us: Math.min(time_us, Date.parse(now) * 1_000) };
  const covers =
    time_us > began_us
      ? {
          from: new Date(began_us / 1_000).toISOString(),
          until: new Date(kept.time_us / 1_000).toISOString(),
        }
      : null;
  return { kept, covers, pages_available: null };
}
