// Judges one line of an answer; what it refuses goes to quarantine. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  happened: (row) => String((row["item"] as Row)["timestamp"]),
});
