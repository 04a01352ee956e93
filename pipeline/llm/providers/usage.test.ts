// Bills of three protocols in one form.
import { expect, test } from "vitest";
import { ANY_CALL, chatUsage, messagesUsage, responsesUsage } from "./usage.ts";

test("OpenAI's input holds what the cache read and wrote: each token is billed once", () => {
  const stated = {
    input_tokens: 1000,
    input_tokens_details: {
      cached_tokens: 600,
      cache_write_tokens: 300,
      cache_write_tokens_details: { ttl_30m_tokens: 200, ttl_12h_tokens: 100 },
    },
    output_tokens: 50,
    output_tokens_details: { reasoning_tokens: 20 },
  };
  expect(responsesUsage(stated, ANY_CALL)).toEqual({
    uncachedIn: 100,
    cacheWriteShort: 200,
    cacheWriteLong: 100,
    cacheRead: 600,
    out: 50,
    reasoning: 20,
  });
});

test("Anthropic's input leaves the cache out", () => {
  const stated = {
    input_tokens: 40,
    cache_creation_input_tokens: 300,
    cache_read_input_tokens: 500,
    cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
    output_tokens: 30,
    output_tokens_details: { thinking_tokens: 5 },
  };
  const billed = {
    uncachedIn: 40,
    cacheWriteShort: 100,
    cacheWriteLong: 200,
    cacheRead: 500,
    out: 30,
    reasoning: 5,
  };
  expect(messagesUsage(stated, ANY_CALL)).toEqual(billed);
  const withoutParts = { ...stated, cache_creation: null };
  expect(messagesUsage(withoutParts, ANY_CALL)).toMatchObject({ cacheWriteShort: 300, cacheWriteLong: 0 });
});

test("servers that say little are believed in what they say", () => {
  expect(chatUsage({ prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 }, ANY_CALL)).toMatchObject({
    uncachedIn: 10,
    out: 2,
  });
});

test("a bill that cannot be is none", () => {
  const bill = { input_tokens: 10, output_tokens: 2 };
  expect(responsesUsage(bill, ANY_CALL)).not.toBeNull();
  for (const wrong of [
    undefined,
    null,
    "10",
    {},
    { input_tokens: 10 },
    { ...bill, input_tokens: 0 },
    { ...bill, input_tokens: Number.NaN },
    { ...bill, output_tokens: Number.POSITIVE_INFINITY },
    { ...bill, output_tokens: 2_000_000 },
    { ...bill, input_tokens_details: { cached_tokens: 11 } },
    { ...bill, output_tokens_details: { reasoning_tokens: 3 } },
  ])
    expect(responsesUsage(wrong, ANY_CALL), JSON.stringify(wrong)).toBeNull();
  expect(responsesUsage({ input_tokens: 500, output_tokens: 2 }, { in: 499, out: 10 })).toBeNull();
});
