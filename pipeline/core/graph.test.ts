import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { downstreamOf, findModels, orderModels } from "./graph.ts";
import { openWarehouse } from "./warehouse.ts";

function folders(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "leap-graph-"));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { models: join(root, "models"), sources: join(root, "sources"), sourcesInUse: ["one", "two"] };
}

async function ordered(files: Record<string, string>, given: string[] = ["seed"]) {
  const warehouse = await openWarehouse();
  try {
    return await orderModels(warehouse, await findModels(folders(files)), given);
  } finally {
    warehouse.close();
  }
}

test("a model comes after the tables that its own text reads, in joins, subqueries, CTEs and unions", async () => {
  const models = await ordered({
    "models/marts/a.sql":
      "-- One row.\nwith x as (select * from b), y as (select * from x where n in (select n from c)) select *, (select max(n) from d) from y union all from seed",
    "models/intermediate/b.sql": "select 1 as n;",
    "models/intermediate/c.sql": "select n from b",
    "models/intermediate/d.sql": 'select n from "c", unnest([1, 2]) as t(m), range(3)',
  });
  expect(models.map((model) => model.name)).toEqual(["b", "c", "d", "a"]);
  expect(models.at(-1)?.reads).toEqual(["b", "c", "d", "seed"]);
  expect([...downstreamOf(models, ["c"])].sort()).toEqual(["a", "c", "d"]);
});

test("what several sources stage becomes one table; sources that are not in use stay out", async () => {
  const models = await ordered({
    "sources/one/stg_one__posts.sql": "select 1 as n",
    "sources/two/stg_two__posts.sql": "select 2 as n",
    "sources/three/stg_three__posts.sql": "select 3 as n",
    "models/marts/posts.sql": "select * from all_posts",
  });
  expect(models.map(({ name, kind }) => [name, kind])).toEqual([
    ["stg_one__posts", "view"],
    ["stg_two__posts", "view"],
    ["all_posts", "union"],
    ["posts", "table"],
  ]);
});

test("the head of a model says whether it is a view, is gone with the run, and whether its joins stay as written", async () => {
  const [a, b, c] = await ordered({
    "models/marts/a.sql": "-- One row.\n-- view: read once.\nselect 1 as n",
    "models/marts/b.sql": "-- One row.\n-- joins as written: for a reason.\nselect 1 as n",
    "models/marts/c.sql": "-- One row.\n-- temporary: names.\nselect 1 as n",
  });
  expect(c?.kind).toBe("temporary");
  expect([a?.kind, a?.joinsAsWritten, b?.kind, b?.joinsAsWritten]).toEqual(["view", false, "table", true]);
});

test("an unknown table names the file that reads it", async () => {
  await expect(ordered({ "models/marts/a.sql": "select * from nowhere" })).rejects.toThrow(
    /^unknown table: nowhere, read by .*models\/marts\/a\.sql\. Is it misspelt/,
  );
});

test("a cycle is told in words", async () => {
  const files = { "models/marts/a.sql": "select * from b", "models/marts/b.sql": "select * from a" };
  await expect(ordered(files)).rejects.toThrow("invalid cycle: a reads b reads a. Cut one of them");
});

test("a CTE that bears a model's name names file and line", async () => {
  const files = {
    "models/marts/posts.sql": "select 1 as n",
    "models/marts/weeks.sql":
      "-- Größe: one row.\n-- Second line.\nwith posts as (\n  select 2 as n\n)\nselect * from posts",
  };
  await expect(ordered(files)).rejects.toThrow(
    /invalid name: the CTE posts in .*weeks\.sql:4 bears a model's name/,
  );
});

test("two files of one name are refused", async () => {
  const files = { "models/marts/a.sql": "select 1 as n", "models/intermediate/a.sql": "select 1 as n" };
  await expect(ordered(files)).rejects.toThrow(/invalid model: a is in .* and in .*\. Rename one of them/);
});

test("what is no plain SELECT is refused with its line", async () => {
  await expect(ordered({ "models/marts/a.sql": "select 1\nfrm x y z" })).rejects.toThrow(
    /invalid SQL: .*a\.sql:2: syntax error/,
  );
  await expect(ordered({ "models/marts/a.sql": "drop table seed" })).rejects.toThrow(
    /invalid SQL: .*A model is one plain SELECT/,
  );
  await expect(ordered({ "models/marts/a.sql": "select 1; select 2" })).rejects.toThrow(/holds 2 statements/);
});
