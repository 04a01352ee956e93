// Everything the desk needs of the world outside, as one argument: tests bring their own clock, network and chance.
import type { Publication } from "../../data/contract/publication.ts";
import type { Log, Subject } from "../core/types.ts";
import type { Variables } from "./addresses.ts";
import type { Outside } from "./ask.ts";
import type { Tokens } from "./tokens.ts";
import type { Context, LiveSource } from "./types.ts";

export interface Desk extends Outside {
  /** The collector's clock. */
  readonly now: () => Date;
  /** Milliseconds of the machine's clock, where the collector's may be set: servers go by it. */
  readonly wall?: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly log: Log;
  /** The publication's state folder. */
  readonly root: string;
  readonly publication: Publication;
  /** Markets with their languages, the home market last. */
  readonly markets: Context["markets"];
  /** Those of them that this run is for; all where absent. A tag that they share with others still finds the posts of those. */
  readonly scope?: readonly string[] | undefined;
  readonly variables: Variables;
  readonly tokens: Tokens;
  readonly optedOut: (subject: Subject) => boolean;
  /** Absolute path or file URL of the LineModule of a source. */
  readonly parserOf: (source: Pick<LiveSource, "id">) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: the desk hands a source its own configuration and never looks into it.
export type AnyLive = LiveSource<any>;

/** What goes wrong or that somebody should know, before it is a row. */
export interface Incident {
  readonly at: string;
  readonly target: string | null;
  readonly market: string | null;
  readonly kind: string;
  readonly severity: "info" | "warning" | "error";
  readonly says: string;
}
