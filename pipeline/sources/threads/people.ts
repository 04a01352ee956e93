// Whom a line speaks about: a post, whose author stands in its address alone. What stays when its text has expired: id, time, market.
import type { PersonalThing, Row } from "../../core/types.ts";

/** `https://www.threads.net/@mina.glow/post/C8h2`. */
const handleIn = (permalink: unknown): string | null =>
  /^https:\/\/[^/]+\/@([^/]+)\//.exec(String(permalink))?.[1]?.toLowerCase() ?? null;

export const people: Readonly<Record<string, PersonalThing>> = {
  posts: {
    subject: (row) => ({
      platform: "threads",
      author_id: null,
      author_handle: handleIn((row["item"] as Row)["permalink"]),
      post_id: String((row["item"] as Row)["id"]),
    }),
    expired(row) {
      const { text: _text, permalink: _permalink, ...item } = row["item"] as Row;
      return { ...row, item };
    },
  },
};
