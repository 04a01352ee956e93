// Labelled files with and without a line of names.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { columnNamed, readTable } from "./table.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-table-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, lines: readonly string[]) {
  writeFileSync(path.join(folder, name), `${lines.join("\n")}\n`);
  return readTable(path.join(folder, name));
}

const tweets = Array.from(
  { length: 20 },
  (_, i) => `"${i % 3 === 0 ? 4 : 0}","${1467810369 + i}","tweet number ${i}"`,
);

test("a file without names of columns is read whole, its columns numbered", async () => {
  const table = await read("tweets.csv", tweets);
  expect([table.columns, table.rows.length, table.lines[0]]).toEqual([["1", "2", "3"], 20, 1]);
  expect(table.rows[0]).toEqual({ 1: "4", 2: "1467810369", 3: "tweet number 0" });
  expect(columnNamed(table, "3")).toBe("3");
  expect(() => columnNamed(table, "text")).toThrow(
    "names no columns. Number them, from 1 to 3: 1 = 4, 2 = 1467810369, 3 = tweet number 0",
  );
});

test("names of columns stay names, also where they are numbers or look like a value", async () => {
  const named = await read("named.csv", ["label,id,text", ...tweets]);
  expect([named.columns, named.rows.length]).toEqual([["label", "id", "text"], 20]);
  const counted = await read("counted.csv", ["0,1", ...tweets.map((_, i) => `${i % 2},${i % 2}`)]);
  expect(counted.columns).toEqual(["0", "1"]);
  const short = await read("short.csv", ["label,text", "label,one", "label,two"]);
  expect(short.rows).toHaveLength(2);
});

test("quotation marks that people wrote into a file with tabs take no rows with them", async () => {
  const said = (i: number) =>
    i % 5 === 0 ? `"never again ${i}` : i % 7 === 0 ? `a "real" joy ${i}` : `fine ${i}`;
  const table = await read("reviews.tsv", [
    "id\ttext\tlabel",
    ...Array.from({ length: 60 }, (_, i) => `${i}\t${said(i)}\t${i % 2}`),
  ]);
  expect([table.rows.length, table.rejected]).toEqual([60, []]);
  expect([table.rows[5]?.["text"], table.rows[7]?.["text"]]).toEqual(['"never again 5', 'a "real" joy 7']);
});

test("quotation marks that hold a line break together do so with tabs, too", async () => {
  const table = await read("quoted.tsv", [
    "text\tlabel",
    '"two\nlines"\t1',
    '"and ""more""\nlines"\t0',
    "one\t1",
  ]);
  expect(table.rows.map((row) => row["text"])).toEqual(["two\nlines", 'and "more"\nlines', "one"]);
});

test("a table that lies in columns is turned into rows", async () => {
  for (const [name, columns] of [
    ["objects.json", { text: { 0: "a", 1: "b" }, label: { 0: 1, 1: 0 } }],
    ["lists.json", { text: ["a", "b"], label: [1, 0] }],
  ] as const) {
    const { rows } = await read(name, [JSON.stringify(columns)]);
    expect(rows).toEqual([
      { text: "a", label: 1 },
      { text: "b", label: 0 },
    ]);
  }
});
