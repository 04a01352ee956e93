// What we know of each live source; see data/reference/sources.yaml.
import { parse } from "yaml";
import { type SourceFact, SourceFacts } from "../../data/contract/source-facts.ts";
import text from "../../data/reference/sources.yaml?raw";

export type { SourceFact } from "../../data/contract/source-facts.ts";
export const sourceFacts = SourceFacts.parse(parse(text));

/** Those that the edition was made from first, in the order of the file; then those that could be added. */
export const byUse = (used: readonly string[]): { used: SourceFact[]; others: SourceFact[] } => ({
  used: sourceFacts.sources.filter(({ id }) => used.includes(id)),
  others: sourceFacts.sources.filter(({ id }) => !used.includes(id)),
});
