// A tag: the latest posts first until the last run's are reached, then those that are known already.
import { notWalked, type Walked, walked } from "../../collecting/circle.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import {
  type SearchKept,
  type Stretch,
  searched,
  seenDownTo,
  stretchesDue,
} from "../../collecting/stretches.ts";
import type { Answer, Ask, Context, Finished, Json, PageRead } from "../../collecting/types.ts";
import {
  type Again,
  type AgainKept,
  againDue,
  againKept,
  met,
  nextAgain,
  pagesBeside,
  readAgain,
} from "./again.ts";
import { askSearch, PAGE } from "./asks.ts";
import type { Config } from "./config.ts";
import { marketOfPost, orderOf, postItem } from "./items.ts";
import type { Data } from "./plan.ts";

type TagData = Extract<Data, { kind: "tag" }>;

type Progress = {
  readonly due: readonly Stretch[];
  readonly left: readonly Stretch[];
  readonly cursor: string | null;
  readonly walked: Walked;
  readonly oldest: string | null;
  readonly pages: number;
  /** Pages that this run may ask. */
  readonly most: number;
  readonly searching: boolean;
  /** Posts of the first stretch, as the server says. */
  readonly total: number | null;
  readonly again: Again;
};

type Kept = { readonly search: SearchKept | null; readonly again: AgainKept };

export function begin(kept: Json, context: Context<Config>): Json {
  const before = kept as Kept | null;
  const due = stretchesDue(before?.search ?? null, context.at, context.config.look_back_days);
  const again = againDue(before?.again ?? null, context);
  const progress: Progress = {
    due,
    left: due,
    cursor: null,
    walked: notWalked,
    oldest: null,
    pages: 0,
    most: pagesBeside(again, context),
    searching: true,
    total: null,
    again,
  };
  return progress;
}

export function next(data: TagData, at: Json): Ask | null {
  const { searching, left, cursor, again } = at as Progress;
  const [stretch] = left;
  return searching && stretch ? askSearch(data.tag, stretch[0], stretch[1], cursor) : nextAgain(again);
}

export function read(data: TagData, at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  if (progress.searching) return readPosts(data, progress, answer, context);
  const { again, items, deleted, note } = readAgain(progress.again, answer, {
    tag: data.tag,
    marketOf: (post) => marketOfPost(post, data.markets, context),
  });
  return { items, progress: { ...progress, again }, deleted, ...(note ? { note } : {}) };
}

function readPosts(data: TagData, progress: Progress, answer: Answer, context: Context<Config>): PageRead {
  const json = rowOf(answer.json);
  const posts = listOf(json["posts"]).map(rowOf);
  const items = posts
    .map((post) =>
      postItem(post, { edge: "search", market: marketOfPost(post, data.markets, context), tag: data.tag }),
    )
    .filter((item) => item !== null);
  const timeOf = orderOf(posts);
  const seen = posts
    .map((post) => ({ uri: wordsOf(post["uri"]), at: timeOf(post) }))
    .filter((one): one is { uri: string; at: string } => one.uri !== null && one.at !== null);
  const oldest =
    [progress.oldest, ...seen.map((one) => one.at)].filter((time) => time !== null).sort()[0] ?? null;
  const given = posts.length > 0 ? wordsOf(json["cursor"]) : null;
  const way = walked(progress.walked, {
    first: seen[0]?.uri ?? null,
    next: given,
    times: seen.map((one) => one.at),
  });
  const cursor = way === null ? null : given;
  const pages = progress.pages + 1;
  const ended = cursor === null;
  // A full page without a cursor is where the server gave up, not where the posts end. A walk in circles is left alone until the next run.
  const cut = ended && (way === null || posts.length >= PAGE);
  const full = pages >= progress.most;
  const left =
    ended && !cut ? progress.left.slice(1) : cut || full ? seenDownTo(progress.left, oldest) : progress.left;
  const total = json["hitsTotal"];
  const read: Progress = {
    ...progress,
    left,
    cursor,
    walked: ended || way === null ? notWalked : way,
    oldest: ended ? null : oldest,
    pages,
    searching: way !== null && left.length > 0 && !full,
    total: progress.total ?? (typeof total === "number" ? total : null),
    again: met(progress.again, seen),
  };
  const without = posts.length - items.length;
  return {
    items,
    progress: read,
    ...(without > 0 ? { note: `${without} posts without an address left out` } : {}),
  };
}

export function finish(at: Json, context: Context<Config>): Finished {
  const progress = at as Progress;
  const left =
    progress.searching && progress.pages > 0 ? seenDownTo(progress.left, progress.oldest) : progress.left;
  const { kept, covers } = searched(progress.due, left);
  const all: Kept = { search: kept, again: againKept(progress.again, context) };
  const { pages, total } = progress;
  const offered = total === null ? null : Math.max(pages + 1, Math.ceil(total / PAGE));
  return { kept: all, covers, pages_available: left.length === 0 ? pages : offered };
}
