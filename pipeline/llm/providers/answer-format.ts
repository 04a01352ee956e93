// The shape of an answer as it is sent: only what both providers take. What a provider would drop quietly (a record becomes an empty object at
// one of them) is refused here, before anything is paid.
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";
import { LeapError } from "../../core/errors.ts";
import type { ModelRequest } from "../types.ts";

/** A JSON schema as it stands on the wire. */
export type WireSchema = Record<string, unknown>;

/** The answer's schema in OpenAI's strict subset. @throws LeapError outside the common subset. */
export function openaiSchema(request: Pick<ModelRequest, "task" | "schema">): WireSchema {
  return kept(openai, request, () => bare(zodTextFormat(request.schema, request.task).schema) as WireSchema);
}

/** The same for Anthropic, which takes no name beside the schema: its title is the task. @throws LeapError outside the common subset. */
export function anthropicSchema(request: Pick<ModelRequest, "task" | "schema">): WireSchema {
  const schema = kept(anthropic, request, () => zodOutputFormat(request.schema).schema as WireSchema);
  return { title: request.task, ...schema };
}

const openai = new WeakMap<z.ZodObject, WireSchema>();
const anthropic = new WeakMap<z.ZodObject, WireSchema>();

function kept(
  made: WeakMap<z.ZodObject, WireSchema>,
  { task, schema }: Pick<ModelRequest, "task" | "schema">,
  make: () => WireSchema,
): WireSchema {
  const standing = made.get(schema);
  if (standing !== undefined) return standing;
  checkSubset(task, schema);
  const fresh = make();
  made.set(schema, fresh);
  return fresh;
}

/** Anthropic takes no more fields than this whose type is a choice. */
const MOST_UNIONS = 16;
/** OpenAI's depth of objects and arrays. */
const DEEPEST = 10;

/**
 * Refuses shapes outside the subset: a closed object at the root, and below it strings, numbers, booleans, enums, literals, `.nullable()`, arrays,
 * objects and discriminated unions.
 * @throws LeapError which names the field.
 */
export function checkSubset(task: string, schema: z.ZodType): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(task))
    throw new LeapError(`invalid task: ${task}. Its name takes letters, digits, - and _, 64 at most.`);
  if (!(schema instanceof z.ZodObject)) refuse(task, "answer", kindOf(schema), "an object at the root");
  const unions = { count: 0 };
  check(task, "answer", schema, 1, unions);
  if (unions.count > MOST_UNIONS)
    refuse(
      task,
      "answer",
      `${unions.count} nullable fields`,
      `${MOST_UNIONS} at most; an enum may hold "none"`,
    );
}

function check(
  task: string,
  at: string,
  schema: z.core.$ZodType,
  depth: number,
  unions: { count: number },
): void {
  if (depth > DEEPEST) refuse(task, at, `more than ${DEEPEST} levels`, "a flatter answer");
  const inside = (name: string, inner: z.core.$ZodType) =>
    check(task, `${at}${name}`, inner, depth + 1, unions);
  if (schema instanceof z.ZodObject) {
    const open = schema.def.catchall;
    if (open !== undefined && !(open instanceof z.ZodNever))
      refuse(task, at, "object of any keys", "z.strictObject with every key named");
    for (const [name, inner] of Object.entries(schema.def.shape)) inside(`.${name}`, inner);
  } else if (schema instanceof z.ZodArray) inside("[]", schema.def.element);
  else if (schema instanceof z.ZodNullable) {
    unions.count += 1;
    check(task, at, schema.def.innerType, depth, unions);
  } else if (schema instanceof z.ZodDiscriminatedUnion) {
    unions.count += 1;
    for (const option of schema.def.options) check(task, at, option, depth, unions);
  } else if (!plain.some((type) => schema instanceof type))
    refuse(
      task,
      at,
      kindOf(schema),
      insteadOf[kindOf(schema)] ?? "a string, checked after the answer is read",
    );
}

const plain = [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodEnum, z.ZodLiteral];

const insteadOf: Readonly<Record<string, string>> = {
  optional: ".nullable()",
  default: ".nullable()",
  record: "an array of objects with a key",
  tuple: "an object",
  union: "z.discriminatedUnion",
  pipe: "the type that the model writes, changed after the answer is read",
};

const kindOf = (schema: z.core.$ZodType): string => schema._zod.def.type;

function refuse(task: string, at: string, found: string, instead: string): never {
  throw new LeapError(`invalid answer of ${task}: ${at} is ${found}. Both providers take ${instead}.`);
}

/**
 * Whether OpenAI's strict mode takes bounds of strings is not settled, and servers that build a grammar from the schema choke on the bounds of
 * z.int(): they are left out, for the answer is held against the zod schema anyway.
 */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare);
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === "properties" || key === "definitions" || key === "$defs")
        return [
          [
            key,
            Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, bare(inner)])),
          ],
        ];
      if (unsettled.has(key) || Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER) return [];
      return [[key, key === "enum" || key === "const" ? value : bare(value)]];
    }),
  );
}

const unsettled = new Set(["minLength", "maxLength", "pattern", "format", "$schema"]);
