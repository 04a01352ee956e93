// Which window of sentiment a page speaks of: ninety days where they suffice, a longer one for old or thin imports.
import type { DatasetRow } from "./data.ts";

export type SentimentRow = DatasetRow<"sentiment">;

/** Windows from short to long. */
export const windowOrder = ["7d", "30d", "90d", "365d", "all"] as const;

/** The shortest of 90 days, a year and the whole period that has a score; else 90 days, with its reason. */
export function spokenWindow(rows: readonly SentimentRow[]): SentimentRow | undefined {
  const of = (window: SentimentRow["window"]) => rows.find((row) => row.window === window);
  return (
    ["90d" as const, "365d" as const, "all" as const].map(of).find((row) => row?.score != null) ?? of("90d")
  );
}

/** The windows to show, short to long: a longer one that holds no further post says nothing new. */
export function shownWindows(rows: readonly SentimentRow[]): SentimentRow[] {
  const ordered = windowOrder.flatMap((window) => rows.filter((row) => row.window === window && row.n > 0));
  return ordered.filter((row, index) => row.n !== ordered[index - 1]?.n);
}
