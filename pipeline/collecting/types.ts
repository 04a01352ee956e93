// What a live source says of itself, and what passes between it and the desk that does its asking. A source is pure: it names what to ask
// and reads what was answered. The desk owns the network: limits, waiting, retries, secrets, checkpoints, receipts.
import type { Publication } from "../../data/contract/publication.ts";
import type { Row, Source } from "../core/types.ts";

/** Anything JSON can say; what a source remembers survives the process. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A folder in pipeline/sources whose source is asked over the network. */
export interface LiveSource<Config extends LiveConfig = LiveConfig> extends Source<Config> {
  readonly live: Live<Config>;
}

/** Keys every live source takes in publication.yaml; see live-config.ts. */
export interface LiveConfig {
  readonly base_url?: string | undefined;
  readonly provenance: "observed" | "synthetic";
  readonly every_hours: number;
  readonly deadline_minutes: number;
  readonly most_pages: number;
}

export interface Live<Config extends LiveConfig = LiveConfig> {
  /** Platform its posts belong to, such as instagram; signals without posts name their provider. */
  readonly platform: string;
  /**
   * Addresses by name; `main` is overruled by `base_url` of the configuration and by `LEAP_<SOURCE>_BASE_URL`, another name by
   * `LEAP_<SOURCE>_<NAME>_BASE_URL`. Https and wss only, except on loopback. The configuration that is handed in bears as `base_url` what
   * overrules `main`, so that other addresses may be derived from it. `everywhere`: it came from the environment, which stands in for all of the
   * source; no address of the configuration's own is asked then.
   */
  addresses(config: Config, everywhere: boolean): Readonly<Record<string, string>>;
  readonly credentials: readonly CredentialNeed[];
  /** Secrets that are fetched with others and expire: the session of an app password. */
  readonly sessions?: Readonly<Record<string, Session>>;
  limits(context: Context<Config>): readonly Limit[];
  /** What a run asks, most important first. The same context gives the same targets. */
  plan(context: Context<Config>): readonly Target[];
  /** Where a target begins, from what earlier runs kept of it; null when there is nothing to ask in this run. */
  begin(target: Target, kept: Json, context: Context<Config>): Json | null;
  /** The next request of a target; null when it is done. */
  next(target: Target, progress: Json, context: Context<Config>): Ask | null;
  /** What an answer says. Never throws on strange answers: what cannot be read is a verdict. */
  read(target: Target, progress: Json, answer: Answer, context: Context<Config>): PageRead;
  /** A verdict of the source's own, by the code in the body; null leaves it to the status (see verdict.ts). */
  judge?(answer: Answer, ask: Ask, context: Context<Config>): Verdict | null;
  /** What the server says of its own limits in an answer, mostly in its headers, whatever the verdict. */
  usage?(answer: Answer, context: Context<Config>, ask: Ask): readonly Usage[];
  /** What somebody should know before anything is asked: switched off, a version that ends soon. One that `stops` ends the run before its first request. */
  notices?(context: Context<Config>): readonly Notice[];
  /** What a target that was walked to its end, or as far as it went, leaves to later runs and to coverage. */
  finish(target: Target, progress: Json, ended: boolean, context: Context<Config>): Finished;
}

/** What a run stands on; the collector's clock stands still in it, so that a resumed run says the same. */
export interface Context<Config extends LiveConfig = LiveConfig> {
  readonly config: Config;
  readonly publication: Publication;
  /** Markets of the publication with their languages, most used first (ISO 639-1); the home market comes last. */
  readonly markets: readonly { readonly code: string; readonly languages: readonly string[] }[];
  /** The registry without those who opted out. */
  readonly creators: Publication["creators"];
  /** ISO instant of the run: every row's `collected_at`. */
  readonly at: string;
  /** Values of credentials that are no secret, such as a user id; null for secrets and for what is not set. */
  plain(credential: string): string | null;
  /** True where a credential is set. */
  has(credential: string): boolean;
}

export interface Notice {
  readonly severity: "info" | "warning" | "error";
  /** For people; no secret. */
  readonly says: string;
  /** Nothing is asked, and the run is not a failure where the severity is `info`: `off`, `configuration`. */
  readonly stops?: "off" | "configuration";
}

// ── what to ask ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** One thing that is asked about until it is done: a hashtag, a creator, an article. */
export interface Target {
  /** The same in every run: `hashtag:kbeauty`, `creator:mina-glasshaut`. What was kept is found by it. */
  readonly id: string;
  /** Markets whose coverage it belongs to; none for currencies. */
  readonly markets: readonly string[];
  /** Words for people: `#kbeauty`. */
  readonly title: string;
  readonly data: Json;
  /** Counts towards coverage; false for what refreshes counts or looks for deletions. Default true. */
  readonly essential?: boolean;
}

export interface Ask {
  /** Name of an address; default `main`. */
  readonly address?: string;
  readonly method?: "GET" | "POST";
  /** Behind the address, without query: `/v26.0/ig_hashtag_search`. Parts that come from outside are encoded by the source. */
  readonly path: string;
  /** Arrays repeat the name. No secret ever stands here. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: Json;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Secrets the desk puts in at the last moment; logs and journals show the name alone. */
  readonly secrets?: readonly SecretUse[];
  /** What it takes of which limits; reserved on disk before anything is sent. */
  readonly costs: readonly Cost[];
  /** `json` is parsed, and anything else is a broken answer; `text` is left as it is; `frames` opens a WebSocket and gathers. */
  readonly expect: "json" | "text" | "frames";
  /** Worth asking only while nothing brakes: where its limits would have it wait for more than a moment, the target is done without it. */
  readonly spare?: true;
  /** A thing that may not have changed since the last run: ETag and Last-Modified are kept under this key and sent. */
  readonly conditional?: string;
  /** For `frames`: when to close. Whichever comes first. */
  readonly until?: { readonly frames: number; readonly idle_ms: number; readonly total_ms: number };
  /** For `frames`: subprotocols that are offered, such as `xrpc.v1.json`. */
  readonly protocols?: readonly string[];
}

export interface SecretUse {
  /** Name of a credential or of a session. */
  readonly of: string;
  readonly in: "query" | "header" | "json" | "form";
  readonly name: string;
  /** Such as `Bearer `. */
  readonly prefix?: string;
}

export interface Cost {
  readonly limit: string;
  readonly units: number;
  /** For limits that count distinct things: the hashtag. */
  readonly key?: string;
}

export interface Limit {
  readonly id: string;
  /** For people: `Unique hashtags in 7 days`. */
  readonly title: string;
  readonly unit: string;
  /** Whose: an id that may be shown, hashed by the desk before it is written. Limits of another account are other limits. */
  readonly account: string;
  readonly capacity: number;
  readonly window:
    | { readonly kind: "rolling"; readonly seconds: number }
    /** Full again at midnight of the zone. */
    | { readonly kind: "day"; readonly zone: string };
  /** A key is counted once in a window: it holds its place until the window after its last use is over. */
  readonly distinct?: true;
  /** Least seconds between two requests that cost anything of it. */
  readonly pace_seconds?: number;
}

export interface CredentialNeed {
  /** As asks and contexts name it: `token`. */
  readonly name: string;
  /** Environment variable: `LEAP_INSTAGRAM_TOKEN`. */
  readonly variable: string;
  readonly secret: boolean;
  /** Without it the source cannot be asked at all. */
  readonly required: boolean;
}

export interface Session {
  /** The first request of a session. */
  login(context: Context): Ask;
  /** A new one from the old; its secret is `<name>.renewal`. Absent: login again. */
  renew?(context: Context): Ask;
  /** Throws when there is none in the answer. `expires_at`: ISO instant, null when not said. */
  read(answer: Answer): { secret: string; renewal: string | null; expires_at: string | null };
}

// ── what was answered ─────────────────────────────────────────────────────────────────────────────────────────────────

export interface Answer {
  /** 0 for a WebSocket. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole body, or empty for frames and for 304. */
  readonly text: string;
  /** Of `expect: "json"`, where the body was JSON. */
  readonly json?: unknown;
  readonly frames?: readonly string[];
  /** Nothing has changed since the last run (304). */
  readonly unchanged: boolean;
  /** Instant of the collector's clock. */
  readonly at: string;
}

export type Verdict =
  | { readonly is: "good" }
  /** Tried again with jitter, a few times; `after_ms` is what the server asked for. */
  /** `most`: tries in all, where fewer than usual are enough to know; `otherwise` is the verdict once they are used up. */
  | {
      readonly is: "retry";
      readonly why: string;
      readonly after_ms?: number;
      readonly most?: number;
      readonly otherwise?: Verdict;
    }
  /**
   * Nothing more of this limit (or of the whole source) before the instant. Short pauses are waited for; long ones end the run. Of a limit that
   * counts distinct things: no new ones before the instant; those that hold a place may be asked on, the one that was refused waits.
   */
  | { readonly is: "pause"; readonly until: string; readonly why: string; readonly limit?: string }
  /** The session has run out: renewed once, then asked again. */
  | { readonly is: "renew"; readonly session: string; readonly why: string }
  /** The credential is dead or blocked: nothing more is asked with it in this run, and somebody has to act. */
  | { readonly is: "stop-account"; readonly why: string; readonly act: string }
  /** This target cannot be had: gone, banned, private. `for_days`: not asked again so long. */
  | { readonly is: "stop-target"; readonly why: string; readonly mark: string; readonly for_days?: number }
  /** We ask wrongly; asking again would be wrong again. */
  | { readonly is: "configuration"; readonly why: string };

export interface Usage {
  readonly limit: string;
  /** Share of the limit that is used, as the server counts: brakes at 75 %, stops at 95 %. */
  readonly used_pct?: number;
  /** Of a limit that counts distinct things: free places for new ones, whoever holds the others. Things that hold a place may be asked on. */
  readonly remaining?: number;
  /** ISO instant at which it is full again. */
  readonly resets_at?: string;
}

export interface PageRead {
  readonly items: readonly Item[];
  readonly progress: Json;
  /** Posts that the source says are gone: removed from bronze before the run ends. */
  readonly deleted?: readonly Deleted[];
  /** Accounts that are gone: every row of theirs is removed. */
  readonly gone?: readonly { readonly platform: string; readonly author_id: string }[];
  /** Made known by this answer and asked in this run, after the others. */
  readonly targets?: readonly Target[];
  /** The position is kept by the server: an answer lost in a crash cannot be asked again, so the target starts over. */
  readonly fragile?: boolean;
  /** For people: `12 items without an id left out`. */
  readonly note?: string;
}

export interface Item {
  /** Key of the source's `things`. */
  readonly thing: string;
  /** Within the run and thing an id counts once: the first sight stays. */
  readonly id: string;
  /** A post: counted as received, and as seen by the guard against endless pages. */
  readonly post: boolean;
  /** `request` and `item` of the bronze line; the desk adds `collected_at` and `provenance`. Only fields that are kept. */
  readonly row: Row;
}

export interface Deleted {
  readonly platform: string;
  readonly post_id: string;
  readonly how: "stream" | "absent" | "not_found";
}

export interface Finished {
  /** What `begin` gets in the next run; null forgets. */
  readonly kept: Json;
  /** The time of which this run saw everything that the API gives; null where there is no such time. */
  readonly covers: { readonly from: string; readonly until: string } | null;
  /** Pages the source offered, as far as it says; null when unknown. */
  readonly pages_available: number | null;
}
