// The same bronze gives the same bytes: run twice, in another time zone and locale, with another thread count, from another directory.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leap, writePosts } from "./leap.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-repeat-"));
const publications = path.join(folder, "publications");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every file under a folder with its SHA-256. */
function digest(of: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(of, { recursive: true, encoding: "utf8" })
      .filter((file) => statSync(path.join(of, file)).isFile())
      .sort()
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(path.join(of, file)))
          .digest("hex"),
      ]),
  );
}

function publishFrom(
  state: string,
  options: { cwd?: string; env?: Record<string, string>; threads: string },
): Record<string, string> {
  const common = ["--publication", "repeat", "--publications", publications, "--state", state];
  leap(["model", ...common, "--threads", options.threads], options);
  leap(["analyse", ...common, "--threads", options.threads], options);
  const published = leap(["publish", ...common, "--threads", options.threads], options);
  if (published.code !== 0) throw new Error(published.err);
  return digest(path.join(state, "published"));
}

const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];

beforeAll(() => {
  const file = path.join(folder, "posts.ndjson");
  writePosts(file);
  leap([
    "import",
    file,
    "--publication",
    "repeat",
    "--publications",
    publications,
    "--state",
    first,
    "--yes",
  ]);
  mkdirSync(second);
  cpSync(path.join(first, "bronze"), path.join(second, "bronze"), { recursive: true });
});

test("twice, elsewhere, in Kathmandu, in Turkish, on one thread: the same bytes", () => {
  const here = publishFrom(first, { threads: "4" });
  const there = publishFrom(second, {
    threads: "1",
    cwd: folder,
    env: { TZ: "Asia/Kathmandu", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
  });
  expect(Object.keys(here).length).toBeGreaterThan(100);
  expect(there).toEqual(here);
}, 300_000);
