// Whom the rows speak about, and what remains of one when its texts have expired.
import type { PersonalThing, Row } from "../../core/types.ts";
import type { Channels, Comments, Videos } from "./things.ts";

const PLATFORM = "youtube";

/** The API names a video's channel by id alone; its handle is known of channels that are asked for themselves. */
export const people: Readonly<Record<string, PersonalThing>> = {
  videos: {
    subject(row) {
      const { item } = row as Videos;
      return {
        platform: PLATFORM,
        author_id: item.snippet.channelId,
        author_handle: null,
        post_id: item.id,
      };
    },
    addresses: (row) => [`https://www.youtube.com/watch?v=${(row as Videos).item.id}`],
    expired(row, author): Row {
      const { item, ...rest } = row as Videos;
      const snippet = { ...item.snippet, channelId: author, title: null, description: null, tags: null };
      return { ...rest, item: { ...item, snippet } };
    },
  },
  channels: {
    subject(row) {
      const { item } = row as Channels;
      return {
        platform: PLATFORM,
        author_id: item.id,
        author_handle: item.snippet.customUrl?.replace(/^@/, "").toLowerCase() ?? null,
        post_id: null,
      };
    },
    expired(row, author): Row | null {
      if (author === null) return null;
      const { item, ...rest } = row as Channels;
      return { ...rest, item: { ...item, id: author, snippet: { customUrl: null } } };
    },
  },
  comments: {
    // A comment goes with the video it stands under, and with whoever wrote it.
    beneath: true,
    subject(row) {
      const { item, request } = row as Comments;
      return {
        platform: PLATFORM,
        author_id: item.authorChannelId,
        author_handle: null,
        post_id: request.video_id,
      };
    },
    expired(row, author): Row {
      const { item, ...rest } = row as Comments;
      return { ...rest, item: { ...item, text: null, authorChannelId: author } };
    },
  },
};
