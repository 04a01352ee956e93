// A note as passages: what stands under one heading is what a sentence cites, and what a search finds.
import { LeapError } from "../core/errors.ts";
import type { Note } from "./note.ts";

export interface Passage {
  /** `<note>#<anchor>`: what a sentence cites. */
  readonly id: string;
  readonly note: string;
  /** Anchor on the note's page. */
  readonly anchor: string;
  /** Place in the note, from 1. */
  readonly position: number;
  readonly title: string;
  readonly market: string;
  readonly topic: Note["topic"];
  readonly heading: string;
  /** Markdown of paragraphs, lists and links. */
  readonly text: string;
  readonly source: Note["source"];
  readonly date: string | null;
  readonly checked: string | null;
  readonly valid_until: string | null;
  readonly languages: readonly string[];
  /** The note's last day is before the clock of the run: shown, never retrieved. */
  readonly expired: boolean;
}

/** Characters beyond which a passage parts at an empty line: a citation should point at something that is read at a glance. */
const LONGEST = 1500;

/** Passages of a note in its order. `day` is the run's, ISO. Throws a LeapError for an empty note, an empty section and a heading told twice. */
export function passagesOf(note: Note, day: string): Passage[] {
  const { body, bodyLine, file, id, source, ...facts } = note;
  const passages: Passage[] = [];
  const seen = new Map<string, number>();
  for (const { heading, line, text } of sectionsOf(body, bodyLine)) {
    if (text === "") {
      if (heading === null) continue;
      throw new LeapError(
        `missing text: “${heading}” in ${file}, line ${line}, has none. Write it or take the heading out.`,
      );
    }
    const anchor = heading === null ? "summary" : anchorOf(heading);
    const before = seen.get(anchor);
    if (anchor === "" || before !== undefined)
      throw new LeapError(
        anchor === ""
          ? `invalid heading: “${heading}” in ${file}, line ${line}, has neither letters nor digits. Passages are cited by their heading.`
          : `invalid heading: “${heading}” in ${file}, line ${line}, stands on line ${before} already. Passages are cited by their heading; give this one another.`,
      );
    seen.set(anchor, line);
    for (const [part, piece] of partsOf(text).entries()) {
      const partAnchor = part === 0 ? anchor : `${anchor}-${part + 1}`;
      passages.push({
        id: `${id}#${partAnchor}`,
        note: id,
        anchor: partAnchor,
        position: passages.length + 1,
        title: facts.title,
        market: facts.market,
        topic: facts.topic,
        heading: heading ?? facts.title,
        text: piece,
        source,
        date: facts.date,
        checked: facts.checked,
        valid_until: facts.valid_until,
        languages: facts.languages,
        expired: facts.valid_until !== null && facts.valid_until < day,
      });
    }
  }
  if (passages.length === 0)
    throw new LeapError(
      `missing text: ${file} has front matter and nothing below it. Write at least one section.`,
    );
  const ids = new Set(passages.map((passage) => passage.id));
  if (ids.size < passages.length)
    throw new LeapError(
      `invalid headings: a part of a long section in ${file} is called like another heading. Give that heading another name.`,
    );
  return passages;
}

/** Letters and digits of any script, joined by hyphens. */
export const anchorOf = (heading: string): string =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

interface Section {
  readonly heading: string | null;
  readonly line: number;
  readonly text: string;
}

function sectionsOf(body: string, bodyLine: number): Section[] {
  const sections: { heading: string | null; line: number; lines: string[] }[] = [
    { heading: null, line: bodyLine, lines: [] },
  ];
  for (const [index, line] of body.split("\n").entries()) {
    const heading = line.match(/^## +(.+?)\s*#*\s*$/)?.[1];
    if (heading !== undefined) sections.push({ heading, line: bodyLine + index, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: lines.join("\n").trim() }));
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + paragraph.length <= LONGEST)
      parts[parts.length - 1] = `${last}\n\n${paragraph}`;
    else parts.push(paragraph);
  }
  return parts;
}
