// The requests that YouTube is asked, and what each takes of the two buckets.
import type { Ask, SecretUse } from "../../collecting/types.ts";

/** Ids that one call takes. */
export const BATCH = 50;

const key: SecretUse = { of: "key", in: "query", name: "key" };

const ask = (path: string, query: Record<string, string>, limit: "search_calls" | "units"): Ask => ({
  path,
  query,
  secrets: [key],
  costs: [{ limit, units: 1 }],
  expect: "json",
});

const paged = (page: string | null): Record<string, string> => (page === null ? {} : { pageToken: page });

export const askSearch = (search: {
  query: string;
  region: string;
  language: string | null;
  after: string;
  before: string;
  page: string | null;
}): Ask =>
  ask(
    "/search",
    {
      part: "snippet",
      type: "video",
      q: search.query,
      order: "date",
      maxResults: String(BATCH),
      regionCode: search.region.toUpperCase(),
      ...(search.language ? { relevanceLanguage: search.language } : {}),
      publishedAfter: seconds(search.after),
      publishedBefore: seconds(search.before),
      ...paged(search.page),
    },
    "search_calls",
  );

export const askVideos = (ids: readonly string[]): Ask =>
  ask("/videos", { part: "snippet,statistics,contentDetails", id: ids.join(",") }, "units");

export const askChannel = (by: { id: string } | { forHandle: string }): Ask =>
  ask("/channels", { part: "snippet,statistics,contentDetails", ...by }, "units");

export const askUploads = (playlistId: string, page: string | null): Ask =>
  ask(
    "/playlistItems",
    { part: "snippet,contentDetails", playlistId, maxResults: String(BATCH), ...paged(page) },
    "units",
  );

export const askComments = (videoId: string, page: string | null): Ask =>
  ask(
    "/commentThreads",
    {
      part: "snippet",
      videoId,
      order: "time",
      maxResults: "100",
      textFormat: "plainText",
      ...paged(page),
    },
    "units",
  );

/** RFC 3339 without fractions, as YouTube writes its own. */
const seconds = (instant: string): string => `${instant.slice(0, 19)}Z`;
