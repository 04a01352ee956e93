// What ingestion promises: every line is kept or quarantined, with its own number, whatever format, compression and encoding.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { legacyBytes } from "../test/legacy-bytes.ts";
import { type Ingested, ingest } from "./ingest.ts";
import { silentLog } from "./log.ts";
import type { Quarantined } from "./types.ts";
import { openWarehouse } from "./warehouse.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-ingest-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PARSER = join(import.meta.dirname, "../test/echo-parser.ts");
let runs = 0;

async function ingestBytes(name: string, bytes: Uint8Array | string, threads = 2) {
  runs += 1;
  const home = join(folder, `run-${runs}`);
  const file = join(folder, `${runs}-${name}`);
  writeFileSync(file, bytes);
  const counts = await ingest(
    {
      source: "file",
      receipt: "r",
      thing: "posts",
      files: [file],
      parser: PARSER,
      options: {},
      folder: home,
      threads,
    },
    { log: silentLog },
  );
  const lines = (path: string) =>
    readFileSync(join(home, path), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    ...counts,
    home,
    rows: counts.parts.flatMap(lines) as { n: number; text: string }[],
    quarantine: lines("quarantine.ndjson") as Quarantined[],
  };
}

const conserved = ({ received, kept, quarantined }: Ingested) => received === kept + quarantined;

const TEXTS: Readonly<Record<string, string>> = {
  "utf-8": "schön 美容液 세럼 🎃",
  "utf-8-bom": "schön 美容液 세럼 🎃",
  "utf-16le": "schön 美容液 세럼 🎃",
  "utf-16be": "schön 美容液 세럼 🎃",
  "windows-1252": "Schöne Grüße, très bien – “naïve” café für 5 €",
  "euc-kr": "수분크림이 정말 촉촉하고 좋아요. 피부가 편안해졌어요 똠방각하",
  shift_jis: "この美容液はとても良いです。肌がしっとりします",
};

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const FORMATS: Readonly<Record<string, (text: string) => string>> = {
  csv: (text) => `n,text\n1,${quote(text)}\n2,${quote(`zwei\nZeilen, "so" ${text}`)}\n`,
  "semicolon.csv": (text) => `n;text\r\n1;${quote(text)}\r\n2;${quote(`zwei\nZeilen, "so" ${text}`)}\r\n`,
  tsv: (text) => `n\ttext\n1\t${text}\n2\t${quote(`zwei\nZeilen, "so" ${text}`)}\n`,
  "pipe.txt": (text) => `n|text\n1|${text}\n2|${quote(`zwei\nZeilen, "so" ${text}`)}\n`,
  ndjson: (text) =>
    [1, 2].map((n) => JSON.stringify({ n, text: n === 1 ? text : `zwei\nZeilen, "so" ${text}` })).join("\n"),
  json: (text) =>
    JSON.stringify(
      [
        { n: 1, text },
        { n: 2, text: `zwei\nZeilen, "so" ${text}` },
      ],
      null,
      1,
    ),
  "wrapped.json": (text) =>
    JSON.stringify({
      kind: "list",
      page: { total: 2, tags: ["a"] },
      items: [
        { n: 1, text },
        { n: 2, text: `zwei\nZeilen, "so" ${text}` },
      ],
    }),
};

describe.each(Object.keys(FORMATS))("%s", (format) => {
  describe.each(Object.keys(TEXTS))("in %s", (encoding) => {
    test.each([false, true])("gzipped: %s", async (gzip) => {
      const text = TEXTS[encoding] as string;
      const bytes = legacyBytes((FORMATS[format] as (text: string) => string)(text), encoding);
      const found = await ingestBytes(gzip ? `${format}.gz` : format, gzip ? gzipSync(bytes) : bytes);
      expect(found.rows).toEqual([
        { n: 1, text },
        { n: 2, text: `zwei\nZeilen, "so" ${text}` },
      ]);
      expect(found.quarantine).toEqual([]);
      expect(found.files[0]?.sha256).toBe(
        createHash("sha256")
          .update(gzip ? gzipSync(bytes) : bytes)
          .digest("hex"),
      );
    });
  });
});

test.each([false, true])("Parquet is read like any other table, gzipped: %s", async (gzip) => {
  const file = join(folder, `p-${gzip}.parquet`);
  const warehouse = await openWarehouse();
  await warehouse.execute(
    `copy (select 7 as n, 'schön 세럼' as text union all select null, 'x') to '${file}' (format parquet)`,
  );
  warehouse.close();
  const found = await ingestBytes("p.bin", gzip ? gzipSync(readFileSync(file)) : readFileSync(file));
  expect(found.rows).toEqual([{ n: 7, text: "schön 세럼" }]);
  expect(found.quarantine).toMatchObject([{ line: 2, reason: "wrong_type: n = null" }]);
  expect(readdirSync(found.home).sort()).toEqual(["posts-0001.ndjson", "quarantine.ndjson"]);
});

test("a line keeps its number when two threads share the file", async () => {
  const bad = new Set([3, 40_000, 40_001, 149_999, 150_000]);
  const lines = Array.from({ length: 150_000 }, (_, index) =>
    bad.has(index + 1)
      ? `{"n":"line ${index + 1}"}`
      : `{"n":${index + 1},"text":"${"세럼 serum ".repeat(12)}"}`,
  );
  const found = await ingestBytes("large.ndjson", lines.join("\n"));
  expect(found.parts).toHaveLength(2);
  expect(found.quarantine.map(({ line, reason }) => [line, reason])).toEqual(
    [...bad].map((line) => [line, `wrong_type: n = "line ${line}"`]),
  );
  expect(found.rows.map(({ n }) => n)).toEqual(
    lines.flatMap((_, index) => (bad.has(index + 1) ? [] : [index + 1])),
  );
  expect([found.received, found.kept, found.quarantined]).toEqual([150_000, 149_995, 5]);
});

test("blank lines are no rows but count as lines; CRLF is no part of the data", async () => {
  const found = await ingestBytes("blank.ndjson", '\n{"n":1}\r\n\r\n{"n":\r\n{"n":2}');
  expect(found.rows.map(({ n }) => n)).toEqual([1, 2]);
  expect(found.quarantine).toMatchObject([{ line: 4, raw: '{"n":' }]);
  expect(found.received).toBe(3);
});

test("a ragged row is refused, with its line, behind a cell of several lines", async () => {
  const found = await ingestBytes("ragged.csv", 'n,text\n1,"a\nb\nc"\n2\n3,d,e\n4,f\n');
  expect(found.rows.map(({ n }) => n)).toEqual([1, 4]);
  expect(found.quarantine.map(({ line, reason, raw }) => [line, reason, raw])).toEqual([
    [5, "ragged_row: 1 cells where the header has 2", "2"],
    [6, "ragged_row: 3 cells where the header has 2", "3,d,e"],
  ]);
});

test("a quote that never closes costs its own line only", async () => {
  const found = await ingestBytes("open.csv", 'n,text\n1,a\n2,"b\n3,c\n4,"d"\n5,e\n');
  expect(found.rows.map(({ n }) => n)).toEqual(expect.arrayContaining([1, 5]));
  expect(found.quarantine[0]).toMatchObject({ line: 3 });
  expect(conserved(found)).toBe(true);
  const last = await ingestBytes("open.csv", 'n,text\n1,a\n2,"b\n3,c\n4,d\n');
  expect(last.rows.map(({ n }) => n)).toEqual([1, 3, 4]);
  expect(last.quarantine).toMatchObject([
    { line: 3, reason: "unclosed_quote: a quote opens here and never closes", raw: '2,"b' },
  ]);
});

test.each(["csv", "ndjson"])(
  "%s lines in a foreign encoding are quarantined, the others are read",
  async (format) => {
    const line = (n: number, text: string) =>
      format === "csv" ? `${n},${text}\n` : `{"n":${n},"text":"${text}"}\n`;
    const found = await ingestBytes(
      `mixed.${format}`,
      Buffer.concat([
        Buffer.from(format === "csv" ? "n,text\n" : ""),
        Buffer.from(line(1, "schön")),
        legacyBytes(line(2, "grün"), "windows-1252"),
        Buffer.from(line(3, "세럼")),
      ]),
    );
    expect(found.rows).toEqual([
      { n: 1, text: "schön" },
      { n: 3, text: "세럼" },
    ]);
    expect(found.quarantine).toMatchObject([
      { line: format === "csv" ? 3 : 2, reason: "mixed_encoding: not valid utf-8" },
    ]);
  },
);

test("a UTF-8 line inside a Korean file is quarantined, not turned into nonsense", async () => {
  const korean = (n: number) => legacyBytes(`${n},촉촉한 수분크림 좋아요\n`, "euc-kr");
  const found = await ingestBytes(
    "mixed.csv",
    Buffer.concat([Buffer.from("n,text\n"), korean(1), korean(2), Buffer.from("3,좋아요\n"), korean(4)]),
  );
  expect(found.rows.map(({ n }) => n)).toEqual([1, 2, 4]);
  expect(found.quarantine).toMatchObject([{ line: 4, reason: "mixed_encoding: not valid euc-kr" }]);
});

test("a cut gzip gives the rows before the cut, and says that it is cut", async () => {
  const rows = Array.from({ length: 5000 }, (_, n) =>
    JSON.stringify({ n, text: createHash("md5").update(String(n)).digest("hex") }),
  );
  const packed = gzipSync(`${rows.join("\n")}\n`);
  const found = await ingestBytes("cut.ndjson.gz", packed.subarray(0, Math.floor(packed.length / 2)));
  expect(found.kept).toBeGreaterThan(1000);
  expect(found.rows.map(({ n }) => n)).toEqual(Array.from({ length: found.kept }, (_, n) => n));
  expect(found.quarantine).toMatchObject([
    { line: found.kept + 1, reason: "truncated_gzip: the compressed data end before the file does" },
  ]);
  expect(found.notes.join()).toContain("truncated gzip");
});

test("several gzip members packed one after another are one file", async () => {
  const found = await ingestBytes(
    "members.ndjson.gz",
    Buffer.concat([gzipSync('{"n":1}\n'), gzipSync('{"n":2}\n')]),
  );
  expect(found.rows.map(({ n }) => n)).toEqual([1, 2]);
  expect(found.quarantine).toEqual([]);
});

test("a broken element of a JSON array is quarantined with its line, its neighbours are kept", async () => {
  const found = await ingestBytes(
    "broken.json",
    '[{"n":1},\n{"n":2,"text":"a]},{\\""},\n {"n":3 oops},\n{"n":4}]',
  );
  expect(found.rows.map(({ n }) => n)).toEqual([1, 2, 4]);
  expect(found.quarantine).toMatchObject([{ line: 3, raw: '{"n":3 oops}' }]);
});

test("a caption of a megabyte passes, a raw line in quarantine is cut at 2,000 characters", async () => {
  const long = "가".repeat(1 << 20);
  const found = await ingestBytes("long.csv", `n,text\n1,"${long}"\nx,"${long}"\n`);
  expect(found.rows[0]?.text).toHaveLength(1 << 20);
  expect(found.quarantine[0]?.raw).toHaveLength(2000);
});

describe("conservation: whatever happens to the lines, received = kept + quarantined", () => {
  const mutation = fc.record({
    line: fc.nat(19),
    at: fc.nat(60),
    insert: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('"', "\n", ",", "\0", "{", "}", "]", "\\", "\ufeff", "\ud800"),
    ),
    remove: fc.nat(5),
  });
  const ROWS = Array.from({ length: 20 }, (_, n) => ({ n, text: `caption "${n}", schön` }));
  const WRITE: Readonly<Record<string, () => string[]>> = {
    ndjson: () => ROWS.map((row) => JSON.stringify(row)),
    csv: () => ["n,text", ...ROWS.map((row) => `${row.n},${quote(row.text)}`)],
    json: () => ["[", ...ROWS.map((row, index) => `${JSON.stringify(row)}${index < 19 ? "," : ""}`), "]"],
  };
  test.each(Object.keys(WRITE))("%s", async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const lines = (WRITE[format] as () => string[])();
        for (const { line, at, insert, remove } of mutations) {
          const text = lines[line + 1] ?? "";
          lines[line + 1] = text.slice(0, at) + insert + text.slice(at + remove);
        }
        const bytes = lines.join("\n");
        const found = await ingestBytes(`fuzz.${format}`, bytes, 1).catch((error: Error) => error);
        if (found instanceof Error) {
          expect(found.name, found.stack).toBe("LeapError");
          return;
        }
        expect(conserved(found)).toBe(true);
        expect(found.rows).toHaveLength(found.kept);
        expect(found.quarantine).toHaveLength(found.quarantined);
        const last = bytes.split("\n").length;
        for (const { line } of found.quarantine)
          expect(line >= 1 && line <= last, `line ${line} of ${last}`).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe("files that are no tables are refused in words", () => {
  test.each([
    ["empty.csv", Buffer.alloc(0), /^invalid file: .*empty\.csv is empty \(0 bytes\)\. Export it again/],
    ["blank.csv", Buffer.from("\n \n"), /^invalid file: .*blank\.csv holds only blank lines/],
    [
      "picture.csv",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
      /^unknown format: .*picture\.csv is a PNG picture/,
    ],
    [
      "sheet.xlsx",
      Buffer.from("PK\u0003\u0004rest"),
      /^unknown format: .*sheet\.xlsx is a zip or Excel \(xlsx\) file\. .*save the sheet as CSV/,
    ],
    ["page.json", Buffer.from("<!doctype html><p>Not found"), /^unknown format: .*page\.json is a web page/],
    [
      "noise.bin",
      Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 37) % 32)),
      /^unknown format: .*noise\.bin is not text/,
    ],
    [
      "twice.csv",
      Buffer.from("a,b,a\n1,2,3\n"),
      /^invalid header: .*twice\.csv line 1 names "a" more than once\. Give each column its own name\./,
    ],
  ])("%s", async (name, bytes, message) => {
    await expect(ingestBytes(name, bytes)).rejects.toThrow(message);
  });

  test("a missing file and a folder", async () => {
    const request = {
      source: "file",
      receipt: "r",
      thing: "posts",
      parser: PARSER,
      options: {},
      folder: join(folder, "none"),
    };
    await expect(
      ingest({ ...request, files: [join(folder, "nowhere.csv")] }, { log: silentLog }),
    ).rejects.toThrow(/^missing file: .*nowhere\.csv\. Check the path/);
    await expect(ingest({ ...request, files: [folder] }, { log: silentLog })).rejects.toThrow(
      /^invalid file: .* is a directory\. Name the files in it/,
    );
  });
});
