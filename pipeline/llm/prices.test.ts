// What a call costs, to the micro-dollar.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { costMicros, modelNamed, mostMicros, mostTokens, type Price, readPrices } from "./prices.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-prices-"));
afterAll(() => rmSync(folder, { recursive: true }));

const price: Price = {
  ...{ model: "openai:m", effective_from: "2026-01-01", source: "https://prices.example" },
  ...{ input: 2, cached: 0.2, cache_write_short: 2.5, cache_write_long: 4, output: 10, batch: 0.5 },
  long_prompt: {
    ...{ above: 1000, input: 4, cached: 0.4, cache_write_short: 5, cache_write_long: 8, output: 15 },
  },
};
const usage = (about: object) => ({
  ...{ uncachedIn: 0, cacheWriteShort: 0, cacheWriteLong: 0, cacheRead: 0, out: 0, reasoning: 0 },
  ...about,
});

test("each kind of token has its own rate, and reasoning is part of the output", () => {
  expect(costMicros(price, usage({ uncachedIn: 100 }), false)).toBe(200);
  expect(costMicros(price, usage({ cacheRead: 100 }), false)).toBe(20);
  expect(costMicros(price, usage({ cacheWriteShort: 100, cacheWriteLong: 100 }), false)).toBe(650);
  expect(costMicros(price, usage({ out: 100, reasoning: 90 }), false)).toBe(1000);
});

test("a batch costs its share of all rates", () => {
  expect(costMicros(price, usage({ uncachedIn: 100, out: 10 }), true)).toBe(150);
});

test("half a micro-dollar is rounded up, less is not, and fractions of cents do not drift", () => {
  const thin = { ...price, input: 0.05, long_prompt: null };
  expect(costMicros(thin, usage({ uncachedIn: 10 }), false)).toBe(1);
  expect(costMicros(thin, usage({ uncachedIn: 9 }), false)).toBe(0);
  expect(costMicros({ ...thin, input: 0.1, output: 0.2 }, usage({ uncachedIn: 1, out: 1 }), false)).toBe(0);
  // 0.1 + 0.2 is not 0.3 in floating point; a billion tokens at them are exact all the same.
  expect(costMicros({ ...thin, input: 0.1, output: 0.2 }, usage({ uncachedIn: 1e9, out: 1e9 }), false)).toBe(
    3e8,
  );
});

test("a prompt beyond the long mark costs the long rates as a whole, its answer and what was cached included", () => {
  expect(costMicros(price, usage({ uncachedIn: 1000, out: 10 }), false)).toBe(2100);
  expect(costMicros(price, usage({ uncachedIn: 1001, out: 10 }), false)).toBe(4154);
  expect(costMicros(price, usage({ uncachedIn: 1, cacheRead: 1000 }), false)).toBe(404);
});

test("what is reserved is more than what any split of the same tokens costs", () => {
  const text = "some words that a question is made of ".repeat(20);
  const tokens = mostTokens(text);
  const reserved = mostMicros(price, [text], 100, false);
  for (const kind of ["uncachedIn", "cacheRead", "cacheWriteShort", "cacheWriteLong"])
    expect(reserved).toBeGreaterThanOrEqual(costMicros(price, usage({ [kind]: tokens, out: 100 }), false));
  expect(mostMicros({ ...price, input: 0, cached: 0, output: 0, cache_write_long: 0 }, [""], 0, false)).toBe(
    1,
  );
});

test("letters of other scripts count as more tokens than Latin ones", () => {
  expect(mostTokens("가나다라마바")).toBeGreaterThan(mostTokens("abcdef"));
  expect(mostTokens("")).toBe(0);
  // An emoji is one character of two halves.
  expect(mostTokens("😍")).toBe(2);
});

const listed = (...models: unknown[]) => {
  const file = join(folder, `${models.length}-${JSON.stringify(models).length}.json`);
  writeFileSync(file, JSON.stringify({ note: "", checked_on: "2026-11-01", models }));
  return file;
};
const name = { provider: "openai", model: "m" } as const;

test("the newest price in force that day counts, and a publication's own one before it", () => {
  const file = listed(price, { ...price, effective_from: "2026-06-01", input: 3 });
  expect(readPrices(file, "2026-05-31")(name).input).toBe(2);
  expect(readPrices(file, "2026-06-01")(name).input).toBe(3);
  expect(readPrices(file, "2026-06-01", [{ ...price, input: 7 }])(name).input).toBe(7);
});

test("a model without a price, or with one that is not yet in force, is refused with where to add it", () => {
  const prices = readPrices(listed(price), "2025-12-31");
  expect(() => prices(name)).toThrow(
    "unknown price: openai:m on 2025-12-31. Add it with its source to data/reference/llm-prices.json, or under models.prices of publication.yaml.",
  );
  expect(() => readPrices(listed(price), "2026-12-31")({ ...name, model: "other" })).toThrow(/unknown price/);
});

test("a price list that does not validate is refused by file", () => {
  expect(() => readPrices(listed({ ...price, output: -1 }), "2026-11-20")).toThrow(
    /^invalid prices: .*\.json/,
  );
});

test("a model's name has its provider, whatever else it holds", () => {
  expect(modelNamed(" openai:vendor/model:free ")).toEqual({
    provider: "openai",
    model: "vendor/model:free",
  });
  for (const wrong of ["m", "openai:", "other:m", "openai:a b", ""])
    expect(() => modelNamed(wrong)).toThrow(/^invalid model: .*Write provider:model/);
});
