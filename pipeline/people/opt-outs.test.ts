// An account that opted out is known again by its id and by its name, and the list says neither.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { authorKey, defineKeyedHash } from "../core/key.ts";
import { openWarehouse } from "../core/warehouse.ts";
import { addOptOuts, openOptOuts, parseAccount } from "./opt-outs.ts";

const scratch = mkdtempSync(join(tmpdir(), "leap-opt-outs-"));
afterAll(() => rmSync(scratch, { recursive: true }));
let states = 0;
const emptyState = () => {
  states += 1;
  return { root: join(scratch, String(states)) };
};
const by = (author_id: string | null, author_handle: string | null, platform = "instagram") => ({
  platform,
  author_id,
  author_handle,
  post_id: "1",
});

test("without a list nobody has opted out, and no key is made", () => {
  const state = emptyState();
  expect(openOptOuts(state).optedOut(by("1", "mina"))).toBe(false);
  expect(existsSync(state.root)).toBe(false);
});

test("an account is known by id, by name, and by the hash that stands for it when its rows have expired", () => {
  const state = emptyState();
  expect(
    addOptOuts(state, [{ platform: "instagram", id: "77", handle: "Mina" }], "2026-11-22", "opted_out"),
  ).toBe(2);
  const { optedOut, hashes } = openOptOuts(state);
  expect([by("77", null), by(null, "mina"), by("78", "mina")].map(optedOut)).toEqual([true, true, true]);
  expect([by("79", null), by(null, "mina2"), by("77", null, "youtube")].map(optedOut)).toEqual([
    false,
    false,
    false,
  ]);
  expect(optedOut(by(`keyed:${[...hashes][0]}`, null))).toBe(true);
  const file = readFileSync(join(state.root, "people", "opt-outs.jsonl"), "utf8");
  expect(file).not.toMatch(/mina|77"/i);
});

test("a name leads to the id under it, so that rows with the id alone are known, too", () => {
  const state = emptyState();
  addOptOuts(state, [{ platform: "instagram", handle: "mina" }], "2026-11-22", "opted_out");
  const { optedOut } = openOptOuts(state);
  expect(optedOut(by("77", null))).toBe(false);
  expect(optedOut(by("77", "mina"))).toBe(true);
  expect(optedOut(by("77", null))).toBe(true);
});

test("the same account twice is one entry; a changed line is told, never passed over", () => {
  const state = emptyState();
  const mina = [{ platform: "instagram", handle: "mina" }];
  addOptOuts(state, mina, "2026-11-22", "opted_out");
  expect(addOptOuts(state, mina, "2026-11-23", "erased")).toBe(0);
  const file = join(state.root, "people", "opt-outs.jsonl");
  appendFileSync(file, '{"account":"0","sha256":"1"}\n');
  expect(() => openOptOuts(state)).toThrow(/^invalid opt-out: .*:2 does not bear its own hash/);
});

test("the hash is the one that the database makes of the same words", async () => {
  const state = emptyState();
  addOptOuts(state, [{ platform: "instagram", id: "77" }], "2026-11-22", "erased");
  const warehouse = await openWarehouse();
  await defineKeyedHash(warehouse, authorKey(state, null));
  const [row] = await warehouse.query("select replace(keyed_hash('instagram:77')::varchar, '-', '') as hash");
  warehouse.close();
  expect([...openOptOuts(state).hashes]).toEqual([row?.["hash"]]);
});

test("accounts are named by platform and handle or id", () => {
  expect(parseAccount("Instagram:@Mina.Sample")).toEqual({ platform: "instagram", name: "Mina.Sample" });
  expect(parseAccount("mastodon:ann@example.social")).toEqual({
    platform: "mastodon",
    name: "ann@example.social",
  });
  for (const words of ["mina", ":mina", "instagram:", "instagram:mi na"])
    expect(() => parseAccount(words)).toThrow(/^invalid account/);
});
