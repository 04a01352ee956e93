import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { type TinyWorld, tinyWorld } from "../tiny-world.ts";

/** A post keeps no id of its platform; the tests know it by the one that its rows gave. */
const POSTS = `posts
  join (select distinct md5(platform || ':' || post_id)::uuid as post_key, post_id from all_posts) using (post_key)`;

async function posts(world: TinyWorld, columns: string): Promise<Row[]> {
  const warehouse = await tinyWorld(world);
  const rows = await warehouse.query(`select ${columns} from ${POSTS} order by post_id`);
  warehouse.close();
  return rows;
}

test("a post collected twice counts once, with its latest counts", async () => {
  const world = {
    posts: [
      { post_id: "1", collected_at: "2026-11-12T00:00:00Z", likes: 40, receipt: "r2" },
      { post_id: "1", collected_at: "2026-11-11T00:00:00Z", likes: 90, receipt: "r1" },
      { post_id: "2", likes: 7 },
    ],
  };
  expect(await posts(world, "post_id, likes, times_seen, first_seen, last_seen, receipt")).toEqual([
    {
      post_id: "1",
      likes: 40,
      times_seen: 2,
      first_seen: "2026-11-11T00:00:00.000Z",
      last_seen: "2026-11-12T00:00:00.000Z",
      receipt: "r2",
    },
    {
      post_id: "2",
      likes: 7,
      times_seen: 1,
      first_seen: "2026-11-11T12:00:00.000Z",
      last_seen: "2026-11-11T12:00:00.000Z",
      receipt: "r1",
    },
  ]);
});

test("a thousand identical rows are one post", async () => {
  const rows = Array.from({ length: 1000 }, () => ({ post_id: "1", text: "again" }));
  expect(await posts({ posts: rows }, "post_id, times_seen")).toEqual([{ post_id: "1", times_seen: 1000 }]);
});

test("two platforms may use one id for two posts", async () => {
  const rows = [{ post_id: "1" }, { post_id: "1", platform: "youtube" }];
  expect(await posts({ posts: rows }, "platform, times_seen")).toHaveLength(2);
});

test("a post seen under two markets belongs to the first", async () => {
  const rows = [
    { post_id: "1", market: "de", collected_at: "2026-11-12T00:00:00Z" },
    { post_id: "1", market: "fr", collected_at: "2026-11-11T00:00:00Z" },
  ];
  expect(await posts({ posts: rows }, "market")).toEqual([{ market: "fr" }]);
});

test("a first sight that could not tell the market gives way to a later one that can, and stays the first sight", async () => {
  const world = {
    posts: [
      { post_id: "1", market: null, collected_at: "2026-11-11T00:00:00Z" },
      { post_id: "1", market: "fr", collected_at: "2026-11-12T00:00:00Z" },
      { post_id: "2", market: null, collected_at: "2026-11-11T00:00:00Z" },
      { post_id: "2", market: null, collected_at: "2026-11-12T00:00:00Z" },
    ],
  };
  expect(await posts(world, "post_id, market, first_seen")).toEqual([
    { post_id: "1", market: "fr", first_seen: "2026-11-11T00:00:00.000Z" },
    { post_id: "2", market: "zz", first_seen: "2026-11-11T00:00:00.000Z" },
  ]);
});

test("a market that the publication does not track is unassigned, not lost", async () => {
  expect(await posts({ posts: [{ post_id: "1", market: "br" }] }, "market")).toEqual([{ market: "zz" }]);
});

test("hidden likes are not zero: they are unknown, and so is the engagement", async () => {
  const rows = [
    { post_id: "1", likes: 5, likes_hidden: true },
    { post_id: "2", likes: null },
    { post_id: "3", likes: 0, comments: 0 },
    { post_id: "4", likes: 5, comments: null },
  ];
  expect(await posts({ posts: rows }, "likes, engagement")).toEqual([
    { likes: null, engagement: null },
    { likes: null, engagement: null },
    { likes: 0, engagement: 0 },
    { likes: 5, engagement: 5 },
  ]);
});

test("authors are never stored in clear from silver on", async () => {
  const world = {
    posts: [
      { post_id: "1", author_id: "17841400", author_handle: "somebody.private", text: "hello" },
      { post_id: "2", author_handle: "somebody.private" },
      { post_id: "3" },
    ],
    accounts: [{ account_id: "17841400", account_handle: "somebody.private", followers: 5 }],
  };
  const warehouse = await tinyWorld(world);
  const columns = await warehouse.query(
    "select table_name || '.' || column_name as name from duckdb_columns() join duckdb_tables() using (table_name) where not temporary and regexp_matches(column_name, 'author_id|account_id|handle') and not regexp_matches(table_name, '^(all_|pub_|int_creator_accounts)')",
  );
  expect(columns).toEqual([]);
  const rows = await warehouse.query(`select author_key from ${POSTS} order by post_id`);
  expect(rows[0]?.["author_key"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(rows[1]).toEqual(rows[0]);
  expect(rows[2]).toEqual({ author_key: null });
  warehouse.close();
});

test("a registry creator is known by handle whatever its case, and by the account id seen under it", async () => {
  const creator = {
    id: "mina",
    name: "Mina",
    platform: "instagram",
    handle: "Mina.Sample",
    market: "de",
    language: "de",
    category: "skin care",
    registered_on: "2026-01-01",
    reason: "test",
    basis: { kind: "consent", note: "agreed", date: "2026-01-01" },
  };
  const world = {
    publication: { creators: [creator] },
    posts: [
      { post_id: "1", author_handle: "mina.sample" },
      { post_id: "2", author_id: "77" },
      { post_id: "3", author_id: "78" },
      { post_id: "4", author_handle: "mina.sample", platform: "youtube" },
    ],
    accounts: [{ account_id: "77", account_handle: "mina.sample" }],
  };
  expect(await posts(world, "creator")).toEqual([
    { creator: "mina" },
    { creator: "mina" },
    { creator: null },
    { creator: null },
  ]);
});

test("a post is paid when the platform says so or a disclosure tag does", async () => {
  const reference = mkdtempSync(join(tmpdir(), "leap-reference-"));
  writeFileSync(
    join(reference, "disclosure_tags.csv"),
    "tag,language,source,valid_from\nwerbung,de,test,2024-01-01\n",
  );
  const rows = [
    { post_id: "1", paid_partnership: true },
    { post_id: "2", text: "Schön! #Werbung" },
    { post_id: "3", tags: ["werbung"] },
    { post_id: "4", text: "#werbungsfrei", paid_partnership: false },
    { post_id: "5", text: "werbung" },
  ];
  expect(await posts({ posts: rows, reference }, "is_paid")).toEqual(
    [true, true, true, false, false].map((is_paid) => ({ is_paid })),
  );
});

test("weeks are ISO weeks in UTC, over the end of a year too", async () => {
  const rows = [
    { post_id: "1", posted_at: "2020-12-31T23:59:59Z" },
    { post_id: "2", posted_at: "2021-01-03T23:59:59Z" },
    { post_id: "3", posted_at: "2021-01-04T00:00:00Z" },
    { post_id: "4", posted_at: "2025-12-29T00:00:00Z" },
  ];
  expect(await posts({ posts: rows }, "week")).toEqual(
    ["2020-12-28", "2020-12-28", "2021-01-04", "2025-12-29"].map((week) => ({ week })),
  );
});

test("a run knows nothing of posts after its last complete week, nor of what was collected later", async () => {
  const rows = [
    { post_id: "1", posted_at: "2026-11-15T23:59:59Z" },
    { post_id: "2", posted_at: "2026-11-16T00:00:00Z" },
    { post_id: "3", posted_at: "2026-11-01T00:00:00Z", collected_at: "2026-11-21T00:00:00Z" },
  ];
  expect(await posts({ posts: rows }, "post_id")).toEqual([{ post_id: "1" }]);
});

test("a file imported later may speak about the past", async () => {
  const row = { post_id: "1", collected_at: "2027-01-01T00:00:00Z", provenance: "imported" };
  expect(await posts({ posts: [row] }, "post_id")).toEqual([{ post_id: "1" }]);
});
