// Judges one line that the desk gathered from YouTube. A LineModule of core's ingestion.
import { linesOf } from "../../collecting/lines-of.ts";
import type { Row } from "../../core/types.ts";
import { things } from "./things.ts";

export const prepare = linesOf(things, {
  happened: (row) => {
    const item = row["item"] as Row;
    const said = (item["snippet"] as Row | undefined)?.["publishedAt"] ?? item["publishedAt"];
    return typeof said === "string" ? said : null;
  },
});
