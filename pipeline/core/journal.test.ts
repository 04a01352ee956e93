// Lines that were said to be kept are found again; what a killed process left, or somebody changed, is told apart from them.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appendLines, readLines } from "./journal.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leap-journal-"));
  file = join(folder, "deep", "journal.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true }));

const states = () => readLines(file).map(({ line, state }) => `${line} ${state}`);

test("entries come back in their order, with whatever their texts hold, readable by the owner alone", () => {
  expect(readLines(file)).toEqual([]);
  appendLines(file, []);
  expect(readLines(file)).toEqual([]);
  appendLines(file, [{ a: "line\nfeed \u2028 \ud83d\ude0d" }, { a: null, b: [1, { c: 2 }] }]);
  appendLines(file, [{ a: 3 }]);
  const entries = readLines(file).map((kept) => (kept.state === "whole" ? kept.entry : null));
  expect(entries).toMatchObject([
    { a: "line\nfeed \u2028 \ud83d\ude0d" },
    { a: null, b: [1, { c: 2 }] },
    { a: 3 },
  ]);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a torn last line is left out, and becomes a line of its own when the next entry comes", () => {
  appendLines(file, [{ a: 1 }]);
  appendFileSync(file, '{"a":2,"sha');
  expect(states()).toEqual(["1 whole"]);
  appendLines(file, [{ a: 3 }]);
  expect(states()).toEqual(["1 whole", "2 torn", "3 whole"]);
});

test("a torn line that happens to be whole JSON bears no hash", () => {
  appendLines(file, [{ a: 1 }]);
  appendFileSync(file, "{}");
  appendLines(file, [{ a: 2 }]);
  expect(states()).toEqual(["1 whole", "2 changed", "3 whole"]);
});

test("a value, a key, or the hash that somebody changed is seen; so is a line that is no object", () => {
  appendLines(file, [{ cost: 10 }, { cost: 20 }, { cost: 30 }]);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const changed = [
    (lines[0] as string).replace("10", "11"),
    (lines[1] as string).replace('"cost"', '"Cost"'),
    (lines[2] as string).replace(/"sha256":"./, '"sha256":"x'),
    "[1]",
    "17",
  ];
  writeFileSync(file, `${changed.join("\n")}\n`);
  expect(states()).toEqual(["1 changed", "2 changed", "3 changed", "4 changed", "5 changed"]);
});

test("a file that was emptied holds nothing and can be added to", () => {
  appendLines(file, [{ a: 1 }]);
  writeFileSync(file, "");
  appendLines(file, [{ a: 2 }]);
  expect(states()).toEqual(["1 whole"]);
});
