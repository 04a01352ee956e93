// A tag on one instance. The first run walks back from the newest post; each later one walks forward from a post that the last one saw, so that
// nothing between is missed. Then some of the posts known from before are looked at again, one by one.
import { notWalked, type Walked, walked } from "../../collecting/circle.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
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
import { askStatus, askTag, linkOf, PAGE } from "./asks.ts";
import type { Config } from "./config.ts";
import { leftOut, marketOfStatus, statusItem } from "./items.ts";
import { postIdOf } from "./people.ts";
import type { Data } from "./plan.ts";

type TagData = Extract<Data, { kind: "tag" }>;

/** The post that the next run walks on from. */
type Anchor = { readonly id: string; readonly at: string };

type Progress = {
  readonly step: "walk" | "again";
  /** Back from the newest, or forward from the anchor. */
  readonly back: boolean;
  readonly query: Readonly<Record<string, string>>;
  readonly since: string;
  readonly anchor: Anchor | null;
  readonly pages: number;
  readonly walked: Walked;
  /** The walk reached what it walked to. */
  readonly reached: boolean;
  /** Farthest post that was seen: the oldest on the way back, the newest on the way forward. */
  readonly farthest: string | null;
  /** Posts still to be looked at in this run, and all that are known: `<id> <day> <address>`, those whose turn is next first. */
  readonly due: readonly string[];
  readonly known: readonly string[];
};

type Kept = { readonly anchor: Anchor | null; readonly until: string; readonly known: readonly string[] };

/** Copies from other servers arrive late and take their place among the older ones; so the last hour is looked at twice. */
const OVERLAP_MS = 3_600_000;
/** Of each tag; more would weigh on every checkpoint. */
const MOST_KNOWN = 200;

export function begin(data: TagData, kept: Json, { at, config }: Context<Config>): Json {
  const before = kept as Kept | null;
  const oldest = Date.parse(at) - config.look_back_days * 86_400_000;
  const last = before ? Date.parse(before.until) - OVERLAP_MS : oldest;
  const known = youngOf(before?.known ?? [], config.refresh_days, at);
  const limit = String(PAGE);
  const progress: Progress = {
    step: "walk",
    back: !before?.anchor,
    query: before?.anchor ? { limit, min_id: before.anchor.id } : { limit },
    since: new Date(before?.anchor ? last : Math.max(oldest, last)).toISOString(),
    anchor: before?.anchor ?? null,
    pages: 0,
    walked: notWalked,
    reached: false,
    farthest: null,
    due: known.slice(0, Math.min(data.looks, Math.floor(config.most_pages / 2))),
    known,
  };
  return progress;
}

export function next(data: TagData, at: Json, { config }: Context<Config>): Ask | null {
  const { step, query, due } = at as Progress;
  const locked = config.instances.some(({ host, locked }) => host === data.host && locked);
  if (step !== "again") return askTag(data.host, locked, data.tag, query);
  const [first] = due;
  return first === undefined ? null : askStatus(data.host, locked, partsOf(first).id);
}

export function read(data: TagData, at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  return progress.step === "again"
    ? readAgain(data, progress, answer, context)
    : readPage(data, progress, answer, context);
}

function readPage(data: TagData, progress: Progress, answer: Answer, context: Context<Config>): PageRead {
  const statuses = listOf(answer.json).map(rowOf);
  const now = Date.parse(context.at);
  const items: Item[] = [];
  const out = new Map<string, number>();
  let { anchor, known } = progress;
  for (const status of statuses) {
    const at = Date.parse(timeOf(status));
    const why = leftOut(status);
    if (at <= now - OVERLAP_MS && (anchor === null || at > Date.parse(anchor.at)))
      anchor = { id: String(status["id"]), at: timeOf(status) };
    // What appeared after the run began belongs to the next one.
    if (at > now || (progress.back && at < Date.parse(progress.since))) continue;
    const market = marketOfStatus(status, data.markets, context);
    const item = why ? null : statusItem(status, { edge: "tag", market, tag: data.tag, host: data.host });
    if (item === null) {
      const reason = why ?? "without an address";
      out.set(reason, (out.get(reason) ?? 0) + 1);
      continue;
    }
    items.push(item);
    known = [...known.filter((one) => partsOf(one).id !== String(status["id"])), knownOf(status)];
  }
  const times = statuses
    .map(timeOf)
    .filter((time) => time !== "")
    .sort();
  const { back } = progress;
  const farthest = (back ? times[0] : times.at(-1)) ?? progress.farthest;
  const link = statuses.length === 0 ? null : pageAfter(progress, answer, statuses);
  const mark = link && JSON.stringify([link["max_id"] ?? null, link["min_id"] ?? null]);
  const way = walked(progress.walked, { first: wordsOf(statuses[0]?.["id"]), next: mark });
  const reached = link === null || (back && farthest !== null && farthest < progress.since);
  const pages = progress.pages + 1;
  const more = !reached && way !== null && pages < context.config.most_pages - progress.due.length - 1;
  const seen = new Set(items.map(({ id }) => id));
  return {
    items,
    progress: {
      ...progress,
      step: more ? progress.step : "again",
      query: more ? (link as Record<string, string>) : {},
      anchor,
      pages,
      walked: way ?? notWalked,
      // A way that leads back to where it began has shown all there is on it.
      reached: reached || way === null,
      farthest,
      // What was just seen needs no second look.
      due: progress.due.filter((one) => !seen.has(postIdOf(partsOf(one).uri))),
      known: known.slice(-MOST_KNOWN),
    } satisfies Progress,
    ...noteOf(out),
  };
}

/** As the server gives it; forward, where a server gives no link, from the newest that it showed. */
function pageAfter(
  { back, query }: Progress,
  { headers }: Answer,
  statuses: readonly Row[],
): Record<string, string> | null {
  const given = linkOf(headers["link"], back ? "next" : "prev");
  const newest = wordsOf(statuses[0]?.["id"]);
  const oldest = wordsOf(statuses.at(-1)?.["id"]);
  // A link that leads back to its own page: past it lies what is older than the last post here.
  const circles = back && given?.["max_id"] !== undefined && given["max_id"] === query["max_id"];
  if (circles && oldest !== null && oldest !== query["max_id"])
    return { limit: String(PAGE), max_id: oldest };
  if (given !== null) return { ...given, limit: String(PAGE) };
  return back || newest === null || newest === query["min_id"]
    ? null
    : { limit: String(PAGE), min_id: newest };
}

function readAgain(data: TagData, progress: Progress, answer: Answer, context: Context<Config>): PageRead {
  const [first = "", ...due] = progress.due;
  const { uri } = partsOf(first);
  const others = progress.known.filter((one) => one !== first);
  const status = rowOf(answer.json);
  const closed = answer.status === 200 ? leftOut(status) : null;
  const gone: Deleted[] =
    answer.status === 404 || answer.status === 410
      ? [{ platform: "mastodon", post_id: postIdOf(uri), how: "not_found" }]
      : closed !== null
        ? [{ platform: "mastodon", post_id: postIdOf(uri), how: "absent" }]
        : [];
  const market = marketOfStatus(status, data.markets, context);
  const item =
    gone.length === 0 && answer.status === 200
      ? statusItem(status, { edge: "refresh", market, tag: data.tag, host: data.host })
      : null;
  return {
    items: item ? [item] : [],
    deleted: gone,
    // To the end of the queue, unless it is gone.
    progress: { ...progress, due, known: gone.length > 0 ? others : [...others, first] } satisfies Progress,
    ...(closed === null ? {} : { note: "a post is no longer public" }),
  };
}

function noteOf(out: ReadonlyMap<string, number>): { note?: string } {
  const said = [...out].map(([why, count]) => `${count} posts left out: ${why}`);
  return said.length === 0 ? {} : { note: said.join("; ") };
}

const timeOf = (status: Row): string => wordsOf(status["created_at"]) ?? "";

const knownOf = (status: Row): string =>
  `${String(status["id"])} ${timeOf(status).slice(0, 10)} ${String(status["uri"])}`;

function partsOf(known: string): { id: string; day: string; uri: string } {
  const [id = "", day = "", uri = ""] = known.split(" ");
  return { id, day, uri };
}

function youngOf(known: readonly string[], days: number, at: string): readonly string[] {
  const oldest = new Date(Date.parse(at) - days * 86_400_000).toISOString().slice(0, 10);
  return known.filter((one) => partsOf(one).day >= oldest);
}

export function finish(at: Json, context: Context<Config>): Finished {
  const { back, since, anchor, pages, reached, farthest, known } = at as Progress;
  const now = context.at;
  // The way back saw the newest first, the way forward the oldest.
  const seen =
    pages === 0 || farthest === null
      ? null
      : back
        ? { from: farthest, until: now }
        : { from: since, until: farthest };
  const covers = reached ? { from: since, until: now } : seen;
  const kept: Kept = {
    anchor,
    until: covers?.until ?? since,
    known: youngOf(known, context.config.refresh_days, now),
  };
  return { kept, covers, pages_available: reached ? pages : null };
}
