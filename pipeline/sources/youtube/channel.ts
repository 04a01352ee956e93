// A known channel: who it is, its uploads since the last run (a page of the playlist costs a hundredth of a search), the videos, their comments.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Finished, Json, PageRead, Target } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { askChannel, askUploads } from "./asks.ts";
import type { Config } from "./config.ts";
import { channelItem } from "./items.ts";
import type { Data } from "./plan.ts";
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

type ChannelData = Extract<Data, { kind: "channel" }>;

type Progress = {
  readonly step: "channel" | "uploads" | "videos" | "gone";
  readonly channel_id: string | null;
  readonly uploads: string | null;
  readonly since: string;
  readonly page: string | null;
  readonly pages: number;
  /** Pages of the playlist that this run may ask. */
  readonly most: number;
  /** Down to where the playlist was read; null where it was read far enough. */
  readonly oldest: string | null;
  readonly videos: Videos;
  /** Videos whose comments may still be asked for in this run. */
  readonly comments: number;
};

type Kept = {
  readonly channel_id: string | null;
  readonly until: string;
  readonly videos: VideosKept;
};

const OVERLAP_MS = 3_600_000;

export function begin(data: ChannelData, kept: Json, context: Context<Config>): Json {
  const before = kept as Kept | null;
  const { config, at } = context;
  const oldest = Date.parse(at) - config.look_back_days * 86_400_000;
  const last = before ? Date.parse(before.until) - OVERLAP_MS : oldest;
  const videos = videosDue(before?.videos ?? null, context);
  const progress: Progress = {
    step: "channel",
    channel_id: before?.channel_id ?? (data.channel.startsWith("@") ? null : data.channel),
    uploads: null,
    since: new Date(Math.max(oldest, last)).toISOString(),
    page: null,
    pages: 0,
    most: pagesBeside(videos, context),
    oldest: at,
    videos,
    comments: config.comment_videos,
  };
  return progress;
}

export function next(data: ChannelData, at: Json): Ask | null {
  const progress = at as Progress;
  const { step, channel_id, uploads, page, videos } = progress;
  if (step === "channel") return askChannel(channel_id ? { id: channel_id } : { forHandle: data.channel });
  if (asksUploads(progress) && uploads !== null) return askUploads(uploads, page);
  return step === "gone" ? null : nextVideos(videos);
}

/** What a page of the playlist named is asked for before the next page. */
const asksUploads = ({ step, videos }: Progress): boolean => step === "uploads" && videos.fresh.length === 0;

export function read(data: ChannelData, at: Json, answer: Answer, context: Context<Config>): PageRead {
  const progress = at as Progress;
  if (progress.step === "channel") return readChannel(data, progress, answer);
  if (asksUploads(progress)) return readUploads(progress, answer, context);
  return readFound(data, progress, answer, context);
}

function readChannel(data: ChannelData, progress: Progress, answer: Answer): PageRead {
  const json = rowOf(answer.json);
  const channel = rowOf(listOf(json["items"])[0]);
  const id = wordsOf(channel["id"]);
  if (id === null) {
    const known = progress.channel_id;
    const none = known !== null && wordsOf(json["kind"]) !== null;
    return {
      items: [],
      progress: { ...progress, step: "gone" },
      // An id that YouTube gave us and now knows no more: the channel was closed, and with it goes what we hold of it.
      ...(none ? { gone: [{ platform: "youtube", author_id: known }] } : {}),
      note: `${data.channel} is no longer a channel`,
    };
  }
  const playlists = rowOf(rowOf(channel["contentDetails"])["relatedPlaylists"]);
  const uploads = wordsOf(playlists["uploads"]);
  return {
    items: [channelItem(channel, data.market)],
    progress: {
      ...progress,
      step: uploads ? "uploads" : "videos",
      channel_id: id,
      uploads,
      oldest: uploads ? progress.oldest : null,
    },
  };
}

function readUploads(progress: Progress, answer: Answer, { at }: Context<Config>): PageRead {
  const json = rowOf(answer.json);
  const entries = listOf(json["items"]).map(rowOf);
  let { videos, oldest } = progress;
  let newer = 0;
  for (const entry of entries) {
    const details = rowOf(entry["contentDetails"]);
    const snippet = rowOf(entry["snippet"]);
    const id = wordsOf(details["videoId"]) ?? wordsOf(rowOf(snippet["resourceId"])["videoId"]);
    // Private and deleted entries have no day of publication.
    const published = wordsOf(details["videoPublishedAt"]) ?? wordsOf(snippet["publishedAt"]);
    if (id === null || published === null) continue;
    if (oldest === null || published < oldest) oldest = published;
    if (Date.parse(published) < Date.parse(progress.since)) continue;
    newer += 1;
    // What appeared after the run began belongs to the next one.
    if (Date.parse(published) <= Date.parse(at)) videos = found(videos, id);
  }
  const page = wordsOf(json["nextPageToken"]);
  const pages = progress.pages + 1;
  const far = page === null || newer === 0;
  const more = !far && pages < progress.most;
  return {
    items: [],
    progress: {
      ...progress,
      videos,
      pages,
      page: more ? page : null,
      oldest: far ? null : oldest,
      step: more ? "uploads" : "videos",
    },
  };
}

function readFound(
  data: ChannelData,
  progress: Progress,
  answer: Answer,
  context: Context<Config>,
): PageRead {
  const { videos, items, rows, deleted, note } = readVideos(progress.videos, answer, "channel", {
    query: null,
    marketOf: () => data.market,
  });
  const targets = rows
    .filter((row) => mayHaveComments(row, context))
    .slice(0, progress.comments)
    .map((row) => commentsTarget(String(row["id"]), data.market));
  return {
    items,
    progress: { ...progress, videos, comments: progress.comments - targets.length },
    deleted,
    targets,
    ...(note ? { note } : {}),
  };
}

/** Where comments are off their count is missing; of old videos few new ones come. */
function mayHaveComments(video: Row, { at, config }: Context<Config>): boolean {
  const count = rowOf(video["statistics"])["commentCount"];
  const published = Date.parse(wordsOf(rowOf(video["snippet"])["publishedAt"]) ?? "");
  return Number(count ?? 0) > 0 && published >= Date.parse(at) - config.refresh_days * 86_400_000;
}

const commentsTarget = (video: string, market: string): Target => ({
  id: `comments:${video}`,
  markets: [market],
  title: `comments of ${video}`,
  data: { kind: "comments", video, market },
  essential: false,
});

export function finish(at: Json, context: Context<Config>): Finished {
  const progress = at as Progress;
  const from = progress.oldest ?? progress.since;
  const read = progress.step === "videos";
  const kept: Kept = {
    channel_id: progress.channel_id,
    // Where the playlist was not read far enough, the next run reads as far back again.
    until: read && progress.oldest === null ? context.at : progress.since,
    videos: videosKept(progress.videos, context),
  };
  return {
    kept,
    covers: read && from < context.at ? { from, until: context.at } : null,
    pages_available: progress.oldest === null ? progress.pages : null,
  };
}
