// What a model's labels replace, what they leave alone, and how they are taken back.
import { expect, test } from "vitest";
import { Publication } from "../../data/contract/publication.ts";
import { runClock } from "../core/clock.ts";
import type { Asked, Models, Question, Row } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { readPosts } from "./read-posts.ts";
import { type TinyWorld, tinyWorld } from "./tiny-world.ts";

const silent = { info() {}, warn() {}, progress() {} };
const by = { model: "openai:m", prompt_version: "1.0.0", answered_at: "2026-11-19T08:00:00.000Z" };

interface Said {
  readonly text: string;
  readonly sure: number;
  readonly posted?: string;
  readonly market?: string;
  readonly language?: string;
}

/** A post and what the offline engine says of it: positive, as surely as told. */
const world = (said: readonly Said[]): TinyWorld => ({
  posts: said.map(({ text, posted = "2026-11-10", market = "de" }, place) => ({
    ...{ post_id: `${place}`, text, market, posted_at: `${posted}T12:00:00Z` },
    ...{ author_id: `a${place}`, collected_at: "2026-11-19T00:00:00Z", provenance: "imported" },
  })),
  annotations: [...new Map(said.map((one) => [one.text, one])).values()].map(
    ({ text, sure, language = "de" }) => ({
      ...{ text, language, polarity: "positive", polarity_score: sure },
      ...{ p_positive: sure, p_neutral: (1 - sure) / 2, p_negative: (1 - sure) / 2 },
    }),
  ),
});

type Sentiment = Question<{ text: string; language: string; market: string }>;

/** Models that label as told and remember what they were asked; a text without a label has no answer. */
function models(labels: Readonly<Record<string, string>>, recalled: Readonly<Record<string, string>> = {}) {
  const asked: Sentiment[] = [];
  const answerTo = (label: string | undefined): Asked<never> | null =>
    label === undefined
      ? null
      : ({
          answer: { label, irony: label === "negative", aspects: [], unsure: false },
          reason: null,
          by,
        } as never);
  const none = { answer: null, reason: "budget", says: "", by: null };
  const fake = {
    ask: async (_task: unknown, questions: readonly Sentiment[]) => {
      asked.push(...questions);
      return questions.map(({ input }) => answerTo(labels[input.text]) ?? none);
    },
    recall: (_task: unknown, questions: readonly Sentiment[]) =>
      questions.map(({ input }) => answerTo(recalled[input.text])),
    used: () => [],
  };
  return { models: fake as unknown as Models, asked, texts: () => asked.map(({ input }) => input.text) };
}

const publication = Publication.parse({
  ...{ id: "tiny", title: "Tiny", tagline: "A world.", category: "beauty", markets: ["de", "fr"] },
  ...{ home_market: "kr", sources: [{ source: "test" }] },
});
const read = (warehouse: OpenWarehouse, asked: Models | null) =>
  readPosts({
    ...{ warehouse, publication, models: asked, log: silent, folders: { models: "pipeline/models" } },
    run: runClock("tiny", "2026-11-20"),
  });

const labels = async (warehouse: OpenWarehouse): Promise<Row> =>
  Object.fromEntries(
    (
      await warehouse.query<{ text: string; polarity: string }>(
        "select text, polarity from post_annotations join int_texts using (text_key) order by text",
      )
    ).map(({ text, polarity }) => [text, polarity]),
  );
const counts = (warehouse: OpenWarehouse): Promise<Row[]> =>
  warehouse.query(
    "select positive, neutral, negative from market_weeks_counted where market = 'de' and posts > 0 order by week",
  );

test("a model's label stands for a post that the offline engine is not sure of, and what is counted from labels is counted again", async () => {
  const warehouse = await tinyWorld(
    world([
      { text: "Toll, schon wieder klebrig", sure: 0.5 },
      { text: "Teils teils", sure: 0.6 },
      { text: "Ich liebe es", sure: 0.9 },
    ]),
  );
  const { models: asked } = models({ "Toll, schon wieder klebrig": "negative", "Teils teils": "mixed" });
  expect(await counts(warehouse)).toEqual([{ positive: 3, neutral: 0, negative: 0 }]);
  await read(warehouse, asked);
  expect(await labels(warehouse)).toEqual({
    "Toll, schon wieder klebrig": "negative",
    "Teils teils": "neutral",
    "Ich liebe es": "positive",
  });
  expect(await counts(warehouse)).toEqual([{ positive: 1, neutral: 1, negative: 1 }]);
  warehouse.close();
});

test("what a model says of a post that the offline engine is sure of is kept beside it and changes nothing", async () => {
  const warehouse = await tinyWorld(world([{ text: "Ich liebe es", sure: 0.9 }]));
  await read(warehouse, models({ "Ich liebe es": "negative" }).models);
  expect(await labels(warehouse)).toEqual({ "Ich liebe es": "positive" });
  expect(await warehouse.query("select asked, offline, polarity, irony, model from post_readings")).toEqual([
    { asked: "sample", offline: "positive", polarity: "negative", irony: true, model: "openai:m" },
  ]);
  warehouse.close();
});

test("a run that asks no model takes back every label, and leaves a warehouse that none was asked for as it was", async () => {
  const warehouse = await tinyWorld(world([{ text: "Toll, schon wieder klebrig", sure: 0.5 }]));
  await read(warehouse, null);
  expect(await warehouse.tables()).not.toContain("post_annotations_offline");
  await read(warehouse, models({ "Toll, schon wieder klebrig": "negative" }).models);
  expect(await counts(warehouse)).toEqual([{ positive: 0, neutral: 0, negative: 1 }]);
  await read(warehouse, null);
  expect(await labels(warehouse)).toEqual({ "Toll, schon wieder klebrig": "positive" });
  expect(await counts(warehouse)).toEqual([{ positive: 1, neutral: 0, negative: 0 }]);
  expect(await warehouse.query("select * from post_readings")).toEqual([]);
  warehouse.close();
});

test("a second reading starts from the offline labels, not from those of the first", async () => {
  const warehouse = await tinyWorld(world([{ text: "Toll, schon wieder klebrig", sure: 0.5 }]));
  await read(warehouse, models({ "Toll, schon wieder klebrig": "negative" }).models);
  const again = models({});
  await read(warehouse, again.models);
  expect(again.texts()).toEqual(["Toll, schon wieder klebrig"]);
  expect(await labels(warehouse)).toEqual({ "Toll, schon wieder klebrig": "positive" });
  warehouse.close();
});

test("older posts are not asked about, but keep what was said of them in earlier editions", async () => {
  const warehouse = await tinyWorld(
    world([
      { text: "Alt und unsicher", sure: 0.5, posted: "2026-09-01" },
      { text: "Alt und vergessen", sure: 0.5, posted: "2026-09-01" },
      { text: "Neu und unsicher", sure: 0.5 },
    ]),
  );
  const { models: asked, texts } = models({}, { "Alt und unsicher": "negative" });
  await read(warehouse, asked);
  expect(texts()).toEqual(["Neu und unsicher"]);
  expect(await labels(warehouse)).toMatchObject({
    "Alt und unsicher": "negative",
    "Alt und vergessen": "positive",
  });
  warehouse.close();
});

test("posts that differ in links and tags alone are one question, and its answer is that of all of them", async () => {
  const warehouse = await tinyWorld(
    world([
      { text: "Klebt leider https://a.example #ad", sure: 0.5 },
      { text: "klebt leider!! #werbung", sure: 0.6 },
    ]),
  );
  const { models: asked } = models({
    "Klebt leider [link] #ad": "negative",
    "klebt leider!! #werbung": "negative",
  });
  const watched = models({});
  await read(warehouse, watched.models);
  expect(watched.asked.length).toBe(1);
  await read(warehouse, asked);
  expect(Object.values(await labels(warehouse))).toEqual(["negative", "negative"]);
  warehouse.close();
});

test("posts without a market or a language that is known are nobody's question, and no item holds a text", async () => {
  const warehouse = await tinyWorld(
    world([
      { text: "Wo und wann", sure: 0.5, market: "zz" },
      { text: "mmmm", sure: 0.5, language: "und" },
      { text: "Frag @jemand", sure: 0.5 },
    ]),
  );
  const { models: asked, asked: questions } = models({});
  await read(warehouse, asked);
  expect(questions.map(({ input }) => input)).toEqual([
    { text: "Frag [account]", language: "de", market: "de" },
  ]);
  expect(questions[0]?.item).toMatch(/^text-\d+$/);
  warehouse.close();
});
