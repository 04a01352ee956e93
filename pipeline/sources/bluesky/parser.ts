// Judges one line that the desk gathered from Bluesky. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  // What the author's client says may lie in any future; when the network saw it may not.
  happened: (row, thing) => (thing === "posts" ? String((row["item"] as Row)["indexedAt"]) : null),
});
