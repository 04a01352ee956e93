// Judges one line of news volume; what it refuses goes to quarantine. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  happened: ({ item }) => {
    const { date } = item as Row;
    return String(date).replace(/^(\d{4})(\d\d)(\d\d)T.*$/, "$1-$2-$3");
  },
});
