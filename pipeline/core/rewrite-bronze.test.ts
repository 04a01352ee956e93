// What leaves bronze leaves it whole: rows, raw lines in quarantine, the bytes of an import; and a run that ends in the middle has lost nothing.
import {
  cpSync,
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
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { loadBronze, readReceipts } from "./bronze.ts";
import { namesAny, rewriteBronze } from "./rewrite-bronze.ts";
import { type StatePaths, statePaths } from "./state.ts";
import type { Receipt, Row, Source } from "./types.ts";
import { openWarehouse } from "./warehouse.ts";

const root = mkdtempSync(join(tmpdir(), "leap-rewrite-"));
afterAll(() => rmSync(root, { recursive: true }));

const source: Source = {
  id: "net",
  title: "Net",
  config: z.unknown(),
  things: { posts: z.object({ id: z.string(), by: z.string().optional(), text: z.string().optional() }) },
  counted: ["posts"],
  people: {
    posts: {
      subject: (row) => ({
        platform: "net",
        author_id: String(row["by"]),
        author_handle: null,
        post_id: String(row["id"]),
      }),
      expired: ({ text: _gone, ...row }, author) => ({ ...row, by: author ?? undefined }),
    },
  },
  collect: async () => [],
};

let states = 0;

/** Two receipts: canonical lines, and an import of which lines 1 and 3 stand as they came. */
function world(): StatePaths {
  states += 1;
  const state = statePaths("p", join(root, `state-${states}`));
  const lines = (...rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const write = (id: string, files: Record<string, string>, count: Row, more: Row = {}) => {
    const home = join(state.bronze, "net", id);
    mkdirSync(join(home, "raw"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
    if (!("files" in more)) rmSync(join(home, "raw"), { recursive: true });
    const receipt = {
      id,
      source: "net",
      collected_at: "2026-11-10T00:00:00Z",
      provenance: "observed",
      licence_note: "",
      parameters: {},
      files: [],
      things: { posts: count },
      ...more,
    };
    writeFileSync(join(home, "receipt.json"), JSON.stringify(receipt));
  };
  const refused = (raw: string) => ({
    source: "net",
    receipt: "a",
    thing: "posts",
    file: "f",
    line: 1,
    reason: `wrong_type: ${raw}`,
    raw,
  });
  write(
    "a",
    {
      "posts-0001.ndjson": lines(
        { id: "1", by: "ann", text: "first words" },
        { id: "2", by: "bo", text: "second" },
      ),
      "posts-0002.ndjson": lines({ id: "3", by: "bo" }),
      "quarantine.ndjson": lines(refused('{"id":9,"by":"ann"}'), refused('{"id":8,"by":"anna"}')),
    },
    { received: 5, kept: 3, quarantined: 2, parts: ["posts-0001.ndjson", "posts-0002.ndjson"] },
  );
  const input = lines(
    { ID: "4", Who: "bo", Words: "x", other: "y" },
    { ID: "5", Who: "ann", Words: "z", other: "ann's" },
  );
  write(
    "b",
    { "raw/export.json": input, "posts-0001.ndjson": "" },
    {
      received: 2,
      kept: 2,
      quarantined: 0,
      parts: ["posts-0001.ndjson"],
      raw: { parts: ["raw/export.json"], columns: { id: "ID", by: "Who", text: "Words" }, constants: {} },
    },
    { files: [{ name: "export.json", bytes: Buffer.byteLength(input), sha256: "0".repeat(64) }] },
  );
  return state;
}

async function rows(state: StatePaths): Promise<Row[]> {
  const warehouse = await openWarehouse();
  await loadBronze(warehouse, state, source, readReceipts(state, "net", null));
  const found = await warehouse.query('select id, "by", text from bronze_net__posts order by id');
  warehouse.close();
  return found;
}

const receiptsOf = (state: StatePaths): Receipt[] => readReceipts(state, "net", null);
const everyByte = (state: StatePaths): string =>
  readdirSync(state.bronze, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");

const ANN = (_: string, row: Row) => (row["by"] === "ann" ? "remove" : "keep") as "remove" | "keep";
const folderOf = (state: StatePaths) => join(state.bronze, "net");

test("a person's rows go from parts and raw parts, their raw lines from quarantine, the input from an import; counts say so", async () => {
  const state = world();
  expect(await rewriteBronze(folderOf(state), source, ANN, "erased")).toEqual({
    removed: { posts: 2 },
    changed: { posts: 0 },
  });
  expect(await rows(state)).toEqual([
    { id: "2", by: "bo", text: "second" },
    { id: "3", by: "bo", text: null },
    { id: "4", by: "bo", text: "x" },
  ]);
  for (const { things } of receiptsOf(state)) {
    const {
      received,
      kept,
      quarantined,
      withdrawn = 0,
      withdrawn_why,
    } = things["posts"] as Receipt["things"][""];
    expect(received).toBe(kept + quarantined + withdrawn);
    expect(withdrawn_why).toEqual({ erased: 1 });
  }
  const bytes = everyByte(state);
  expect(bytes).not.toMatch(/\bann\b|first words/);
  expect(bytes).toContain('"by\\":\\"anna\\"');
  expect(existsSync(join(folderOf(state), "b", "raw"))).toBe(false);
});

test("a post that was deleted upstream goes alone; its author stays, in quarantine as well", async () => {
  const state = world();
  await rewriteBronze(
    folderOf(state),
    source,
    (_, row) => (row["id"] === "1" ? "remove" : "keep"),
    "deleted",
    {
      words: ["8"],
    },
  );
  expect((await rows(state)).map(({ id }) => id)).toEqual(["2", "3", "4", "5"]);
  expect(everyByte(state)).toContain('"by\\":\\"ann\\"');
  expect(everyByte(state)).not.toContain("anna");
});

test("a row that says less stands among the canonical ones, whether or not it came from a raw line", async () => {
  const state = world();
  const expire = (thing: string, row: Row) =>
    source.people?.[thing]?.expired(row, "k") ?? ("remove" as const);
  expect(await rewriteBronze(folderOf(state), source, expire, "expired", { quarantine: () => true })).toEqual(
    {
      removed: { posts: 0 },
      changed: { posts: 5 },
    },
  );
  expect(await rows(state)).toEqual(["1", "2", "3", "4", "5"].map((id) => ({ id, by: "k", text: null })));
  expect(everyByte(state)).not.toMatch(/ann|bo"|words"|other/);
});

test("what is not concerned keeps its bytes, and the same call again changes nothing", async () => {
  const state = world();
  const before = everyByte(state);
  await rewriteBronze(folderOf(state), source, () => "keep", "erased");
  expect(everyByte(state)).toBe(before);
  await rewriteBronze(folderOf(state), source, ANN, "erased");
  const after = everyByte(state);
  expect(await rewriteBronze(folderOf(state), source, ANN, "erased")).toEqual({ removed: {}, changed: {} });
  expect(everyByte(state)).toBe(after);
});

test("a receipt may be passed over, and inputs may go where no row does", async () => {
  const state = world();
  const only = { receipts: ({ id }: Receipt) => id === "b", inputs: () => true };
  await rewriteBronze(folderOf(state), source, () => "keep", "expired", only);
  expect(existsSync(join(folderOf(state), "b", "raw"))).toBe(false);
  expect((await rows(state)).map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
  expect(receiptsOf(state).map(({ inputs_withdrawn }) => inputs_withdrawn)).toEqual([undefined, "expired"]);
});

test("wherever it is killed, each receipt holds the old rows or the new ones, and the next call ends the work", async () => {
  const steps: string[] = [];
  await rewriteBronze(folderOf(world()), source, ANN, "erased", { step: (name) => steps.push(name) });
  expect(steps.length).toBeGreaterThan(4);
  const done = world();
  await rewriteBronze(folderOf(done), source, ANN, "erased");
  for (const [at] of steps.entries()) {
    const state = world();
    let step = 0;
    const killed = rewriteBronze(folderOf(state), source, ANN, "erased", {
      step() {
        if (step === at) throw new Error("killed");
        step += 1;
      },
    });
    await expect(killed).rejects.toThrow("killed");
    const ids = (await rows(state)).map(({ id }) => id).join("");
    expect(["12345", "2345", "234"]).toContain(ids);
    // A copy may be made while the folder is in this state, too.
    const copy = statePaths("p", `${state.root}-copy`);
    cpSync(state.root, copy.root, { recursive: true });
    await rewriteBronze(folderOf(copy), source, ANN, "erased");
    expect(await rows(copy)).toEqual(await rows(done));
    expect(everyByte(copy)).not.toMatch(/\bann\b/);
  }
});

test("words are found as words: an id is not part of a longer one, a name with points is one", () => {
  const names = (text: string, ...words: string[]) => namesAny(text, new Set(words));
  expect(names('{"id":123}', "12")).toBe(false);
  expect(names('{"id":12}', "12")).toBe(true);
  expect(names("Seen at @Mina.Glass!", "mina.glass")).toBe(true);
  expect(names("mina.glasses", "mina.glass")).toBe(false);
  expect(names("세럼 민아", "민아")).toBe(true);
});

test("a part that its receipt names and nobody finds is told", async () => {
  const state = world();
  rmSync(join(folderOf(state), "a", "posts-0002.ndjson"));
  await expect(rewriteBronze(folderOf(state), source, ANN, "erased")).rejects.toThrow(
    /^missing part: .*posts-0002/,
  );
});
