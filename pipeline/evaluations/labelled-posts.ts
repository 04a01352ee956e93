// Rows of a labelled file as posts: what was known before publication, and what the post then got.

import type { Post } from "../analyses/prediction/post.ts";
import { LeapError } from "../core/errors.ts";
import type { Table } from "../core/table.ts";
import type { Row } from "../core/types.ts";
import type { Columns, Role } from "./post-columns.ts";

export interface ReadPosts {
  readonly posts: readonly Post[];
  /** The rows the posts were read from, one for one. */
  readonly rows: readonly Row[];
  /** Rows without a number in the target. */
  readonly without: number;
  readonly dated: boolean;
}

/** Throws LeapError when no row has a target, or all have the same. */
export function readPosts(table: Table, target: string, columns: Columns): ReadPosts {
  const kinds = new Map(columns.features.map((name) => [name, kindOf(table, name)]));
  const posts: Post[] = [];
  const rows: Row[] = [];
  let without = 0;
  for (const row of table.rows) {
    const outcome = numberOf(row[target]);
    if (outcome === null || outcome < 0) without++;
    else {
      posts.push({ ...plannedOf(row, columns, kinds), outcome });
      rows.push(row);
    }
  }
  if (posts.length === 0)
    throw new LeapError(
      `invalid target: ${target} in ${table.name} holds no number of at least 0. Name a column of counts.`,
    );
  if (new Set(posts.map((post) => post.outcome)).size < 2)
    throw new LeapError(
      `invalid target: ${target} in ${table.name} is ${posts[0]?.outcome} in every row. Nothing can be predicted from it.`,
    );
  return {
    posts,
    rows,
    without,
    dated: posts.every((post) => post.at !== null) && new Set(posts.map((post) => post.at)).size > 9,
  };
}

function plannedOf(row: Row, { roles }: Columns, kinds: ReadonlyMap<string, "number" | "category">) {
  const of = (role: Role) => (roles[role] === undefined ? null : wordOf(row[roles[role]]));
  const instant = instantOf(of("posted_at") ?? [of("date"), of("time")].filter(Boolean).join("T"));
  const text = of("text");
  const tags = of("hashtags");
  const numbers: Record<string, number | null> = {};
  const categories: Record<string, string | null> = {};
  for (const [name, kind] of kinds) {
    if (kind === "number") numbers[name] = numberOf(row[name]);
    else categories[name] = wordOf(row[name]);
  }
  if (roles.month !== undefined) numbers["month"] = numberOf(of("month"));
  if (roles.paid !== undefined) categories["paid"] = of("paid");
  if (roles.text !== undefined) Object.assign(numbers, textNumbers(text ?? ""));
  if (roles.hashtags !== undefined)
    numbers["hashtags"] = tags === null ? 0 : tags.split(/[\s,|;#]+/).filter(Boolean).length;
  return {
    account: of("account"),
    at: instant?.at ?? null,
    hour: hourOf(of("hour")) ?? instant?.hour ?? null,
    weekday: weekdayOf(of("weekday")) ?? instant?.weekday ?? null,
    format: of("format"),
    followers: numberOf(of("followers")),
    numbers,
    categories,
  };
}

/** What a caption shows before anybody has read it. */
function textNumbers(text: string): Record<string, number> {
  const length = [...text].length;
  return {
    "text length": Math.log1p(length),
    "text lines": Math.log1p(text.split("\n").length - 1),
    "text links": (text.match(/https?:\/\//g) ?? []).length,
    "text tags": (text.match(/[#＃][\p{L}\p{N}_]/gu) ?? []).length,
    "text names": (text.match(/@[\p{L}\p{N}_]/gu) ?? []).length,
    "text questions": /[?？]/u.test(text) ? 1 : 0,
    "text exclamations": /[!！]/u.test(text) ? 1 : 0,
    "text emoji": Math.log1p((text.match(/\p{Extended_Pictographic}/gu) ?? []).length),
    "text digits": /\d/.test(text) ? 1 : 0,
    "text capitals": length === 0 ? 0 : (text.match(/\p{Lu}/gu) ?? []).length / length,
  };
}

/** Few distinct values are a category, even when written in digits; many numbers are a number. */
function kindOf(table: Table, name: string): "number" | "category" {
  const values = table.rows.map((row) => wordOf(row[name])).filter((value) => value !== null);
  const numbers = values.filter((value) => numberOf(value) !== null);
  return numbers.length === values.length && new Set(values).size > 8 ? "number" : "category";
}

const wordOf = (value: unknown): string | null => {
  const word = value === null || value === undefined ? "" : String(value).trim();
  return word === "" || /^(n\/?a|null|none|nan)$/i.test(word) ? null : word;
};

/** `1,234`, `1.2M` and `350K` are numbers too. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  const match = /^([+-]?[\d,\s]*\.?\d+(?:e[+-]?\d+)?)\s*([kmb])?$/i.exec(wordOf(value) ?? "");
  if (!match) return null;
  const factor = { k: 1e3, m: 1e6, b: 1e9 }[(match[2] ?? "").toLowerCase()] ?? 1;
  const number = Number((match[1] ?? "").replace(/[,\s]/g, "")) * factor;
  return Number.isFinite(number) ? number : null;
}

function instantOf(word: string): { at: number; hour: number | null; weekday: number } | null {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2}))?/.exec(word);
  const day = match ?? dayFirst(word);
  if (!day) {
    const seconds = /^\d{10}(\d{3})?$/.test(word)
      ? Number(word) * (word.length === 10 ? 1000 : 1)
      : Date.parse(word);
    return Number.isFinite(seconds) ? placed(seconds, true) : null;
  }
  const [year = 0, month = 1, date = 1, hour, minute] = day
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  return placed(Date.UTC(year, month - 1, date, hour ?? 0, minute ?? 0), hour !== undefined);
}

function dayFirst(word: string): string[] | null {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[T\s]+(\d{1,2}):(\d{2}))?/.exec(word);
  if (!match) return null;
  const [whole, a = "", b = "", year = "", hour, minute] = match;
  const monthFirst = Number(b) > 12;
  return [whole, year, monthFirst ? a : b, monthFirst ? b : a, hour, minute] as string[];
}

function placed(at: number, timed: boolean) {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return null;
  return {
    at,
    hour: timed ? when.getUTCHours() + when.getUTCMinutes() / 60 : null,
    weekday: ((when.getUTCDay() + 6) % 7) + 1,
  };
}

function hourOf(word: string | null): number | null {
  const match = /^(\d{1,2})(?::(\d{2}))?/.exec(word ?? "");
  return match ? Number(match[1]) + Number(match[2] ?? 0) / 60 : null;
}

const days = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** A number as it stands (whichever day it starts with, it is a category), or the first letters of an English name. */
function weekdayOf(word: string | null): number | null {
  if (word === null) return null;
  const named = days.indexOf(word.slice(0, 2).toLowerCase());
  return named >= 0 ? named + 1 : numberOf(word);
}
