// Where a trend's term stands among the topics of creators: taxonomy terms by their id, hashtags without the prefix of their term.
import { type DatasetRow, rowsOf } from "./data.ts";

export function topicsOf(term: string, edition: string): readonly DatasetRow<"creator_topics">[] {
  const tag = term.startsWith("tag-");
  return rowsOf("creator_topics", "topic", tag ? term.slice("tag-".length) : term, edition).filter(
    (topic) => topic.kind === (tag ? "hashtag" : "term"),
  );
}
