// One record of a file becomes a post or an account, or is refused with a code and its words. Runs inside worker threads.
import { hash } from "node:crypto";
import type { z } from "zod";
import type { LineParser, Row } from "../../core/types.ts";
import { type Cell, type Cells, cellOf } from "./cells.ts";
import { dateReader, instantMs, isDayOnly } from "./dates.ts";
import { AccountMapping, type CountField, type DateField, PostMapping, type WordField } from "./mapping.ts";
import { MISSING, parseNumber } from "./numbers.ts";
import { AccountRow, PostLine, type PostRow } from "./rows.ts";
import { cleanText, isTrue, marketOf, mediaType, splitTags } from "./words.ts";

export interface ParseOptions {
  readonly thing: "posts" | "accounts";
  readonly mapping: unknown;
  /** ISO instant of the import: nothing in the file can be younger. */
  readonly importedAt: string;
  /** ISO instant after which a sight counts as made at that instant; see source.ts. */
  readonly sightsUntil: string | null;
}

/** A reason for quarantine. Thrown by fields, caught per row: a bad row is the exception. */
class Refusal extends Error {}

const refuse = (code: string, words: string): never => {
  throw new Refusal(`${code}: ${words.slice(0, 200)}`);
};

export function prepare(options: unknown): LineParser {
  const { thing } = options as ParseOptions;
  return thing === "posts"
    ? lineParser(postOf(options as ParseOptions), lineSchema(options as ParseOptions))
    : lineParser(accountOf(options as ParseOptions), AccountRow);
}

function lineParser<T extends Row>(toRow: (record: Cells, file: string) => T, schema: z.ZodType): LineParser {
  return (record, file) => {
    if (typeof record !== "object" || record === null || Array.isArray(record))
      return { ok: false, reason: `not_a_record: ${JSON.stringify(record)?.slice(0, 80)}` };
    try {
      const row = toRow(record as Cells, file);
      const checked = schema.safeParse(row);
      if (checked.success) return { ok: true, row };
      const issue = checked.error.issues[0];
      return { ok: false, reason: `wrong_type: ${issue?.path.join(".")}: ${issue?.message}` };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, reason: error.message };
      throw error;
    }
  };
}

// A field that the mapping leaves out is never there; the schema of a line holds the others.
function lineSchema({ mapping }: ParseOptions): z.ZodType {
  const mapped = Object.keys(PostLine.shape).filter(
    (field) => field in (mapping as object) || ALWAYS.has(field),
  );
  return PostLine.pick(
    Object.fromEntries(mapped.map((field) => [field, true])) as Record<keyof typeof PostLine.shape, true>,
  );
}

const ALWAYS: ReadonlySet<string> = new Set(["platform", "post_id", "market", "posted_at", "media_type"]);

export const EARLIEST = Date.UTC(1990, 0, 1);
/** Clocks of collectors run ahead of ours by a little. */
export const TOLERANCE_MS = 15 * 60_000;

function postOf(options: ParseOptions): (record: Cells, file: string) => PostRow {
  const mapping = PostMapping.parse(options.mapping);
  const importedAt = Date.parse(options.importedAt);
  const sightsUntil =
    options.sightsUntil === null ? Number.POSITIVE_INFINITY : Date.parse(options.sightsUntil);
  const postId = idOf(mapping.post_id);
  const postedAt = instantOf("posted_at", mapping.posted_at, false);
  const collectedAt = mapping.collected_at
    ? instantOf("collected_at", mapping.collected_at, true)
    : undefined;
  const platform = wordOf(mapping.platform);
  const market = mapping.market ? cellOf(mapping.market) : undefined;
  const authorId = wordOf(mapping.author_id);
  const handle = wordOf(mapping.author_handle);
  const text = wordOf(mapping.text);
  const tags = mapping.tags ? cellOf(mapping.tags) : undefined;
  const { separator } = mapping.tags ?? {};
  const language = wordOf(mapping.language_hint);
  const media = wordOf(mapping.media_type);
  const likes = countOf("likes", mapping.likes);
  const comments = countOf("comments", mapping.comments);
  const views = countOf("views", mapping.views);
  const shares = countOf("shares", mapping.shares);
  const followers = countOf("followers", mapping.followers);
  const likesHidden = mapping.likes_hidden ? cellOf(mapping.likes_hidden) : undefined;
  const commentsHidden = mapping.comments_hidden ? cellOf(mapping.comments_hidden) : undefined;
  const rating = numberOf("rating", mapping.rating);
  const paid = mapping.paid_partnership ? cellOf(mapping.paid_partnership) : undefined;
  const url = wordOf(mapping.url);

  return (record, file) => {
    const posted = postedAt.read(record, file) ?? refuse("missing_date", "the row says no time of posting");
    const collected = collectedAt?.read(record, file);
    const latest = (collected ?? importedAt) + TOLERANCE_MS;
    if (posted > latest) refuse("future_date", new Date(posted).toISOString());
    if (posted < EARLIEST) refuse("date_before_1990", new Date(posted).toISOString());
    const liked = likes(record, file);
    const commented = comments(record, file);
    const hidden = liked === HIDDEN || (likesHidden !== undefined && isTrue(likesHidden(record, file)));
    const commentsOff =
      commented === HIDDEN || (commentsHidden !== undefined && isTrue(commentsHidden(record, file)));
    const row: PostRow = {
      platform: platformOf(platform(record, file)),
      post_id: postId(record, file),
      market: market ? knownMarket(market(record, file)) : "zz",
      posted_at: postedAt.words(posted),
      collected_at:
        collected === undefined ? undefined : collectedAt?.words(Math.min(collected, sightsUntil)),
      author_id: authorId(record, file),
      author_handle: handleOf(handle(record, file)),
      text: text(record, file),
      tags: tags ? splitTags(tags(record, file), separator) : undefined,
      language_hint: language(record, file)?.toLowerCase(),
      media_type: mediaOf(media(record, file)),
      likes: hidden ? undefined : liked,
      comments: commentsOff ? undefined : commented,
      views: shown(views(record, file)),
      shares: shown(shares(record, file)),
      likes_hidden: hidden || undefined,
      rating: rating(record, file),
      paid_partnership: paid ? truth(paid(record, file)) : undefined,
      url: url(record, file),
      followers: shown(followers(record, file)),
    };
    const silent = row.text === undefined && (row.tags === undefined || row.tags.length === 0);
    const uncounted = row.likes === undefined && row.comments === undefined && row.views === undefined;
    if (silent && uncounted && !hidden && row.shares === undefined && row.rating === undefined)
      refuse("nothing_said", "neither text nor tags nor counts");
    return row;
  };
}

function accountOf(options: ParseOptions): (record: Cells, file: string) => AccountRow {
  const mapping = AccountMapping.parse(options.mapping);
  const importedAt = Date.parse(options.importedAt);
  const id = wordOf(mapping.account_id);
  const handle = wordOf(mapping.account_handle);
  const collectedAt = instantOf("collected_at", mapping.collected_at, false);
  const platform = wordOf(mapping.platform);
  const followers = countOf("followers", mapping.followers);
  const following = countOf("following", mapping.following);
  const postsTotal = countOf("posts_total", mapping.posts_total);
  return (record, file) => {
    const name = handleOf(handle(record, file)) ?? refuse("missing_account", "the row names no account");
    const collected = collectedAt.read(record, file) ?? refuse("missing_date", "the row says no time");
    if (collected > importedAt + TOLERANCE_MS) refuse("future_date", new Date(collected).toISOString());
    if (collected < EARLIEST) refuse("date_before_1990", new Date(collected).toISOString());
    return {
      platform: platform(record, file)?.toLowerCase() ?? "other",
      account_id: id(record, file) ?? name,
      account_handle: name,
      collected_at: collectedAt.words(collected),
      followers: shown(followers(record, file)) ?? refuse("missing_followers", "the row states no followers"),
      following: shown(following(record, file)),
      posts_total: shown(postsTotal(record, file)),
    };
  };
}

type Read<T> = (record: Cells, file: string) => T | undefined;
const nothing = () => undefined;

function wordOf(field: WordField | undefined): Read<string> {
  if (!field) return nothing;
  const cell = cellOf(field);
  return (record, file) => {
    const value = cell(record, file);
    if (value === undefined || value === null || typeof value === "object") return undefined;
    const text = cleanText(typeof value === "string" ? value : String(value));
    return text === "" ? undefined : text;
  };
}

function idOf(field: PostMapping["post_id"]): (record: Cells, file: string) => string {
  if ("hash" in field) {
    const cells: readonly Cell[] = field.hash.map((column) => cellOf({ column }));
    return (record, file) => {
      const said = JSON.stringify(cells.map((cell) => cell(record, file) ?? null));
      return hash("sha256", said, "hex").slice(0, 20);
    };
  }
  const word = wordOf(field);
  return (record, file) => word(record, file) ?? refuse("missing_id", "the row has no id");
}

interface InstantReader {
  read: Read<number>;
  /** The canonical words of an instant: those that were just read, when they are canonical already. */
  words(ms: number): string;
}

function instantOf(name: string, field: DateField, endOfDay: boolean): InstantReader {
  const cell = cellOf(field);
  const reader = dateReader(field);
  const mayStand = field.date === "iso";
  let lastWords: string | undefined;
  let lastMs = 0;
  return {
    read(record, file) {
      const value = cell(record, file);
      lastWords = undefined;
      if (value === undefined || value === null || value === "") return undefined;
      if (mayStand && typeof value === "string" && value.length === CANONICAL_LENGTH) {
        const ms = instantMs(value);
        if (ms !== undefined) {
          lastWords = value;
          lastMs = ms;
          return ms;
        }
      }
      const ms = reader.read(value);
      if (ms === undefined) return refuse("date_unreadable", `${name} = ${JSON.stringify(value)}`);
      // Seen on a day means seen by its end: the posts of that day were there to be seen.
      return endOfDay && typeof value === "string" && isDayOnly(value) ? ms + 86_399_000 : ms;
    },
    words: (ms) => (lastWords !== undefined && ms === lastMs ? lastWords : isoOf(ms)),
  };
}

const CANONICAL_LENGTH = "2026-10-01T10:00:00.000Z".length;

const HIDDEN = Symbol("hidden by its owner");
const shown = (count: number | typeof HIDDEN | undefined) => (count === HIDDEN ? undefined : count);

function countOf(name: string, field: CountField | undefined): Read<number | typeof HIDDEN> {
  if (!field) return nothing;
  const number = numberOf(name, field);
  const { hidden } = field;
  return (record, file) => {
    const value = number(record, file);
    if (value === undefined) return undefined;
    if (value === hidden) return HIDDEN;
    if (value < 0) return refuse("negative_count", `${name} = ${value}`);
    // An average or a rounded thousand is still a number of people.
    const whole = Math.round(value);
    return Number.isSafeInteger(whole) ? whole : refuse("wrong_type", `${name} = ${value} is no count`);
  };
}

function numberOf(name: string, field: CountField | undefined): Read<number> {
  if (!field) return nothing;
  const cell = cellOf(field);
  const words = field.number !== "plain";
  return (record, file) => {
    const value = cell(record, file);
    if (typeof value === "number") return value;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string")
      return refuse("wrong_type", `${name} = ${JSON.stringify(value)} is no number`);
    const text = value.trim();
    if (MISSING.test(text)) return undefined;
    return (
      parseNumber(text, field.decimal, words) ??
      refuse("wrong_type", `${name} = ${JSON.stringify(text)} is no number`)
    );
  };
}

// Posts share their days; only the time of day is written anew.
const dayWords = new Map<number, string>();

function isoOf(ms: number): string {
  const day = Math.floor(ms / 86_400_000);
  let words = dayWords.get(day);
  if (words === undefined) {
    words = new Date(day * 86_400_000).toISOString().slice(0, -13);
    dayWords.set(day, words);
  }
  const rest = ms - day * 86_400_000;
  const seconds = Math.floor(rest / 1000);
  return `${words}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${THREE[rest % 1000]}Z`;
}

const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
const THREE = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, "0"));
const two = (value: number) => TWO[value] as string;

const platforms = new Map<string, string>();

function platformOf(value: string | undefined): string {
  if (value === undefined) return "other";
  return platforms.get(value) ?? remembered(platforms, value, value.toLowerCase());
}

const markets = new Map<string, string>();

function knownMarket(value: unknown): string {
  const text = typeof value === "string" ? value : String(value ?? "");
  return markets.get(text) ?? remembered(markets, text, marketOf(text));
}

// Few words fill a column of markets or platforms; a column that holds something else must not fill the memory.
function remembered(words: Map<string, string>, from: string, to: string): string {
  if (words.size > 1000) words.clear();
  // What is a slice of the file's text would keep all of it.
  words.set(Buffer.from(from).toString(), to);
  return to;
}

const handleOf = (value: string | undefined) =>
  (value?.startsWith("@") ? value.slice(1) : value)?.toLowerCase();
const truth = (value: unknown) =>
  value === undefined || value === null || value === "" ? undefined : isTrue(value);
const mediaOf = (value: string | undefined) =>
  (value === undefined ? "other" : mediaType(value)) as PostRow["media_type"];
