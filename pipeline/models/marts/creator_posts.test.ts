import { expect, test } from "vitest";
import { tinyWorld } from "../tiny-world.ts";

const mina = {
  id: "mina",
  name: "Mina",
  platform: "instagram",
  handle: "mina.sample",
  market: "de",
  language: "de",
  category: "skin care",
  registered_on: "2026-01-01",
  reason: "test",
  basis: { kind: "consent", note: "agreed", date: "2026-01-01" },
};
const account = { account_id: "77", account_handle: "mina.sample" };

test("a post is rated by the followers of its time: the last count before its own, else the first after", async () => {
  const warehouse = await tinyWorld({
    publication: { creators: [mina] },
    posts: [
      { post_id: "1", author_id: "77", collected_at: "2026-11-10T13:00:00Z", likes: 9, comments: 1 },
      { post_id: "2", author_id: "77", collected_at: "2026-11-13T00:00:00Z", likes: 9, comments: 1 },
      {
        post_id: "3",
        author_id: "77",
        collected_at: "2026-11-13T00:00:00Z",
        likes: null,
        likes_hidden: true,
      },
    ],
    accounts: [
      { ...account, collected_at: "2026-11-11T00:00:00Z", followers: 100 },
      { ...account, collected_at: "2026-11-12T00:00:00Z", followers: 200 },
      { ...account, collected_at: "2026-11-14T00:00:00Z", followers: 1000 },
    ],
  });
  expect(
    await warehouse.query(
      "select creator, followers, er_followers from creator_posts order by posted_at, last_seen, er_followers",
    ),
  ).toEqual([
    { creator: "mina", followers: 100, er_followers: 0.1 },
    { creator: "mina", followers: 200, er_followers: 0.05 },
    { creator: "mina", followers: 200, er_followers: null },
  ]);
  const [week] = await warehouse.query(
    "select followers, posts, engagement_posts, collected from creator_weeks_counted",
  );
  expect(week).toEqual({ followers: 1000, posts: 3, engagement_posts: 2, collected: true });
  warehouse.close();
});

test("size peers are accounts of known size with ten rated posts in 60 days; their names stay in bronze", async () => {
  const post = (author_id: string, i: number) => ({
    post_id: `${author_id}-${i}`,
    author_id,
    likes: 9 + i,
    comments: 1,
  });
  const warehouse = await tinyWorld({
    posts: [
      ...Array.from({ length: 11 }, (_, i) => post("10", i)),
      ...Array.from({ length: 9 }, (_, i) => post("11", i)),
      ...Array.from({ length: 12 }, (_, i) => post("12", i)),
    ],
    accounts: [
      { account_id: "10", account_handle: "peer", followers: 1000 },
      { account_id: "11", account_handle: "seldom", followers: 1000 },
    ],
  });
  expect(
    await warehouse.query(
      "select platform, creator, market, followers, log10_followers, posts, er_followers_median from peer_engagement",
    ),
  ).toEqual([
    {
      platform: "instagram",
      creator: null,
      market: "de",
      followers: 1000,
      log10_followers: 3,
      posts: 11,
      er_followers_median: 0.015,
    },
  ]);
  const [peer] = await warehouse.query(
    "select count(distinct p.author_key) as keys from posts p join account_snapshots using (platform, author_key)",
  );
  expect(peer).toEqual({ keys: 2 });
  warehouse.close();
});
