// A record of live people that travels without its key would take everybody for somebody new.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openEnvironment } from "./environment.ts";
import { demandAuthorKey } from "./store.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "leap-store-key-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const demo = path.resolve(import.meta.dirname, "../test/fake-world/publications/demo/publication.yaml");
function environmentOf(name: string, text: string) {
  const publications = path.join(scratch, name);
  mkdirSync(path.join(publications, "demo"), { recursive: true });
  writeFileSync(path.join(publications, "demo/publication.yaml"), text);
  return openEnvironment({
    publication: "demo",
    publications,
    state: path.join(publications, "state"),
  } as never);
}

test("a store asks for the author key where live people are collected, and nowhere else", async () => {
  const invented = readFileSync(demo, "utf8");
  const live = environmentOf(
    "live",
    invented.replace("source: bluesky, provenance: synthetic,", "source: bluesky,"),
  );
  await expect(demandAuthorKey(live, {})).rejects.toThrow(
    /^missing LEAP_AUTHOR_KEY: demo collects from bluesky/,
  );
  await demandAuthorKey(live, { LEAP_AUTHOR_KEY: "sixteen signs at least" });
  await demandAuthorKey(environmentOf("invented", invented), {});
  mkdirSync(live.state.root);
  writeFileSync(path.join(live.state.root, "author.key"), "0".repeat(64));
  await demandAuthorKey(live, {});
});
