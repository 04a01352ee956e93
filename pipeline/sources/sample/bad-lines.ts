// What every real collection also holds: a few lines that cannot be true. They must end in quarantine, with a reason each.
import type { Collection } from "./collection.ts";
import { randomOf } from "./random.ts";

export type BadKind = "negative_count" | "truncated" | "future_date" | "missing_id" | "number_word";
const kinds: readonly BadKind[] = ["negative_count", "truncated", "future_date", "missing_id", "number_word"];

/** About every second week brings one bad line; returns it as it stands in the file, or null. */
export function badLine(
  seed: string,
  week: number,
  collection: Collection,
): { kind: BadKind; text: string } | null {
  const random = randomOf(`${seed}|bad|${week}`);
  if (random.next() < 0.5) return null;
  const kind = random.pick(kinds);
  const { request, collected_at, item } = random.pick(collection.instagram_media);
  const bad = (changed: Record<string, unknown>): string =>
    JSON.stringify({ request, collected_at, item: { ...item, ...changed } });
  switch (kind) {
    case "negative_count":
      return { kind, text: bad({ comments_count: -1 - random.below(9) }) };
    case "truncated":
      return { kind, text: bad({}).slice(0, 120 + random.below(60)) };
    case "future_date":
      return { kind, text: bad({ timestamp: "2031-02-03T04:05:06+0000" }) };
    case "missing_id":
      return { kind, text: bad({ id: undefined }) };
    case "number_word":
      return { kind, text: bad({ like_count: "1.2K" }) };
  }
}
