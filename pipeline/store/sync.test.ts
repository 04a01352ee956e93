// What machines may count on when they share a record: nothing is lost, nothing erased comes back, and a kill leaves the old record.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderStore } from "./folder.ts";
import { gitStore } from "./git.ts";
import type { Place } from "./manifest.ts";
import { blobName, pointerName, pointerOf, type Store, sha256 } from "./store.ts";
import { prune, pull, push } from "./sync.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "leap-sync-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const NOW = new Date("2026-11-20T08:00:00Z");
const SPACE = "private/kbeauty";

function machine(name: string) {
  const state = path.join(root, name);
  const at = (file: string) => path.join(state, file);
  return {
    state,
    write(file: string, text: string) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    },
    read: (file: string) => (existsSync(at(file)) ? readFileSync(at(file), "utf8") : null),
    erase: (file: string) => rmSync(at(file)),
    at,
  };
}

const shared = (store: Store = folderStore(path.join(root, "store"))): Place => ({
  store,
  publication: "kbeauty",
  part: "private",
});

/** A store that does as another does, and something else besides. */
const meddled = (over: Partial<Store>): Store => ({ ...folderStore(path.join(root, "store")), ...over });

test("only what is new travels, and another machine gets every byte of it", async () => {
  const [one, two] = [machine("one"), machine("two")];
  one.write("bronze/instagram/2026-11-19/parts/posts.ndjson", "{}\n");
  one.write("collecting/instagram/kept.json", "{}");
  one.write("answers/ab/cd.json", "an answer");
  one.write("warehouse/2026-W47.duckdb", "can be computed again");
  one.write("author.key", "stays");
  one.write("collecting/lock", "stays");
  one.write("bronze/instagram/.staging-x/part", "stays");
  expect(await push(one.state, shared(), NOW)).toMatchObject({ files: 3 });
  one.write("bronze/instagram/2026-11-20/parts/posts.ndjson", "{}\n{}\n");
  expect(await push(one.state, shared(), NOW)).toMatchObject({ files: 1, bytes: 6 });
  expect(await push(one.state, shared(), NOW)).toMatchObject({
    files: 0,
    says: "nothing to push: the store has it all",
  });
  expect(await pull(two.state, shared())).toMatchObject({ files: 4, removed: 0 });
  expect(two.read("bronze/instagram/2026-11-20/parts/posts.ndjson")).toBe("{}\n{}\n");
  for (const file of [
    "warehouse/2026-W47.duckdb",
    "author.key",
    "collecting/lock",
    "bronze/instagram/.staging-x/part",
  ])
    expect(two.read(file)).toBeNull();
  expect(statSync(two.at("answers/ab/cd.json")).mode & 0o777).toBe(0o600);
  expect(await pull(two.state, shared())).toMatchObject({ files: 0, bytes: 0 });
});

test("of two machines that push at once the second is refused and told to pull; then both have everything", async () => {
  const [one, two] = [machine("one"), machine("two")];
  one.write("bronze/a", "common");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  one.write("bronze/b", "of one");
  two.write("bronze/c", "of two");
  let begun = false;
  // The first to push is overtaken between its last blob and its pointer.
  const overtaken = meddled({
    async casPointer(...words) {
      if (!begun) {
        begun = true;
        await push(two.state, shared(), NOW);
      }
      return folderStore(path.join(root, "store")).casPointer(...words);
    },
  });
  await expect(push(one.state, shared(overtaken), NOW)).rejects.toThrow(
    /^refused push: the machine .* pushed at 2026-11-20T08:00:00\.000Z to folder:.* Nothing was changed there\. Run leap store pull, then push again\.$/,
  );
  await expect(push(one.state, shared(), NOW)).rejects.toThrow(/^refused push/);
  expect(await pull(one.state, shared())).toMatchObject({ files: 1 });
  expect(await push(one.state, shared(), NOW)).toMatchObject({ files: 1 });
  await pull(two.state, shared());
  for (const { read } of [one, two])
    expect(["a", "b", "c"].map((name) => read(`bronze/${name}`))).toEqual(["common", "of one", "of two"]);
});

test("a push that is killed anywhere leaves the old record to others, and the next one ends it", async () => {
  const one = machine("one");
  one.write("bronze/a", "before");
  await push(one.state, shared(), NOW);
  const names = Array.from({ length: 12 }, (_, index) => `bronze/new-${index}`);
  for (const name of names) one.write(name, name);
  for (let point = 0; point <= 13; point++) {
    let done = 0;
    const step = <T>(work: () => Promise<T>): Promise<T> => {
      if (done >= point) throw new Error("killed");
      done += 1;
      return work();
    };
    const whole = folderStore(path.join(root, "store"));
    const killed = meddled({
      putIfAbsent: async (name, body) => step(() => whole.putIfAbsent(name, body)),
      casPointer: async (...words) => step(() => whole.casPointer(...words)),
    });
    await expect(push(one.state, shared(killed), NOW)).rejects.toThrow("killed");
    const other = machine(`other-${point}`);
    await pull(other.state, shared());
    expect(other.read("bronze/a")).toBe("before");
    expect(other.read("bronze/new-0")).toBeNull();
  }
  await push(one.state, shared(), NOW);
  const last = machine("last");
  await pull(last.state, shared());
  expect(names.map(last.read)).toEqual(names);
});

test("what was erased on one machine is gone from the store and from every other machine, and cannot come back from there", async () => {
  const [one, two] = [machine("one"), machine("two")];
  one.write("bronze/posts", "somebody's words\nothers\n");
  one.write("bronze/whole-receipt/of-somebody", "words");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  one.write("bronze/posts", "others\n");
  one.erase("bronze/whole-receipt/of-somebody");
  await push(one.state, shared(), NOW);
  const words = blobName(SPACE, sha256("somebody's words\nothers\n"));
  expect(await shared().store.get(words)).not.toBeNull();
  // The two files, and the two manifests before.
  expect(await prune(one.state, shared(), NOW)).toMatchObject({ removed: 4 });
  expect(await shared().store.get(words)).toBeNull();
  // The machine that still has them may not push, and loses them when it pulls.
  two.write("bronze/new", "collected meanwhile");
  await expect(push(two.state, shared(), NOW)).rejects.toThrow(/^refused push/);
  expect(await pull(two.state, shared())).toMatchObject({ files: 1, removed: 1 });
  expect(two.read("bronze/posts")).toBe("others\n");
  expect(existsSync(two.at("bronze/whole-receipt"))).toBe(false);
  await push(two.state, shared(), NOW);
  await pull(one.state, shared());
  expect(one.read("bronze/new")).toBe("collected meanwhile");
  const store = path.join(root, "store");
  const kept = readdirSync(store, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(path.join(store, file)).isFile(),
  );
  expect(kept.filter((file) => readFileSync(path.join(store, file), "utf8").includes("words"))).toEqual([]);
  expect(await prune(one.state, shared(), NOW)).toMatchObject({ removed: 2 });
  expect(await prune(one.state, shared(), NOW)).toMatchObject({ removed: 0 });
});

test("a push that was under way while somebody pruned fails at its pointer: no manifest names a blob that was deleted", async () => {
  const [one, two] = [machine("one"), machine("two")];
  one.write("bronze/a", "a");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  one.write("bronze/b", "b");
  const whole = folderStore(path.join(root, "store"));
  const slow = meddled({
    async casPointer(...words) {
      await prune(two.state, shared(), NOW);
      return whole.casPointer(...words);
    },
  });
  await expect(push(one.state, shared(slow), NOW)).rejects.toThrow(/^refused push/);
  // Pruning changed no file, so there is nothing to pull first.
  await push(one.state, shared(), NOW);
  const last = machine("last");
  await pull(last.state, shared());
  expect(last.read("bronze/b")).toBe("b");
});

test("a prune that was killed closes the store to pushes until it is finished by another", async () => {
  const one = machine("one");
  one.write("bronze/a", "a");
  await push(one.state, shared(), NOW);
  one.write("bronze/a", "b");
  await push(one.state, shared(), NOW);
  const killed = meddled({
    delete: async () => {
      throw new Error("killed");
    },
  });
  await expect(prune(one.state, shared(killed), NOW)).rejects.toThrow("killed");
  one.write("bronze/c", "c");
  await expect(push(one.state, shared(), NOW)).rejects.toThrow(
    /is being pruned since 2026-11-20T08:00:00\.000Z\. .* finish one that was killed with leap store prune/,
  );
  await expect(prune(one.state, shared(), new Date("2026-11-20T08:10:00Z"))).rejects.toThrow(
    /^refused prune/,
  );
  expect(await prune(one.state, shared(), new Date("2026-11-20T08:16:00Z"))).toMatchObject({ removed: 4 });
  const two = machine("two");
  await pull(two.state, shared());
  expect(two.read("bronze/a")).toBe("b");
  await push(one.state, shared(), NOW);
});

test("journals that grew on two machines are put together; other files that changed on both are not guessed at", async () => {
  const [one, two] = [machine("one"), machine("two")];
  const ledger = "collecting/instagram/ledger.jsonl";
  one.write(ledger, "use 1\nuse 1\n");
  one.write("collecting/instagram/kept.json", "1");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  one.write(ledger, "use 1\nuse 1\nuse 1\nuse 2\n");
  one.write("collecting/instagram/kept.json", "2");
  two.write(ledger, "use 1\nuse 1\nuse 3\n");
  two.write("collecting/instagram/kept.json", "3");
  await push(one.state, shared(), NOW);
  await expect(pull(two.state, shared())).rejects.toThrow(
    "changed on both sides: collecting/instagram/kept.json. Nothing was changed here. Say --prefer theirs or --prefer ours.",
  );
  expect(two.read(ledger)).toBe("use 1\nuse 1\nuse 3\n");
  await pull(two.state, shared(), "theirs");
  expect(two.read("collecting/instagram/kept.json")).toBe("2");
  expect(two.read(ledger)).toBe("use 1\nuse 1\nuse 1\nuse 2\n");
});

test("a ledger never loses a use, whichever side is preferred nowhere else", async () => {
  const [one, two] = [machine("one"), machine("two")];
  const ledger = "collecting/instagram/ledger.jsonl";
  one.write(ledger, "use 1\n");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  one.write(ledger, "use 1\nuse 1\nuse 2\n");
  two.write(ledger, "use 1\nuse 3\n");
  await push(one.state, shared(), NOW);
  await pull(two.state, shared());
  expect(two.read(ledger)).toBe("use 1\nuse 1\nuse 2\nuse 3\n");
});

test("a damaged or missing blob stops a pull before any file here is touched", async () => {
  const [one, two] = [machine("one"), machine("two")];
  one.write("bronze/a", "first");
  one.write("bronze/b", "second");
  await push(one.state, shared(), NOW);
  const blob = path.join(root, "store", blobName(SPACE, sha256("second")));
  writeFileSync(blob, "seco");
  await expect(pull(two.state, shared())).rejects.toThrow(/^invalid blob/);
  expect(existsSync(two.at("bronze"))).toBe(false);
  rmSync(blob);
  await expect(pull(two.state, shared())).rejects.toThrow(/^missing blob: .* leap store push --anew/);
  await push(one.state, shared(), NOW, true);
  await pull(two.state, shared());
  expect(two.read("bronze/b")).toBe("second");
});

test("a token travels sealed or not at all, and links do not", async () => {
  const one = machine("one");
  one.write("tokens/instagram.token.json", '{"secret":"canary"}');
  const said = await push(one.state, shared(), NOW).catch((error: Error) => error.message);
  expect(said).toMatch(/^invalid token: .* is not sealed, so nothing was pushed\. Set LEAP_TOKEN_KEY/);
  expect(said).not.toContain("canary");
  expect(existsSync(path.join(root, "store"))).toBe(false);
  one.write("tokens/instagram.token.json", '{"version":1,"salt":"a","iv":"b","tag":"c","data":"d"}');
  expect(await push(one.state, shared(), NOW)).toMatchObject({ files: 1 });
  mkdirSync(one.at("bronze"));
  symlinkSync("/etc/hostname", one.at("bronze/link"));
  await expect(push(one.state, shared(), NOW)).rejects.toThrow(/is a link\. A record holds files alone/);
});

test("a manifest that names a way out of the state folder is refused, and so is one of another publication", async () => {
  const two = machine("two");
  const { store } = shared();
  const put = async (over: object) => {
    const manifest = {
      version: 1,
      publication: "kbeauty",
      part: "private",
      written_at: NOW.toISOString(),
      written_by: null,
      previous: null,
      pruning: null,
      files: {},
      ...over,
    };
    const body = new TextEncoder().encode(JSON.stringify(manifest));
    await store.putIfAbsent(blobName(SPACE, sha256(body)), body);
    const pointer = pointerName(SPACE, "record");
    await store.casPointer(pointer, await pointerOf(store, pointer), sha256(body));
  };
  for (const file of [
    "../x",
    "bronze/../../x",
    "/etc/x",
    "published/x",
    "author.key",
    "bronze//x",
    "bronze/.staging-x/y",
    "bronze\\..\\x",
    "",
  ]) {
    await put({ files: { [file]: sha256("x") } });
    await expect(pull(two.state, shared())).rejects.toThrow(/^invalid path in a manifest/);
  }
  await put({ publication: "other" });
  await expect(pull(two.state, shared())).rejects.toThrow(/is the private part of other/);
});

test("an empty folder is not pushed over a full record, and an empty store is no error to pull from", async () => {
  const [one, two] = [machine("one"), machine("two")];
  expect(await pull(one.state, shared())).toMatchObject({ pointer: null, files: 0 });
  one.write("bronze/a", "a");
  await push(one.state, shared(), NOW);
  one.erase("bronze/a");
  await expect(push(one.state, shared(), NOW)).rejects.toThrow(
    /an empty folder is not pushed over a full one/,
  );
  await expect(push(two.state, shared(), NOW)).rejects.toThrow(/^refused push/);
});

test("editions go to a git branch and back; the private record does not", async () => {
  const remote = path.join(root, "public.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  const place = (part: "private" | "public"): Place => ({
    store: gitStore({ remote, branch: "data" }),
    publication: "kbeauty",
    part,
  });
  const [one, two] = [machine("one"), machine("two")];
  one.write("published/2026-W47/metrics/metrics.json", "[]");
  one.write("published/editions.json", "{}");
  one.write("bronze/a", "private");
  expect(await push(one.state, place("public"), NOW)).toMatchObject({ files: 2 });
  expect(await pull(two.state, place("public"))).toMatchObject({ files: 2 });
  expect(two.read("published/2026-W47/metrics/metrics.json")).toBe("[]");
  await expect(push(one.state, place("private"), NOW)).rejects.toThrow(/only public aggregates go there/);
  one.write("published/2026-W47/metrics/metrics.json", "[1]");
  await push(one.state, place("public"), NOW);
  expect(await prune(one.state, place("public"), NOW)).toMatchObject({ removed: 3 });
  await pull(two.state, place("public"));
  expect(two.read("published/2026-W47/metrics/metrics.json")).toBe("[1]");
});
