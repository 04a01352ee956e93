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
