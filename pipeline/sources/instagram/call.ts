// One request to the Graph API, and where the page after it is.
import type { Ask, Cost, Finished, Json, PageRead, Target } from "../../collecting/types.ts";
import type { InstagramContext } from "./config.ts";

/** Fields as they came, by name. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Id of the account that asks. */
export const accountOf = (context: InstagramContext): string => context.plain("user_id") ?? "unset";

/** What hashtags and discovery cost; calls about the own account are counted by themselves. */
export const APP: Cost = { limit: "app", units: 1 };

/** `path` without version. */
export function call(
  context: InstagramContext,
  path: string,
  query: Readonly<Record<string, string>>,
  costs: readonly Cost[] = [APP],
): Ask {
  return {
    path: `/${context.config.version}/${path}`,
    query,
    secrets: [{ of: "token", in: "query", name: "access_token" }],
    costs,
    expect: "json",
  };
}

/** The named fields that say something; null says nothing, and what nobody named is not kept. */
export function pick(item: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = fieldsOf(item);
  return Object.fromEntries(
    names.filter((name) => (fields[name] ?? null) !== null).map((name) => [name, fields[name]]),
  );
}

/** An item without an id is judged, too: it goes to quarantine under a name of its own. */
export const idOf = (item: Fields, page: number, place: number): string =>
  typeof item["id"] === "string" && item["id"] !== "" ? item["id"] : `without id: ${page}.${place}`;

/** Where a walk through pages stands. */
export interface Position {
  /** Pages read. */
  readonly page: number;
  /** What the next request adds; null behind the last page. */
  readonly query: Readonly<Record<string, string>> | null;
  /** The server hands out one position for all pages and moves on by itself; null until two pages were seen. */
  readonly repeats: boolean | null;
}

export const start = (repeats: boolean | null): Position => ({ page: 0, query: {}, repeats });

/**
 * The position behind a page. Of `paging.next` only the query is followed, on our own path: the address and the token in it are the server's word.
 * An empty page is the last one. A cursor that is the same on every page still moves on, so a repeated cursor is no reason to stop.
 */
export function following(position: Position, json: unknown): { position: Position; fragile: boolean } {
  const { data, paging } = fieldsOf(json);
  const page = position.page + 1;
  const query = listOf(data).length === 0 ? null : queryOf(fieldsOf(paging)["next"]);
  if (query === null) return { position: { page, query, repeats: position.repeats }, fragile: false };
  if (page === 1) {
    const fragile = position.repeats ?? !saysWhere(query);
    return { position: { page, query, repeats: position.repeats }, fragile };
  }
  const repeats = JSON.stringify(query) === JSON.stringify(position.query);
  return { position: { page, query, repeats }, fragile: repeats };
}

/** A page that was asked by a cursor of the answer alone: business discovery gives no address of the next. */
export function followingCursor(position: Position, edge: unknown): { position: Position; fragile: boolean } {
  const { data, paging } = fieldsOf(edge);
  const after = fieldsOf(fieldsOf(paging)["cursors"])["after"];
  const page = position.page + 1;
  const query =
    listOf(data).length > 0 && typeof after === "string" && /^[\w.~=+/-]+$/.test(after) ? { after } : null;
  const fragile = query !== null && query.after === position.query?.["after"];
  return { position: { page, query, repeats: null }, fragile };
}

const OURS = ["access_token", "appsecret_proof", "fields", "user_id"];

function queryOf(next: unknown): Record<string, string> | null {
  if (typeof next !== "string" || next === "" || !URL.canParse(next, "https://graph.facebook.com"))
    return null;
  const { searchParams } = new URL(next, "https://graph.facebook.com");
  return Object.fromEntries([...searchParams].filter(([name]) => !OURS.includes(name)));
}

// After the first page nobody knows yet whether `after` is a place or one word for all places. More than `after` in the address is a place; with
// `after` alone we take the careful guess, which costs a page asked again where the other one costs a page never seen.
const saysWhere = (query: Readonly<Record<string, string>>): boolean =>
  Object.keys(query).some((name) => name !== "after" && name !== "limit");

export const day = (at: string): string => at.slice(0, 10);

export const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

export const HOUR = 3_600_000;

/** How one kind of target is walked. */
export interface Walk {
  begin(target: Target, kept: Json, context: InstagramContext): Json | null;
  next(target: Target, progress: Json, context: InstagramContext): Ask | null;
  read(target: Target, progress: Json, answer: unknown, context: InstagramContext): PageRead;
  finish(target: Target, progress: Json, ended: boolean, context: InstagramContext): Finished;
}
