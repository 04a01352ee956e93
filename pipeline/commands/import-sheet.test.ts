// Orders and their kin join a publication that is there: listed in its yaml, comments kept, judged before anything is written.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { silentLog } from "../core/log.ts";
import { openEnvironment, sourcesInUse } from "./environment.ts";
import { importSheet, type SheetWishes, sheetTemplate } from "./import-sheet.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-import-sheet-"));
afterAll(() => rmSync(folder, { recursive: true }));
const yaml = join(folder, "publications/mine/publication.yaml");
const plain = `# Ours.
id: mine
title: Mine
tagline: A test.
category: beauty
markets: [de]
sources:
  - source: file # posts
    imports: []
`;
beforeEach(() => {
  mkdirSync(join(folder, "publications/mine"), { recursive: true });
  writeFileSync(yaml, plain);
  rmSync(join(folder, "state"), { recursive: true, force: true });
});

const effects = { now: () => new Date("2026-11-10T12:00:00Z"), log: silentLog };
const bring = (file: string, wishes: Partial<SheetWishes> = {}) =>
  importSheet(
    [file],
    {
      as: "orders",
      publication: "mine",
      publications: join(folder, "publications"),
      state: join(folder, "state"),
      ...wishes,
    },
    effects,
  );
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const header = "order_id,ordered_at,market,sku,quantity,price,currency";

test("the file is listed with its day, comments kept, and the next collection finds it read", async () => {
  const file = write(
    "publications/mine/orders.csv",
    `${header}\n1,2026-11-01,de,A,1,"9,90",EUR\n2,2026-11-01,de,A,1,"9,90",EURO\n`,
  );
  const { text } = await bring(file, { decimal: ",", map: ["sku=sku"] });
  expect(text).toMatch(
    /^orders\.csv: 2 rows received = 1 kept \+ 1 quarantined \(receipt 2026-11-10-\w{8}\)\n {2}1 × unknown_currency: currency = EURO;.*first at orders\.csv:3\nadded to .*publication\.yaml under the source commerce$/,
  );
  const written = readFileSync(yaml, "utf8");
  expect(written).toContain("# Ours.");
  expect(written).toContain("- source: file # posts");
  expect(written).toContain(`  - source: commerce
    files:
      - { file: orders.csv, date: 2026-11-10, columns: { sku: sku }, decimal: "," }`);
  await bring(write("more.csv", `${header}\n3,2026-11-02,de,A,1,9.90,EUR\n`));
  const environment = openEnvironment({
    publication: "mine",
    publications: join(folder, "publications"),
    state: join(folder, "state"),
  });
  const text2 = readFileSync(yaml, "utf8").replace(/ {2}- source: file.*\n.*\n/, "");
  writeFileSync(yaml, text2);
  const [inUse] = await sourcesInUse(openEnvironment(environment.options));
  const before = readdirSync(join(folder, "state/bronze/commerce")).sort();
  expect(before).toHaveLength(2);
  const receipts = await inUse?.source.collect(
    {
      config: inUse.config,
      publication: environment.publication,
      bronze: join(folder, "state/bronze/commerce"),
      until: "2026-11-20T00:00:00Z",
    },
    { ...effects, fetch: () => Promise.reject(new Error("a file needs no network")) },
  );
  expect(receipts?.map(({ id }) => id).sort()).toEqual(before);
});

test("a file of which nothing can be kept, one that is there already and an unknown kind leave everything as it was", async () => {
  const bad = write("bad.csv", `${header}\n1,2026-11-01,Germany,A,1,9.90,EUR\n`);
  await expect(bring(bad)).rejects.toThrow(
    /^invalid rows: none of the 1 rows of bad\.csv could be kept; line 2: invalid_market: market = germany; .* See: leap import --template orders$/,
  );
  expect(readFileSync(yaml, "utf8")).toBe(plain);
  expect(readdirSync(join(folder, "state/bronze/commerce"))).toEqual([]);
  await expect(bring(bad, { as: "shoes" })).rejects.toThrow(
    "unknown kind of file: shoes. Kinds are campaigns, orders, events, experiments; posts and accounts need none.",
  );
  const good = write("good.csv", `${header}\n1,2026-11-01,de,A,1,9.90,EUR\n`);
  await bring(good);
  await expect(bring(good)).rejects.toThrow(
    /^invalid file: good\.csv of 2026-11-10 is in this publication already\./,
  );
  await expect(bring(good, { date: "soon" })).rejects.toThrow(/^invalid --date: soon\./);
});

test("a dry run judges and writes nothing", async () => {
  const file = write("good.csv", `${header}\n1,2026-11-01,de,A,1,9.90,EUR\n`);
  const { text } = await bring(file, { dryRun: true });
  expect(text).toContain("1 rows received = 1 kept + 0 quarantined");
  expect(readFileSync(yaml, "utf8")).toBe(plain);
  expect(existsSync(join(folder, "state/bronze"))).toBe(false);
});

test("the template is a header and an invented row", async () => {
  const { text } = await sheetTemplate("experiments");
  expect(text.split("\n")).toHaveLength(2);
  expect(text).toMatch(
    /^experiment_id,name,market,arm,unit_kind,units,conversions,revenue,currency,starts_on,ends_on\n/,
  );
});
