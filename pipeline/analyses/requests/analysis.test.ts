// A request is answered by the rules always and by a model where one is asked; no model makes an answer milder than the rules, and no copy makes a model obey.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { requestIssues, requests, requestVariants } from "../../../data/contract/datasets/requests.ts";
import type { AnalysisContext, Asked, Models, Row } from "../../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../../core/warehouse.ts";
import type { Passage } from "../../knowledge/passages.ts";
import { knowledgeRows, knowledgeTable } from "../../knowledge/table.ts";
import { seedRequests } from "../../models/seed-requests.ts";
import { analysis } from "./analysis.ts";

const folders: string[] = [];
const open: OpenWarehouse[] = [];
afterEach(() => {
  for (const warehouse of open.splice(0)) warehouse.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const by = { model: "openai:test", prompt_version: "1.0.0", answered_at: "2026-11-19T10:00:00.000Z" };
const answered = (answer: unknown): Asked<never> => ({ answer, reason: null, by }) as Asked<never>;
const dropped: Asked<never> = {
  answer: null,
  reason: "invalid",
  says: "a quote does not stand in its source",
  by,
};

/** Models that answer as told, and keep what they were sent. */
function modelsSaying(say: (task: string, input: Row) => Asked<never>): Models & { readonly sent: Row[] } {
  const sent: Row[] = [];
  return {
    sent,
    ask: async (definition, questions) =>
      questions.map(({ item, input }) => {
        sent.push({ task: definition.id, item, ...(definition.input.parse(input) as Row) });
        return say(definition.id, input as Row);
      }),
    recall: (_, questions) => questions.map(() => null),
    used: () => [],
  };
}

const PASSAGE: Passage = {
  ...{ id: "de-tone#plain", note: "de-tone", anchor: "plain", position: 1, title: "Tone", market: "de" },
  ...{
    topic: "culture",
    heading: "Plain",
    text: "Copy that readers take seriously is plain about skin care.",
  },
  source: { title: "A source", url: "https://example.org/", publisher: "Somebody" },
  ...{ date: null, checked: null, valid_until: null, languages: ["en"], expired: false },
};

async function answers(yaml: string, models: Models | null, asOf = "2026-11-20T08:00:00Z") {
  const folder = mkdtempSync(join(tmpdir(), "leap-requests-"));
  folders.push(folder);
  mkdirSync(join(folder, "mine", "requests"), { recursive: true });
  writeFileSync(join(folder, "mine", "requests", "one.yaml"), yaml);
  const warehouse = await openWarehouse({ threads: 1 });
  open.push(warehouse);
  await warehouse.insertRows("run", { as_of: "TIMESTAMP" }, [{ as_of: asOf }]);
  await warehouse.insertRows("pub_brands", { title: "VARCHAR" }, [
    { title: "Aurelle" },
    { title: "Aurelle" },
  ]);
  await warehouse.insertRows("pub_knowledge", knowledgeTable, knowledgeRows([PASSAGE]));
  await seedRequests(warehouse, { id: "mine" }, folder);
  const context = { warehouse, models, publication: {}, run: { edition: "2026-W47" } };
  const found = await analysis.run(context as unknown as AnalysisContext);
  for (const row of found["requests"] ?? []) requests.columns.parse(row);
  for (const row of found["request_issues"] ?? []) requestIssues.columns.parse(row);
  for (const row of found["request_variants"] ?? []) requestVariants.columns.parse(row);
  return {
    requests: found["requests"] as Row[],
    issues: found["request_issues"] as Row[],
    variants: found["request_variants"] as Row[],
  };
}

const request = (copy: string, rest = "kind: cultural-fit\nmarket: de") =>
  `id: one\n${rest}\ncopy: ${JSON.stringify(copy)}\nasked_on: 2026-11-16\n`;

const good = {
  score: 55,
  issues: [
    {
      ...{ quote: "perfect skin", why: "Many readers doubt it.", severity: "medium" },
      ...{ knowledge: ["de-tone#plain"], suggestion: "calm skin" },
    },
  ],
  tips: [{ text: "Be plain.", knowledge: ["de-tone#plain"] }],
  revised: "New cream for calm skin.",
  verdict: "revise",
};

test("without a model the rules answer alone, per market, and the row says so", async () => {
  const found = await answers(
    request("Whitening cream for perfect skin.", "kind: cultural-fit\nmarket: [DE, fr]"),
    null,
  );
  expect(found.requests).toMatchObject([
    {
      ...{ request: "one", market: "de", approval_status: "revise", worst_severity: "high", model: null },
      ...{ revised_by: "rules", not_answered: "only rules were asked", provenance: "imported" },
    },
    { market: "fr", approval_status: "revise" },
  ]);
  expect(found.issues.filter(({ kind }) => kind === "issue")).toMatchObject([
    { market: "de", written_by: "rules", rule: "de-whitening", severity: "high", position: 0 },
    { market: "fr", written_by: "rules", rule: "fr-whitening" },
  ]);
  expect(found.variants).toEqual([]);
});

test("a model's findings come after the rules', under its mark; score and verdict are the stricter ones", async () => {
  const models = modelsSaying(() => answered(good));
  const found = await answers(request("Whitening cream for perfect skin."), models);
  expect(found.requests).toMatchObject([
    {
      ...{ rules_score: 70, score: 55, approval_status: "revise", revised_by: "model" },
      ...{ model: "openai:test", prompt_version: "cultural-fit 1.0.0", answered_on: "2026-11-19" },
      ...{ not_answered: null, dropped: [] },
    },
  ]);
  expect(found.issues.map(({ kind, written_by }) => `${kind} ${written_by}`)).toEqual([
    "issue rules",
    "issue model",
    ...found.issues
      .filter(({ kind, written_by }) => kind === "tip" && written_by === "rules")
      .map(() => "tip rules"),
    "tip model",
  ]);
  expect(models.sent).toMatchObject([
    {
      ...{ task: "cultural-fit", item: "one:de", market: "Germany", language: "en", names: ["Aurelle"] },
      ...{ hits: [{ rule: "de-whitening" }], knowledge: [{ id: "de-tone#plain" }] },
    },
  ]);
});

test("what a rule holds gravest is never approved, whatever a model says", async () => {
  const models = modelsSaying(() => answered({ ...good, score: 100, issues: [], verdict: "approve" }));
  const found = await answers(request("This cream cures acne."), models);
  expect(found.requests).toMatchObject([{ approval_status: "reject", worst_severity: "critical" }]);
  expect(found.requests[0]?.["score"]).toBe(found.requests[0]?.["rules_score"]);
});

test("a copy that no rule reads is approved by nobody", async () => {
  const models = modelsSaying(() => answered({ ...good, score: 95, issues: [], verdict: "approve" }));
  const copy = "Esta crema cura el eczema de la piel y es muy buena para los niños.";
  const found = await answers(request(copy), models);
  expect(found.requests).toMatchObject([{ rules_read: false, approval_status: "revise", score: 95 }]);
});

test("a revised copy and suggestions that break a rule are dropped, with the reason and without their words", async () => {
  const bad = { ...good, revised: "Bleaching cream that lightens your skin." };
  const issues = good.issues.map((issue) => ({ ...issue, suggestion: "Cures eczema" }));
  const models = modelsSaying(() => answered({ ...bad, issues }));
  const found = await answers(request("Cream for perfect skin."), models);
  expect(found.requests[0]?.["dropped"]).toEqual([
    expect.stringMatching(/^suggestion of a model's issue 1: breaks de-disease: /),
    expect.stringMatching(/^revised copy of a model: breaks de-whitening: /),
  ]);
  expect(JSON.stringify(found)).not.toMatch(/Bleaching|Cures eczema/);
});

test("an answer that broke its checks leaves the rules' own, and the row says why", async () => {
  const found = await answers(
    request("Whitening cream."),
    modelsSaying(() => dropped),
  );
  expect(found.requests).toMatchObject([
    { model: null, not_answered: "invalid: a quote does not stand in its source", revised_by: "rules" },
  ]);
  expect(found.issues.every(({ written_by }) => written_by === "rules")).toBe(true);
});

test("variants stand with their back-translation; one that breaks a rule of the market is left out and told", async () => {
  const variant = (text: string) => ({
    ...{ text, rationale: "Plain.", back_translation: "It says so.", knowledge: [] },
  });
  const models = modelsSaying(() =>
    answered({ variants: [variant("Pflegt trockene Haut."), variant("Heilt Neurodermitis über Nacht.")] }),
  );
  const found = await answers(
    request("Care for dry skin.", "kind: transcreate\nmarket: de\nproduct: Aurelle Milk"),
    models,
  );
  expect(found.variants).toMatchObject([
    {
      text: "Pflegt trockene Haut.",
      language: "de",
      model: "openai:test",
      prompt_version: "transcreate 1.0.0",
    },
  ]);
  expect(found.requests).toMatchObject([
    {
      ...{ rules_score: 100, score: null, approval_status: null, revised_content: null },
      dropped: [expect.stringMatching(/^variant 2: breaks de-disease: /)],
    },
  ]);
  expect(models.sent).toMatchObject([
    { task: "transcreate", language: "de", names: ["Aurelle", "Aurelle Milk"] },
  ]);
});

test("a paid copy gets its label back in front of what is written anew", async () => {
  const models = modelsSaying(() => answered({ ...good, revised: "New cream for calm skin." }));
  const found = await answers(
    request("Cream for perfect skin.", "kind: cultural-fit\nmarket: de\npaid: true"),
    models,
  );
  expect(found.requests[0]?.["revised_content"]).toMatch(/^(Anzeige|Werbung)\nNew cream for calm skin\.$/);
  // A label that is missing is no wording: a model is not asked to mend it.
  expect(models.sent[0]).toMatchObject({ hits: [] });
});

test("an edition before the day of a request does not answer it", async () => {
  const found = await answers(request("Soft cream."), null, "2026-11-13T08:00:00Z");
  expect(found).toEqual({ requests: [], issues: [], variants: [] });
});

test("a copy above what a model may rewrite is read by rules alone", async () => {
  const models = modelsSaying(() => answered(good));
  const found = await answers(request("Soft cream for calm days. ".repeat(100)), models);
  expect(models.sent).toEqual([]);
  expect(found.requests[0]?.["not_answered"]).toContain("2000 characters");
});
