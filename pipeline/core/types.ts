// The shapes that pass between the parts of the pipeline. Core has never heard of beauty, markets or posts.
import type { z } from "zod";
import type { TaskDefinition } from "../../prompts/task.ts";

/** Everything that is not a pure function of declared inputs. */
export interface Effects {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly log: Log;
}

export interface Log {
  /** A line for people; `fields` stand beside it in a structured log. */
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  /** Lines are read by machines, which want every step. */
  readonly structured?: true;
  /** Progress of long work; silent when the output is not a terminal. `total` may be unknown. */
  progress(label: string, done: number, total?: number): void;
}

export type Row = Record<string, unknown>;

/** Read-only questions to the warehouse. BIGINT and DECIMAL come back as numbers, DATE and TIMESTAMP as ISO strings. */
export interface Warehouse {
  query<T extends Row = Row>(sql: string): Promise<T[]>;
  tables(): Promise<string[]>;
}

// ── bronze ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What one collection or import brought in: `bronze/<source>/<id>/receipt.json`. */
export interface Receipt {
  /** `<date>` or `<date>-<short hash>`; also the folder's name. */
  readonly id: string;
  readonly source: string;
  /** ISO instant; the row-level `collected_at` when rows have none. */
  readonly collected_at: string;
  readonly provenance: "observed" | "imported" | "synthetic";
  readonly licence_note: string;
  /** What was asked for; no secrets. */
  readonly parameters: Record<string, unknown>;
  readonly files: readonly { name: string; bytes: number; sha256: string }[];
  /** Per thing (posts, accounts, runs, …): rows received, kept and quarantined, and the accepted NDJSON parts in the folder. */
  readonly things: Readonly<Record<string, ThingCount>>;
  /** The input files themselves are gone, because people in them had to go. */
  readonly inputs_withdrawn?: Withdrawal;
}

/** Why a row, or what it said about somebody, is gone from bronze. */
export type Withdrawal = "erased" | "opted_out" | "deleted" | "expired";

/** received = kept + quarantined + withdrawn. */
export interface ThingCount {
  readonly received: number;
  readonly kept: number;
  readonly quarantined: number;
  /** Accepted once, and taken out since. */
  readonly withdrawn?: number;
  readonly withdrawn_why?: Partial<Record<Withdrawal, number>>;
  /** Accepted lines, canonical NDJSON, relative to the receipt's folder. */
  readonly parts: readonly string[];
  /** Accepted lines that already said what their rows say, kept byte for byte. */
  readonly raw?: RawParts;
}

/** Where the fields of a row stand in a line that was kept as it came, and how its bytes prove it; a field in neither is unknown. */
export interface Standing {
  readonly columns: Readonly<Record<string, string>>;
  readonly constants: Readonly<Record<string, string | number | boolean>>;
  /** Of every field in `columns`. */
  readonly says: Readonly<Record<string, Saying>>;
  /** Fields that a line must say. */
  readonly required: readonly string[];
  /**
   * What the fields must say together, so that the parser takes the row as it is. `place` is where a field stands in `said`, -1 where it
   * does not; there a count is its number, an instant its milliseconds, anything else 1, and what the line does not say NaN.
   */
  holds(place: (field: string) => number): (said: Float64Array) => boolean;
}

/**
 * What a value must be to say in the line what it says in the row. `text`: trimmed words of at most so many bytes; `same` is asked where
 * they are more than a-z, 0-9, _, - and points. `word`: one of few, each asked once. `instant`: canonical. `value`: any other, each asked.
 */
export type Saying =
  | { readonly is: "text"; readonly longest: number; readonly same?: (word: string) => boolean }
  | { readonly is: "count" }
  | { readonly is: "instant" }
  | { readonly is: "word"; readonly same: (word: string) => boolean }
  | { readonly is: "value"; readonly same: (value: unknown) => boolean };

export interface RawParts extends Pick<Standing, "columns" | "constants"> {
  readonly parts: readonly string[];
}

/** One line of `quarantine.ndjson`. */
export interface Quarantined {
  readonly source: string;
  readonly receipt: string;
  readonly thing: string;
  readonly file: string;
  readonly line: number;
  /** A code and its words: `negative_count: likes = -3`. */
  readonly reason: string;
  /** The raw line, cut at 2,000 characters. */
  readonly raw: string;
}

/**
 * Turns one parsed input record into an accepted row, or says why not. Runs inside worker threads, so it closes over nothing.
 * `file` is the base name of the input file the record stands in.
 */
export type LineParser = (
  record: unknown,
  file: string,
) => { ok: true; row: Row } | { ok: false; reason: string };

/** A module whose path is handed to core's ingestion; `prepare` runs once per worker. */
export interface LineModule {
  prepare(options: unknown): LineParser;
  /**
   * Where the fields of a row would stand in a line that needs no rewriting; null when rows are more than single columns and
   * constants. The parser never sees a line that is proven to stand.
   */
  standing?(options: unknown): Standing | null;
}

// ── sources ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One folder in pipeline/sources; `source.ts` exports it as `source`. */
export interface Source<Config = unknown> {
  readonly id: string;
  readonly title: string;
  /** Its entry under `sources:` in publication.yaml, without the key `source`. */
  readonly config: z.ZodType<Config>;
  /** Row shape of the accepted NDJSON of each thing. The warehouse loads them as tables `bronze_<source>__<thing>`, plus `receipt`. */
  readonly things: Readonly<Record<string, z.ZodObject>>;
  /** Things whose accepted lines are the rows of `stg_<source>__posts`, one for one; the others are snapshots, of which every one counts. */
  readonly counted: readonly string[];
  /** Of each thing whose rows speak about people: who that is, and what remains of a row when its texts have expired. */
  readonly people?: Readonly<Record<string, PersonalThing>>;
  /** Writes bronze folders up to `until` and returns their receipts. Does nothing for folders that are there already. */
  collect(request: CollectRequest<Config>, effects: Effects): Promise<Receipt[]>;
}

export interface PersonalThing {
  subject(row: Row): Subject;
  /** The row stands under a post that somebody else may have written, as a comment does: it goes with the post, and its author does not own it. */
  readonly beneath?: true;
  /** Under which the post can be read, or is remembered, beside those in `uri`, `url` and `permalink`. */
  addresses?(row: Row): readonly string[];
  /**
   * The row without texts, addresses and account names; `author` stands in place of the account's id. Null: nothing of it may stay.
   * Post ids, times, counts and the market stay.
   */
  expired(row: Row, author: string | null): Row | null;
}

/** Whom an accepted row speaks about, in the words of the platform. */
export interface Subject {
  readonly platform: string;
  readonly author_id: string | null;
  /** Lower case, without @. */
  readonly author_handle: string | null;
  /** Null for a row about an account. */
  readonly post_id: string | null;
}

export interface CollectRequest<Config = unknown> {
  readonly config: Config;
  /** The parsed publication.yaml. */
  readonly publication: Row;
  /** `<state>/bronze/<source>`. */
  readonly bronze: string;
  /** ISO instant. */
  readonly until: string;
}

// ── models ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A model that SQL cannot express (language, mentions): `<table>.ts` beside the SQL models, exporting `model`.
 * `reads` are tables; the returned rows become the table, typed by `columns`.
 */
export interface CodeModel {
  readonly reads: readonly string[];
  run(context: ModelContext): Promise<void>;
}

export interface ModelContext {
  readonly warehouse: Warehouse;
  /** Runs a statement that creates the model's table. */
  execute(sql: string): Promise<void>;
  /** A folder for intermediate files of this model, kept between runs and content-addressed by the model itself. */
  readonly cache: string;
  readonly publication: Row;
  readonly log: Log;
}

// ── analyses ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One folder in pipeline/analyses; `analysis.ts` exports it as `analysis`. */
export interface Analysis {
  readonly id: string;
  /** Tables it reads: models by name, other analyses' datasets as `out.<dataset>`. Decides the order. */
  readonly reads: readonly string[];
  /** Datasets it writes; each becomes the table `out.<dataset>`. `metrics` may be written by many. */
  readonly writes: readonly string[];
  /** Semver of the method; changes when a number would change for the same input. */
  readonly version: string;
  run(context: AnalysisContext): Promise<Readonly<Record<string, readonly Row[]>>>;
}

export interface AnalysisContext {
  readonly warehouse: Warehouse;
  readonly publication: Row;
  readonly run: RunClock;
  /** Rows of a dataset in the edition before this one; empty when there is none. */
  previous(dataset: string): Promise<Row[]>;
  /** Seeded generator in [0, 1); the same label gives the same stream. */
  random(label: string): () => number;
  readonly log: Log;
  /** Null in an edition that asks no model: the offline engine says all there is to say. */
  readonly models: Models | null;
}

// ── models that are asked ─────────────────────────────────────────────────────────────────────────────────────────────

/** The language models of a run. Whatever goes wrong with one, an answer is missing with a reason; nothing throws but a miss under `--frozen`. */
export interface Models {
  /** Kept answers first, then the models of the task's tier in their order. One entry a question, in their order. */
  ask<Input extends z.ZodObject, Answer extends z.ZodObject>(
    definition: TaskDefinition<Input, Answer>,
    questions: readonly Question<z.input<Input>>[],
  ): Promise<Asked<z.output<Answer>>[]>;
  /** Kept answers alone, however old: what was read in earlier editions. With `before`, only those made for an edition before that one. Null where there is none. */
  recall<Input extends z.ZodObject, Answer extends z.ZodObject>(
    definition: TaskDefinition<Input, Answer>,
    questions: readonly Question<z.input<Input>>[],
    about?: { readonly before?: string },
  ): (Asked<z.output<Answer>> | null)[];
  /** What this run has asked so far, one entry a task and item, answered or not. */
  used(): readonly UsedAnswer[];
  /** Where texts that are searched get their vectors; absent where words alone decide. */
  readonly embedding?: Embedding;
}

/** An OpenAI-compatible endpoint for vectors of texts, and where they are kept. */
export interface Embedding {
  readonly endpoint: {
    /** `https://…/v1`; `/embeddings` is put behind it. */
    readonly baseUrl: string;
    readonly model: string;
    /** Sent to this endpoint only; never logged, never kept. */
    readonly apiKey?: string | undefined;
  };
  /** Folder that vectors are kept in, one file each, named by the hash of endpoint, model and text: `<state>/vectors`. */
  readonly keep: string;
  readonly effects: Pick<Effects, "fetch" | "log">;
}

export interface Question<Input> {
  /** What it is about, for the ledger: a market, a term, a hash of a text; never a text itself. */
  readonly item: string;
  readonly input: Input;
}

export type Asked<Answer> =
  | { readonly answer: Answer; readonly reason: null; readonly by: AnsweredBy }
  | {
      readonly answer: null;
      readonly reason: NotAnswered;
      readonly says: string;
      readonly by: AnsweredBy | null;
    };

/** `invalid` broke a check twice; `refused` by every model; `budget` a ceiling was reached; `waiting` for a batch; `unavailable` nobody answered; `estimate` nothing was asked. */
export type NotAnswered = "invalid" | "refused" | "budget" | "waiting" | "unavailable" | "estimate";

export interface AnsweredBy {
  /** `openai:gpt-6-luna`. */
  readonly model: string;
  readonly prompt_version: string;
  /** ISO instant of the answer, not of this run. */
  readonly answered_at: string;
}

/** Tokens as they are billed; all whole and disjoint, except `reasoning`, which is part of `out`. */
export interface Usage {
  readonly uncachedIn: number;
  /** Written to the provider's cache for minutes, or for an hour and more. */
  readonly cacheWriteShort: number;
  readonly cacheWriteLong: number;
  readonly cacheRead: number;
  readonly out: number;
  readonly reasoning: number;
}

/** How an answer came about, for the ledger that is published. */
export interface UsedAnswer {
  readonly task: string;
  readonly item: string;
  /** Null when nobody was asked or answered. */
  readonly model: string | null;
  readonly prompt_version: string;
  readonly input_sha256: string;
  readonly usage: Usage;
  readonly cost_micros: number;
  readonly latency_ms: number;
  readonly attempts: number;
  readonly finish: string | null;
  readonly batch: boolean;
  /** The edition that the answer was made for. */
  readonly made_for: string | null;
  readonly answered_at: string | null;
  readonly verdict: "accepted" | "repaired" | "dropped" | "not_answered";
  readonly reason: string | null;
}

/** The clock of a run, also the one-row table `run` that models read. */
export interface RunClock {
  readonly publication: string;
  /** `2026-W47`: ISO week of `as_of`. */
  readonly edition: string;
  /** ISO instant that fixes the clock. */
  readonly as_of: string;
  /** Monday of the last complete week. */
  readonly week_start: string;
  /** Sunday of the last complete week. */
  readonly week_end: string;
  /** Exclusive upper bound of posts: Monday 00:00 UTC after week_end. */
  readonly until: string;
}
