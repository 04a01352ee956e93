// Judges one line of an answer; what it refuses goes to quarantine. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

/** A run may be taken up again hours after its instant, and sees what was posted in between; a day later it is closed. */
const TAKEN_UP_MS = 24 * 3_600_000;

export const prepare = linesOf(things, {
  happened(row) {
    const { timestamp } = row["item"] as Row;
    if (typeof timestamp !== "string") return null;
    const young = Date.parse(timestamp) - Date.parse(String(row["collected_at"])) <= TAKEN_UP_MS;
    return young ? null : timestamp;
  },
});
