// Every term that any edition tracked, with the last edition that did: its page stays when a hashtag leaves the list, because
// the reports of older editions link to it.
import { type DatasetRow, editionIds, rowsOf } from "./data.ts";

export interface TrackedTerm {
  /** All markets pooled, as that edition published it. */
  readonly trend: DatasetRow<"trends">;
  readonly edition: string;
}

export function trackedTerms(): TrackedTerm[] {
  const last = new Map<string, TrackedTerm>();
  for (const edition of editionIds()) {
    for (const trend of rowsOf("trends", "market", "all", edition)) last.set(trend.term, { trend, edition });
  }
  return [...last.values()];
}
