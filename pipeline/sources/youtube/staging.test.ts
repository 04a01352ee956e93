// What the models see of bronze from YouTube, and what remains of it when texts have expired.
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { people } from "./people.ts";
import { source } from "./source.ts";
import { things } from "./things.ts";

const hour = (at: number): string => `2026-11-20T0${at}:00:00Z`;
const line = (row: Row): Row => ({
  ...row,
  collected_at: "2026-11-20T06:00:00.000Z",
  provenance: "observed",
});
const seen = (id: string, statistics: Row): Row =>
  line({
    request: { edge: "search", market: "de", query: "creme" },
    item: {
      id,
      snippet: {
        ...{
          publishedAt: hour(1),
          channelId: "UCpore",
          title: "Titel",
          description: "Text",
          tags: ["#KBeauty"],
        },
        ...{ categoryId: "26", defaultLanguage: "de", defaultAudioLanguage: null },
      },
      contentDetails: { duration: "PT1M3S" },
      statistics: { viewCount: "10432", likeCount: "512", commentCount: "3", ...statistics },
    },
  });

test("counts are numbers from the strings; hidden likes are unknown and marked, comments that are off unknown", async () => {
  const rows = await staged(source, "stg_youtube__posts", {
    videos: [seen("a", {}), seen("b", { likeCount: null, commentCount: null })],
    channels: [
      line({
        request: { edge: "channel", market: "de" },
        item: {
          ...{ id: "UCpore", snippet: { customUrl: "@Pore" } },
          statistics: { viewCount: "1", subscriberCount: null, hiddenSubscriberCount: true, videoCount: "2" },
        },
      }),
    ],
  });
  expect(rows).toMatchObject([
    {
      post_id: "a",
      likes: 512,
      comments: 3,
      views: 10432,
      likes_hidden: false,
      author_handle: "pore",
      tags: ["kbeauty"],
      language_hint: "de",
    },
    { post_id: "b", likes: null, comments: null, likes_hidden: true },
  ]);
});

test("when its texts have expired, a video keeps its id, its time and its counts, and nothing that leads to somebody", async () => {
  const row = seen("a", {});
  const left = people["videos"]?.expired(row, "hash-of-author") as Row;
  expect(things.videos.safeParse(left).success).toBe(true);
  expect(JSON.stringify(left)).not.toMatch(/UCpore|Titel|KBeauty/);
  const [post] = await staged(source, "stg_youtube__posts", { videos: [left] });
  expect(post).toMatchObject({
    post_id: "a",
    likes: 512,
    author_id: "hash-of-author",
    text: null,
    url: null,
    tags: [],
  });
});
