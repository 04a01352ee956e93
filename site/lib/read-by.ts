// Who reads the posts of a market's weeks, and from which week on somebody else does: a line there breaks the series.
import type { DatasetRow } from "./data.ts";
import { words } from "./words.ts";

type Week = Pick<DatasetRow<"market_weeks">, "week" | "read_by" | "sentiment_score">;

export interface ReadingBreak {
  /** Monday of the first week that the new reader read. */
  readonly day: string;
  readonly before: string;
  readonly reader: string;
}

/** Changes of reader between weeks that have a score; weeks without one were read by nobody. */
export function readingBreaks(weeks: readonly Week[]): ReadingBreak[] {
  const scored = weeks.filter((week) => week.sentiment_score !== null);
  return scored.flatMap((week, index) => {
    const before = scored[index - 1];
    return before && before.read_by !== week.read_by
      ? [{ day: week.week, before: readerWords(before.read_by), reader: readerWords(week.read_by) }]
      : [];
  });
}

/** `openai:gpt-x` → `gpt-x`: whose it is stands in the ledger, and a chart is narrow. */
const readerWords = (reader: string): string =>
  reader === "offline" ? words.report.sentiment.break_offline : reader.slice(reader.indexOf(":") + 1);
