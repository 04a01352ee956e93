// Of an item of an answer the fields that are kept, as rows of bronze.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Item } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { languageOf } from "../../texts/language.ts";

export interface VideoRequest {
  readonly edge: "search" | "channel" | "refresh";
  readonly market: string | null;
  readonly query: string | null;
}

export function videoItem(video: Row, request: VideoRequest): Item {
  const id = String(video["id"]);
  const snippet = rowOf(video["snippet"]);
  const statistics = rowOf(video["statistics"]);
  const tags = listOf(snippet["tags"]).filter((tag) => typeof tag === "string");
  const item = {
    id,
    snippet: {
      publishedAt: snippet["publishedAt"],
      channelId: wordsOf(snippet["channelId"]),
      title: wordsOf(snippet["title"]) ?? "",
      description: wordsOf(snippet["description"]) ?? "",
      tags: tags.length > 0 ? tags : null,
      categoryId: wordsOf(snippet["categoryId"]),
      defaultLanguage: wordsOf(snippet["defaultLanguage"]),
      defaultAudioLanguage: wordsOf(snippet["defaultAudioLanguage"]),
    },
    contentDetails: { duration: wordsOf(rowOf(video["contentDetails"])["duration"]) },
    // What is strange here is kept as it is: the parser sets it aside with its reason.
    statistics: {
      viewCount: statistics["viewCount"] ?? null,
      likeCount: statistics["likeCount"] ?? null,
      commentCount: statistics["commentCount"] ?? null,
    },
  };
  return { thing: "videos", id, post: true, row: { request, item } };
}

export function channelItem(channel: Row, market: string): Item {
  const id = String(channel["id"]);
  const statistics = rowOf(channel["statistics"]);
  const item = {
    id,
    snippet: { customUrl: wordsOf(rowOf(channel["snippet"])["customUrl"]) },
    statistics: {
      viewCount: statistics["viewCount"] ?? null,
      subscriberCount: statistics["subscriberCount"] ?? null,
      hiddenSubscriberCount: statistics["hiddenSubscriberCount"] ?? false,
      videoCount: statistics["videoCount"] ?? null,
    },
  };
  return { thing: "channels", id, post: false, row: { request: { edge: "channel", market }, item } };
}

/** Null for a thread without an id or a first comment. */
export function commentItem(thread: Row, market: string, video: string): Item | null {
  const top = rowOf(rowOf(thread["snippet"])["topLevelComment"]);
  const snippet = rowOf(top["snippet"]);
  const id = wordsOf(top["id"]) ?? wordsOf(thread["id"]);
  if (id === null || Object.keys(snippet).length === 0) return null;
  const item = {
    id,
    text: wordsOf(snippet["textDisplay"]) ?? wordsOf(snippet["textOriginal"]) ?? "",
    likeCount: snippet["likeCount"] ?? null,
    totalReplyCount: rowOf(thread["snippet"])["totalReplyCount"] ?? null,
    publishedAt: snippet["publishedAt"],
    updatedAt: wordsOf(snippet["updatedAt"]),
    authorChannelId: wordsOf(rowOf(snippet["authorChannelId"])["value"]),
  };
  return {
    thing: "comments",
    id,
    post: false,
    row: { request: { edge: "comments", market, video_id: video }, item },
  };
}

/** The language that is spoken, as the owner says, else of the owner's words, else as we read title and description; null where nobody can tell. */
export function languageOfVideo(video: Row): string | null {
  const snippet = rowOf(video["snippet"]);
  const said = wordsOf(snippet["defaultAudioLanguage"]) ?? wordsOf(snippet["defaultLanguage"]);
  // `zxx` is a video without words, `und` one whose owner does not know.
  if (said !== null && said !== "und") return said;
  const text = `${wordsOf(snippet["title"]) ?? ""}\n${wordsOf(snippet["description"]) ?? ""}`;
  const { language } = languageOf(text);
  return language === "und" ? null : language;
}
