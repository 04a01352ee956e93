// The same bronze gives the same bytes: run twice, in another time zone and locale, with another thread count, from another directory.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../stats/seeded-random.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "leap-repeat-"));
const publications = path.join(folder, "publications");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function leap(
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): string {
  const tsx = pathToFileURL(path.join(root, "node_modules/tsx/dist/esm/index.mjs")).href;
  return execFileSync(process.execPath, ["--import", tsx, path.join(root, "pipeline/cli.ts"), ...words], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** 1,500 reviews of two markets over twelve weeks, in no order. */
function writePosts(file: string): void {
  const random = seededRandom("repeat");
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const lines = Array.from({ length: 1500 }, (_, index) => {
    const day = Math.floor(random() * 84);
    return JSON.stringify({
      id: `p${index}`,
      platform: "instagram",
      market: pick(["de", "fr"]),
      posted_at: new Date(Date.UTC(2026, 7, 24 + day, Math.floor(random() * 24))).toISOString(),
      author: `a${Math.floor(random() * 300)}`,
      text: `${pick(["I love this serum", "Dieses Serum ist schrecklich", "Ce sérum est génial", "Sunscreen, again", "Terrible sticky toner"])} #${pick(["kbeauty", "glow", "serum"])}`,
      likes: Math.floor(random() * 500),
      comments: Math.floor(random() * 40),
    });
  });
  writeFileSync(file, `${lines.join("\n")}\n`);
}

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
  leap(["publish", ...common, "--threads", options.threads], options);
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
});
