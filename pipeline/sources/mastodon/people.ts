// Whom the rows speak about, what remains of one when its texts have expired, and how a post is called once its author may not be named.
import { createHash } from "node:crypto";
import type { PersonalThing, Row } from "../../core/types.ts";
import type { Accounts, Statuses } from "./things.ts";

const PLATFORM = "mastodon";

/** The address of a status holds its author's name, so posts go by its hash: before and after their texts have expired. */
export const postIdOf = (uri: string): string =>
  uri.startsWith("sha256:") ? uri : `sha256:${createHash("sha256").update(uri).digest("hex")}`;

/** An account has another number on every instance; its full name is the same on all of them, and cannot be changed. */
export const people: Readonly<Record<string, PersonalThing>> = {
  statuses: {
    subject(row) {
      const { item } = row as Statuses;
      return {
        platform: PLATFORM,
        author_id: item.acct,
        author_handle: item.acct,
        post_id: postIdOf(item.uri),
      };
    },
    expired(row, author): Row {
      const { item, ...rest } = row as Statuses;
      return {
        ...rest,
        item: { ...item, uri: postIdOf(item.uri), url: null, acct: author, text: null, tags: null },
      };
    },
  },
  accounts: {
    subject(row) {
      const { item } = row as Accounts;
      return { platform: PLATFORM, author_id: item.acct, author_handle: item.acct, post_id: null };
    },
    expired(row, author): Row | null {
      if (author === null) return null;
      const { item, ...rest } = row as Accounts;
      return { ...rest, item: { ...item, acct: author } };
    },
  },
};
