// What is invented is never taken for observed, whichever way it is asked.
import { afterAll, beforeAll, expect, test } from "vitest";
import { weakestProvenance, weakestProvenanceSql } from "./provenance.ts";
import type { Receipt } from "./types.ts";
import { type OpenWarehouse, openWarehouse } from "./warehouse.ts";

let warehouse: OpenWarehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

test.each<[Receipt["provenance"], Receipt["provenance"][]]>([
  ["observed", []],
  ["observed", ["observed", "observed"]],
  ["imported", ["observed", "imported"]],
  ["synthetic", ["imported", "observed", "synthetic"]],
])("%s is the weakest of %j", async (expected, provenances) => {
  const rows = provenances.map((provenance) => ({ provenance }));
  expect(weakestProvenance(rows)).toBe(expected);
  await warehouse.insertRows("seen", { provenance: "VARCHAR" }, rows);
  expect(await warehouse.query(`select ${weakestProvenanceSql} as provenance from seen`)).toEqual([
    { provenance: expected },
  ]);
});
