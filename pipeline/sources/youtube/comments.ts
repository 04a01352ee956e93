// The newest comments under one video, back to the last run's.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Finished, Json, PageRead } from "../../collecting/types.ts";
import { askComments } from "./asks.ts";
import type { Config } from "./config.ts";
import { commentItem } from "./items.ts";
import type { Data } from "./plan.ts";

type CommentsData = Extract<Data, { kind: "comments" }>;

type Progress = {
  readonly since: string | null;
  readonly newest: string | null;
  readonly page: string | null;
  readonly pages: number;
  readonly ended: boolean;
};

type Kept = { readonly newest: string | null; readonly on: string };

/** Once a day, however many runs it has. */
export function begin(kept: Json, { at }: Context<Config>): Json | null {
  const before = kept as Kept | null;
  if (before?.on === at.slice(0, 10)) return null;
  const newest = before?.newest ?? null;
  const progress: Progress = { since: newest, newest, page: null, pages: 0, ended: false };
  return progress;
}

export const next = (data: CommentsData, at: Json): Ask | null => {
  const { ended, page } = at as Progress;
  return ended ? null : askComments(data.video, page);
};

export function read(data: CommentsData, at: Json, answer: Answer, { config }: Context<Config>): PageRead {
  const progress = at as Progress;
  const json = rowOf(answer.json);
  const threads = listOf(json["items"]).map((thread) => commentItem(rowOf(thread), data.market, data.video));
  const comments = threads.filter((comment) => comment !== null);
  const times = comments
    .map(({ row }) => wordsOf(rowOf(row["item"])["publishedAt"]))
    .filter((time) => time !== null)
    .sort();
  const reached = progress.since !== null && times.length > 0 && (times[0] as string) < progress.since;
  const page = wordsOf(json["nextPageToken"]);
  const pages = progress.pages + 1;
  const newest = times.at(-1) ?? null;
  const read: Progress = {
    since: progress.since,
    newest:
      newest !== null && (progress.newest === null || newest > progress.newest) ? newest : progress.newest,
    page,
    pages,
    ended: page === null || reached || threads.length === 0 || pages >= config.comment_pages,
  };
  const without = threads.length - comments.length;
  return {
    items: comments,
    progress: read,
    ...(without > 0 ? { note: `${without} comments without an id left out` } : {}),
  };
}

export function finish(at: Json, context: Context<Config>): Finished {
  const { newest } = at as Progress;
  const kept: Kept = { newest, on: context.at.slice(0, 10) };
  return { kept, covers: null, pages_available: null };
}
