// What data/reference/sources.yaml says of each live source: how it is reached, what it gives and not, limits, terms, people.
import { z } from "zod";

const line = z.string().min(1);
const lines = z.array(line).min(1);

const SourceFact = z.strictObject({
  /** A folder in pipeline/sources. */
  id: z.string().regex(/^[a-z]+$/),
  reach: line,
  gives: lines,
  cannot: lines,
  limits: lines,
  /** Not seen in a document of the provider. */
  unconfirmed: z.array(line).default([]),
  /** In our own words. */
  terms: line,
  terms_url: z.url({ protocol: /^https$/ }),
  /** How deletions and requests of people are followed there. */
  deletions: line,
  /** Whose documents say so, and when they were read. */
  source: line,
  date: z.iso.date(),
});
export type SourceFact = z.output<typeof SourceFact>;

export const SourceFacts = z.strictObject({
  /** Holds for every source. */
  all: z.strictObject({ kept: lines, people: lines }),
  sources: z.array(SourceFact).min(1),
});
