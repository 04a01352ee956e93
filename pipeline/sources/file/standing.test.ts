// A line that is kept as it came is the row that would have been written for it: whichever way, the warehouse reads the same.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadBronze } from "../../core/bronze.ts";
import { ingest } from "../../core/ingest.ts";
import { prepared, runJob } from "../../core/ingest-job.ts";
import { openInput } from "../../core/lines.ts";
import { silentLog } from "../../core/log.ts";
import type { Receipt } from "../../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../../core/warehouse.ts";
import * as lineModule from "./lines.ts";
import { source } from "./source.ts";

const MAPPING = {
  post_id: { column: "id" },
  posted_at: { column: "posted at" },
  platform: { column: "platform" },
  author_handle: { column: "author" },
  text: { column: "text" },
  tags: { column: "tags" },
  language_hint: { constant: "de" },
  media_type: { column: "kind" },
  likes: { column: "likes", hidden: 0 },
  comments: { column: "comments" },
  rating: { column: "rating" },
  likes_hidden: { column: "hidden" },
  url: { column: "url" },
};

const PLAIN = { ...MAPPING, language_hint: { column: "language" } };

const options = (mapping: unknown) => ({
  thing: "posts",
  mapping,
  importedAt: "2024-06-01T00:00:00Z",
  sightsUntil: null,
});

let folder: string;
let warehouse: OpenWarehouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "leap-standing-"));
  warehouse = await openWarehouse({ threads: 1 });
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same bytes both ways: with lines kept as they came, and with every row written anew. */
async function bothWays(content: string | Buffer, mapping: unknown = PLAIN) {
  const file = join(folder, "in.ndjson");
  writeFileSync(file, content);
  const input = await openInput(file).catch(() => ({
    path: file,
    name: "in.ndjson",
    bytes: Buffer.byteLength(content),
    format: { kind: "ndjson", gzip: false, encoding: "utf-8" } as const,
  }));
  const { parse, standing } = prepared(lineModule, options(mapping));
  const ways = [];
  for (const way of [standing, null]) {
    const bronze = join(folder, "bronze");
    const at = join(bronze, "file", "r");
    rmSync(bronze, { recursive: true, force: true });
    mkdirSync(at, { recursive: true });
    const job = {
      input,
      range: { start: 0, end: input.bytes },
      part: join(at, "posts-0001.ndjson"),
      raw: join(at, "posts-0001.raw.ndjson"),
      rejects: join(folder, "rejects"),
      scratch: folder,
      tally: { words: ["platform"], ranges: ["posted_at"] },
    };
    const { standing: lines, whole, ...result } = await runJob(job, { parse, standing: way });
    if (whole) copyFileSync(file, job.raw);
    const raw = existsSync(job.raw) ? readFileSync(job.raw) : Buffer.alloc(0);
    expect(raw.length > 0).toBe(lines > 0);
    const posts = {
      received: result.received,
      kept: result.kept,
      quarantined: result.received - result.kept,
      parts: ["posts-0001.ndjson"],
      ...(lines > 0 && way ? { raw: { parts: ["posts-0001.raw.ndjson"], ...way } } : {}),
    };
    const receipt = { id: "r", source: "file", files: [], things: { posts } } as unknown as Receipt;
    await loadBronze(warehouse, { bronze } as never, source, [receipt]);
    const rows = await warehouse.query(
      "SELECT bronze_file__posts::VARCHAR AS said FROM bronze_file__posts ORDER BY said",
    );
    ways.push({ lines, raw, result, rows, rejects: readFileSync(job.rejects, "utf8") });
  }
  const [kept, anew] = ways as [(typeof ways)[0], (typeof ways)[0]];
  return { kept, anew };
}

async function standing(content: string | Buffer, mapping?: unknown): Promise<number> {
  const { kept, anew } = await bothWays(content, mapping);
  const { lines, raw, ...told } = kept;
  const { lines: none, raw: nothing, ...expected } = anew;
  expect(told).toEqual(expected);
  expect([none, nothing.length]).toEqual([0, 0]);
  expect(raw.toString().split("\n").length - 1).toBe(lines);
  return lines;
}

const line = (record: Record<string, unknown>) =>
  JSON.stringify({
    id: "1",
    "posted at": "2024-01-05T10:00:00.000Z",
    platform: "x",
    kind: "video",
    tags: ["serum"],
    text: "glow",
    ...record,
  });

/** As some programs write whatever is not ASCII. */
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

describe("a line stands for its row", () => {
  test.each([
    ["when all is canonical", line({ likes: 3, tags: ["serum", "スキンケア"], kind: "video", rating: 4.5 })],
    ["with an instant of whole seconds", line({ "posted at": "2024-01-05T10:00:00Z" })],
    ["with unknown values", line({ likes: null, url: null, author: null })],
    ["with escapes in its text", line({ text: 'a "line"\nand \\ another é', author: "user" })],
    ["with columns that no field asks for", line({ more: "x", n: 3, list: [1], yes: true, no: false })],
    ["with blanks between its words", line({ likes: 3 }).replaceAll(',"', ' , "').replaceAll('":', '" : ')],
    ["with characters in escapes", line({ text: "beauté 美容 😀" }).replace(/[^\0-~]/g, escaped)],
    [
      "in any order of its keys",
      '{"text":"t","platform":"x","posted at":"2024-01-05T10:00:00Z","kind":"text","tags":[],"id":"1"}',
    ],
  ])("%s", async (_name, text) => expect(await standing(`${text}\n`)).toBe(1));

  test("beside others, in runs, without a last line end", async () => {
    const lines = [
      line({ id: "ä1" }),
      line({ id: "2", author: "@A" }),
      "",
      line({ id: "美3" }),
      "no json",
      line({}),
    ];
    expect(await standing(lines.join("\n"))).toBe(3);
  });

  test("when the mapping states the rest", async () => {
    const { media_type, language_hint, ...rest } = PLAIN;
    expect([media_type, language_hint]).toHaveLength(2);
    const mapping = { ...rest, platform: { constant: "TikTok" }, market: { constant: "Germany" } };
    expect(lineModule.standing(options(mapping))?.constants).toEqual({
      platform: "tiktok",
      market: "de",
      media_type: "other",
    });
    expect(await standing(`${line({})}\n`, mapping)).toBe(1);
  });
});

describe("a line is written anew", () => {
  test.each([
    [
      "when a key stands twice",
      '{"id":"0","id":"1","posted at":"2024-01-05T10:00:00Z","text":"t","tags":[],"kind":"text","platform":"x"}',
    ],
    ["when a key is escaped", line({}).replace('"id"', '"\\u0069d"')],
    ["when a count is no plain number", line({}).replace("}", ',"comments":1e3}')],
    ["when a count has a point", line({}).replace("}", ',"comments":1.0}')],
    ["when an id is a number", line({ id: 7 })],
    ["when a word is not in its form", line({ platform: "X" })],
    ["when a kind is not ours", line({ kind: "Reel" })],
    ["when a handle has its @", line({ author: "@a" })],
    ["when tags are a word", line({ tags: "serum" })],
    ["when tags are not in their form", line({ tags: ["#Serum"] })],
    ["when a text has blanks around it", line({ text: "\u3000glow " })],
    ["when a text has control characters", line({ text: "a\u0007\u007fb" })],
    ["when a text has a NUL", line({ text: "a\u0000b" })],
    ["when a text has half a character", line({ text: "a\ud800b" })],
    ["when a foreign column has half a character", line({ more: "a\ud800b" })],
    ["when a text is cut", line({ text: "x".repeat(100_001) })],
    ["when a line is very long", line({ more: "x".repeat(1 << 20) })],
    ["when likes are hidden", line({ likes: 0 })],
    ["when nothing is hidden and it says so", line({ likes: 4, hidden: false })],
    ["when records are nested", line({ more: { a: 1 } })],
    ["when it ends in a carriage return", `${line({})}\r`],
    ["when its tags are unknown", line({ tags: null })],
    ["when the day has no time", line({ "posted at": "2024-01-05" })],
  ])("%s", async (_name, text) => expect(await standing(`${text}\n`)).toBe(0));

  test("in files that are not all UTF-8", async () =>
    expect(await standing(Buffer.concat([Buffer.from(`${line({})}\n`), Buffer.from([0x22, 0xff, 10])]))).toBe(
      0,
    ));

  test("and the mark at a file's beginning is in no row", async () =>
    expect(await standing(`\ufeff${line({})}\n${line({ id: "2" })}\n`)).toBe(2));
});

describe("a mapping that makes rows of more than single columns keeps no lines", () => {
  test.each([
    { post_id: { hash: ["a"] } },
    { text: { columns: ["a", "b"] } },
    { market: { from_file: ".." } },
    { followers: { column: "f" } },
    { text: { column: "a.b" } },
    { text: { column: "ID" } },
    { text: { column: "Filename" } },
    { text: { column: 'a"b' } },
    { likes: { constant: 3 } },
  ])("%j", (field) =>
    expect(lineModule.standing(options({ ...MAPPING, language_hint: undefined, ...field }))).toBeNull(),
  );
});

// ── by chance ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const oddText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(
    "",
    " a",
    "a\n b",
    'q"q',
    "b\\",
    "\u0000",
    "\ud800",
    "x\u007f",
    "\ufeffa",
    "a\u3000",
    "null",
    "[none]",
    "İ",
  ),
);
const oddCount = fc.constantFrom(
  "0",
  "1",
  "-1",
  "-0",
  "1e3",
  "1.0",
  "1.5",
  "007",
  "null",
  '"12"',
  '"1.2K"',
  "1234567",
  '""',
  "true",
);
const value = fc.oneof(
  oddText.map((text) => JSON.stringify(text)),
  oddCount,
  fc.array(oddText, { maxLength: 2 }).map((list) => JSON.stringify(list)),
  fc.constantFrom(
    '{"a":1,"a":2}',
    "[[1]]",
    '["a]"]',
    '"\\u0041"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"\\q"',
    "[",
    "1.",
  ),
);
const known = (values: string[]) => fc.constantFrom(...values.map((word) => JSON.stringify(word)));
const pair = fc.oneof(
  {
    weight: 3,
    arbitrary: known(["likes", "comments", "rating"]).chain((key) => oddCount.map((odd) => `${key}:${odd}`)),
  },
  { weight: 3, arbitrary: oddText.map((text) => `"text":${JSON.stringify(text)}`) },
  { weight: 1, arbitrary: known(["a", "User", "@b", "Ünal"]).map((word) => `"author":${word}`) },
  { weight: 1, arbitrary: known(["video", "Reel", "other", "nonsense"]).map((word) => `"kind":${word}`) },
  {
    weight: 1,
    arbitrary: fc
      .array(known(["serum", "#Pdrn", "美容", ""]), { maxLength: 3 })
      .map((tags) => `"tags":[${tags}]`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(known([...Object.values(PLAIN).map(({ column }) => column), "more", "Id", ""]), value)
      .map((two) => two.join(":")),
  },
);
/** Keys of the canonical line that the odd pairs leave out; now and then one stands twice. */
const oddLine = fc
  .tuple(
    known([
      "2024-01-05T10:00:00Z",
      "2024-01-05T10:00:00.000Z",
      "2024-01-06T23:59:59.123Z",
      "2024-02-30T10:00:00Z",
      "2024-01-05 10:00",
      "1980-01-01T00:00:00Z",
    ]),
    fc.uniqueArray(pair, { maxLength: 3, selector: (said) => said.slice(0, 5) }),
    fc.constantFrom("x", "instagram", "Instagram"),
    fc.constantFrom("", "", "", "", "", "", "\r", " ", ","),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([date, pairs, platform, end, twice]) => {
    const base = [
      '"id":"7"',
      `"posted at":${date}`,
      `"platform":"${platform}"`,
      '"kind":"other"',
      '"tags":["a"]',
      '"text":"t"',
    ];
    const missing = base.filter((one) => !pairs.some((said) => said.slice(0, 5) === one.slice(0, 5)));
    return `{${[...(twice === 0 ? base : missing), ...pairs]}}${end}`;
  });

test("whatever the lines, the rows, the refusals and the tallies are the same both ways", async () => {
  let stood = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(oddLine, { minLength: 20, maxLength: 60, size: "max" }), async (lines) => {
      stood += await standing(`${lines.join("\n")}\n`);
    }),
    { numRuns: 40, seed: 1 },
  );
  expect(stood).toBeGreaterThan(100);
});

test("a large input of which every line stands is a part itself; one line that does not makes parts of its own", async () => {
  const good = Array.from({ length: 150_000 }, (_, i) =>
    line({ id: `p${i}`, likes: i + 1, text: "glow ".repeat(5).trim() }),
  );
  for (const [lines, parts] of [
    [good, ["raw/in.ndjson"]],
    [
      [...good.slice(0, 10), line({ id: 7 }), "no json", ...good.slice(10)],
      ["posts-0001.raw.ndjson", "posts-0002.raw.ndjson"],
    ],
  ] as const) {
    const bronze = join(folder, "large");
    rmSync(bronze, { recursive: true, force: true });
    const at = join(bronze, "file", "r");
    mkdirSync(join(at, "raw"), { recursive: true });
    const path = join(at, "raw", "in.ndjson");
    writeFileSync(path, lines.join("\n"));
    const request = {
      source: "file",
      receipt: "r",
      thing: "posts",
      files: [path],
      folder: at,
      options: options(PLAIN),
    };
    const parser = join(import.meta.dirname, "lines.ts");
    const tally = { words: ["platform"], ranges: ["posted_at"] };
    const { raw, files, ...found } = await ingest({ ...request, parser, tally }, { log: silentLog });
    expect(raw?.parts).toEqual(parts);
    const bad = lines.length - good.length;
    expect(found).toMatchObject({
      received: lines.length,
      kept: lines.length - bad / 2,
      quarantined: bad / 2,
    });
    expect(found.tallied.words).toEqual({ platform: { x: found.kept } });
    writeFileSync(join(at, "receipt.json"), "");
    const receipt = {
      id: "r",
      source: "file",
      files,
      things: { posts: { ...found, raw } },
    } as unknown as Receipt;
    await loadBronze(warehouse, { bronze } as never, source, [receipt]);
    expect(
      await warehouse.query(
        "select count(distinct post_id)::int as posts, sum(likes)::bigint as likes from bronze_file__posts",
      ),
    ).toEqual([{ posts: found.kept, likes: (150_000 * 150_001) / 2 }]);
  }
});
