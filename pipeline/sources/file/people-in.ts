// Whom an imported row speaks about, and what remains of it when its texts have expired.
import type { PersonalThing } from "../../core/types.ts";

const word = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const peopleIn: Readonly<Record<string, PersonalThing>> = {
  posts: {
    subject: (row) => ({
      platform: String(row["platform"]),
      author_id: word(row["author_id"]),
      author_handle: word(row["author_handle"]),
      post_id: word(row["post_id"]),
    }),
    expired(row, author) {
      const { text: _text, tags: _tags, url: _url, author_handle: _handle, author_id: _id, ...rest } = row;
      return author === null ? rest : { ...rest, author_id: author };
    },
  },
  accounts: {
    subject: (row) => ({
      platform: String(row["platform"]),
      author_id: word(row["account_id"]),
      author_handle: word(row["account_handle"]),
      post_id: null,
    }),
    expired(row, author) {
      const { account_handle: _handle, ...rest } = row;
      return author === null ? null : { ...rest, account_id: author };
    },
  },
};
