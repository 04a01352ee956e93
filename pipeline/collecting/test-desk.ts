// A desk for tests of sources: a scratch state, a fetch that the test writes, a clock that waiting moves. Nothing here takes real time.

import type { z } from "zod";
import type { Publication } from "../../data/contract/publication.ts";
import type { Row, Subject } from "../core/types.ts";
import type { IncidentRow, LimitRow, RunRow } from "./collector-rows.ts";
import type { LiveSource } from "./types.ts";

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
  readonly optedOut?: (subject: Subject) => boolean;
  /** In [0, 1); default 0.5. */
  readonly chance?: () => number;
  /** Frames that a WebSocket at an address gives before it falls silent. */
  readonly frames?: (url: string) => readonly string[];
}

export interface TestDesk {
  /** One `leap collect` of the source; what it said for people. `at` sets the clock first. */
  collect(at?: string): Promise<TestRun>;
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
  /** Removes the scratch state. */
  close(): void;
}

export interface TestRun {
  readonly says: readonly string[];
  readonly gaps: readonly string[];
}

export function testDesk(_world: TestWorld): TestDesk {
  throw new Error("not yet");
}

export type { Publication };
