// The parser of a live source, made from the shapes of its things: what fits is a row, anything else goes to quarantine with its reason.
import type { z } from "zod";
import type { LineModule, Row } from "../core/types.ts";

/** A post may lie this far ahead: a row bears the instant at which its run began, a run asks for half an hour, and clocks differ. */
const AHEAD_MS = 45 * 60_000;

export interface LineRules {
  /** When what the row tells of happened, as `Date.parse` reads it; a row from the future is no row. Null where it does not say. */
  readonly happened?: (row: Row, thing: string) => string | null;
}

/**
 * For `parser.ts` of a live source: `export const prepare = linesOf(things);`. The options are `{ thing }`.
 */
export function linesOf(
  things: Readonly<Record<string, z.ZodObject>>,
  rules: LineRules = {},
): LineModule["prepare"] {
  return (options) => {
    const { thing } = options as { thing: string };
    const shape = things[thing];
    if (!shape) throw new Error(`unknown thing: ${thing}`);
    return (record) => {
      const parsed = shape.safeParse(record);
      if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error.issues[0], record) };
      const row = parsed.data as Row;
      const happened = rules.happened?.(row, thing) ?? null;
      const collected = String(row["collected_at"]);
      if (happened !== null && !(Date.parse(happened) <= Date.parse(collected) + AHEAD_MS))
        return {
          ok: false,
          reason: `future_date: ${happened.slice(0, 40)} is after the collection at ${collected}`,
        };
      return { ok: true, row };
    };
  };
}

function reasonOf(issue: z.core.$ZodIssue | undefined, record: unknown): string {
  if (!issue) return "invalid_record: unknown";
  const path = issue.path.map(String).join(".");
  const value = issue.path.reduce<unknown>((at, key) => (at as Row | undefined)?.[String(key)], record);
  if (issue.code === "unrecognized_keys") return `unknown_key: ${[path, ...issue.keys].join(" ").trim()}`;
  if (value === undefined) return `missing_value: ${path}`;
  const shown = JSON.stringify(value)?.slice(0, 80);
  if (issue.code === "too_small" && typeof value === "number") return `negative_count: ${path} = ${shown}`;
  return `invalid_value: ${path} = ${shown}: ${issue.message}`;
}
