// A desk for tests of sources: a scratch state, a fetch that the test writes, a clock that waiting moves. Nothing here takes real time.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { Publication } from "../../data/contract/publication.ts";
import { readReceipts } from "../core/bronze.ts";
import { silentLog } from "../core/log.ts";
import type { StatePaths } from "../core/state.ts";
import type { Row, Subject } from "../core/types.ts";
import type { IncidentRow, LimitRow, RunRow } from "./collector-rows.ts";
import { type Collected, collectLive } from "./desk.ts";
import { openTokens } from "./tokens.ts";
import type { LiveSource } from "./types.ts";
import type { Desk } from "./world.ts";

export interface TestWorld {
  // biome-ignore lint/suspicious/noExplicitAny: a source of any configuration.
  readonly source: LiveSource<any>;
  /** Its entry in publication.yaml, without `source`; parsed by the source's own schema. */
  readonly config?: Row;
  /** Answers each request, in this process. Bodies and headers stand in the Request; secrets too, since this is the server's side. */
  readonly fetch?: (request: Request) => Response | Promise<Response>;
  /** Instant at which the first run starts. Default 2026-11-20T06:00:00Z. */
  readonly at?: string;
  /** The environment: credentials, `LEAP_<SOURCE>_BASE_URL`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Keys of publication.yaml that differ from a plain one of the markets de and fr. */
  readonly publication?: Row;
  /** Default: de with [de], fr with [fr]. */
  readonly markets?: readonly { readonly code: string; readonly languages: readonly string[] }[];
  /** `--markets`. */
  readonly scope?: readonly string[];
  readonly optedOut?: (subject: Subject) => boolean;
  /** In [0, 1); default 0.5. */
  readonly chance?: () => number;
  /** Milliseconds that each answer takes on the clock; default 20. */
  readonly answersIn?: number;
  /** Path of the source's LineModule; default `pipeline/sources/<id>/parser.ts`. */
  readonly parser?: string;
  /** Frames that a WebSocket at an address gives before it is closed. */
  readonly frames?: (url: string) => readonly string[];
}

export interface TestDesk {
  /** One `leap collect` of the source; what it said for people. `at` sets the clock first. */
  collect(at?: string): Promise<Collected>;
  /** Accepted rows of a thing over all receipts, oldest receipt first. */
  rows(thing: string): Row[];
  /** What the desk wrote of its own work, over all runs. */
  runs(): z.output<typeof RunRow>[];
  limits(): z.output<typeof LimitRow>[];
  incidents(): z.output<typeof IncidentRow>[];
  quarantined(): Row[];
  /** Requests so far: `GET https://…` with secrets as they travelled. */
  readonly asked: readonly string[];
  /** Milliseconds that the desk has waited so far. */
  waited(): number;
  now(): Date;
  readonly root: string;
  readonly desk: Desk;
  /** Removes the scratch state. */
  close(): void;
}

const PUBLICATION = {
  id: "tiny",
  title: "Tiny",
  tagline: "A world of a few rows.",
  category: "beauty",
  markets: ["de", "fr"],
  hashtags: { de: ["kbeauty", "hautpflege"], fr: ["kbeauty", "soin"] },
  sources: [{ source: "test" }],
};

export function testDesk(world: TestWorld): TestDesk {
  const root = mkdtempSync(join(tmpdir(), "leap-desk-"));
  const asked: string[] = [];
  let clock = Date.parse(world.at ?? "2026-11-20T06:00:00Z");
  let waited = 0;
  const publication = Publication.parse({ ...PUBLICATION, ...world.publication });
  const desk: Desk = {
    root,
    publication,
    scope: world.scope,
    markets: world.markets ?? publication.markets.map((code) => ({ code, languages: [code] })),
    variables: world.variables ?? {},
    tokens: openTokens(root, world.variables ?? {}),
    now: () => new Date(clock),
    wait: async (ms) => {
      clock += ms;
      waited += ms;
    },
    chance: world.chance ?? (() => 0.5),
    log: silentLog,
    optedOut: world.optedOut ?? (() => false),
    parserOf: ({ id }) =>
      world.parser ?? fileURLToPath(new URL(`../sources/${id}/parser.ts`, import.meta.url)),
    fetch: async (input, init) => {
      const request = new Request(input as URL, init);
      asked.push(`${request.method} ${request.url}`);
      const answer = await (world.fetch?.(request) ?? new Response("nobody is here", { status: 404 }));
      // Answers take time, and what a limit counts moves on.
      clock += world.answersIn ?? 20;
      return answer;
    },
    socket: (url) => {
      asked.push(`WS ${url}`);
      return frameSocket(world.frames?.(url) ?? []);
    },
  };
  const receipts = (source: string) =>
    readReceipts({ bronze: join(root, "bronze") } as StatePaths, source, null);
  const rowsOf = (source: string, thing: string): Row[] =>
    receipts(source).flatMap((receipt) =>
      (receipt.things[thing]?.parts ?? []).flatMap((part) =>
        lines(join(root, "bronze", source, receipt.id, part)),
      ),
    );
  return {
    root,
    asked,
    desk,
    waited: () => waited,
    now: () => new Date(clock),
    async collect(at) {
      if (at !== undefined) clock = Date.parse(at);
      return collectLive(world.source, world.source.config.parse(world.config ?? {}), desk);
    },
    rows: (thing) => rowsOf(world.source.id, thing),
    runs: () => rowsOf("collector", "runs") as z.output<typeof RunRow>[],
    limits: () => rowsOf("collector", "limits") as z.output<typeof LimitRow>[],
    incidents: () => rowsOf("collector", "incidents") as z.output<typeof IncidentRow>[],
    quarantined: () =>
      receipts(world.source.id).flatMap(({ id }) =>
        lines(join(root, "bronze", world.source.id, id, "quarantine.ndjson")),
      ),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

function lines(file: string): Row[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

/** Opens, gives its frames, and is silent. */
function frameSocket(frames: readonly string[]): WebSocket {
  const socket = new EventTarget() as EventTarget & { close: () => void; binaryType: string };
  socket.close = () => {};
  queueMicrotask(() => {
    socket.dispatchEvent(new Event("open"));
    for (const data of frames) socket.dispatchEvent(new MessageEvent("message", { data }));
    socket.dispatchEvent(new Event("close"));
  });
  return socket as unknown as WebSocket;
}
