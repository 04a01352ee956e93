import { expect, test } from "vitest";
import { openWarehouse } from "./warehouse.ts";

test("values come back plain: numbers, days, instants, lists, structs and nulls", async () => {
  const warehouse = await openWarehouse();
  const [row] =
    await warehouse.query(`SELECT 5::BIGINT AS b, sum(1) AS h, 1.250000::DECIMAL(18,6) AS d, DATE '2026-11-16' AS day,
    TIMESTAMP '2026-11-16 08:30:00' AS at, ['a', NULL] AS list, {x: 1::BIGINT, on_day: DATE '2026-01-01'} AS s, NULL::BIGINT AS nothing, true AS yes`);
  expect(row).toEqual({
    b: 5,
    h: 1,
    d: 1.25,
    day: "2026-11-16",
    at: "2026-11-16T08:30:00.000Z",
    list: ["a", null],
    s: { x: 1, on_day: "2026-01-01" },
    nothing: null,
    yes: true,
  });
  warehouse.close();
});

test("rows that are inserted come back as they were, over more than one chunk", async () => {
  const warehouse = await openWarehouse();
  const rows = Array.from({ length: 5000 }, (_, i) => ({
    name: i % 3 ? `n${i}` : null,
    n: i,
    share: i / 4,
    day: "2026-11-16",
    at: "2026-11-16T08:30:00.000Z",
    tags: i % 2 ? ["세럼", "b"] : [],
    yes: i % 2 === 0,
    parts: { a: i, b: null },
  }));
  await warehouse.execute("CREATE SCHEMA out");
  await warehouse.insertRows(
    "out.things",
    {
      name: "VARCHAR",
      n: "BIGINT",
      share: "DECIMAL(18,6)",
      day: "DATE",
      at: "TIMESTAMP",
      tags: "VARCHAR[]",
      yes: "BOOLEAN",
      parts: "STRUCT(a BIGINT, b VARCHAR)",
    },
    rows,
  );
  expect(await warehouse.query("SELECT * FROM out.things ORDER BY n")).toEqual(rows);
  expect(await warehouse.tables()).toEqual(["out.things"]);
  warehouse.close();
});

test("a decimal keeps six places of a large number", async () => {
  const warehouse = await openWarehouse();
  await warehouse.insertRows("t", { d: "DECIMAL(18,6)" }, [{ d: 1234567890.123456 }, { d: -0.0000004 }]);
  expect(await warehouse.query("SELECT d::VARCHAR AS d FROM t")).toEqual([
    { d: "1234567890.123456" },
    { d: "0.000000" },
  ]);
  warehouse.close();
});

test("a value of the wrong kind names table, column and row", async () => {
  const warehouse = await openWarehouse();
  await expect(warehouse.insertRows("t", { n: "BIGINT" }, [{ n: 1 }, { n: "many" }])).rejects.toThrow(
    'invalid t.n in row 2: "many" is no BIGINT',
  );
  warehouse.close();
});

test("a timestamp without a zone is UTC", async () => {
  const warehouse = await openWarehouse();
  await warehouse.insertRows("t", { at: "TIMESTAMP" }, [{ at: "2026-01-01T00:00:00" }]);
  expect(await warehouse.query("SELECT * FROM t")).toEqual([{ at: "2026-01-01T00:00:00.000Z" }]);
  warehouse.close();
});

test("extensions are never fetched", async () => {
  const warehouse = await openWarehouse();
  const rows = await warehouse.query(
    "SELECT name, value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'TimeZone') ORDER BY name",
  );
  expect(rows.map((row) => row["value"])).toEqual(["UTC", "false", "false"]);
  warehouse.close();
});
