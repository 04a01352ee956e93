// From files to a publication that runs: what is written, what is added, what is refused.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { silentLog } from "../core/log.ts";
import { FileConfig, source } from "../sources/file/source.ts";
import { type ImportOptions, runImport } from "./import.ts";
import { readPublication } from "./publication.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

const effects = { now: () => new Date("2026-01-10T12:00:00Z"), log: silentLog };
const options = (name: string, more: Partial<ImportOptions> = {}): ImportOptions => ({
  publication: name,
  publications: join(folder, "publications"),
  state: join(folder, "state", name),
  yes: true,
  ...more,
});
const bronze = (name: string) => join(folder, "state", name, "bronze", "file");

function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const POSTS =
  'id,date,text,likes,country\n1,2024-01-05,ein gutes Serum für die Haut,3,DE\n2,2024-01-06,"crème, sérum et soin",5,FR\n3,2024-01-07,zu spät geliked,-4,DE\n';

test("a new publication is valid, says what was found, and its bronze is complete", async () => {
  const { text, result } = await runImport(
    [file("posts.csv", POSTS)],
    options("serums", { title: "Serums: a test", licence: "CC0" }),
    effects,
  );
  expect(text).toContain("posts: 3 rows received = 2 kept + 1 quarantined");
  expect(text).toContain("1 × negative_count: likes = -4, first at posts.csv:4");
  const publication = readPublication("serums", join(folder, "publications"));
  expect(publication).toMatchObject({
    title: "Serums: a test",
    markets: ["de", "fr"],
    as_of: null,
    brands: [],
    taxonomies: ["beauty"],
    hashtag_terms: 20,
  });
  const [receipt] = result.receipts;
  expect(receipt).toMatchObject({
    collected_at: "2026-01-10T12:00:00.000Z",
    provenance: "imported",
    licence_note: "CC0",
    things: { posts: { received: 3, kept: 2, quarantined: 1 } },
  });
  const home = join(bronze("serums"), receipt?.id ?? "");
  expect(readdirSync(home).sort()).toEqual(["posts-0001.ndjson", "quarantine.ndjson", "raw", "receipt.json"]);
  expect(readFileSync(join(home, "raw", "posts.csv"), "utf8")).toBe(POSTS);
});

test("the same entry and bytes give the same bronze, and a receipt that is there is not collected again", async () => {
  const config = FileConfig.parse({
    imports: (readPublication("serums", join(folder, "publications")).sources[0] as unknown as FileConfig)
      .imports,
  });
  const again = join(folder, "again");
  const effectsOfCollect = { ...effects, fetch: globalThis.fetch };
  const request = { config, publication: {}, until: "2026-01-10T12:00:00Z" };
  const receipts = await source.collect({ ...request, bronze: again }, effectsOfCollect);
  const [id] = readdirSync(again);
  for (const name of ["posts-0001.ndjson", "quarantine.ndjson", "receipt.json"])
    expect(readFileSync(join(again, id ?? "", name), "utf8")).toBe(
      readFileSync(join(bronze("serums"), id ?? "", name), "utf8"),
    );
  rmSync(join(folder, "posts.csv"));
  expect(await source.collect({ ...request, bronze: again }, effectsOfCollect)).toEqual(receipts);
  await expect(
    source.collect({ ...request, bronze: join(folder, "third") }, effectsOfCollect),
  ).rejects.toThrow(/^missing file: .*posts\.csv, named by import .* in publication\.yaml/);
  file("posts.csv", `${POSTS}4,2024-01-08,neu,1,DE\n`);
  await expect(
    source.collect({ ...request, bronze: join(folder, "third") }, effectsOfCollect),
  ).rejects.toThrow(/^invalid file: .*posts\.csv has changed since import/);
  expect(readdirSync(join(folder, "third"))).toEqual([]);
});

test("more files join a publication with their own mapping; the same file does not come in twice", async () => {
  const more = file("more.csv", "Datum;Beitrag;Land\n31.01.2024;noch ein Beitrag über Creme;AT\n");
  const { text } = await runImport([more], options("serums"), effects);
  expect(text).toContain("added to");
  const publication = readPublication("serums", join(folder, "publications"));
  expect(publication.markets).toEqual(["de", "fr", "at"]);
  expect((publication.sources[0] as unknown as FileConfig).imports).toHaveLength(2);
  expect(readFileSync(join(folder, "publications", "serums", "publication.yaml"), "utf8")).toContain(
    "# Null: the clock is the Monday",
  );
  await expect(runImport([more], options("serums"), effects)).rejects.toThrow(
    /^invalid file: .*more\.csv is in this publication already, as import 2026-01-10-/,
  );
});

test("files with other columns get a mapping of their own, in one publication", async () => {
  const { result, text } = await runImport(
    [
      file("a_de.csv", "id,date,text\n1,2024-01-05,hallo zusammen\n"),
      file("b_de.csv", "id,date,text\n2,2024-01-06,guten Morgen\n"),
      file("c.ndjson", '{"id":9,"created_at":1704500000,"caption":"from elsewhere","like_count":2}\n'),
    ],
    options("mixed"),
    effects,
  );
  expect(result.groups.map((group) => group.files)).toEqual([["a_de.csv", "b_de.csv"], ["c.ndjson"]]);
  expect(text).toContain("markets: de 2, zz 1");
});

test("followers in posts become account observations", async () => {
  const { result } = await runImport(
    [
      file(
        "f.csv",
        "id,date,author,text,followers\n1,2024-01-05,Mina,hello to you,1.2K\n2,2024-01-06,Mina,hello again,1300\n",
      ),
    ],
    options("followers"),
    effects,
  );
  expect(result.receipts[0]?.things["accounts"]).toEqual({
    received: 2,
    kept: 2,
    quarantined: 0,
    parts: ["accounts-0001.ndjson"],
  });
  const lines = readFileSync(
    join(bronze("followers"), result.receipts[0]?.id ?? "", "accounts-0001.ndjson"),
    "utf8",
  )
    .trim()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      platform: "other",
      account_id: "mina",
      account_handle: "mina",
      collected_at: "2024-01-05T00:00:00Z",
      followers: 1200,
    },
    {
      platform: "other",
      account_id: "mina",
      account_handle: "mina",
      collected_at: "2024-01-06T00:00:00Z",
      followers: 1300,
    },
  ]);
});

test("counts that were seen long after the last post are dated to the end of its week, not hidden from it", async () => {
  const { result } = await runImport(
    [
      file(
        "late.csv",
        "id,date,text,likes,scraped_at\n1,2024-01-03,hello to you,3,2024-03-01\n2,2024-01-10,hello again,3,2024-01-11\n",
      ),
    ],
    options("late"),
    effects,
  );
  const lines = readFileSync(join(bronze("late"), result.receipts[0]?.id ?? "", "posts-0001.ndjson"), "utf8")
    .trim()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line).collected_at)).toEqual([
    "2024-01-15T00:00:00.000Z",
    "2024-01-11T23:59:59.000Z",
  ]);
  expect(result.receipts[0]?.things["posts"]).toMatchObject({ received: 2, kept: 2 });
});

test("a dry run writes nothing", async () => {
  const { text } = await runImport([file("dry.csv", POSTS)], options("dry", { dryRun: true }), effects);
  expect(text).toContain("ein gutes Serum für die Haut");
  expect(text).toContain(
    "1 of the first 3 rows would go to quarantine; the first: negative_count: likes = -4",
  );
  expect(existsSync(join(folder, "publications", "dry"))).toBe(false);
  expect(existsSync(join(folder, "state", "dry"))).toBe(false);
});

describe("an import that cannot work is refused and leaves nothing behind", () => {
  test.each<[string, string, Partial<ImportOptions>, RegExp]>([
    [
      "header.csv",
      "id,date,text\n",
      {},
      /^invalid file: .*header\.csv has a header \(id, date, text\) and no rows\. Export it again/,
    ],
    [
      "none.csv",
      "id,date,text\n1,never,hello to you\n2,nie,hello again\n",
      { map: ["posted_at=date"] },
      /^invalid rows: none of 2 rows could be kept\. 2 × date_unreadable: posted_at = "never" \(first at none\.csv:2\)/,
    ],
    [
      "accounts_2024-01.csv",
      "username,followers\nmina,1200\n",
      {},
      /^missing posts: .*lists accounts and no posts.*Import the posts first/,
    ],
    [
      "lines.ndjson",
      "{bad\n{worse\n",
      {},
      /^invalid file: .*lines\.ndjson holds no record that can be read as json/,
    ],
    ["map.csv", POSTS, { map: ["text"] }, /^invalid --map: text\. Write field=column/],
    [
      "map2.csv",
      POSTS,
      { map: ["textt=text"] },
      /^invalid mapping: .*Unrecognized key: "textt"\. Fields: post_id, posted_at/,
    ],
    ["market.csv", POSTS, { markets: ["germany"] }, /^invalid market: germany\. Use two letters/],
    [
      "name.csv",
      POSTS,
      { publication: "My Posts" },
      /^invalid publication: My Posts\. Use small letters, digits and -, such as my-posts\./,
    ],
  ])("%s", async (name, text, more, message) => {
    const path = file(name, text);
    await expect(runImport([path], options("refused", more), effects)).rejects.toThrow(message);
    expect(existsSync(join(folder, "publications", "refused"))).toBe(false);
    expect(existsSync(bronze("refused")) ? readdirSync(bronze("refused")) : []).toEqual([]);
  });

  test("real posts do not join a synthetic publication", async () => {
    await expect(
      runImport(
        [file("k.csv", POSTS)],
        { publication: "kbeauty", yes: true, state: join(folder, "state", "k") },
        effects,
      ),
    ).rejects.toThrow(/^invalid publication: kbeauty is made of synthetic posts/);
  });
});
