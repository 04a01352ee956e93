// Whom the rows speak about, what remains of one when its texts have expired, and how a post is called once its author may not be named.
import { createHash } from "node:crypto";
import type { PersonalThing, Row } from "../../core/types.ts";
import type { Posts, Profiles } from "./things.ts";

const PLATFORM = "bluesky";

/** The address of a post holds its author's id, so posts go by its hash: before and after their texts have expired. */
export const postIdOf = (uri: string): string =>
  uri.startsWith("sha256:") ? uri : `sha256:${createHash("sha256").update(uri).digest("hex")}`;

export const people: Readonly<Record<string, PersonalThing>> = {
  posts: {
    subject(row) {
      const { item } = row as Posts;
      return {
        platform: PLATFORM,
        author_id: item.author.did,
        author_handle: item.author.handle?.toLowerCase() ?? null,
        post_id: postIdOf(item.uri),
      };
    },
    addresses(row) {
      const { uri, author } = (row as Posts).item;
      const [, did, key] = /^at:\/\/([^/]+)\/[^/]+\/([^/]+)$/.exec(uri) ?? [];
      if (did === undefined || key === undefined) return [];
      // As others link to it, and as we remember what we look at again.
      const names = author.handle === null ? [did] : [did, author.handle];
      return [...names.map((name) => `https://bsky.app/profile/${name}/post/${key}`), `${did}/${key}`];
    },
    expired(row, author): Row {
      const { item, ...rest } = row as Posts;
      return {
        ...rest,
        item: {
          ...item,
          uri: postIdOf(item.uri),
          author: { did: author, handle: null },
          record: { ...item.record, text: null, tags: null },
        },
      };
    },
  },
  profiles: {
    subject(row) {
      const { item } = row as Profiles;
      return {
        platform: PLATFORM,
        author_id: item.did,
        author_handle: item.handle?.toLowerCase() ?? null,
        post_id: null,
      };
    },
    expired(row, author): Row | null {
      if (author === null) return null;
      const { item, ...rest } = row as Profiles;
      return { ...rest, item: { ...item, did: author, handle: null } };
    },
  },
};
