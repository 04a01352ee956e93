// The generator repeats itself byte for byte, keeps to its shapes, and its answers load into the agreed columns.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { loadBronze, readReceipts } from "../../core/bronze.ts";
import type { Receipt, Source } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { badLine } from "./bad-lines.ts";
import { collections } from "./collection.ts";
import { prepare } from "./parser.ts";
import { source, worldOf } from "./source.ts";

const publication = parse(readFileSync("data/publications/kbeauty/publication.yaml", "utf8"));
const seed = publication.sources[0].seed as string;
const scratch = mkdtempSync(join(tmpdir(), "leap-sample-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const collect = (state: string, until: string, config = { seed }): Promise<Receipt[]> =>
  source.collect(
    { config, publication, bronze: join(scratch, state, "bronze", "sample"), until },
    {
      fetch: () => Promise.reject(new Error("the sample asks nobody")),
      now: () => {
        throw new Error("the sample has no clock");
      },
      log: { info() {}, warn() {}, progress() {} },
    },
  );

/** Name and checksum of every file under the folder. */
const fingerprint = (state: string): string[] =>
  readdirSync(join(scratch, state), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(
      (file) =>
        `${file.slice(join(scratch, state).length)} ${createHash("sha256").update(readFileSync(file)).digest("hex")}`,
    );

test("the same seed gives the same bytes, in another zone and another folder", async () => {
  const zone = process.env["TZ"];
  process.env["TZ"] = "Pacific/Auckland";
  await collect("a", "2024-12-10T00:00:00Z");
  process.env["TZ"] = "America/St_Johns";
  await collect("b", "2024-12-10T00:00:00Z");
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
  expect(fingerprint("b")).toEqual(fingerprint("a"));
  await collect("c", "2024-11-26T00:00:00Z", { seed: "another" });
  expect(fingerprint("c")).not.toEqual(fingerprint("a").slice(0, fingerprint("c").length));
});

test("a week collected after `until` is not written, and a folder that is there is left alone", async () => {
  const first = await collect("d", "2024-12-02T04:09:59Z");
  expect(first.map((receipt) => receipt.id)).toEqual(["2024-11-25"]);
  const receipt = join(scratch, "d", "bronze", "sample", "2024-11-25", "receipt.json");
  const marked = `${readFileSync(receipt, "utf8")} `;
  writeFileSync(receipt, marked);
  const second = await collect("d", "2024-12-09T04:10:00Z");
  expect(second.map((entry) => entry.id)).toEqual(["2024-12-02", "2024-12-09"]);
  expect(readFileSync(receipt, "utf8")).toBe(marked);
});

test("a week written alone is the week written in its turn", () => {
  const world = worldOf(seed, publication);
  const alone = [...collections(world, [51])].at(-1);
  const inTurn = [...collections(world, [50, 51])].at(-1);
  expect(alone).toEqual(inTurn);
});

test("every receipt balances, and bad lines end in quarantine with a reason and their raw text", async () => {
  const receipts = await collect("e", "2025-01-28T00:00:00Z");
  const world = worldOf(seed, publication);
  const bad = [
    ...collections(
      world,
      receipts.map((_, week) => week),
    ),
  ].flatMap(({ week, collection }) => {
    const line = badLine(seed, week, collection);
    return line ? [{ receipt: receipts[week]?.id, ...line }] : [];
  });
  expect(bad.length).toBeGreaterThanOrEqual(3);
  const quarantined = receipts.flatMap((receipt) =>
    readFileSync(join(scratch, "e", "bronze", "sample", receipt.id, "quarantine.ndjson"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line)),
  );
  expect(quarantined.map(({ receipt, raw }) => [receipt, raw])).toEqual(
    bad.map(({ receipt, text }) => [receipt, text.slice(0, 2000)]),
  );
  for (const { things } of receipts)
    for (const { received, kept, quarantined: refused } of Object.values(things))
      expect(received).toBe(kept + refused);
});

test.each([
  ["negative_count", { comments_count: -3 }, "negative_count: item.comments_count = -3"],
  ["missing_id", { id: undefined }, "missing_value: item.id"],
  ["number_word", { like_count: "1.2K" }, /^invalid_value: item\.like_count = "1\.2K"/],
  [
    "future_date",
    { timestamp: "2031-02-03T04:05:06+0000" },
    "future_date: 2031-02-03T04:05:06+0000 is after the collection at 2024-11-18T23:50:00Z",
  ],
])("a line is refused with its reason: %s", (_, changed, reason) => {
  const line = {
    request: { edge: "hashtag", market: "de", hashtag: "kbeauty", account_id: null, username: null },
    collected_at: "2024-11-18T23:50:00Z",
    item: {
      id: "17990000000000001",
      media_type: "IMAGE",
      comments_count: 2,
      permalink: "https://www.instagram.com/p/SAMPLE00000/",
      timestamp: "2024-11-18T12:00:00+0000",
    },
  };
  const judge = prepare({ thing: "instagram_media" });
  expect(judge(line, "")).toEqual({ ok: true, row: line });
  expect(judge({ ...line, item: { ...line.item, ...changed } }, "")).toEqual({
    ok: false,
    reason: typeof reason === "string" ? reason : expect.stringMatching(reason),
  });
});

test("the staging models give the agreed columns, with hidden likes as null and authors only where the source names them", async () => {
  await collect("f", "2024-12-10T00:00:00Z");
  const root = join(scratch, "f");
  const state = { root, bronze: join(root, "bronze"), warehouse: root, cache: root, published: root };
  const warehouse = await openWarehouse();
  await loadBronze(warehouse, state, source as Source, readReceipts(state, "sample", null));
  const staged: Record<string, string[]> = {};
  for (const thing of ["posts", "accounts", "runs"]) {
    const sql = readFileSync(`pipeline/sources/sample/stg_sample__${thing}.sql`, "utf8");
    await warehouse.execute(`CREATE TABLE stg_sample__${thing} AS ${sql}`);
    const columns = await warehouse.query(`DESCRIBE stg_sample__${thing}`);
    staged[thing] = columns.map((column) => `${column["column_name"]} ${column["column_type"]}`);
  }
  expect(staged).toEqual({
    posts: [
      "source VARCHAR",
      "platform VARCHAR",
      "post_id VARCHAR",
      "market VARCHAR",
      "posted_at TIMESTAMP",
      "collected_at TIMESTAMP",
      "author_id VARCHAR",
      "author_handle VARCHAR",
      "text VARCHAR",
      "tags VARCHAR[]",
      "language_hint VARCHAR",
      "media_type VARCHAR",
      "likes BIGINT",
      "comments BIGINT",
      "views BIGINT",
      "shares BIGINT",
      "likes_hidden BOOLEAN",
      "rating DOUBLE",
      "paid_partnership BOOLEAN",
      "url VARCHAR",
      "provenance VARCHAR",
      "receipt VARCHAR",
    ],
    accounts: [
      "source VARCHAR",
      "platform VARCHAR",
      "account_id VARCHAR",
      "account_handle VARCHAR",
      "collected_at TIMESTAMP",
      "followers BIGINT",
      "following BIGINT",
      "posts_total BIGINT",
      "provenance VARCHAR",
      "receipt VARCHAR",
    ],
    runs: [
      "source VARCHAR",
      "platform VARCHAR",
      "market VARCHAR",
      "scheduled_at TIMESTAMP",
      "succeeded BOOLEAN",
      "pages_available BIGINT",
      "pages_fetched BIGINT",
      "hashtags_used BIGINT",
      "posts_fetched BIGINT",
      "provenance VARCHAR",
      "receipt VARCHAR",
    ],
  });
  const [posts] = await warehouse.query(`
    SELECT
      count(*) FILTER (likes IS NULL) AS hidden,
      count(*) FILTER (likes_hidden <> (likes IS NULL)) AS hidden_with_count,
      count(*) FILTER ((author_id IS NULL) <> (author_handle IS NULL)) AS half_named,
      count(*) FILTER (author_handle IS NOT NULL AND NOT ends_with(author_handle, '.sample')) AS foreign_handles,
      count(*) FILTER (author_id IS NULL) AS unnamed,
      count(*) FILTER (platform = 'youtube' AND len(tags) = 0) AS untagged_videos,
      count(*) FILTER (posted_at > collected_at) AS early,
      list_sort(list_distinct(list(market))) AS markets
    FROM stg_sample__posts`);
  expect(posts).toMatchObject({
    hidden_with_count: 0,
    half_named: 0,
    foreign_handles: 0,
    untagged_videos: 0,
    early: 0,
    markets: ["de", "fr", "jp", "kr", "us"],
  });
  expect(posts?.["hidden"]).toBeGreaterThan(0);
  expect(posts?.["unnamed"]).toBeGreaterThan(0);
  warehouse.close();
});
