// Of a post or profile the fields that are kept, as rows of bronze, and the market that a post belongs to.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import { marketOf } from "../../collecting/market-of.ts";
import type { Context, Item } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { languageOf } from "../../texts/language.ts";
import { postIdOf } from "./people.ts";
import { tagOf } from "./plan.ts";

export interface PostRequest {
  readonly edge: "search" | "author" | "refresh" | "stream";
  readonly market: string | null;
  readonly tag: string | null;
}

/** Null for a post without an address. */
export function postItem(post: Row, request: PostRequest): Item | null {
  const uri = wordsOf(post["uri"]);
  if (uri === null) return null;
  const author = rowOf(post["author"]);
  const record = rowOf(post["record"]);
  const item = {
    uri,
    author: { did: wordsOf(author["did"]), handle: wordsOf(author["handle"]) },
    record: {
      text: wordsOf(record["text"]) ?? "",
      createdAt: wordsOf(record["createdAt"]),
      langs: stringsOf(record["langs"]),
      tags: stringsOf(tagsOf(record)),
      media: mediaOf(record),
    },
    replyCount: post["replyCount"] ?? null,
    repostCount: post["repostCount"] ?? null,
    likeCount: post["likeCount"] ?? null,
    quoteCount: post["quoteCount"] ?? null,
    indexedAt: post["indexedAt"],
  };
  return { thing: "posts", id: postIdOf(uri), post: true, row: { request, item } };
}

export function profileItem(profile: Row, market: string): Item | null {
  const did = wordsOf(profile["did"]);
  if (did === null) return null;
  const item = {
    did,
    handle: wordsOf(profile["handle"]),
    followersCount: profile["followersCount"] ?? null,
    followsCount: profile["followsCount"] ?? null,
    postsCount: profile["postsCount"] ?? null,
  };
  return { thing: "profiles", id: did, post: false, row: { request: { edge: "profile", market }, item } };
}

/** Tags of a record: those marked in its text, and those beside it. */
export function tagsOf(record: Row): readonly string[] {
  const marked = listOf(record["facets"])
    .flatMap((facet) => listOf(rowOf(facet)["features"]))
    .map((feature) => wordsOf(rowOf(feature)["tag"]));
  const beside = listOf(record["tags"]).map(wordsOf);
  return [...new Set([...marked, ...beside].filter((tag) => tag !== null).map(tagOf))];
}

/**
 * The market of a post found by a tag. A tag of one market gives it every post but those that say they are written in another market's
 * language only; of several markets the one whose language it is.
 */
export function marketOfPost(
  post: Row,
  codes: readonly string[],
  { markets }: Pick<Context, "markets">,
): string | null {
  const candidates = markets.filter(({ code }) => codes.includes(code));
  const record = rowOf(post["record"]);
  const said = listOf(record["langs"])
    .map(wordsOf)
    .filter((lang) => lang !== null)
    .map((lang) => lang.toLowerCase().split("-")[0] as string);
  const [only] = candidates;
  if (candidates.length === 1 && only)
    return said.length === 0 || said.some((lang) => only.languages.includes(lang)) ? only.code : null;
  if (said.length > 0) {
    const claimed = new Set(said.map((lang) => marketOf(candidates, lang)).filter((code) => code !== null));
    return claimed.size === 1 ? ([...claimed][0] ?? null) : null;
  }
  const { language } = languageOf(wordsOf(record["text"]) ?? "");
  return marketOf(candidates, language === "und" ? null : language);
}

/** When the author's client says that it was written, unless the network saw it before, or it says a time before there was a network. */
export function sortedAt(post: Row): string | null {
  const seen = wordsOf(post["indexedAt"]);
  const said = Date.parse(wordsOf(rowOf(post["record"])["createdAt"]) ?? "");
  if (seen === null) return null;
  return Number.isNaN(said) || said > Date.parse(seen) || said < FIRST_POST
    ? seen
    : new Date(said).toISOString();
}

const FIRST_POST = Date.UTC(2022, 10, 17);

/**
 * The time by which a page of a search is in order, for each of its posts: what clients say, or when the network saw them, whichever goes down more
 * evenly. A client may say any time at all, and one such post must not pass for the end of a walk.
 */
export function orderOf(posts: readonly Row[]): (post: Row) => string | null {
  const seenAt = (post: Row) => wordsOf(post["indexedAt"]);
  return steps(posts.map(seenAt)) < steps(posts.map(sortedAt)) ? seenAt : sortedAt;
}

/** How often a later time follows an earlier one. */
const steps = (times: readonly (string | null)[]): number =>
  times.filter((time, place) => Date.parse(time ?? "") > Date.parse(times[place - 1] ?? "")).length;

function stringsOf(value: unknown): string[] | null {
  const strings = listOf(value).filter((one) => typeof one === "string");
  return strings.length > 0 ? strings : null;
}

function mediaOf(record: Row): string {
  const embed = rowOf(record["embed"]);
  const media = Object.keys(rowOf(embed["media"])).length > 0 ? rowOf(embed["media"]) : embed;
  switch (media["$type"]) {
    case "app.bsky.embed.images":
      return listOf(media["images"]).length > 1 ? "carousel" : "image";
    case "app.bsky.embed.video":
      return "video";
    case undefined:
    case "app.bsky.embed.external":
    case "app.bsky.embed.record":
      return "text";
    default:
      return "other";
  }
}
