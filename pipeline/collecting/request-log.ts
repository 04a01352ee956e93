// One line for each request that was sent: enough to see what was asked and what it cost, nothing that signs in, and no words of people.
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { redacted } from "../core/secrets.ts";
import type { Ask, Cost } from "./types.ts";

export interface Logged {
  readonly at: string;
  readonly source: string;
  readonly run: string;
  readonly target: string;
  readonly ask: Ask;
  readonly host: string;
  readonly status: number | null;
  readonly ms: number;
  readonly bytes: number;
  readonly attempt: number;
  readonly verdict: string;
  readonly why: string | null;
  readonly costs: readonly Cost[];
}

export const requestLog = (root: string, run: string): string =>
  join(root, "collecting", "requests", `${run}.jsonl`);

/** Values that only say how something is asked, never about whom. */
const HARMLESS =
  /^(limit|count|maxresults|max_results|part|order|sort|type|search_type|search_mode|mode|format|timespan|granularity|regioncode|relevancelanguage|lang|language|since|until|start|end|publishedafter|publishedbefore|page|page_size|local|remote|only_media)$/i;

export function logRequest(file: string, logged: Logged): void {
  const { ask, costs, ...rest } = logged;
  const entries = Object.entries(ask.query ?? {}).map(([name, value]) => [
    name,
    HARMLESS.test(name) ? String(value).slice(0, 200) : `~${hashOf(String(value))}`,
  ]);
  const line = {
    ...rest,
    method: ask.method ?? "GET",
    path: ask.path,
    query: Object.fromEntries(entries),
    costs: costs.map(({ limit, units }) => ({ limit, units })),
  };
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${redacted(JSON.stringify(line))}\n`, { mode: 0o600 });
}

const KEPT_DAYS = 30;

/** Logs of runs that began longer ago than posts are kept are removed with them. */
export function forgetOldLogs(root: string, now: Date): void {
  const folder = join(root, "collecting", "requests");
  if (!existsSync(folder)) return;
  const oldest = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
  for (const name of readdirSync(folder))
    if (/^\d{8}T/.test(name) && name.slice(0, 8) < oldest) rmSync(join(folder, name), { force: true });
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
