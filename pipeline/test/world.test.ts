// Small worlds, end to end: the bronze of `world/<case>/in` gives the tables of `world/<case>/out`.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Publication } from "../../data/contract/publication.ts";
import { runClock } from "../core/clock.ts";
import { statePaths } from "../core/state.ts";
import { buildWarehouse } from "../models/build-warehouse.ts";
import { source as file } from "../sources/file/source.ts";

const worlds = join(import.meta.dirname, "world");
const scratch = mkdtempSync(join(tmpdir(), "leap-world-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const log = { info: () => {}, warn: () => {}, progress: () => {} };

async function build(world: string) {
  const state = statePaths(world, join(scratch, world));
  cpSync(join(worlds, world, "in"), state.root, { recursive: true });
  const publication = Publication.parse(parse(readFileSync(join(state.root, "publication.yaml"), "utf8")));
  return buildWarehouse(
    { publication, state, clock: runClock(publication.id, "2026-11-20"), sources: [file], effects: { log } },
    { file: false, threads: 2, reference: join(scratch, "no-reference") },
  );
}

describe.each(readdirSync(worlds))("%s", (world) => {
  const out = join(worlds, world, "out");

  test("each row that came in is kept, a duplicate, quarantined or later, and the tables are as written down", async () => {
    const { warehouse, counts, checks } = await build(world);
    const found: Record<string, unknown> = { receipts: counts };
    for (const table of readdirSync(out).map((name) => name.replace(/\.json$/, "")))
      if (table !== "receipts")
        found[table] = await warehouse.query(
          readFileSync(join(worlds, world, "ask", `${table}.sql`), "utf8"),
        );
    warehouse.close();
    if (process.env["LEAP_WRITE_WORLDS"])
      for (const [table, rows] of Object.entries(found))
        writeFileSync(join(out, `${table}.json`), `${JSON.stringify(rows, null, 2)}\n`);
    for (const count of counts)
      expect(count.received).toBe(
        count.kept + count.duplicates + count.quarantined + count.later + count.withdrawn,
      );
    expect(checks.filter((check) => check.state !== "pass")).toEqual([]);
    for (const [table, rows] of Object.entries(found))
      expect({ [table]: rows }).toEqual({
        [table]: JSON.parse(readFileSync(join(out, `${table}.json`), "utf8")),
      });
  });
});
