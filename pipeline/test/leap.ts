// Runs the leap command in a process of its own, as people do, and writes small files of posts for it.
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { seededRandom } from "../stats/seeded-random.ts";

export const root = path.resolve(import.meta.dirname, "../..");

const leapWords = [
  "--import",
  pathToFileURL(path.join(root, "node_modules/tsx/dist/esm/index.mjs")).href,
  path.join(root, "pipeline/cli.ts"),
];

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command in a process of its own, while this one goes on, as a server for it may have to. `kill` ends it as the system would: at once. */
export function startLeap(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly kill: () => void; readonly done: Promise<Said> } {
  const child = spawn(process.execPath, [...leapWords, ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  return {
    kill: () => child.kill("SIGKILL"),
    done: new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said }))),
  };
}

/** What the command said and how it ended. */
export function leap(
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Said {
  const done = spawnSync(process.execPath, [...leapWords, ...words], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** 1,500 posts of two markets over twelve weeks, in no order, as NDJSON. The same words give the same file. */
export function writePosts(file: string): void {
  const random = seededRandom("small file of posts");
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const texts = [
    "I love this serum",
    "Dieses Serum ist schrecklich",
    "Ce sérum est génial",
    "Sunscreen, again",
    "Terrible sticky toner",
  ];
  const lines = Array.from({ length: 1500 }, (_, index) => {
    const day = Math.floor(random() * 84);
    return JSON.stringify({
      id: `p${index}`,
      platform: "instagram",
      market: pick(["de", "fr"]),
      posted_at: new Date(Date.UTC(2026, 7, 24 + day, Math.floor(random() * 24))).toISOString(),
      author: `a${Math.floor(random() * 300)}`,
      text: `${pick(texts)} #${pick(["kbeauty", "glow", "serum"])}`,
      likes: Math.floor(random() * 500),
      comments: Math.floor(random() * 40),
    });
  });
  writeFileSync(file, `${lines.join("\n")}\n`);
}
