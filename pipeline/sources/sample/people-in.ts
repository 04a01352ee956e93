// Whom a line of the sample speaks about, and what remains of it when its texts have expired.
import type { PersonalThing, Row } from "../../core/types.ts";
import type { Thing } from "./things.ts";

const at = (row: Row, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Row | null | undefined)?.[key], row);
const word = (value: unknown): string | null => (typeof value === "string" ? value : null);
const handle = (value: unknown): string | null => word(value)?.replace(/^@/, "").toLowerCase() ?? null;
const request = (row: Row): Row => row["request"] as Row;
const item = (row: Row): Row => row["item"] as Row;

export const peopleIn: Readonly<Partial<Record<Thing, PersonalThing>>> = {
  instagram_media: {
    subject: (row) => ({
      platform: "instagram",
      author_id: word(at(row, "request", "account_id")),
      author_handle: handle(at(row, "request", "username")),
      post_id: word(at(row, "item", "id")),
    }),
    expired(row, author) {
      const { caption: _caption, permalink: _permalink, ...rest } = item(row);
      return { ...row, request: { ...request(row), account_id: author, username: null }, item: rest };
    },
  },
  instagram_accounts: {
    subject: (row) => ({
      platform: "instagram",
      author_id: word(at(row, "item", "id")),
      author_handle: handle(at(row, "item", "username")),
      post_id: null,
    }),
    expired(row, author) {
      const { username: _asked, ...asked } = request(row);
      const { username: _username, name: _name, ...rest } = item(row);
      return { ...row, request: asked, item: { ...rest, id: author } };
    },
  },
  youtube_videos: {
    subject: (row) => ({
      platform: "youtube",
      author_id: word(at(row, "item", "snippet", "channelId")),
      author_handle: null,
      post_id: word(at(row, "item", "id")),
    }),
    expired(row, author) {
      const {
        title: _title,
        description: _text,
        channelTitle: _name,
        tags: _tags,
        ...snippet
      } = at(row, "item", "snippet") as Row;
      return {
        ...row,
        request: { ...request(row), channel_id: author },
        item: { ...item(row), snippet: { ...snippet, channelId: author } },
      };
    },
  },
  youtube_channels: {
    subject: (row) => ({
      platform: "youtube",
      author_id: word(at(row, "item", "id")),
      author_handle: handle(at(row, "item", "snippet", "customUrl")),
      post_id: null,
    }),
    expired(row, author) {
      const { title: _title, customUrl: _url, ...snippet } = at(row, "item", "snippet") as Row;
      return {
        ...row,
        request: { ...request(row), channel_id: author },
        item: { ...item(row), id: author, snippet },
      };
    },
  },
  followers: {
    subject: (row) => ({
      platform: "audit",
      author_id: word(at(row, "request", "creator")),
      author_handle: word(at(row, "item", "follower_key")),
      post_id: null,
    }),
    expired: (row) => row,
  },
};
