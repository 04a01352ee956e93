// Whom a line speaks about, and what stays of it when its texts have expired.
import type { PersonalThing, Row } from "../../core/types.ts";

const part = (row: Row, name: "request" | "item"): Row => row[name] as Row;
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const name = (value: unknown): string | null => text(value)?.toLowerCase().replace(/^@/, "") ?? null;

/** Neither words nor the address under which they can be read. */
function silent(row: Row): Row {
  const { caption: _caption, permalink: _permalink, username: _username, ...item } = part(row, "item");
  return { ...row, item };
}

const withAuthor = (row: Row, author: string | null): Row => {
  const request = part(row, "request");
  const named = "username" in request ? { username: null } : {};
  return { ...silent(row), request: { ...request, account_id: author, ...named } };
};

const byAccount = {
  subject: (row: Row) => ({
    platform: "instagram",
    author_id: text(part(row, "request")["account_id"]),
    author_handle: name(part(row, "request")["username"]),
    post_id: text(part(row, "item")["id"]),
  }),
  expired: withAuthor,
} satisfies PersonalThing;

export const people: Readonly<Record<string, PersonalThing>> = {
  // The platform names nobody here, and we do not look for who it was.
  hashtag_media: {
    subject: (row) => ({
      platform: "instagram",
      author_id: null,
      author_handle: null,
      post_id: text(part(row, "item")["id"]),
    }),
    expired: silent,
  },
  discovery_media: byAccount,
  own_media: byAccount,
  insights: byAccount,
  accounts: {
    subject: (row) => ({
      platform: "instagram",
      author_id: text(part(row, "item")["id"]),
      author_handle: name(part(row, "item")["username"]),
      post_id: null,
    }),
    // A size without an account is nobody's.
    expired: (row, author) =>
      author === null ? null : { ...silent(row), item: { ...part(silent(row), "item"), id: author } },
  },
};
