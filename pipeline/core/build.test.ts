import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildModels, demandPassed, runChecks } from "./build.ts";
import { findModels, orderModels } from "./graph.ts";
import { openWarehouse } from "./warehouse.ts";

const log = { info: () => {}, warn: () => {}, progress: () => {} };

async function world(files: Record<string, string>, except: string[] = []) {
  const models = mkdtempSync(join(tmpdir(), "leap-build-"));
  mkdirSync(join(models, "marts"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(models, "marts", name), text);
  const warehouse = await openWarehouse();
  const ordered = await orderModels(
    warehouse,
    await findModels({ models, sources: "", sourcesInUse: [] }),
    [],
  );
  const beside = await warehouse.beside();
  const built = await buildModels(warehouse, ordered, {
    beside,
    except,
    cache: join(models, "cache"),
    publication: {},
    log,
  });
  const names = built.map((model) => model.model);
  return { warehouse, names, checks: await runChecks(warehouse, [models], names, beside) };
}

test("models become tables; a subset leaves out a model and all that read it", async () => {
  const files = {
    "a.sql": "select 1 as n",
    "b.sql": "select n + 1 as n from a",
    "c.sql": "select n from b",
    "d.sql": "select n from a",
  };
  const { warehouse, names } = await world(files, ["b"]);
  expect(names).toEqual(["a", "d"]);
  expect(await warehouse.tables()).toEqual(["a", "d"]);
  warehouse.close();
});

test("a temporary model serves the run and stays out of the database", async () => {
  const { warehouse } = await world({
    "names.sql": "-- temporary: names.\nselect 'somebody' as name",
    "counted.sql": "select count(*) as n from names",
  });
  expect(await warehouse.query("select n from counted")).toEqual([{ n: 1 }]);
  expect(await warehouse.tables()).toEqual(["counted"]);
  warehouse.close();
});

test("models are built two at a time, each after what it reads, and a broken one stops both and is named", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [
      `m${String(i).padStart(2, "0")}.sql`,
      i < 4
        ? `select ${i} as n`
        : `select sum(n) + 1 as n from (from m${String(i - 4).padStart(2, "0")} union all from m${String(i - 3).padStart(2, "0")})`,
    ]),
  );
  const { warehouse, names } = await world(files);
  expect(names).toHaveLength(24);
  const expected = [0, 1, 2, 3];
  for (let i = 4; i < 24; i += 1)
    expected.push((expected[i - 4] as number) + (expected[i - 3] as number) + 1);
  expect(await warehouse.query("select n from m23")).toEqual([{ n: expected[23] }]);
  warehouse.close();
  await expect(world({ ...files, "m12.sql": "select n::date as n from m11" })).rejects.toThrow(
    /invalid model: .*m12\.sql/,
  );
});

test("a code model makes its table, and is named when it does not", async () => {
  const code = (body: string) => `export const model = { reads: [], async run(context) { ${body} } };`;
  const { warehouse } = await world({
    "made.ts": code('await context.execute("create table made as select 1 as n");'),
  });
  expect(await warehouse.query("select n from made")).toEqual([{ n: 1 }]);
  warehouse.close();
  await expect(world({ "unmade.ts": code("") })).rejects.toThrow(/missing table: unmade/);
});

test("a check passes without rows, fails with the first of them, and one that throws is an error, never a pass", async () => {
  const { warehouse, checks } = await world({
    "a.sql": "select unnest([1, 2, 3, 4, 5]) as n",
    "a.check.sql": "-- No number is negative.\nselect n from a where n < 0",
    "a.small.check.sql": "-- Numbers are small.\nselect n from a where n > 1 order by n",
    "a.broken.check.sql": "-- Cannot run.\nselect nothing from a",
    "left_out.check.sql": "-- Of no model that was built.\nselect 1",
  });
  warehouse.close();
  expect(
    checks.map(({ check, subject, state, failing_rows, says }) => ({
      check,
      subject,
      state,
      failing_rows,
      says,
    })),
  ).toEqual([
    { check: "a", subject: "a", state: "pass", failing_rows: 0, says: "No number is negative." },
    { check: "a.broken", subject: "a", state: "error", failing_rows: 0, says: "Cannot run." },
    { check: "a.small", subject: "a", state: "fail", failing_rows: 4, says: "Numbers are small." },
  ]);
  expect(checks[2]?.examples).toEqual(['{"n":2}', '{"n":3}', '{"n":4}']);
  expect(() => demandPassed(checks)).toThrow(
    /^invalid models: 2 checks did not pass\.\n {2}a\.broken: could not run: .*nothing.*\n {2}a\.small: 4 rows break "Numbers are small\.", such as \{"n":2\}/,
  );
});

test("SQL that fails names its file", async () => {
  await expect(world({ "a.sql": "select 'x'::int as n" })).rejects.toThrow(
    /^invalid model: .*a\.sql: Conversion Error/,
  );
});
