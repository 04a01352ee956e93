// What a claim is and what only looks like one, per language; what the score, the status and the draft follow from.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { MarketClaims } from "../../contract/claims.ts";
import { assembleRuleBooks } from "./assemble.ts";
import { type CheckOptions, readerOf } from "./check.ts";
import { joined, spaced } from "./folded.ts";
import { bundlesOf } from "./pattern.ts";
import { ruleBooks } from "./read-files.ts";

const readers = new Map([...ruleBooks()].map(([market, book]) => [market, readerOf(book)]));
const read = (market: string, copy: string, options?: CheckOptions) => {
  const reader = readers.get(market);
  if (!reader) throw new Error(`no rules for ${market}`);
  return reader.read(copy, options);
};
const rulesIn = (market: string, copy: string) => [
  ...new Set(
    read(market, copy)
      .hits.filter(({ severity }) => severity !== "low")
      .map(({ rule }) => rule),
  ),
];
const because = (market: string, copy: string) => read(market, copy).passed.map((one) => one.because);

test("five markets have rules; each cites an act with an article and an address, and says when it was reviewed", () => {
  expect([...ruleBooks().keys()].toSorted()).toEqual(["de", "fr", "jp", "kr", "us"]);
  for (const { market } of ruleBooks().values())
    for (const { id, cites, reviewed_on } of [
      ...market.rules,
      { ...market.disclosure, id: market.disclosure.rule },
    ]) {
      expect(reviewed_on, id).toMatch(/^\d{4}-\d\d-\d\d$/);
      for (const { source, article } of cites) {
        expect(market.sources[source]?.url, id).toMatch(/^https:\/\//);
        expect(article.length, id).toBeGreaterThan(1);
      }
    }
});

test("a rule's own example of what not to say is hit by it, and what to say instead is hit by no rule", () => {
  const wrong: string[] = [];
  for (const [market, book] of ruleBooks())
    for (const rule of book.market.rules) {
      if (!read(market, rule.dont).hits.some((hit) => hit.rule === rule.id))
        wrong.push(`${rule.id} misses ${rule.dont}`);
      const barred = rulesIn(market, rule.do);
      if (barred.length > 0) wrong.push(`${rule.id} suggests what ${barred.join(", ")} bars: ${rule.do}`);
    }
  expect(wrong).toEqual([]);
});

test("no sentence we suggest breaks a rule of the market whose language it is in", () => {
  const home = { en: "us", de: "de", fr: "fr", ja: "jp", ko: "kr" } as const;
  const wrong: string[] = [];
  const [book] = ruleBooks().values();
  for (const { language, kinds } of Object.values(book?.wordings ?? {}))
    for (const [kind, { say }] of Object.entries(kinds))
      if (kind !== "paid-hint" && rulesIn(home[language], say).length > 0)
        wrong.push(`${language} ${kind}: ${say} ${rulesIn(home[language], say)}`);
  expect(wrong).toEqual([]);
});

describe("spelling does not matter", () => {
  test.each([
    ["de", "HEILT NEURODERMITIS", "de-disease"],
    ["de", "laesst Falten fuer immer verschwinden", "de-rejuvenation"],
    ["fr", "GUERIT L’ECZEMA", "fr-disease"],
    ["jp", "ｼﾐ が 消 え る", "jp-whitening"],
    ["jp", "しみがきえる", "jp-whitening"],
    ["jp", "シミが\n消える", "jp-whitening"],
    ["kr", "여 드 름 치 료", "kr-disease"],
    ["kr", "여드름·치료 크림", "kr-disease"],
    ["us", "Cures ＥＣＺＥＭＡ", "us-disease"],
  ])("%s: %s", (market, copy, rule) => expect(rulesIn(market, copy)).toContain(rule));
});

describe("what only looks like a claim is let be, with the reason", () => {
  test.each([
    ["de", "Diese Creme heilt keine Neurodermitis.", "negated"],
    ["de", "Die Aussage „heilt Akne“ ist verboten.", "spoken_about"],
    ["de", "Kann eine Creme Falten entfernen?", "asks"],
    ["de", "Für zu Akne neigende Haut: behandelt sie sanft.", "exception"],
    ["fr", "Cette crème ne guérit pas l'eczéma.", "negated"],
    ["jp", "シミが消えるわけではありません。", "negated"],
    ["kr", "여드름을 치료하지 않습니다.", "negated"],
    ["us", "My dermatologist treated my acne with antibiotics.", "other_agent"],
    ["us", "Does it really cure eczema?", "asks"],
  ])("%s: %s", (market, copy, reason) => {
    expect(rulesIn(market, copy)).toEqual([]);
    expect(because(market, copy)).toContain(reason);
  });

  test("“not only” negates nothing, a question answered with yes claims, and “no side effects” claims by its no", () => {
    expect(rulesIn("us", "It not only cures eczema, it smells nice.")).toContain("us-disease");
    expect(rulesIn("de", "Kann eine Creme Falten entfernen? Ja, unsere!")).toContain("de-rejuvenation");
    // 니까요 asserts; only 까요 asks.
    expect(rulesIn("kr", "주름이 하나도 없어졌다니까요")).toContain("kr-rejuvenation");
    expect(rulesIn("us", "No side effects.")).toEqual(["us-safety"]);
  });

  test("a question about a claim claims nothing in whichever language it is found; one that sells an answer does", () => {
    expect(rulesIn("us", "Does a cream really work against cellulite?")).toEqual([]);
    expect(rulesIn("us", "Why book Botox when this serum does the same?")).toContain("us-medical-likeness");
    expect(rulesIn("fr", "Pourquoi se faire opérer quand un sérum suffit ?")).toContain(
      "fr-medical-likeness",
    );
    expect(rulesIn("de", "Wer braucht noch Botox?")).toContain("de-medical-likeness");
    expect(rulesIn("de", "Warum ersetzt eine Creme kein Botox?")).toEqual([]);
  });

  test("what an approval allows is allowed beside its name", () => {
    expect(rulesIn("jp", "薬用美白クリーム")).not.toEqual([]);
    expect(rulesIn("jp", "薬用美白クリーム【医薬部外品】")).toEqual([]);
  });
});

test("a quote is the copy's own words, wherever it stands", () => {
  const copy = "Neu! Die Creme HEILT  Neurodermitis.";
  const [hit] = read("de", copy).hits;
  expect(hit?.quote).toBe("HEILT  Neurodermitis");
  expect(copy.slice(hit?.start, hit?.end)).toBe("HEILT  Neurodermitis");
  for (const fold of [spaced, joined]) {
    const { text, at } = fold("Straße ﾆｷﾋﾞ か\u3099 e\u0301");
    expect(at.length).toBe(text.length + 1);
  }
});

test("the score is 100 times the product of what each broken rule leaves, once a rule; the worst hit decides the status", () => {
  const once = read("de", "Heilt Neurodermitis.");
  expect(once.cultural_fit_score).toBe(Math.round(1000 * (1 - 0.65 * 0.9)) / 10);
  expect(read("de", "Heilt Neurodermitis. Heilt Psoriasis.").cultural_fit_score).toBe(
    once.cultural_fit_score,
  );
  expect(once.approval_status).toBe("rejected");
  expect(read("de", "Enthält keine Parabene.").approval_status).toBe("needs_revision");
  expect(read("de", "Hypoallergene Pflege.").approval_status).toBe("approved");
  expect(read("de", "Pflegt die Haut.")).toMatchObject({
    cultural_fit_score: 100,
    approval_status: "approved",
    revised_content: null,
  });
});

test("the draft replaces the barred sentence and keeps the others, and is clean when checked again", () => {
  const draft =
    read("de", "Unsere Creme heilt Neurodermitis in 3,5 Tagen. Sie duftet nach Rosen.").revised_content ?? "";
  expect(draft).toContain("Sie duftet nach Rosen.");
  expect(rulesIn("de", draft)).toEqual([]);
});

test("a paid post says so at the start, in words the market accepts", () => {
  const thanks = "Danke an @lumea für das PR-Paket!";
  expect(rulesIn("de", thanks)).toEqual(["de-disclosure"]);
  expect(rulesIn("de", `Werbung. ${thanks}`)).toEqual([]);
  expect(rulesIn("de", `#ad ${thanks}`)).toEqual(["de-disclosure"]);
  expect(rulesIn("us", "Thank you @lumea for the gift! #ad")).toEqual([]);
  expect(read("us", "A nice cream.", { paid: true }).hits.map(({ rule }) => rule)).toEqual(["us-disclosure"]);
  expect(read("us", "Thank you @lumea for the gift!", { paid: false }).hits).toEqual([]);
});

test("a copy in a language without rules is said to be unread, never approved", () => {
  for (const copy of [
    "Esta crema cura el eczema y la piel queda como nueva para siempre.",
    "Этот крем лечит акне за неделю.",
    "这款面霜可以治疗痤疮并且永久去除皱纹和斑点让肌肤重生",
  ])
    expect(read("de", copy)).toMatchObject({
      understood: false,
      cultural_fit_score: null,
      approval_status: null,
    });
  expect(read("de", "Lorem ipsum", { language: "es" }).understood).toBe(false);
});

test("nothing, one emoji and 50,000 characters have an answer", () => {
  expect(read("jp", "")).toMatchObject({ hits: [], cultural_fit_score: null });
  expect(read("kr", "✨").hits).toEqual([]);
  expect(read("us", "Cures eczema. ".repeat(3_600)).hits.length).toBeGreaterThan(1_000);
});

test("files with an unknown kind or a citation without source are refused by name", () => {
  const [book] = ruleBooks().values();
  const market = structuredClone(book?.market) as {
    rules: { kinds: string[]; cites: { source: string }[] }[];
  };
  const assemble = (rules: unknown) => () =>
    assembleRuleBooks({
      rules: [rules],
      taboo: [book?.taboo],
      wordings: Object.values(book?.wordings ?? {}),
    });
  const unknown = structuredClone(market);
  unknown.rules[0]?.kinds.push("levitation");
  expect(assemble(unknown)).toThrow("unknown kind of claim: levitation in rule");
  const sourceless = structuredClone(market);
  if (sourceless.rules[0]?.cites[0]) sourceless.rules[0].cites[0].source = "hearsay";
  expect(assemble(sourceless)).toThrow("unknown source: hearsay in rule");
  expect(MarketClaims.safeParse(parse("market: de")).success).toBe(false);
});

test("a further file of a language adds to its kinds; a name given twice and a kind nobody described are refused", () => {
  const [book] = ruleBooks().values();
  const assemble = (more: object) =>
    assembleRuleBooks({
      rules: [book?.market],
      taboo: [book?.taboo],
      wordings: [...Object.values(book?.wordings ?? {}), { adds_to: "de", ...more }],
    });
  const added = assemble({
    words: { moon: "vollmond" },
    kinds: { superlative: { patterns: ["wirkt nur bei {moon}"] } },
  }).get(book?.market.market ?? "");
  expect(
    added &&
      readerOf(added)
        .read("Diese Creme wirkt nur bei Vollmond.")
        .hits.map(({ kind }) => kind),
  ).toEqual(["superlative"]);
  expect(() => assemble({ words: { disease: "grippe" } })).toThrow("named twice");
  expect(() => assemble({ kinds: { levitation: { patterns: ["schwebt"] } } })).toThrow(
    "unknown kind of claim: levitation",
  );
});

test("patterns of the same first half are one bundle that needs it; patterns of one half need nothing", () => {
  expect(bundlesOf(["narbe & weg", "falten weg", "narbe & fort"])).toEqual([
    { needs: "narbe", patterns: ["narbe & weg", "narbe & fort"] },
    { needs: null, patterns: ["falten weg"] },
  ]);
  for (const copy of ["Altersflecken verblassen.", "Es verblassen Altersflecken."])
    expect(rulesIn("de", copy)).toEqual(["de-whitening"]);
  expect(rulesIn("de", "Sommerfarben verblassen.")).toEqual([]);
});
