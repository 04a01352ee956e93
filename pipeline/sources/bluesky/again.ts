// The second half of a walk: posts known from earlier runs, looked at once a day. What does not come back is gone.
import { type Known, knownFor, knownIds, withKnown, withoutKnown } from "../../collecting/known.ts";
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Deleted, Item } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { askPosts, BATCH } from "./asks.ts";
import type { Config } from "./config.ts";
import { postItem } from "./items.ts";
import { postIdOf } from "./people.ts";

/** Known posts and those of them still to be looked at, each as `<did>/<key>`. */
export type Again = { readonly due: readonly string[]; readonly known: Known; readonly looked_on: string };
export type AgainKept = { readonly known: Known; readonly looked_on: string };

const COLLECTION = "app.bsky.feed.post";
export const uriOf = (did: string, key: string): string => `at://${did}/${COLLECTION}/${key}`;

const shortOf = (uri: string): string => uri.replace(/^at:\/\//, "").replace(`/${COLLECTION}/`, "/");
const longOf = (short: string): string => {
  const [did = "", key = ""] = short.split("/");
  return uriOf(did, key);
};

export function againDue(kept: AgainKept | null, { at, config }: Context<Config>): Again {
  const known = knownFor(kept?.known ?? {}, config.refresh_days, at);
  const today = at.slice(0, 10);
  const due =
    kept !== null && kept.looked_on !== today
      ? knownIds(known).slice(0, Math.min(config.refresh_posts, mostDue(config)))
      : [];
  return { due, known, looked_on: today };
}

/** Half of the pages of a target are for what is new. */
const mostDue = ({ most_pages }: Config): number => BATCH * Math.floor(most_pages / 2);

/** Pages of posts that a target may ask, so that the looks at known ones fit in after them. */
export const pagesBeside = ({ due }: Again, { config }: Pick<Context<Config>, "config">): number =>
  Math.max(1, config.most_pages - 1 - Math.ceil(due.length / BATCH));

/** Posts that were just seen need no second look. */
export function met(again: Again, posts: readonly { uri: string; at: string }[]): Again {
  const seen = new Set(posts.map(({ uri }) => shortOf(uri)));
  return {
    ...again,
    due: again.due.filter((short) => !seen.has(short)),
    known: posts.reduce((known, { uri, at }) => withKnown(known, shortOf(uri), at), again.known),
  };
}

export const nextAgain = ({ due }: Again): Ask | null =>
  due.length === 0 ? null : askPosts(due.slice(0, BATCH).map(longOf));

export function readAgain(
  again: Again,
  answer: Answer,
  request: { tag: string | null; marketOf: (post: Row) => string | null },
): { again: Again; items: readonly Item[]; deleted: readonly Deleted[]; note?: string } {
  const asked = again.due.slice(0, BATCH);
  const posts = rowOf(answer.json)["posts"];
  const rows = listOf(posts).map(rowOf);
  const returned = new Set(rows.map((post) => shortOf(wordsOf(post["uri"]) ?? "")));
  // An answer that is no list says nothing about what is missing in it.
  const absent = Array.isArray(posts) ? asked.filter((short) => !returned.has(short)) : [];
  return {
    again: {
      ...again,
      due: again.due.slice(BATCH),
      known: withoutKnown(again.known, new Set(absent)),
    },
    items: rows
      .map((post) => postItem(post, { edge: "refresh", market: request.marketOf(post), tag: request.tag }))
      .filter((item) => item !== null),
    deleted: absent.map((short) => ({
      platform: "bluesky",
      post_id: postIdOf(longOf(short)),
      how: "absent",
    })),
    ...(absent.length > 0 ? { note: `${absent.length} posts are no longer public` } : {}),
  };
}

export const againKept = ({ known, looked_on }: Again, { at, config }: Context<Config>): AgainKept => ({
  known: knownFor(known, config.refresh_days, at),
  looked_on,
});
