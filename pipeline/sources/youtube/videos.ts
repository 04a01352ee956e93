// The step that every walk ends with: what was found gets its counts, what was known before gets them anew, and what is silently missing is gone.

import { type Known, knownFor, knownIds, withKnown, withoutKnown } from "../../collecting/known.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Deleted, Item } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { askVideos, BATCH } from "./asks.ts";
import type { Config } from "./config.ts";
import { videoItem } from "./items.ts";

/** Found and not yet asked for; known and to be looked at again; all that is known; the day of the last look. */
export type Videos = {
  readonly fresh: readonly string[];
  readonly due: readonly string[];
  readonly known: Known;
  readonly looked_on: string | null;
};

export type VideosKept = {
  readonly pending: readonly string[];
  readonly known: Known;
  readonly looked_on: string | null;
};

/** Counts are looked at once a day, however many runs a day has. */
export function videosDue(kept: VideosKept | null, { at, config }: Context<Config>): Videos {
  const known = knownFor(kept?.known ?? {}, config.refresh_days, at);
  const today = at.slice(0, 10);
  return {
    fresh: kept?.pending ?? [],
    due: kept !== null && kept.looked_on !== today ? knownIds(known).slice(0, mostDue(config)) : [],
    known,
    looked_on: today,
  };
}

/** Half of the pages of a target are for what is new; the youngest of the others are looked at first. */
const mostDue = ({ most_pages }: Config): number => BATCH * Math.floor(most_pages / 2);

/** Pages of a list that a target may ask, so that a batch of videos fits in after each. */
export const pagesBeside = ({ fresh, due }: Videos, { config }: Pick<Context<Config>, "config">): number =>
  Math.max(1, Math.floor((config.most_pages - 1 - Math.ceil((fresh.length + due.length) / BATCH)) / 2));

/** A video that was found: asked for unless it is known already. */
export function found(videos: Videos, id: string): Videos {
  const known = videos.fresh.includes(id) || knownIds(videos.known).includes(id);
  return known ? videos : { ...videos, fresh: [...videos.fresh, id] };
}

const batchOf = ({ fresh, due }: Videos): readonly string[] => [...fresh, ...due].slice(0, BATCH);

export const nextVideos = (videos: Videos): Ask | null => {
  const ids = batchOf(videos);
  return ids.length === 0 ? null : askVideos(ids);
};

export interface VideosRead {
  readonly videos: Videos;
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
  readonly deleted: readonly Deleted[];
  readonly note?: string;
}

export function readVideos(
  videos: Videos,
  answer: Answer,
  edge: "search" | "channel",
  request: { query: string | null; marketOf: (video: Row) => string | null },
): VideosRead {
  const asked = batchOf(videos);
  const json = rowOf(answer.json);
  const rows = listOf(json["items"])
    .map(rowOf)
    .filter((row) => asked.includes(String(row["id"])));
  const returned = new Set(rows.map((row) => String(row["id"])));
  const isList = wordsOf(json["kind"]) !== null || Array.isArray(json["items"]);
  // An answer that is no list says nothing about what is missing in it.
  const absent = isList ? asked.filter((id) => !returned.has(id)) : [];
  const fresh = new Set(videos.fresh);
  const items = rows.map((row) =>
    videoItem(row, {
      edge: fresh.has(String(row["id"])) ? edge : "refresh",
      market: request.marketOf(row),
      query: request.query,
    }),
  );
  let known = withoutKnown(videos.known, new Set(absent));
  for (const row of rows) {
    const published = wordsOf(rowOf(row["snippet"])["publishedAt"]);
    if (published !== null && !Number.isNaN(Date.parse(published)))
      known = withKnown(known, String(row["id"]), published);
  }
  return {
    videos: {
      ...videos,
      fresh: videos.fresh.slice(BATCH),
      due: videos.due.slice(Math.max(0, BATCH - videos.fresh.length)),
      known,
    },
    items,
    rows,
    deleted: absent.map((post_id) => ({ platform: "youtube", post_id, how: "absent" })),
    ...(absent.length > 0 ? { note: `${absent.length} videos are no longer public` } : {}),
  };
}

export const videosKept = (
  { fresh, known, looked_on }: Videos,
  { at, config }: Context<Config>,
): VideosKept => ({
  pending: fresh,
  known: knownFor(known, config.refresh_days, at),
  looked_on,
});
