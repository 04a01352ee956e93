// Finds the passages that a question is about: BM25 over title, heading and text, the same order on every machine.
import MiniSearch from "minisearch";
import { speaksOf, type Topic } from "../../data/contract/knowledge.ts";
import { LeapError } from "../core/errors.ts";
import type { Passage } from "./passages.ts";
import { completes, searchTerms } from "./words.ts";

export interface KnowledgeQuery {
  /** Words in any language; what is asked about. */
  readonly query: string;
  /** Market the answer is for: notes on it, on its groups and on all markets are looked through. */
  readonly market: string;
  readonly topic?: Topic;
  /** At most so many passages; 5 when it does not say. */
  readonly limit?: number;
}

export type Search = (query: KnowledgeQuery) => Passage[];

/** Searches the passages that have not expired. Best first, equals by id. The index is built at the first question. */
export function searchOver(passages: readonly Passage[]): Search {
  const byId = new Map(
    passages.filter((passage) => !passage.expired).map((passage) => [passage.id, passage]),
  );
  let index: MiniSearch<Passage> | null = null;
  return (query) => {
    const limit = limitOf(query);
    index ??= indexOf([...byId.values()]);
    return index
      .search(query.query, { filter: ({ id }) => answers(byId.get(id) as Passage, query) })
      .map(({ id, score }) => ({ passage: byId.get(id) as Passage, score }))
      .sort((a, b) => b.score - a.score || byCodePoint(a.passage.id, b.passage.id))
      .slice(0, limit)
      .map(({ passage }) => passage);
  };
}

/** Whether a passage may answer at all: its market and topic fit. */
export const answers = (passage: Passage, { market, topic }: KnowledgeQuery): boolean =>
  speaksOf(passage.market, market) && (topic === undefined || passage.topic === topic);

export function limitOf({ limit = 5 }: KnowledgeQuery): number {
  if (!Number.isInteger(limit) || limit < 1)
    throw new LeapError(`invalid limit: ${limit}. It is a whole number from 1 up.`);
  return limit;
}

export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function indexOf(passages: readonly Passage[]): MiniSearch<Passage> {
  const index = new MiniSearch<Passage>({
    fields: ["title", "heading", "text"],
    tokenize: searchTerms,
    processTerm: (term) => term,
    searchOptions: {
      // A note's title says what all of its passages are about; a word of it must not outweigh what the passage itself says.
      boost: { title: 1.5, heading: 1.5 },
      prefix: completes,
      weights: { prefix: 0.4, fuzzy: 0 },
    },
  });
  index.addAll([...passages].sort((a, b) => byCodePoint(a.id, b.id)));
  return index;
}
