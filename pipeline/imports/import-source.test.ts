// Sheets that operators hand over: read once and not kept, each row judged, no buyer by name, and every refusal with its place and next step.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Receipt, Row, Source } from "../core/types.ts";
import { source as campaigns } from "../sources/campaigns/source.ts";
import { source as commerce, sheet as orders } from "../sources/commerce/source.ts";
import { sheet as eventSheet, source as events } from "../sources/events/source.ts";
import { source as experiments } from "../sources/experiments/source.ts";
import { explanationOf, templateOf } from "./sheet.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "leap-sheet-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const publication = { creators: [{ id: "mina", handle: "@Mina.Glasshaut" }] };
const bronze = (source: Source<never>) => join(root, "state", "bronze", source.id);
const collect = (source: typeof commerce, files: readonly Row[]): Promise<Receipt[]> =>
  source.collect(
    {
      config: source.config.parse({
        files: files.map((file) => ({ date: "2026-11-10", place: "publication.yaml:9", ...file })),
      }),
      publication,
      bronze: bronze(source as Source<never>),
      until: "2026-11-20T08:00:00Z",
    },
    {
      fetch: () => Promise.reject(new Error("a file needs no network")),
      now: () => new Date(0),
      log: { info() {}, warn() {}, progress() {} },
    },
  );
const write = (name: string, text: string): string => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};
const rowsOf = (source: typeof commerce, receipt: Receipt): Row[] =>
  Object.values(receipt.things).flatMap(({ parts }) =>
    parts.flatMap((part) =>
      readFileSync(join(bronze(source as Source<never>), receipt.id, part), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Row),
    ),
  );
const quarantine = (source: typeof commerce, receipt: Receipt): Row[] =>
  readFileSync(join(bronze(source as Source<never>), receipt.id, "quarantine.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
const everything = (): string =>
  readdirSync(join(root, "state", "bronze"), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .join("\n");

const shop = `Order Number,Created At,Shipping Country,Lineitem SKU,Lineitem quantity,Lineitem price,Currency,Email,Billing Name
A-1,2026-11-02 09:30:00 +0100,DE,SERUM-30,2,24.90,EUR,anna@example.org,Anna Klein
A-1,2026-11-02 09:30:00 +0100,DE,MASK-1,1,3.50,EUR,anna@example.org,Anna Klein
A-2,2026-11-03,DE,SERUM-30,-1,24.90,EUR,ANNA@example.org,Anna Klein
A-3,2026-11-04,DE,SERUM-30,1,24.90,EURO,mona@example.org,Mona Privat
A-4,2026-12-24,DE,SERUM-30,1,24.90,EUR,mona@example.org,Mona Privat
A-5,2026-11-04,DE,SERUM-30,0,24.90,EUR,mona@example.org,Mona Privat
`;

test("orders keep a keyed hash of the buyer, the same in any spelling, and nothing else about anybody", async () => {
  const [receipt] = (await collect(commerce, [{ file: write("orders.csv", shop) }])) as [Receipt];
  expect(receipt).toMatchObject({
    id: expect.stringMatching(/^2026-11-10-[0-9a-f]{8}$/),
    provenance: "imported",
    things: { orders: { received: 6, kept: 3, quarantined: 3 } },
    parameters: { notes: ["not kept: Billing Name"] },
  });
  const rows = rowsOf(commerce, receipt);
  expect(rows[0]).toMatchObject({
    order_id: "A-1",
    ordered_at: "2026-11-02T08:30:00Z",
    market: "de",
    quantity: 2,
    price: 24.9,
    brand: null,
    exported_on: "2026-11-10",
  });
  expect(rows[0]?.["customer_key"]).toMatch(/^[0-9a-f]{32}$/);
  expect(rows[2]).toMatchObject({ quantity: -1, customer_key: rows[0]?.["customer_key"] });
  expect(quarantine(commerce, receipt)).toMatchObject([
    {
      file: "orders.csv",
      line: 5,
      reason: "unknown_currency: currency = EURO; write a code of ISO 4217 such as EUR",
    },
    { line: 6, reason: "future_date: ordered_at = 2026-12-24T00:00:00Z is after the export of 2026-11-10" },
    { line: 7, reason: "zero_quantity: quantity" },
  ]);
  for (const word of ["anna", "Anna", "Mona", "Klein", "example.org"])
    expect(everything()).not.toContain(word);
});

test("once read the file is not needed; a changed one is another export; one that is taken off the list is forgotten", async () => {
  const file = write("orders.csv", shop);
  const [first] = await collect(commerce, [{ file }]);
  rmSync(file);
  expect(await collect(commerce, [{ file }])).toEqual([first]);
  write("orders.csv", shop.replace("24.90", "25.90"));
  await expect(collect(commerce, [{ file }])).rejects.toThrow(
    /^invalid file: .*orders\.csv has changed since it was read as the export of 2026-11-10\. .*see publication\.yaml:9\.$/,
  );
  await collect(commerce, [{ file, date: "2026-11-12" }]);
  expect(readdirSync(bronze(commerce as Source<never>))).toEqual([expect.stringMatching(/^2026-11-12-/)]);
});

test("a column that is missing or misnamed is said with file, field and next step", async () => {
  const file = write("orders.csv", "order,date,country,qty\n1,2026-11-01,de,1\n");
  await expect(collect(commerce, [{ file }])).rejects.toThrow(
    /^missing column: sku in .*orders\.csv \(what was bought\)\. It has order, date, country, qty\. Say which one it is with --map sku=COLUMN, or see: leap import --template orders The file stands at publication\.yaml:9\.$/,
  );
  await expect(collect(commerce, [{ file, columns: { sku: "article" } }])).rejects.toThrow(
    /^unknown column: article in .*, named for sku\. It has /,
  );
  await expect(collect(commerce, [{ file, columns: { shoe: "qty" } }])).rejects.toThrow(
    /^unknown field: shoe in the map\. Orders of a shop have order_id, /,
  );
  await expect(collect(commerce, [{ file: join(root, "gone.csv") }])).rejects.toThrow(
    /^missing file: .*gone\.csv, orders of a shop of 2026-11-10\. Put it there, or mend publication\.yaml:9\.$/,
  );
});

test("campaigns name creators of the registry alone, by id or account name", async () => {
  const text = `campaign_id\tname\tmarket\tchannel\tstart\tend\tcost\tcurrency\timpressions\tclicks\tinfluencers
spring\tSpring\tde\tinstagram\t2026-03-02\t2026-03-29\t12.000,00\tEUR\t1000\t20\t@mina.glasshaut; jana_privat
late\tLate\tde\tinstagram\t2026-03-29\t2026-03-02\t1\tEUR\t\t\t
odd\tOdd\tde\tinstagram\t2026-03-02\t2026-03-29\t1\tEUR\t10\t20\t
`;
  const [receipt] = (await collect(campaigns, [{ file: write("spend.tsv", text), decimal: "," }])) as [
    Receipt,
  ];
  expect(rowsOf(campaigns, receipt)).toMatchObject([
    { campaign_id: "spring", spend: 12000, creators: ["mina"] },
  ]);
  expect(quarantine(campaigns, receipt).map(({ line, reason }) => [line, reason])).toEqual([
    [3, "ends_before_start: 2026-03-02 is before 2026-03-29"],
    [4, "more_clicks_than_impressions: 20 of 10"],
  ]);
  expect(everything()).not.toContain("jana_privat");
});

test("an arm cannot convert more units than it has, and revenue needs a currency", async () => {
  const line = {
    experiment_id: "badge",
    name: "Badge",
    market: "de",
    arm: "control",
    unit_kind: "visitors",
    units: 100,
    conversions: 7,
    starts_on: "2026-04-06",
    ends_on: "2026-05-03",
  };
  const lines = [line, { ...line, arm: "badge", conversions: 101 }, { ...line, arm: "paid", revenue: 12.5 }];
  const file = write("tests.ndjson", lines.map((one) => JSON.stringify(one)).join("\n"));
  const [receipt] = (await collect(experiments, [{ file }])) as [Receipt];
  expect(rowsOf(experiments, receipt)).toMatchObject([
    { arm: "control", units: 100, conversions: 7, revenue: null },
  ]);
  expect(quarantine(experiments, receipt).map(({ reason }) => reason)).toEqual([
    "more_conversions_than_units: 101 of 100",
    "missing_value: currency, of the revenue",
  ]);
});

test("an event needs a page that says so", async () => {
  const file = write(
    "fairs.csv",
    "date,end,country,title,kind,url\n11/05/2026,17/05/2026,JP,Cosme week,fair,https://example.org/a\n11/05/2026,,,Sale,sale,heard of it\n",
  );
  const [receipt] = (await collect(events, [{ file, dates: "DD/MM/YYYY" }])) as [Receipt];
  expect(rowsOf(events, receipt)).toMatchObject([
    { from: "2026-05-11", until: "2026-05-17", market: "jp", event: null },
  ]);
  expect(quarantine(events, receipt)).toMatchObject([
    {
      line: 3,
      reason: "invalid_url: source = heard of it; write https://…",
      raw: expect.stringContaining("Sale"),
    },
  ]);
});

test("every template is a file that its own sheet reads, and says what each field means", async () => {
  for (const [source, sheet] of [
    [commerce, orders],
    [events, eventSheet],
  ] as const) {
    const [receipt] = (await collect(source, [{ file: write(`${sheet.thing}.csv`, templateOf(sheet)) }])) as [
      Receipt,
    ];
    expect(receipt.things[sheet.thing]).toMatchObject({ received: 1, kept: 1 });
    expect(explanationOf(sheet).split("\n")).toHaveLength(Object.keys(sheet.fields).length);
  }
});
