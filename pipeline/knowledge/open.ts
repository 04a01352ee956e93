// The knowledge of a publication: its own notes and those of the reference folder, as passages that can be searched and cited.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { marketGroups, speaksOf } from "../../data/contract/knowledge.ts";
import type { Publication } from "../../data/contract/publication.ts";
import { LeapError } from "../core/errors.ts";
import { type Note, readNote } from "./note.ts";
import { type Passage, passagesOf } from "./passages.ts";
import { byCodePoint, type Search, searchOver } from "./search.ts";

export interface KnowledgeRequest {
  readonly publication: Pick<Publication, "id" | "markets" | "home_market">;
  /** ISO day or instant of the run: what was over by then is shown and not retrieved. */
  readonly asOf: string;
  /** Folder of all publications; `data/publications` when it does not say. */
  readonly publications?: string | undefined;
  /** Folder of reference data; `data/reference` when it does not say. */
  readonly reference?: string | undefined;
}

export interface Knowledge {
  /** By id. */
  readonly notes: readonly Note[];
  /** In the order of the notes, expired ones included. */
  readonly passages: readonly Passage[];
  /** BM25 over what has not expired; needs no network. */
  readonly search: Search;
}

/**
 * Reads `<publications>/<id>/knowledge` and `<reference>/knowledge`. A reference note on a market that the publication has nothing to do
 * with is left out. Throws a LeapError with file and line for a note that is not one, and for two of one id.
 */
export function openKnowledge(request: KnowledgeRequest): Knowledge {
  const { publication, asOf } = request;
  const reference = request.reference ?? join("data", "reference");
  const own = join(request.publications ?? join("data", "publications"), publication.id, "knowledge");
  const markets = [...publication.markets, ...(publication.home_market ? [publication.home_market] : [])];
  const known = new Set([...markets, ...marketsIn(reference), ...Object.keys(marketGroups), "all"]);
  const general = notesIn(join(reference, "knowledge"), known).filter((note) =>
    markets.some((market) => speaksOf(note.market, market)),
  );
  const notes = [...notesIn(own, known), ...general].sort((a, b) => byCodePoint(a.id, b.id));
  for (const [index, note] of notes.entries()) {
    const twin = notes[index + 1];
    if (twin?.id === note.id)
      throw new LeapError(
        `invalid id: ${note.id} is the id of ${note.file} and of ${twin.file}. A citation names one note; rename one of them.`,
      );
  }
  const passages = notes.flatMap((note) => passagesOf(note, asOf.slice(0, 10)));
  return { notes, passages, search: searchOver(passages) };
}

const marketsIn = (reference: string): string[] => {
  const folder = join(reference, "markets");
  return existsSync(folder) ? readdirSync(folder).map((file) => basename(file, ".yaml")) : [];
};

function notesIn(folder: string, known: ReadonlySet<string>): Note[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => !name.startsWith(".") && name !== "README.md");
  return names.sort(byCodePoint).map((name) => {
    const file = join(folder, name);
    if (!name.endsWith(".md"))
      throw new LeapError(
        `unknown file: ${relative(".", file)}. A note is one file <id>.md; nothing else stands beside it but README.md.`,
      );
    const note = readNote(file);
    if (!known.has(note.market))
      throw new LeapError(
        `unknown market: ${note.market} in ${note.file}. Known are ${[...known].sort(byCodePoint).join(", ")}; another one needs a file in data/reference/markets.`,
      );
    return note;
  });
}
