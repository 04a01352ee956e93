// What a note is, how it parts into passages, who finds it, and what is said when it is wrong.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openKnowledge } from "./open.ts";

const root = mkdtempSync(join(tmpdir(), "leap-knowledge-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let worlds = 0;
/** Files by path under `own/` (the publication's notes) and `reference/`. */
function opened(files: Readonly<Record<string, string>>, asOf = "2026-11-20") {
  const world = join(root, String(worlds++));
  mkdirSync(join(world, "publications", "mine", "knowledge"), { recursive: true });
  mkdirSync(join(world, "reference", "knowledge"), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const [where, name = ""] = path.split("/");
    const folder =
      where === "own" ? join("publications", "mine", "knowledge") : join("reference", "knowledge");
    writeFileSync(join(world, folder, name), text);
  }
  return openKnowledge({
    publication: { id: "mine", markets: ["de", "jp", "us"], home_market: "kr" },
    publications: join(world, "publications"),
    reference: join(world, "reference"),
    asOf,
  });
}

const FACTS = {
  title: "A note",
  market: "de",
  topic: "culture",
  source: "{ title: The source, url: https://example.org/, publisher: Somebody }",
  date: "2026-01-01",
  checked: "null",
  valid_until: "null",
  languages: "[en]",
};
/** A note with plain facts; what a test does not say takes a default. */
function note(id: string, body: string, facts: Partial<Record<string, string>> = {}): Record<string, string> {
  const all = { id, ...FACTS, ...facts };
  const yaml = Object.entries(all).map(([key, value]) => `${key}: ${value}\n`);
  return { [`own/${id}.md`]: `---\n${yaml.join("")}---\n\n${body}\n` };
}
const idsOf = (passages: readonly { id: string }[]) => passages.map(({ id }) => id);

test("each heading is a passage with an id that can be cited; what stands before the first is the summary", () => {
  const { passages } = opened(
    note("a", "Said first.\n\n## What & why\nOne.\n\nTwo.\n\n## 全成分 表示\nThree.\n\n### Smaller\nFour."),
  );
  expect(passages.map(({ id, heading, text, position }) => [id, heading, text, position])).toEqual([
    ["a#summary", "A note", "Said first.", 1],
    ["a#what-why", "What & why", "One.\n\nTwo.", 2],
    ["a#全成分-表示", "全成分 表示", "Three.\n\n### Smaller\nFour.", 3],
  ]);
});

test("a long section parts at its empty lines and loses nothing", () => {
  const paragraphs = Array.from({ length: 8 }, (_, index) => `${index} ${"word ".repeat(80)}`.trim());
  const { passages } = opened(note("a", `## Long\n${paragraphs.join("\n\n")}`));
  expect(idsOf(passages)).toEqual(["a#long", "a#long-2", "a#long-3"]);
  expect(passages.map(({ text }) => text).join("\n\n")).toBe(paragraphs.join("\n\n"));
});

test.each([
  [
    "a key nobody knows",
    { valid_util: "2027-01-01" },
    /unknown key: valid_util in .*a\.md, line 11\. A note's keys are id, title/,
  ],
  [
    "a key of the source nobody knows",
    { source: "{ title: The source, url: https://example.org/, publisher: Me, page: 3 }" },
    /unknown key: source\.page in .*line 6\. source holds title, url, publisher/,
  ],
  ["a topic outside the scheme", { topic: "gossip" }, /invalid topic: "gossip" in .*a\.md, line 5/],
  [
    "a market nobody knows",
    { market: "dr" },
    /unknown market: dr in .*a\.md\. Known are all, de, eu, jp, kr, us/,
  ],
  [
    "an address that is none",
    { source: "{ title: The source, url: javascript:alert(1), publisher: Me }" },
    /invalid source\.url: "javascript:alert\(1\)" in .*line 6: an address that starts with https/,
  ],
  ["a day that is none", { date: "2026-02-30" }, /invalid date: "2026-02-30" in .*line 7/],
  [
    "another name than its file",
    { id: "b" },
    /invalid id: b in .*a\.md, line 2\. A note is called like its file: a/,
  ],
  ["YAML that does not close", { languages: "[en" }, /invalid front matter: .*a\.md, line \d+/],
])("a note with %s is refused with file, line and what to write", (_, facts, message) => {
  expect(() => opened(note("a", "## One\nText.", facts))).toThrow(message);
});

test("a missing key, missing front matter, an empty section, a heading told twice and a stray file are refused by name", () => {
  const whole = note("a", "## One\nText.")["own/a.md"] as string;
  const said = (text: string) => () => opened({ "own/a.md": text });
  expect(said(whole.replace("checked: null\n", ""))).toThrow(/missing key: checked in .*may be null/);
  expect(said("## One\nText.\n")).toThrow(/missing front matter: .*a\.md, line 1/);
  expect(said(whole.replace("Text.", ""))).toThrow(/missing text: “One” in .*a\.md, line 13/);
  expect(said(`${whole}\n## one!\nMore.\n`)).toThrow(
    /invalid heading: “one!” in .*line 16, stands on line 13 already/,
  );
  expect(() => opened({ "own/a.markdown": whole })).toThrow(/unknown file: .*a\.markdown/);
});

test("an id is one note: the same in both folders is refused, and READMEs are no notes", () => {
  const text = note("a", "## One\nText.")["own/a.md"] as string;
  expect(() => opened({ "own/a.md": text, "reference/a.md": text })).toThrow(
    /invalid id: a is the id of .* and of /,
  );
  expect(opened({ "own/README.md": "# How", "reference/README.md": "# How" }).passages).toEqual([]);
});

test("no folder is no knowledge: nothing to cite, nothing found, no error", () => {
  const empty = openKnowledge({
    publication: { id: "none", markets: ["de"], home_market: null },
    publications: join(root, "nowhere"),
    reference: join(root, "nowhere"),
    asOf: "2026-11-20",
  });
  expect(empty.notes).toEqual([]);
  expect(empty.search({ query: "serum", market: "de" })).toEqual([]);
});

test("a note holds through its last day; after it, it is shown as expired and no longer found", () => {
  const files = note("a", "## One\nRule on serum.", { valid_until: "2026-11-20" });
  const on = opened(files, "2026-11-20T23:59:00Z");
  expect([on.passages[0]?.expired, idsOf(on.search({ query: "serum", market: "de" }))]).toEqual([
    false,
    ["a#one"],
  ]);
  const after = opened(files, "2026-11-21");
  expect([after.passages[0]?.expired, after.search({ query: "serum", market: "de" })]).toEqual([true, []]);
});

test("a market sees its own notes, its group's and those on all; a topic narrows further", () => {
  const world = opened({
    ...note("german", "## One\nserum", { market: "de" }),
    ...note("japanese", "## One\nserum", { market: "jp" }),
    ...note("union", "## One\nserum", { market: "eu", topic: "regulation" }),
    ...note("everywhere", "## One\nserum", { market: "all" }),
  });
  const found = (market: string, topic?: "regulation") =>
    idsOf(world.search({ query: "serum", market, ...(topic ? { topic } : {}), limit: 9 })).sort();
  expect(found("de")).toEqual(["everywhere#one", "german#one", "union#one"]);
  expect(found("jp")).toEqual(["everywhere#one", "japanese#one"]);
  expect(found("de", "regulation")).toEqual(["union#one"]);
});

test("reference notes on markets the publication has nothing to do with are left out", () => {
  const text = (id: string, market: string) =>
    note(id, "## One\nserum", { market })[`own/${id}.md`] as string;
  const { notes } = opened({
    "reference/a.md": text("a", "kr"),
    "reference/b.md": text("b", "eu"),
    "reference/c.md": text("c", "all"),
  });
  expect(idsOf(notes)).toEqual(["a", "b", "c"]);
  expect(() => opened({ "reference/a.md": text("a", "fr") })).toThrow(/unknown market: fr/);
});

test("words are found without accents, in the plural, begun, and inside Japanese and Korean sentences", () => {
  const { search } = opened({
    ...note("werbung", "## One\nWerbung muss gekennzeichnet werden, Größe und Ort.", { market: "all" }),
    ...note("creme", "## One\nLes crèmes hydratantes.", { market: "all" }),
    ...note("bihaku", "## One\n美白と言えるのは医薬部外品だけです。", { market: "all" }),
    ...note("mibaek", "## One\n미백은 기능성화장품에서만 말할 수 있다.", { market: "all" }),
  });
  const first = (query: string) => search({ query, market: "de", limit: 1 })[0]?.note ?? null;
  expect(["grosse", "Kennzeichnung gekennzeichnet", "creme hydratante", "crème"].map(first)).toEqual([
    "werbung",
    "werbung",
    "creme",
    "creme",
  ]);
  expect(["美白クリーム", "医薬部外品とは", "미백 크림", "기능성 화장품을"].map(first)).toEqual([
    "bihaku",
    "bihaku",
    "mibaek",
    "mibaek",
  ]);
  expect(["hydrat", "zzz", "", "…"].map(first)).toEqual(["creme", null, null, null]);
});

test("the order does not depend on that of the files: equals stand by id", () => {
  const bodies = ["c", "a", "b"].map((id) => note(id, "## One\nserum", { market: "all" }));
  const forward = opened(Object.assign({}, ...bodies)).search({ query: "serum", market: "de" });
  const backward = opened(Object.assign({}, ...bodies.toReversed())).search({ query: "serum", market: "de" });
  expect(idsOf(forward)).toEqual(["a#one", "b#one", "c#one"]);
  expect(backward).toEqual(forward);
});

test("a limit that is no whole number from one up is refused", () => {
  const { search } = opened(note("a", "## One\nserum"));
  for (const limit of [0, -1, 1.5, Number.NaN])
    expect(() => search({ query: "serum", market: "de", limit })).toThrow(`invalid limit: ${limit}`);
});
