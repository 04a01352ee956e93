// When a line of a file already says what its post says: which bytes prove it, field by field. What a word or a value must be, the
// parser itself is asked.
import { isPlainColumn } from "../../core/lines-proof.ts";
import type { Row, Saying, Standing } from "../../core/types.ts";
import { type CountField, PostMapping } from "./mapping.ts";
import { EARLIEST, type ParseOptions, prepare, TOLERANCE_MS } from "./parse.ts";
import { LONGEST_TEXT } from "./words.ts";

const KINDS: Readonly<Record<string, Saying["is"]>> = {
  post_id: "text",
  posted_at: "instant",
  platform: "word",
  market: "word",
  collected_at: "instant",
  author_id: "text",
  author_handle: "text",
  text: "text",
  tags: "value",
  language_hint: "text",
  media_type: "word",
  likes: "count",
  comments: "count",
  views: "count",
  shares: "count",
  likes_hidden: "value",
  rating: "value",
  paid_partnership: "value",
  url: "text",
};

/** Words that a line may hold otherwise than its row does: in capitals, behind an @. */
const RESPELT: ReadonlySet<string> = new Set(["author_handle", "language_hint"]);
/** Stated once for all rows, or not at all, these are in every row all the same. */
const IN_EVERY_ROW = ["platform", "market", "media_type"];
/** Without these in the line, the row would say something all the same: no tags are an empty list. */
const REQUIRED = ["post_id", "posted_at", "tags", ...IN_EVERY_ROW];
const COUNTS = ["likes", "comments", "views", "shares"];
/** A post that says none of these says nothing. */
const HEARD = ["text", ...COUNTS, "rating"];

/** Null when rows are made of more than single columns and constants, or of values that are replaced. */
export function standing(options: unknown): Standing | null {
  const { thing, mapping, importedAt, sightsUntil } = options as ParseOptions;
  if (thing !== "posts") return null;
  const fields = PostMapping.parse(mapping);
  // Followers become accounts out of the canonical lines; a switch for comments is no field of the row.
  if (fields.followers || fields.comments_hidden) return null;
  const columns: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (!field) continue;
    const atOnce = "constant" in field && field.constant !== undefined && IN_EVERY_ROW.includes(name);
    if (atOnce) continue;
    if ("hash" in field || field.column === undefined) return null;
    if (field.values || ("date" in field && field.date !== "iso")) return null;
    columns[name] = field.column;
  }
  if (!areApart(Object.values(columns))) return null;
  const parse = prepare(options);
  const record = typical(columns, fields, importedAt);
  /** What the row says of the field when the line says this and else what is typical. */
  const rowSays = (name: string, value: unknown): unknown => {
    const outcome = parse({ ...record, [columns[name] as string]: value }, "");
    return outcome.ok ? outcome.row[name] : undefined;
  };
  const outcome = parse(record, "");
  if (!outcome.ok) return null;
  const constants = Object.fromEntries(
    IN_EVERY_ROW.filter((name) => !(name in columns)).map((name) => [name, outcome.row[name] as string]),
  );
  const hidden = COUNTS.map(
    (name) => [name, (fields[name as "likes"] as CountField | undefined)?.hidden] as const,
  );
  return {
    columns,
    constants,
    says: Object.fromEntries(Object.keys(columns).map((name) => [name, sayingOf(name, rowSays)])),
    required: REQUIRED.filter((name) => name in columns),
    holds(place) {
      const posted = place("posted_at");
      const seen = place("collected_at");
      const latest = Date.parse(importedAt) + TOLERANCE_MS;
      const until = sightsUntil === null ? Number.POSITIVE_INFINITY : Date.parse(sightsUntil);
      const heard = HEARD.map(place).filter((at) => at !== -1);
      const hides = hidden.flatMap(([name, count]) =>
        count === undefined || place(name) === -1 ? [] : [{ at: place(name), count }],
      );
      return (said) => {
        const ms = said[posted] as number;
        const seenAt = seen === -1 ? Number.NaN : (said[seen] as number);
        if (!(ms >= EARLIEST) || ms > (Number.isNaN(seenAt) ? latest : seenAt + TOLERANCE_MS)) return false;
        if (seenAt > until) return false;
        for (const { at, count } of hides) if (said[at] === count) return false;
        for (const at of heard) if (!Number.isNaN(said[at] as number)) return true;
        return false;
      };
    },
  };
}

function sayingOf(name: string, rowSays: (name: string, value: unknown) => unknown): Saying {
  const is = KINDS[name];
  const same = (value: unknown) => isSame(rowSays(name, value), value);
  if (is === "word" || is === "value") return { is, same };
  if (is === "count" || is === "instant") return { is };
  return { is: "text", longest: LONGEST_TEXT, ...(RESPELT.has(name) ? { same } : {}) };
}

const isSame = (said: unknown, stood: unknown): boolean =>
  said === stood ||
  (Array.isArray(said) &&
    Array.isArray(stood) &&
    said.length === stood.length &&
    said.every((word, index) => word === stood[index]));

/** A record whose post the parser keeps. */
function typical(columns: Readonly<Record<string, string>>, fields: PostMapping, importedAt: string): Row {
  const values: Row = { post_id: "1", posted_at: importedAt, collected_at: importedAt, text: "words" };
  for (const name of [...COUNTS, "rating"])
    values[name] = (fields[name as "likes"] as CountField | undefined)?.hidden === 1 ? 2 : 1;
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [column, values[name]]));
}

// DuckDB knows columns without regard to case, and reads each as one type; a point would make a path of a name.
const areApart = (columns: readonly string[]): boolean =>
  new Set(columns.map((column) => column.toLowerCase())).size === columns.length &&
  columns.every((column) => isPlainColumn(column) && !/\.|^filename$/i.test(column));
