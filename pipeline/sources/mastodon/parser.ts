// Judges one line that the desk gathered from Mastodon. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  happened: (row, thing) => (thing === "statuses" ? String((row["item"] as Row)["created_at"]) : null),
});
