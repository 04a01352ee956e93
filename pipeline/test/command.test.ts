// What people meet at the command line: help, refusals with a next step, exit codes, and the way from a number to its rows.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leap, writePosts } from "./leap.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-command-"));
const common = [
  "--publication",
  "mine",
  "--publications",
  path.join(folder, "publications"),
  "--state",
  path.join(folder, "state"),
];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const file = path.join(folder, "posts.ndjson");
  writePosts(file);
  const said = [
    leap(["import", file, ...common, "--yes"]),
    leap(["model", ...common]),
    leap(["analyse", ...common]),
    leap(["publish", ...common]),
  ];
  const refused = said.find(({ code }) => code !== 0);
  if (refused) throw new Error(refused.err);
});

test("every verb has help with examples that can be typed", () => {
  for (const verb of [
    "collect",
    "model",
    "analyse",
    "publish",
    "render",
    "run",
    "import",
    "inspect",
    "status",
    "explain",
  ]) {
    const { code, out } = leap([verb, "--help"]);
    expect([verb, code]).toEqual([verb, 0]);
    expect(out).toContain(`npm run leap -- ${verb}`);
  }
});

test("an unknown publication is refused with the known ones and a next step", () => {
  const { code, err } = leap(["run", "--publication", "nobody"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^unknown publication: nobody\. Known: .*kbeauty.*leap -- import/);
});

test("a refusal shows no stack", () => {
  expect(leap(["explain", "nonsense:de", ...common]).err).not.toMatch(/\n\s+at /);
});

test("explain leads from a number to formula, model, receipt and as many rows as the number says", () => {
  const { code, out } = leap(["explain", "observed_posts:de", ...common, "--json"]);
  expect(code).toBe(0);
  const found = JSON.parse(out) as {
    metric: { value: number };
    definition: { formula: string };
    receipts: unknown[];
    rowCount: number;
    lineage: { name: string; sql: string | null }[];
  };
  expect(found.rowCount).toBe(found.metric.value);
  expect(found.definition.formula).not.toBe("");
  expect(found.receipts).toHaveLength(1);
  expect(found.lineage.find(({ name }) => name === "posts")?.sql).toContain("select");
});

test("an unknown metric is answered with its neighbours", () => {
  expect(leap(["explain", "observed_post:de", ...common]).err).toMatch(
    /unknown metric: observed_post:de in 2026-W\d\d\. Near it: .*:de/,
  );
});

test("status says what was received, in one equation", () => {
  const { out } = leap(["status", ...common]);
  expect(out).toMatch(/received 1500 = kept 1500 \+ duplicates 0 \+ quarantined 0/);
});

test("inspect lists tables, shows one, and names the known ones when asked for another", () => {
  expect(leap(["inspect", ...common]).out).toMatch(/^tables of 2026-W\d\d/);
  expect(leap(["inspect", "posts", "--rows", "2", ...common]).out).toMatch(/^posts of .* \(1500\)/);
  const { code, err } = leap(["inspect", "post", ...common]);
  expect(code).toBe(1);
  expect(err).toContain("unknown table: post");
});

test("more bad rows than allowed stop before publishing, unless told otherwise", () => {
  const file = path.join(folder, "bad.ndjson");
  const line = (index: number) =>
    JSON.stringify({
      id: `b${index}`,
      market: "de",
      posted_at: "2026-10-05T10:00:00Z",
      text: "serum",
      likes: index < 5 ? -1 : 1,
      comments: 0,
    });
  writeFileSync(file, Array.from({ length: 100 }, (_, index) => line(index)).join("\n"));
  const bad = [
    "--publication",
    "bad",
    "--publications",
    path.join(folder, "publications"),
    "--state",
    path.join(folder, "bad"),
  ];
  expect(leap(["import", file, ...bad, "--yes"]).code).toBe(0);
  const { code, err } = leap(["model", ...bad]);
  expect(code).toBe(1);
  expect(err).toMatch(/5 of 100 \(5\.0 %\).*more than the 2 %.*inspect quarantine.*--allow-quarantine/s);
  expect(leap(["inspect", "quarantine", ...bad]).out).toContain("negative_count: likes = -1");
  expect(leap(["model", "--allow-quarantine", ...bad]).code).toBe(0);
});

test("a market that brought in nothing is a named gap: the edition is published, and the exit code says so", () => {
  const file = path.join(folder, "publications/mine/publication.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/^markets: \[/m, "markets: [it, "));
  try {
    leap(["model", ...common]);
    leap(["analyse", ...common]);
    const { code, out } = leap(["publish", ...common]);
    expect(code).toBe(2);
    expect(out).toContain(
      "gap: market it: no post in thirteen weeks. Posts of market it: widen its hashtags or import a file.",
    );
  } finally {
    writeFileSync(file, before);
  }
});

test("inspect shows what an import would make of a file, and writes nothing", () => {
  const { code, out } = leap(["inspect", path.join(folder, "posts.ndjson")]);
  expect(code).toBe(0);
  expect(out).toMatch(/posted_at +posted_at .*sure/);
  expect(out).toContain("Nothing was written");
});

test("an unknown key of a source is refused with its file and line", () => {
  const file = path.join(folder, "publications/mine/publication.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace("  - source: file\n", "  - source: file\n    sead: 1\n"));
  try {
    const line =
      readFileSync(file, "utf8")
        .split("\n")
        .findIndex((text) => text.includes("sead")) + 1;
    const { code, err } = leap(["model", ...common]);
    expect(code).toBe(1);
    expect(err).toContain(`unknown key: sead of the source file. See ${file}:${line}`);
  } finally {
    writeFileSync(file, before);
  }
});
