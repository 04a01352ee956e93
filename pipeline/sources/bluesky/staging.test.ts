// What the models see of bronze from Bluesky, and what remains of it when texts have expired.
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { people, postIdOf } from "./people.ts";
import { source } from "./source.ts";
import { things } from "./things.ts";

const URI = "at://did:plc:abc/app.bsky.feed.post/3l2x";
const seen = (record: Row, item: Row = {}): Row => ({
  request: { edge: "search", market: "de", tag: "kbeauty" },
  ...{ collected_at: "2026-11-20T06:00:00.000Z", provenance: "synthetic" },
  item: {
    ...{ uri: URI, author: { did: "did:plc:abc", handle: "A.bsky.social" } },
    record: {
      text: "trying #kbeauty",
      createdAt: null,
      langs: ["de"],
      tags: ["kbeauty"],
      media: "text",
      ...record,
    },
    ...{
      replyCount: 1,
      repostCount: 2,
      likeCount: 7,
      quoteCount: 3,
      indexedAt: "2026-11-20T05:00:00.000Z",
      ...item,
    },
  },
});

test("a client's time counts where the network saw the post within a day after it; else the network's own", async () => {
  const rows = await staged(source, "stg_bluesky__posts", {
    posts: [
      "2026-11-20T04:59:00.000Z",
      "2026-11-20T09:30:00+05:30",
      "2026-11-22T00:00:00.000Z",
      "1970-01-01T00:00:00.000Z",
      "yesterday",
      null,
    ].map((createdAt) => seen({ createdAt })),
  });
  expect(rows.map((row) => String(row["posted_at"]).slice(11, 16))).toEqual([
    "04:59",
    "04:00",
    "05:00",
    "05:00",
    "05:00",
    "05:00",
  ]);
});

test("a post goes by the hash of its address, with reposts and quotes as shares", async () => {
  const [row] = await staged(source, "stg_bluesky__posts", { posts: [seen({})] });
  expect(row).toMatchObject({
    ...{
      post_id: postIdOf(URI),
      author_id: "did:plc:abc",
      author_handle: "a.bsky.social",
      provenance: "synthetic",
    },
    ...{ likes: 7, comments: 1, shares: 5, language_hint: "de", tags: ["kbeauty"] },
    url: "https://bsky.app/profile/did:plc:abc/post/3l2x",
  });
});

test("a post whose text has expired is still the same post, and leads to nobody", async () => {
  const left = people["posts"]?.expired(seen({}), "hash-of-author") as Row;
  expect(things.posts.safeParse(left).success).toBe(true);
  expect(JSON.stringify(left)).not.toMatch(/did:plc|bsky\.social|trying/);
  expect(people["posts"]?.subject(left).post_id).toBe(people["posts"]?.subject(seen({})).post_id);
  const [row] = await staged(source, "stg_bluesky__posts", { posts: [left] });
  expect(row).toMatchObject({
    post_id: postIdOf(URI),
    likes: 7,
    text: null,
    url: null,
    author_id: "hash-of-author",
  });
});
