// A follower sample comes in without its names, is forgotten when it is taken off the list, and errors name the line to mend.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Receipt } from "../../core/types.ts";
import { source } from "./source.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "leap-audit-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const csv = `username,full_name,biography,followers_count,following_count,media_count
anna_k,Anna Klein,Liest gern,210,340,55
@ANNA_K,Anna Klein,Liest gern,210,340,55
user8842013,,,2,1900,0
broken,,,many,,NaN
`;
const entry = {
  creator: "mina",
  auditor: "Prüfer GmbH",
  date: "2026-10-14",
  consent: "consent of the creator",
};
const bronze = () => join(root, "state", "bronze", "audit");
const collect = (samples: readonly object[]): Promise<Receipt[]> =>
  source.collect(
    {
      config: source.config.parse({
        samples: samples.map((sample) => ({ place: "publication.yaml:7", ...sample })),
      }),
      publication: {},
      bronze: bronze(),
      until: "2026-11-20T08:00:00Z",
    },
    {
      fetch: () => Promise.reject(new Error("a file needs no network")),
      now: () => new Date(0),
      log: { info() {}, warn() {}, progress() {} },
    },
  );
const write = (name: string, text: string): string => {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, name), text);
  return join(root, name);
};
const everything = (): string =>
  readdirSync(bronze(), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .join("\n");

test("bronze holds numbers and a keyed hash: no name, no text, and a name in any spelling is one person", async () => {
  const [receipt] = (await collect([{ ...entry, file: write("sample.csv", csv) }])) as [Receipt];
  expect(receipt).toMatchObject({
    source: "audit",
    provenance: "imported",
    parameters: { auditor: "Prüfer GmbH", consent: "consent of the creator", date: "2026-10-14" },
    things: { followers: { received: 4, kept: 4, quarantined: 0 } },
  });
  const rows = readFileSync(join(bronze(), receipt.id, "followers-0001.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows[0]).toMatchObject({
    creator: "mina",
    audited_on: "2026-10-14",
    followers: 210,
    full_name_words: 2,
    bio_length: 10,
    username_digit_share: 0,
  });
  expect(rows[0].follower_key).toMatch(/^[0-9a-f]{32}$/);
  expect(rows[1].follower_key).toBe(rows[0].follower_key);
  expect(rows[2].follower_key).not.toBe(rows[0].follower_key);
  // What cannot be read is unknown, the rest of the row still counts.
  expect(rows[3]).toMatchObject({ followers: null, posts: null, username_length: 6 });
  for (const word of ["anna", "Klein", "Liest", "user8842013"]) expect(everything()).not.toContain(word);
});

test("a line of which nothing is known goes to quarantine, without what stands in it", async () => {
  const file = write("sample.csv", "name_of_follower,followers\nMona Privat,12\nMona Geheim,\n");
  const [receipt] = (await collect([{ ...entry, file }])) as [Receipt];
  expect(receipt.things["followers"]).toMatchObject({ received: 2, kept: 1, quarantined: 1 });
  const [line] = readFileSync(join(bronze(), receipt.id, "quarantine.ndjson"), "utf8")
    .trim()
    .split("\n");
  expect(JSON.parse(line as string)).toMatchObject({
    line: 3,
    reason: "no_field: nothing is known of this account",
    raw: "withheld: personal data",
  });
  expect(everything()).not.toContain("Mona");
});

test("once read the file is not needed again; a file that changed is another sample", async () => {
  const file = write("sample.csv", csv);
  const [first] = await collect([{ ...entry, file }]);
  rmSync(file);
  expect((await collect([{ ...entry, file }]))[0]).toEqual(first);
  write("sample.csv", csv.replace("210", "211"));
  await expect(collect([{ ...entry, file }])).rejects.toThrow(
    /^invalid file: .*sample\.csv has changed since it was read as the sample of 2026-10-14\..*see publication\.yaml:7\.$/,
  );
});

test("a sample that is taken off the list is forgotten", async () => {
  const file = write("sample.csv", csv);
  await collect([
    { ...entry, file },
    { ...entry, creator: "yuna", file },
  ]);
  expect(readdirSync(bronze())).toHaveLength(2);
  await collect([{ ...entry, creator: "yuna", file }]);
  expect(readdirSync(bronze())).toEqual([expect.stringMatching(/^2026-10-14-yuna-/)]);
});

test("errors name file, line and next step", async () => {
  await expect(collect([{ ...entry, file: join(root, "gone.csv") }])).rejects.toThrow(
    /^missing file: .*gone\.csv, the follower sample of mina\. Put it there, or mend publication\.yaml:7\.$/,
  );
  const shoes = write("shoes.csv", "shoe,size\nleft,39\n");
  await expect(collect([{ ...entry, file: shoes }])).rejects.toThrow(
    /^unknown columns: shoe, size in .*shoes\.csv\..*The sample stands at publication\.yaml:7/,
  );
  await expect(
    collect([{ ...entry, file: write("sample.csv", csv), columns: { followers: "fans" } }]),
  ).rejects.toThrow(/^unknown column: fans in .*named by the map for followers\./);
});
