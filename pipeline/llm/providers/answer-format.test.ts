// Shapes that one of the providers would refuse or change are refused before anything is sent.
import { expect, test } from "vitest";
import { z } from "zod";
import { anthropicSchema, checkSubset, openaiSchema } from "./answer-format.ts";

const check = (shape: z.ZodType) => () => checkSubset("sentiment", shape);
const holding = (field: z.ZodType) => check(z.strictObject({ list: z.array(z.strictObject({ field })) }));

test("objects, arrays, strings, numbers, booleans, enums, literals, null and discriminated unions pass", () => {
  const kinds = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("a") }),
    z.strictObject({ kind: z.literal("b"), text: z.string().max(5) }),
  ]);
  for (const field of [
    z.string().min(1),
    z.int(),
    z.number(),
    z.boolean(),
    z.enum(["x"]),
    kinds,
    z.string().nullable(),
  ])
    expect(holding(field)).not.toThrow();
});

test("what a provider refuses or drops is named, with its place and what to write instead", () => {
  expect(holding(z.string().optional())).toThrow(
    "invalid answer of sentiment: answer.list[].field is optional. Both providers take .nullable().",
  );
  for (const field of [
    z.record(z.string(), z.string()),
    z.looseObject({ a: z.string() }),
    z.tuple([z.string()]),
    z.union([z.string(), z.number()]),
    z.any(),
    z.date(),
    z.string().default("x"),
    z.string().transform((text) => text.length),
    z.lazy(() => z.string()),
  ])
    expect(holding(field)).toThrow(/^invalid answer of sentiment: answer\.list\[\]\.field is /);
  expect(check(z.array(z.string()))).toThrow("answer is array. Both providers take an object at the root.");
});

test("more choices of type than Anthropic takes, and more levels than OpenAI takes, are refused", () => {
  const fields = (count: number) =>
    z.strictObject(
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, z.string().nullable()])),
    );
  expect(check(fields(16))).not.toThrow();
  expect(check(fields(17))).toThrow("17 nullable fields");
  let deep: z.ZodObject = z.strictObject({ end: z.string() });
  for (let level = 0; level < 10; level++) deep = z.strictObject({ deep });
  expect(check(deep)).toThrow("more than 10 levels");
});

test("OpenAI is sent no bounds of strings, also where a field bears the name of a bound", () => {
  const schema = z.strictObject({ pattern: z.string().max(9), count: z.int(), share: z.number().max(1) });
  expect(openaiSchema({ task: "themes", schema })).toEqual({
    type: "object",
    properties: {
      pattern: { type: "string" },
      count: { type: "integer" },
      share: { type: "number", maximum: 1 },
    },
    required: ["pattern", "count", "share"],
    additionalProperties: false,
  });
  expect(anthropicSchema({ task: "themes", schema })).toMatchObject({ title: "themes", type: "object" });
});
