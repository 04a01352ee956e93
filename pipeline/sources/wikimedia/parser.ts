// Judges one line of page views; what it refuses goes to quarantine. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  happened: ({ item }) => {
    const { timestamp } = item as Row;
    return String(timestamp).replace(/^(\d{4})(\d\d)(\d\d).*$/, "$1-$2-$3");
  },
});
