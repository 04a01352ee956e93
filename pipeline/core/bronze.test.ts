import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadBronze, readReceipts } from "./bronze.ts";
import { type StatePaths, statePaths } from "./state.ts";
import type { Source } from "./types.ts";
import { openWarehouse } from "./warehouse.ts";

const source: Source = {
  id: "shop",
  title: "Shop",
  config: z.unknown(),
  things: {
    sales: z.strictObject({
      id: z.string(),
      sold_at: z.iso.datetime(),
      on_day: z.iso.date().nullable(),
      units: z.int(),
      price: z.number(),
      tags: z.array(z.string()),
      buyer: z.strictObject({ id: z.string(), visits: z.int().optional() }),
    }),
    returns: z.strictObject({ id: z.string() }),
  },
  counted: ["sales"],
  collect: async () => [],
};

const sale = {
  id: "1",
  sold_at: "2026-11-10T08:00:00Z",
  on_day: null,
  units: 2,
  price: 1.5,
  tags: ["a"],
  buyer: { id: "x" },
};

function keep(state: StatePaths, id: string, collected_at: string, lines: readonly unknown[], more = {}) {
  const folder = join(state.bronze, "shop", id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sales.ndjson"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const counts = { received: lines.length, kept: lines.length, quarantined: 0, parts: ["sales.ndjson"] };
  const receipt = {
    id,
    source: "shop",
    collected_at,
    provenance: "observed",
    licence_note: "",
    parameters: {},
    files: [],
    things: { sales: counts },
    ...more,
  };
  writeFileSync(join(folder, "receipt.json"), JSON.stringify(receipt));
}

const state = () => statePaths("p", mkdtempSync(join(tmpdir(), "leap bronze's ")));

test("accepted lines are tables typed by the source's schema, each row with its receipt; a thing without lines is an empty table", async () => {
  const paths = state();
  keep(paths, "2026-11-10", "2026-11-10T09:00:00Z", [sale]);
  keep(paths, "2026-11-11", "2026-11-11T09:00:00Z", [{ ...sale, id: "2", buyer: { id: "y", visits: 3 } }]);
  const warehouse = await openWarehouse();
  await loadBronze(warehouse, paths, source, readReceipts(paths, "shop", "2026-11-20"));
  expect(await warehouse.query("select * from bronze_shop__sales order by id")).toEqual([
    { ...sale, sold_at: "2026-11-10T08:00:00.000Z", buyer: { id: "x", visits: null }, receipt: "2026-11-10" },
    {
      ...sale,
      id: "2",
      sold_at: "2026-11-10T08:00:00.000Z",
      buyer: { id: "y", visits: 3 },
      receipt: "2026-11-11",
    },
  ]);
  const types = await warehouse.query(
    "select column_name, data_type from duckdb_columns() where table_name = 'bronze_shop__sales' and column_name in ('units', 'price', 'on_day')",
  );
  expect(Object.fromEntries(types.map((row) => [row["column_name"], row["data_type"]]))).toEqual({
    units: "BIGINT",
    price: "DECIMAL(18,6)",
    on_day: "DATE",
  });
  expect(await warehouse.query("select * from bronze_shop__returns")).toEqual([]);
  warehouse.close();
});

test("a run knows what was collected by its as-of date; a file handed over later still speaks about the past", () => {
  const paths = state();
  keep(paths, "a", "2026-11-10T09:00:00Z", [sale]);
  keep(paths, "b", "2026-11-21T09:00:00Z", [sale]);
  keep(paths, "c", "2027-01-01T09:00:00Z", [sale], { provenance: "imported" });
  const known = (asOf: string | null) => readReceipts(paths, "shop", asOf).map((receipt) => receipt.id);
  expect(known("2026-11-20T00:00:00Z")).toEqual(["a", "c"]);
  expect(known(null)).toEqual(["a", "b", "c"]);
});

test("a folder without a receipt is an unfinished collection and is not read", () => {
  const paths = state();
  mkdirSync(join(paths.bronze, "shop", "half"), { recursive: true });
  expect(readReceipts(paths, "shop", null)).toEqual([]);
});

test("a caption of two million characters is one row", async () => {
  const paths = state();
  keep(paths, "a", "2026-11-10T09:00:00Z", [sale, { ...sale, id: "long", tags: ["가".repeat(666_000)] }]);
  const warehouse = await openWarehouse();
  await loadBronze(warehouse, paths, source, readReceipts(paths, "shop", null));
  expect(
    await warehouse.query("select id, len(tags[1]) as length from bronze_shop__sales order by id"),
  ).toEqual([
    { id: "1", length: 1 },
    { id: "long", length: 666_000 },
  ]);
  warehouse.close();
});

test("an empty part, a missing part and a broken receipt", async () => {
  const paths = state();
  keep(paths, "empty", "2026-11-10T09:00:00Z", []);
  const warehouse = await openWarehouse();
  await loadBronze(warehouse, paths, source, readReceipts(paths, "shop", null));
  expect(await warehouse.query("select * from bronze_shop__sales")).toEqual([]);
  const [receipt] = readReceipts(paths, "shop", null);
  const missing = {
    ...receipt,
    things: { sales: { received: 1, kept: 1, quarantined: 0, parts: ["gone.ndjson"] } },
  };
  await expect(loadBronze(warehouse, paths, source, [missing as never])).rejects.toThrow(
    /missing part: .*gone\.ndjson, named by its receipt/,
  );
  warehouse.close();
  keep(paths, "bad", "2026-11-10T09:00:00Z", [], { provenance: "guessed" });
  expect(() => readReceipts(paths, "shop", null)).toThrow(
    /invalid receipt: .*bad\/receipt\.json: provenance:/,
  );
});

test("an input that is a part must be what its receipt says, touched or not", async () => {
  const paths = state();
  const bytes = `${JSON.stringify(sale)}\n`;
  const file = {
    name: "sales.ndjson",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  const raw = { parts: ["raw/sales.ndjson"], columns: { id: "id", units: "units" }, constants: { price: 3 } };
  const sales = { received: 1, kept: 1, quarantined: 0, parts: ["sales.ndjson"], raw };
  keep(paths, "a", "2026-11-10T09:00:00Z", [], { files: [file], things: { sales } });
  const part = join(paths.bronze, "shop", "a", "raw", "sales.ndjson");
  mkdirSync(dirname(part));
  const warehouse = await openWarehouse();
  const load = () => loadBronze(warehouse, paths, source, readReceipts(paths, "shop", null));
  const ask = () => warehouse.query("select id, units, price, on_day, receipt from bronze_shop__sales");
  const row = { id: "1", units: 2, price: 3, on_day: null, receipt: "a" };
  const later = new Date(Date.now() + 60_000);
  for (const touched of [new Date(0), later]) {
    writeFileSync(part, bytes);
    utimesSync(part, touched, touched);
    await load();
    expect(await ask()).toEqual([row]);
  }
  for (const changed of [`${bytes}${bytes}`, bytes.replace('"1"', '"2"')]) {
    writeFileSync(part, changed);
    utimesSync(part, later, later);
    await expect(load()).rejects.toThrow(/^invalid part: .*raw\/sales\.ndjson has changed since its receipt/);
  }
  warehouse.close();
});
