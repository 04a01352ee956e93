import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { authorKey, defineKeyedHash } from "./key.ts";
import { statePaths } from "./state.ts";
import { literal, openWarehouse } from "./warehouse.ts";

const folder = () => mkdtempSync(join(tmpdir(), "leap-key-"));
const hmac = (key: Uint8Array, text: string) =>
  createHmac("sha256", key)
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");

test("keyed_hash is HMAC-SHA-256, for keys shorter and longer than a block and text in any script", async () => {
  const warehouse = await openWarehouse();
  const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((s) => s.replaceAll("\0", ""));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 130 }), text, async (key, message) => {
      await defineKeyedHash(warehouse, key);
      const [row] = await warehouse.query(
        `SELECT keyed_hash(${literal(message)}) AS hash, keyed_hash(NULL) AS none`,
      );
      expect(row).toEqual({ hash: hmac(key, message), none: null });
    }),
    { numRuns: 60 },
  );
  warehouse.close();
});

test("the key never lands in the database file", async () => {
  const directory = folder();
  const key = new TextEncoder().encode("a secret of this publication");
  const warehouse = await openWarehouse({ path: join(directory, "w.duckdb") });
  await defineKeyedHash(warehouse, key);
  await warehouse.execute(
    "CREATE TABLE authors AS SELECT keyed_hash('instagram:' || i) AS author_key FROM range(1000) t(i)",
  );
  const errors = await warehouse
    .query("SELECT keyed_hash(no_such_column)")
    .catch((error: Error) => error.message);
  warehouse.close();
  const written = readdirSync(directory).map((file) => readFileSync(join(directory, file)));
  const block = new Uint8Array(64);
  block.set(key);
  const traces = [key, block.map((b) => b ^ 0x36), block.map((b) => b ^ 0x5c)].flatMap((bytes) => [
    Buffer.from(bytes),
    Buffer.from(Buffer.from(bytes).toString("hex")),
  ]);
  expect(written.length).toBeGreaterThan(0);
  for (const trace of traces) {
    expect(written.some((file) => file.includes(trace))).toBe(false);
    expect(String(errors)).not.toContain(trace.toString());
  }
});

test("the key is made once, readable by its owner alone", () => {
  const state = statePaths("p", folder());
  const first = authorKey(state, null, {});
  expect(authorKey(state, null, {})).toEqual(first);
  expect(first).toHaveLength(32);
  expect(statSync(join(state.root, "author.key")).mode & 0o777).toBe(0o600);
});

test("invented people need no secret: the same seed gives the same key, and nothing is written", () => {
  const state = statePaths("p", folder());
  expect(authorKey(state, "kbeauty:7", {})).toEqual(authorKey(statePaths("q", folder()), "kbeauty:7", {}));
  expect(authorKey(state, "kbeauty:8", {})).not.toEqual(authorKey(state, "kbeauty:7", {}));
  expect(readdirSync(state.root)).toEqual([]);
});

test("the environment's key wins, and a short one is refused without being shown", () => {
  const state = statePaths("p", folder());
  expect(Buffer.from(authorKey(state, "seed", { LEAP_AUTHOR_KEY: "0123456789abcdef" })).toString()).toBe(
    "0123456789abcdef",
  );
  expect(() => authorKey(state, null, { LEAP_AUTHOR_KEY: "hunter2" })).toThrow(
    /^invalid LEAP_AUTHOR_KEY: shorter than 16/,
  );
});

test("an account that stands as its hash alone keeps it; one whose name only looks so is hashed", async () => {
  const warehouse = await openWarehouse();
  await defineKeyedHash(warehouse, new TextEncoder().encode("a key of the tests"));
  const [row] = await warehouse.query(`
    select keyed_hash('instagram:keyed:' || keyed_hash('instagram:77')) = keyed_hash('instagram:77') as kept,
      keyed_hash('instagram:keyed:nobody') is not null as hashed, keyed_hash(null) is null as nothing`);
  warehouse.close();
  expect(row).toEqual({ kept: true, hashed: true, nothing: true });
});
