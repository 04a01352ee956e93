// An edition never changes, but the contract grows: what an older edition cannot know is null, and what it must know is asked for.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "leap-data-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rowsOfOld(edition: string, row: Readonly<Record<string, unknown>>) {
  mkdirSync(join(folder, edition, "receipts"), { recursive: true });
  writeFileSync(join(folder, edition, "receipts", "receipts.json"), JSON.stringify([row]));
  vi.stubEnv("LEAP_PUBLISHED", folder);
  const { rows } = await import("./data.ts");
  return rows("receipts", edition);
}

test("a column that a dataset got later is null in an older edition", async () => {
  const { catalogue } = await import("../../data/contract/catalogue.ts");
  const columns = Object.keys(catalogue.receipts.columns.shape);
  const old = Object.fromEntries(columns.filter((name) => name !== "withdrawn").map((name) => [name, name]));
  const [row] = await rowsOfOld("2026-W01", old);
  expect(row).toEqual({ ...old, withdrawn: null });
});

test("an edition without a column that every row must have is refused with the next step", async () => {
  await expect(rowsOfOld("2026-W02", { receipt: "one" })).rejects.toThrow(
    /invalid dataset receipts of 2026-W02: no column .*kept.*Publish it again/,
  );
});
