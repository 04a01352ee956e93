// Judges one line of a collection: its shape, and that nothing in it happened after it was collected. A LineModule of core's ingestion.
import type { LineParser, Row } from "../../core/types.ts";
import { type Thing, things } from "./things.ts";

export function prepare(options: unknown): LineParser {
  const { thing } = options as { thing: Thing };
  const schema = things[thing];
  return (record) => {
    const parsed = schema.safeParse(record);
    if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error.issues[0], record) };
    const happened = happenedAt(parsed.data as Row);
    if (
      happened !== null &&
      Date.parse(happened.replace("+0000", "Z")) > Date.parse(parsed.data.collected_at)
    )
      return {
        ok: false,
        reason: `future_date: ${happened} is after the collection at ${parsed.data.collected_at}`,
      };
    return { ok: true, row: parsed.data };
  };
}

interface Issue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

function reasonOf(issue: Issue | undefined, record: unknown): string {
  if (!issue) return "invalid_record: unknown";
  const path = issue.path.map(String).join(".");
  const value = issue.path.reduce<unknown>((at, key) => (at as Row | undefined)?.[String(key)], record);
  if (value === undefined) return `missing_value: ${path}`;
  const shown = JSON.stringify(value)?.slice(0, 80);
  if (issue.code === "too_small" && typeof value === "number") return `negative_count: ${path} = ${shown}`;
  return `invalid_value: ${path} = ${shown}: ${issue.message}`;
}

function happenedAt(row: Row): string | null {
  const item = row["item"] as Row;
  const snippet = item["snippet"] as Row | undefined;
  return (item["timestamp"] ?? item["scheduled_at"] ?? snippet?.["publishedAt"] ?? null) as string | null;
}
