// The whole line over a tiny world: whoever is erased is in no byte of the state, published or not; what expires leaves what readers have as it was.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { appendLines, readLines } from "../core/journal.ts";
import { authorKey, defineKeyedHash } from "../core/key.ts";
import type { RunClock } from "../core/types.ts";
import { eraseFromState } from "../people/erase.ts";
import { openOptOuts } from "../people/opt-outs.ts";
import { searchTrail } from "../people/search.ts";
import { trailOf } from "../people/trail.ts";
import { seededRandom } from "../stats/seeded-random.ts";
import { analyse } from "./analyse.ts";
import { collect } from "./collect.ts";
import { clocksOf, openEnvironment } from "./environment.ts";
import { eraseCommand, sourcesInState } from "./erase.ts";
import { runImport } from "./import.ts";
import { countsOf, model } from "./model.ts";
import { optOutCommand } from "./opt-out.ts";
import { readPublication } from "./publication.ts";
import { publish } from "./publish.ts";
import { retainCommand } from "./retain.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "leap-erase-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const first = path.join(scratch, "first");
const optionsIn = (world: string) => ({
  publication: "mine",
  publications: path.join(world, "publications"),
  state: path.join(world, "state"),
  out: path.join(world, "site"),
  json: true,
  threads: 2,
});
/** A copy of the world that was published, for a test of its own. */
function copyOf(name: string) {
  const world = path.join(scratch, name);
  cpSync(first, world, { recursive: true });
  return optionsIn(world);
}
type Options = ReturnType<typeof optionsIn>;

const MINA = "my five favourite toners for dry winter skin, tried for";
const TOM = "honest words about sticky sunscreens nobody warned my nose of, part";

beforeAll(async () => {
  mkdirSync(first, { recursive: true });
  const file = path.join(first, "posts.ndjson");
  writeFileSync(file, `${posts().join("\n")}\n`);
  await runImport([file], { ...optionsIn(first), yes: true } as never);
  const yaml = path.join(first, "publications/mine/publication.yaml");
  const imported = readFileSync(yaml, "utf8").replace(/^creators:.*\n/m, "");
  writeFileSync(
    yaml,
    `${imported}# who is looked at
creators:
  # agreed in spring
  - id: mina-glass
    name: Mina Glass
    platform: instagram
    handle: mina.glass
    market: de
    language: en
    category: skin care
    registered_on: 2026-01-05
    reason: posts about skin care for a living
    basis: { kind: consent, note: agreed by mail, date: 2026-01-04 }
  - id: jo-mist
    name: Jo Mist
    platform: instagram
    handle: jo.mist
    market: de
    language: en
    category: skin care
    registered_on: 2026-01-05
    reason: posts about skin care for a living
    basis: { kind: public_interest, note: weighed, date: 2026-01-04 }
retention: { days: 30, imports: true } # theirs to keep
`,
  );
  await line(optionsIn(first));
  // What a collection that was not finished, and a model, would have left.
  const { state } = openEnvironment(optionsIn(first));
  const pages = path.join(state.root, "collecting/instagram/run/pages.jsonl");
  appendLines(pages, [
    {
      target: "hashtag:kbeauty",
      items: [
        { id: "900000119", row: { username: "tom.plain" } },
        { id: "5", row: {} },
      ],
    },
    { target: "hashtag:glow", items: [{ id: "6", row: {} }] },
  ]);
  writeFileSync(
    path.join(state.root, "collecting/instagram/run/run.json"),
    JSON.stringify({ at: "2026-11-01T00:00:00Z" }),
  );
  writeFileSync(
    path.join(state.root, "collecting/instagram/kept.json"),
    JSON.stringify({ seen: ["900000119", "7"] }),
  );
  appendLines(path.join(state.root, "answers/reply.ndjson"), [
    { item: "post-900000119", answer: { label: "negative" } },
    { item: "post-1", answer: { label: "positive" } },
  ]);
}, 120_000);

function posts(): string[] {
  const random = seededRandom("posts of the erased");
  const authors = [
    ...Array.from({ length: 12 }, (_, n) => `user_${n}x`),
    "mina.glass",
    "jo.mist",
    "tom.plain",
  ];
  const lines = Array.from({ length: 420 }, (_, index) => {
    const handle = authors[index % authors.length] as string;
    const own =
      handle === "mina.glass"
        ? MINA
        : handle === "tom.plain"
          ? TOM
          : `what ${handle} thinks of this serum, note`;
    return JSON.stringify({
      id: String(900_000_000 + index),
      platform: "instagram",
      market: index % 2 ? "de" : "fr",
      posted_at: new Date(Date.UTC(2026, 7, 24 + Math.floor(random() * 70), 9)).toISOString(),
      author_id: `5500${index % authors.length}77`,
      author_handle: handle,
      text: `${own} ${index} #kbeauty #${index % 3 ? "glow" : "serum"}${index === 31 ? " thanks @tom.plain" : ""}`,
      likes: index === 29 ? -3 : Math.floor(random() * 500),
      comments: Math.floor(random() * 40),
      url: `https://instagram.example/${handle}/p/${900_000_000 + index}`,
      bio: index === 46 ? "friend of tom.plain" : "none",
    });
  });
  return lines;
}

/** Collects, and publishes the last edition. */
async function line(options: Options): Promise<void> {
  const environment = openEnvironment({ ...options, allowQuarantine: true } as never);
  await collect(environment);
  for (const clock of await clocksOf(environment, 1)) {
    const built = await model(environment, clock);
    try {
      const { publication, state, publications, effects } = environment;
      await analyse({
        warehouse: built.warehouse,
        clock,
        publication,
        state,
        publications,
        log: effects.log,
        models: null,
      });
      await publish(environment, clock, built.warehouse);
    } finally {
      built.warehouse.close();
    }
  }
}

function everyFile(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file)]),
  );
}

const holders = (folder: string, pattern: RegExp): string[] =>
  [...everyFile(folder)].filter(([, bytes]) => pattern.test(bytes.toString("latin1"))).map(([name]) => name);

test("an ordinary author who is erased is in no byte: bronze, quarantine, import, journal, answers, editions", async () => {
  const options = copyOf("ordinary");
  const { state } = openEnvironment(options);
  const sources = await sourcesInState(state);
  const tom = { kind: "author", account: { platform: "instagram", name: "tom.plain" } } as const;
  const trail = trailOf(state, sources, tom, { creators: [] });
  expect(holders(state.root, /tom\.plain/).length).toBeGreaterThan(3);
  const { removed, mentions } = await eraseFromState(state, sources, trail, "2026-11-22");
  expect([removed, mentions]).toEqual([{ "file.posts": 27 }, 1]);
  expect(holders(state.root, /tom\.plain|sticky sunscreens|55001477|900000029/)).toEqual([]);
  expect((await searchTrail([state.root], trail)).left).toEqual([]);
  const pages = readLines(path.join(state.root, "collecting/instagram/run/pages.jsonl"));
  expect(pages.map((kept) => kept.state === "whole" && (kept.entry["items"] as unknown[]).length)).toEqual([
    1, 1,
  ]);
  expect(readLines(path.join(state.root, "answers/reply.ndjson")).map(({ state }) => state)).toEqual([
    "whole",
  ]);
  expect(readFileSync(path.join(state.root, "collecting/instagram/kept.json"), "utf8")).toContain('"7"');
}, 60_000);

test("a creator who is erased leaves pages, datasets and registry; the rest of the file keeps its comments", async () => {
  const options = copyOf("creator");
  const before = holders(path.join(options.state, "published"), /mina.glass/);
  expect(before.length).toBeGreaterThan(3);
  const { text } = await eraseCommand({
    ...options,
    author: "instagram:mina.glass",
    removeFromRegistry: true,
  });
  expect(text).toContain("mina-glass taken off the registry");
  expect(holders(options.state, /mina.glass|Mina Glass|five favourite toners/i)).toEqual([]);
  const yaml = readFileSync(path.join(options.publications, "mine/publication.yaml"), "utf8");
  expect(yaml).not.toMatch(/mina/i);
  expect(yaml).toContain("# who is looked at");
  expect(yaml).toContain("# theirs to keep");
  expect(readPublication("mine", options.publications).creators.map(({ id }) => id)).toEqual(["jo-mist"]);
}, 60_000);

test("somebody who opted out is not counted and not published, and does not come back with the same file", async () => {
  const options = copyOf("opted-out");
  await optOutCommand({ ...options, author: "instagram:@jo.mist" });
  const { publication, state } = openEnvironment(options);
  expect(publication.creators.map(({ id }) => id)).toEqual(["mina-glass"]);
  // Bronze as before, as from a backup: silver leaves the account out, and the next collection takes it out of bronze.
  cpSync(path.join(first, "state/bronze"), state.bronze, { recursive: true });
  const environment = openEnvironment({ ...options, allowQuarantine: true });
  const [clock] = await clocksOf(environment, 1);
  const built = await model(environment, clock as RunClock);
  const counts = countsOf(built);
  const key = authorKey(state, null);
  await defineKeyedHash(built.warehouse, key);
  const [seen] = await built.warehouse.query(
    "select count(*)::int as posts from posts where author_key = keyed_hash('instagram:55001377')",
  );
  built.warehouse.close();
  expect(seen).toEqual({ posts: 0 });
  expect(counts.withdrawn).toBe(28);
  expect(counts.received).toBe(counts.kept + counts.duplicates + counts.quarantined + counts.withdrawn);
  const [receipt] = await collect(environment);
  const kept = readFileSync(path.join(state.bronze, "file", receipt?.id ?? "", "receipt.json"), "utf8");
  expect(JSON.parse(kept).things.posts).toMatchObject({
    kept: 391,
    withdrawn: 28,
    withdrawn_why: { opted_out: 28 },
  });
}, 60_000);

test("what is left is told, with its file, and the command refuses", async () => {
  const options = copyOf("left");
  mkdirSync(options.out);
  writeFileSync(
    path.join(options.out, "note.html"),
    "<p>Tom wrote: <b>honest</b> words about sticky&nbsp;sunscreens nobody warned",
  );
  await expect(eraseCommand({ ...options, author: "instagram:@tom.plain", verify: true })).rejects.toThrow(
    /left: text in .*note\.html/,
  );
  await expect(eraseCommand({ ...options })).rejects.toThrow(/^missing --author/);
}, 60_000);

test("texts that expire leave what was counted as it was, and no text, address or name in any byte", async () => {
  const options = copyOf("retained");
  const { state } = openEnvironment(options);
  const trails = await Promise.all(
    ["tom.plain", "user_3x"].map(async (name) =>
      trailOf(
        state,
        await sourcesInState(state),
        { kind: "author", account: { platform: "instagram", name } },
        { creators: [] },
      ),
    ),
  );
  const before = everyFile(state.published);
  const asOf = "2027-06-01";
  expect((await retainCommand({ ...options, asOf, dryRun: true })).text).toMatch(/^would expire: \d+ rows/);
  expect(everyFile(state.published)).toEqual(before);
  const done = await retainCommand({ ...options, asOf });
  expect(done.text).toMatch(/^expired: 419 rows \(file\.posts: 419\)/);
  for (const trail of trails) {
    const { needles, words, pieces, begins } = trail;
    const named = new Map([...needles].filter(([, is]) => is === "handle" || is === "id"));
    expect(pieces.size).toBeGreaterThan(20);
    expect((await searchTrail([state.root], { needles: named, words, pieces, begins })).left).toEqual([]);
  }
  expect(holders(state.bronze, /instagram\.example/)).toEqual([]);
  // Again: nothing is left to expire.
  expect((await retainCommand({ ...options, asOf })).text).toMatch(/^expired: no rows/);
  await line(options);
  const after = everyFile(state.published);
  expect([...after.keys()]).toEqual([...before.keys()]);
  const changed = [...after]
    .filter(([name, bytes]) => !bytes.equals(before.get(name) as Buffer))
    .map(([name]) => name);
  expect(changed).toEqual([]);
}, 60_000);

test("texts of a source that the publication has left expire, too; their author can still be erased, and is known by the hash", async () => {
  const options = copyOf("retained-then-erased");
  const yaml = path.join(options.publications, "mine/publication.yaml");
  const document = parseDocument(readFileSync(yaml, "utf8"));
  document.set("sources", [{ source: "ecb" }]);
  writeFileSync(yaml, document.toString());
  const { text } = await retainCommand({ ...options, asOf: "2027-06-01" });
  expect(text).toMatch(/^expired: 419 rows \(file\.posts: 419\)/);
  const { state } = openEnvironment(options);
  const sources = await sourcesInState(state);
  const trail = trailOf(
    state,
    sources,
    { kind: "author", account: { platform: "instagram", name: "5500277" } },
    { creators: [] },
  );
  const { removed } = await eraseFromState(state, sources, trail, "2027-06-02");
  expect(removed).toEqual({ "file.posts": 28 });
  expect(
    (await searchTrail([state.root], trail)).left.filter(({ file }) => !file.includes("published")),
  ).toEqual([]);
  expect(openOptOuts(state).size).toBeGreaterThan(0);
}, 60_000);
