// Whom a line speaks about: a post, whose author we do not keep. What stays when its text has expired: id, time, market.
import type { PersonalThing, Row } from "../../core/types.ts";

export const people: Readonly<Record<string, PersonalThing>> = {
  posts: {
    subject: (row) => ({
      platform: "threads",
      author_id: null,
      author_handle: null,
      post_id: String((row["item"] as Row)["id"]),
    }),
    expired(row) {
      const { text: _text, permalink: _permalink, ...item } = row["item"] as Row;
      return { ...row, item };
    },
  },
};
