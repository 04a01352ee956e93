// A search: the newest results first, page by page as far as the day's calls go, then the videos themselves. What the pages did not reach
// is a gap, and the next run's business.
import { notWalked, type Walked, walked } from "../../collecting/circle.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import { marketOf } from "../../collecting/market-of.ts";
import {
  type SearchKept,
  type Stretch,
  searched,
  seenDownTo,
  stretchesDue,
} from "../../collecting/stretches.ts";
import type { Answer, Ask, Context, Finished, Json, PageRead } from "../../collecting/types.ts";
import { askSearch, BATCH } from "./asks.ts";
import type { Config } from "./config.ts";
import { languageOfVideo } from "./items.ts";
import { type Data, DEEPEST_PAGES } from "./plan.ts";
import {
  found,
  nextVideos,
  pagesBeside,
  readVideos,
  type Videos,
  type VideosKept,
  videosDue,
  videosKept,
} from "./videos.ts";

type SearchData = Extract<Data, { kind: "search" }>;

type Progress = {
  readonly due: readonly Stretch[];
  readonly left: readonly Stretch[];
  readonly page: string | null;
  /** Pages asked in all, and results seen of the stretch that is walked. */
  readonly pages: number;
  readonly results: number;
  readonly walked: Walked;
  readonly oldest: string | null;
  /** Pages that this run may ask. */
  readonly most: number;
  readonly searching: boolean;
  /** Results of the first stretch, as YouTube estimates them. */
  readonly total: number | null;
  readonly videos: Videos;
};

type Kept = { readonly search: SearchKept | null; readonly videos: VideosKept };

export function begin(data: SearchData, kept: Json, context: Context<Config>): Json {
  const before = kept as Kept | null;
  const due = stretchesDue(before?.search ?? null, context.at, context.config.look_back_days);
  const videos = videosDue(before?.videos ?? null, context);
  const progress: Progress = {
    due,
    left: due,
    page: null,
    pages: 0,
    results: 0,
    walked: notWalked,
    oldest: null,
    most: Math.min(data.pages, pagesBeside(videos, context)),
    searching: true,
    total: null,
    videos,
  };
  return progress;
}

export function next(data: SearchData, at: Json, context: Context<Config>): Ask | null {
  const progress = at as Progress;
  const { left, page, videos } = progress;
  const [stretch] = left;
  if (!asksResults(progress) || !stretch) return nextVideos(videos);
  return askSearch({
    query: data.query,
    region: data.market,
    language: context.markets.find(({ code }) => code === data.market)?.languages[0] ?? null,
    after: stretch[0],
    before: stretch[1],
    page,
  });
}

/** What a page of results named is asked for before the next page: a run that ends early has what it found. */
const asksResults = ({ searching, left, videos }: Progress): boolean =>
  searching && left.length > 0 && videos.fresh.length === 0;

export function read(data: SearchData, at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  return asksResults(progress) ? readResults(progress, answer) : readFound(data, progress, answer, context);
}

function readResults(progress: Progress, answer: Answer): PageRead {
  const json = rowOf(answer.json);
  const results = listOf(json["items"]).map(rowOf);
  let videos = progress.videos;
  let oldest = progress.oldest;
  let without = 0;
  for (const result of results) {
    const id = wordsOf(rowOf(result["id"])["videoId"]);
    if (id === null) {
      without += 1;
      continue;
    }
    videos = found(videos, id);
    const published = wordsOf(rowOf(result["snippet"])["publishedAt"]);
    if (published && (oldest === null || published < oldest)) oldest = published;
  }
  const token = results.length > 0 ? wordsOf(json["nextPageToken"]) : null;
  const first = wordsOf(rowOf(results[0]?.["id"])["videoId"]);
  const times = results.map((result) => wordsOf(rowOf(result["snippet"])["publishedAt"]));
  const way = walked(progress.walked, {
    first,
    next: token,
    times: times.filter((time) => time !== null),
  });
  const page = way === null ? null : token;
  const seen = progress.results + results.length;
  const pages = progress.pages + 1;
  const ended = page === null;
  // A search ends near five hundred results without saying that there are more: it is asked again from where it got to. One that led in a circle
  // is left alone until the next run.
  const cut = ended && (way === null || seen >= (DEEPEST_PAGES - 1) * BATCH);
  const left =
    ended && !cut
      ? progress.left.slice(1)
      : cut || pages >= progress.most
        ? seenDownTo(progress.left, oldest)
        : progress.left;
  const searching = way !== null && pages < progress.most && left.length > 0;
  const total = rowOf(json["pageInfo"])["totalResults"];
  const read: Progress = {
    ...progress,
    videos,
    pages,
    left,
    searching,
    page: ended ? null : page,
    results: ended ? 0 : seen,
    walked: ended || way === null ? notWalked : way,
    oldest: ended ? null : oldest,
    total: progress.total ?? (typeof total === "number" ? total : null),
  };
  return {
    items: [],
    progress: read,
    ...(without > 0 ? { note: `${without} results without a video's id left out` } : {}),
  };
}

function readFound(
  data: SearchData,
  progress: Progress,
  answer: Answer,
  { markets }: Context<Config>,
): PageRead {
  const candidates = markets.filter(({ code }) => data.shared.includes(code));
  const { videos, items, deleted, note } = readVideos(progress.videos, answer, "search", {
    query: data.query,
    marketOf: (video) => marketOf(candidates, candidates.length > 1 ? languageOfVideo(video) : null),
  });
  return { items, progress: { ...progress, videos }, deleted, ...(note ? { note } : {}) };
}

export function finish(at: Json, context: Context<Config>): Finished {
  const progress = at as Progress;
  // A run that broke off in the middle of a stretch has seen it down to its oldest result.
  const left =
    progress.searching && progress.pages > 0 ? seenDownTo(progress.left, progress.oldest) : progress.left;
  const { kept, covers } = searched(progress.due, left);
  const all: Kept = { search: kept, videos: videosKept(progress.videos, context) };
  return { kept: all, covers, pages_available: pagesOffered(progress, left.length > 0) };
}

/** Counted where the search came to its end; else the estimate, which is good for no more than that there were others. */
function pagesOffered({ pages, total }: Progress, more: boolean): number | null {
  if (!more) return pages;
  if (total === null) return null;
  return Math.max(pages + 1, Math.min(DEEPEST_PAGES, Math.ceil(total / BATCH)));
}
