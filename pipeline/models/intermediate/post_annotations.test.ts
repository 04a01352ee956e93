// What is said about a text depends on the text and the vocabulary alone.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenWarehouse, openWarehouse } from "../../core/warehouse.ts";
import { model } from "./post_annotations.ts";

let warehouse: OpenWarehouse;
let cache: string;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), "annotations-"));
  warehouse = await openWarehouse();
  await warehouse.execute(`
    CREATE TABLE pub_terms (term VARCHAR, title VARCHAR, kind VARCHAR, language VARCHAR, variant VARCHAR);
    INSERT INTO pub_terms VALUES ('serum', 'Serum', 'product', 'ko', '세럼'), ('serum', 'Serum', 'product', 'en', 'serum');
    CREATE TABLE pub_brands (brand VARCHAR, title VARCHAR, variant VARCHAR, in_set BOOLEAN);
    INSERT INTO pub_brands VALUES ('aurelle', 'Aurelle', 'aurelle', true)`);
});

afterEach(() => {
  warehouse.close();
  rmSync(cache, { recursive: true });
});

async function annotate(texts: readonly string[]) {
  await warehouse.insertRows(
    "int_texts",
    { text: "VARCHAR" },
    texts.map((text) => ({ text })),
  );
  await warehouse.execute(
    "CREATE OR REPLACE TABLE int_texts AS SELECT hash(text) AS text_key, text FROM int_texts",
  );
  const log = { info() {}, warn() {}, progress() {} };
  const { query, tables, execute } = warehouse;
  await model.run({ warehouse: { query, tables }, execute, cache, publication: { taxonomies: [] }, log });
  return warehouse.query(
    "SELECT * REPLACE (text_key::VARCHAR AS text_key) FROM post_annotations ORDER BY language",
  );
}

const love = "I love this Aurelle serum so much, it is amazing";
const sad = "이 세럼을 샀는데 별로예요 실망이에요";

test("a text gets its language, its terms and brands, and its polarity", async () => {
  expect(await annotate([love, sad])).toMatchObject([
    {
      language: "en",
      polarity: "positive",
      terms: ["serum"],
      variants: ["serum|en|serum"],
      brands: ["aurelle"],
    },
    { language: "ko", polarity: "negative", terms: ["serum"], variants: ["serum|ko|세럼"], brands: [] },
  ]);
});

test("a text without words is there, unclassified", async () => {
  expect(await annotate(["#serum #kbeauty"])).toMatchObject([
    { language: "und", polarity: null, polarity_score: null, terms: ["serum"] },
  ]);
});

test("the next edition reads new texts only, and says the same of the old ones", async () => {
  const [first] = await annotate([love]);
  const [folder] = readdirSync(cache) as [string];
  const [part] = readdirSync(join(cache, folder)) as [string];
  const written = statSync(join(cache, folder, part)).mtimeMs;
  expect(await annotate([love, sad])).toContainEqual(first);
  expect(readdirSync(join(cache, folder))).toHaveLength(2);
  expect(statSync(join(cache, folder, part)).mtimeMs).toBe(written);
});

test("another vocabulary reads everything again", async () => {
  await annotate([love]);
  await warehouse.execute("DELETE FROM pub_brands");
  expect(await annotate([love])).toMatchObject([{ brands: [] }]);
});

test("neither order nor the number of threads changes what is said", async () => {
  const texts = Array.from({ length: 5_200 }, (_, i) => (i % 2 ? `${love} ${i}` : `${sad} ${i}`));
  const threaded = await annotate(texts);
  rmSync(cache, { recursive: true });
  const alone = await annotate(texts.slice(0, 400).reverse());
  expect(alone).toHaveLength(400);
  const byKey = new Map(threaded.map((row) => [row["text_key"], row]));
  expect(alone.map((row) => byKey.get(row["text_key"]))).toEqual(alone);
});
