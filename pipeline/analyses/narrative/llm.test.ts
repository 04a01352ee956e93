// A model's section takes the place of the rules', whole or not at all, and carries who wrote it.
import { expect, test } from "vitest";
import type { Asked, Models, Row } from "../../core/types.ts";
import type { Passage } from "../../knowledge/passages.ts";
import type { Draft, Facts } from "./facts.ts";
import { type WritingContext, writtenDrafts } from "./llm.ts";

const metric = {
  ...{ metric_id: "entry_readiness:de", metric: "entry_readiness", unit: "points", market: "de", entity: "" },
  ...{ value: 61, low: 55, high: 66, n: 4, reason: null, text_value: null },
};
const facts = {
  ...{
    markets: [{ code: "de", name: "Germany", role: "target" }],
    metrics: new Map([[metric.metric_id, metric]]),
  },
  ...{ trends: [], brands: [], themes: [], creators: [], entry: [], components: [], spikes: [], events: [] },
  ...{
    weekEnd: "2026-11-15",
    themeWords: new Set(),
    before: new Map(),
    provenance: "synthetic",
    reviews: [],
  },
  ...{ edition: "2026-W47", previousEdition: null },
} as unknown as Facts;

const rules: Draft[] = [
  { page: "market/de", section: "bottom_line", lead: "", template: "What rules say." },
  { page: "market/de", section: "risks", lead: "", template: "What rules fear." },
  { page: "home", section: "title", lead: "", template: "What rules call it." },
];

const claim = (template: string, lead = "") => ({
  ...{ lead, template, evidence: ["entry_readiness:de"], quote: null, quote_source: null },
});
const by = { model: "openai:test", prompt_version: "1.0.0", answered_at: "2026-11-19T10:00:00.000Z" };

/** Models that know the answers of some tasks, and keep what they were sent. */
function modelsSaying(said: Readonly<Record<string, unknown>>): Models & { readonly sent: Row[] } {
  const sent: Row[] = [];
  return {
    sent,
    ask: async (definition, questions) =>
      questions.map(({ item, input }) => {
        sent.push({ task: definition.id, item, ...(definition.input.parse(input) as Row) });
        const answer = said[definition.id];
        return (
          answer === undefined
            ? { answer: null, reason: "invalid", says: "nothing", by }
            : { answer, reason: null, by }
        ) as Asked<never>;
      }),
    recall: (_, questions) => questions.map(() => null),
    used: () => [],
  };
}

const passage = { id: "de-drugstores#doors", text: "Drugstores open doors." } as Passage;
const warned: string[] = [];
const written = (models: Models, search: WritingContext["search"] = async () => []) =>
  writtenDrafts(rules, {
    ...{ facts, models, search },
    log: { info: () => {}, warn: (message) => warned.push(message), progress: () => {} },
  });
const words = (drafts: readonly Draft[]) =>
  drafts.map(({ page, section, lead, template }) => `${page} ${section}: ${lead}${template}`);

const report = {
  ...{ bottom_line: [claim("Enter now: {{entry_readiness:de|0}} points.", "Go.")], drivers: [] },
  ...{ risks: [], recommendations: [claim("Ask a drugstore.")] },
};

test("what a model wrote stands in the rules' place; a section it left empty stays the rules', and so does every other", async () => {
  const drafts = await written(modelsSaying({ "market-report": report }));
  expect(words(drafts)).toEqual([
    "market/de risks: What rules fear.",
    "home title: What rules call it.",
    "market/de bottom_line: Go. Enter now: {{entry_readiness:de|0}} points.",
    "market/de recommendations: Ask a drugstore.",
  ]);
  expect(drafts.at(-1)?.written).toMatchObject({
    by,
    task: "market-report",
    evidence: ["entry_readiness:de"],
  });
  expect(drafts[0]?.written).toBeUndefined();
});

test("no answer leaves every word of the rules", async () => {
  expect(await written(modelsSaying({}))).toEqual(rules);
});

test("a section with one number that nobody measured is left out whole, and the log says which", async () => {
  const broken = { ...report, bottom_line: [...report.bottom_line, claim("And {{sentiment_score:de|0}}.")] };
  const drafts = await written(modelsSaying({ "market-report": broken }));
  expect(words(drafts)).toContain("market/de bottom_line: What rules say.");
  expect(words(drafts).join()).not.toContain("Enter now");
  expect(words(drafts)).toContain("market/de recommendations: Ask a drugstore.");
  expect(warned.at(-1)).toMatch(/^market\/de, bottom_line: .* the rules' words stand: /);
});

test("a question stands before the first sentence of its answer alone", async () => {
  const answer = [claim("It is {{entry_readiness:de|0}}.", "Ready?"), claim("Ask again.")];
  const drafts = await written(
    modelsSaying({ questions: { questions: [{ question: "Is it ready? ", answer }] } }),
  );
  expect(words(drafts).slice(-2)).toEqual([
    "market/de questions: Is it ready? Ready? It is {{entry_readiness:de|0}}.",
    "market/de questions: Ask again.",
  ]);
});

test("the notes that the search finds travel with a market's questions", async () => {
  const models = modelsSaying({});
  const asked: string[] = [];
  await written(models, async ({ query, market }) => {
    asked.push(`${market} ${query.split(" ")[0]}`);
    return [passage];
  });
  expect(asked).toEqual(["de entering", "de rules"]);
  const sent = models.sent.filter(({ knowledge }) => (knowledge as unknown[]).length > 0);
  expect(sent.map(({ task, knowledge }) => [task, (knowledge as Row[])[0]?.["id"]])).toEqual([
    ["market-report", passage.id],
    ["questions", passage.id],
  ]);
});
