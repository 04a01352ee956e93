// The parser of the desk's own rows: what it wrote a moment ago must be what it promised to write.
import { collectorThings } from "./collector-rows.ts";
import { linesOf } from "./lines-of.ts";

export const prepare = linesOf(collectorThings);
