// Kills a collection at a named point, lets another process go on, and holds what both leave against a run that nobody disturbed.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CrashPoint } from "./crash-points.ts";
import { type TestServer, testServer } from "./test-server.ts";

const TSX = pathToFileURL(
  fileURLToPath(new URL("../../node_modules/tsx/dist/esm/index.mjs", import.meta.url)),
).href;
const CHILD = fileURLToPath(new URL("./torture-child.ts", import.meta.url));
const AT = "2026-11-20T06:00:00Z";
const COUNTS = { one: 7, two: 3, three: 0, four: 5 };

export interface Tortured {
  /** Accepted lines of bronze, byte for byte. */
  readonly bronze: string;
  /** What the desk says of it, without times and requests that were lost on their way. */
  readonly rows: string;
  /** Requests for each page. */
  readonly pages: ReadonlyMap<string, number>;
  /** The process was killed at the point. */
  readonly killed: boolean;
  readonly left: readonly string[];
}

/** `at`: `<point>:<n>`; null disturbs nothing. */
export async function tortured(at: `${CrashPoint}:${number}` | null): Promise<Tortured> {
  const root = mkdtempSync(join(tmpdir(), "leap-torture-"));
  const world = await served(testServer(COUNTS));
  try {
    const signal = at === null ? null : await child(root, world.address, { LEAP_CRASH_AT: at });
    if (signal === null || signal === "SIGKILL") {
      const end = await child(root, world.address, {});
      if (end !== null) throw new Error(`the second run ended with ${end}`);
    }
    return {
      bronze: linesOf(join(root, "bronze/test")),
      rows: steady(linesOf(join(root, "bronze/collector"))),
      pages: world.server.pages,
      killed: signal === "SIGKILL",
      left: readdirSync(join(root, "collecting/test")),
    };
  } finally {
    await world.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function child(root: string, address: string, env: Record<string, string>): Promise<string | null> {
  const { LEAP_CRASH_AT: _handle, ...clean } = process.env;
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, ["--import", TSX, CHILD, root, address, AT], {
      env: { ...clean, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    running.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    running.once("close", (code, signal) =>
      code === 0 || signal ? resolve(signal) : reject(new Error(`ended with ${code}: ${said}`)),
    );
  });
}

async function served(server: TestServer) {
  const http = createServer(async (incoming, outgoing) => {
    const answer = await server.fetch(new Request(`http://${incoming.headers.host}${incoming.url}`));
    outgoing.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      http.closeAllConnections();
      http.close(() => resolve());
    });
  return { server, address, close };
}

const linesOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .map((name) => `${name}\n${readFileSync(join(folder, name), "utf8")}`)
    .join("");

// A request that was lost with its process was made all the same, and limits count it: that is not the same twice.
const steady = (rows: string): string =>
  rows
    .replaceAll(/"(ended_at|at|resets_at)":"[^"]*"/g, '"$1":""')
    .replaceAll(/"(used|left|requests)":[\d.]+/g, '"$1":0');
