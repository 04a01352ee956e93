// The knowledge notes of an edition as pages show them: passages gathered to notes, notes under the markets they speak of.
import { topics } from "../../data/contract/knowledge.ts";
import type { DatasetRow, Edition } from "./data.ts";
import { words } from "./words.ts";

export type Passage = DatasetRow<"knowledge">;

/** A note with its passages in order; what holds for all of them stands on each. */
export interface Note extends Omit<Passage, "id" | "position" | "heading" | "text"> {
  readonly passages: readonly Passage[];
}

/** What is asked of a market of the edition. */
type Market = Pick<Edition["markets"][number], "code" | "name">;

/** Notes in the order of topics, then titles. */
export function notesOf(passages: readonly Passage[]): Note[] {
  return [...Map.groupBy(passages, (passage) => passage.note).values()]
    .map((found): Note => {
      const ordered = found.toSorted((a, b) => a.position - b.position);
      return { ...(ordered[0] as Passage), passages: ordered };
    })
    .sort(
      (a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic) || a.title.localeCompare(b.title, "en"),
    );
}

/** Notes under their markets: those the edition reports on first, then its home, then groups and all. Markets without notes are left out. */
export function notesByMarket(notes: readonly Note[], markets: readonly Market[]): [string, Note[]][] {
  const told = Map.groupBy(notes, (note) => note.market);
  const rank = (code: string) => {
    const at = markets.findIndex((market) => market.code === code);
    return at >= 0 ? at : code === "all" ? Number.POSITIVE_INFINITY : markets.length;
  };
  return [...told].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, "en"));
}

/** `Germany`, `European Union`, `Every market`. */
export function toldMarket(code: string, markets: readonly Market[]): string {
  const groups: Readonly<Record<string, string>> = words.knowledge.groups;
  const known = markets.find((market) => market.code === code)?.name ?? groups[code];
  return known ?? new Intl.DisplayNames(["en"], { type: "region" }).of(code.toUpperCase()) ?? code;
}

/** What a passage is called on its note's page: the part of its id behind the note's. */
export const anchorOf = (passage: Pick<Passage, "id" | "note">): string =>
  passage.id.slice(passage.note.length + 1);
