import { expect, test } from "vitest";
import { anchorOf, notesByMarket, notesOf, type Passage, toldMarket } from "./knowledge.ts";

const passage = (note: string, position: number, facts: Partial<Passage> = {}): Passage => ({
  edition: "2026-W47",
  id: `${note}#h${position}`,
  note,
  position,
  title: note,
  market: "de",
  topic: "culture",
  heading: `H${position}`,
  text: "Text.",
  source_title: "Source",
  source_url: "https://example.org/",
  source_publisher: "Somebody",
  date: null,
  checked: null,
  valid_until: null,
  expired: false,
  languages: ["en"],
  ...facts,
});
const markets = [
  { code: "jp", name: "Japan" },
  { code: "de", name: "Germany" },
  { code: "kr", name: "South Korea" },
];

test("passages gather to notes in their own order, notes to topics and titles", () => {
  const notes = notesOf([
    passage("b", 2),
    passage("law", 1, { topic: "regulation" }),
    passage("b", 1),
    passage("a", 1),
  ]);
  expect(notes.map((note) => [note.note, note.passages.map(({ position }) => position)])).toEqual([
    ["a", [1]],
    ["b", [1, 2]],
    ["law", [1]],
  ]);
});

test("markets stand in the publication's order, groups after them, every market last", () => {
  const notes = notesOf(
    ["all", "eu", "kr", "de", "jp"].map((market) => passage(`about-${market}`, 1, { market })),
  );
  expect(notesByMarket(notes, markets).map(([market]) => market)).toEqual(["jp", "de", "kr", "eu", "all"]);
  expect(["de", "eu", "all", "fr"].map((code) => toldMarket(code, markets))).toEqual([
    "Germany",
    "European Union",
    "Every market",
    "France",
  ]);
});

test("an edition without notes has none to show", () => {
  expect(notesByMarket(notesOf([]), markets)).toEqual([]);
});

test("the anchor is the passage's id without its note, whatever script the heading is in", () => {
  expect(anchorOf({ id: "jp-a#全成分-表示", note: "jp-a" })).toBe("全成分-表示");
});
