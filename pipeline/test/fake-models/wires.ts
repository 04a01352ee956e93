// How each protocol puts a question and wraps an answer, and what the real servers refuse.
import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./faults.ts";
import { type FakeRequest, type JsonSchema, jsonValues } from "./request.ts";

type Body = Readonly<Record<string, unknown>>;
export type Endpoint = FakeRequest["endpoint"];

/** Tokens of the fake models: four bytes each, so that every bill can be worked out by hand. */
export const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4);

/** Rules whose text was sent before are read from the cache. */
export interface Counted {
  readonly system: number;
  readonly user: number;
  readonly out: number;
  readonly repeated: boolean;
}

export interface Wire {
  readonly read: (
    body: Body,
    headers: IncomingHttpHeaders,
  ) => Omit<FakeRequest, "number" | "batched" | "headers" | "body" | "data">;
  /** Why the real server would refuse; null when it would not. */
  readonly objection: (body: Body, headers: IncomingHttpHeaders) => string | null;
  readonly answer: (given: Given) => Body;
}

export interface Given {
  readonly request: FakeRequest;
  readonly text: string;
  readonly finish: "complete" | NonNullable<Fault["finish"]>;
  /** In the words of the provider, faults applied; undefined leaves it out. */
  readonly usage: unknown;
}

export const wires: Readonly<Record<Endpoint, Wire>> = {
  responses: {
    read: (body) => {
      const format = at(body, "text", "format") as Body;
      return {
        provider: "openai",
        endpoint: "responses",
        task: text(format["name"]),
        model: String(body["model"]),
        ...spoken(body["input"]),
        schema: format["schema"] as JsonSchema,
        maxOutputTokens: (body["max_output_tokens"] as number | undefined) ?? null,
      };
    },
    objection: (body) =>
      "temperature" in body
        ? "Unsupported parameter: temperature"
        : strict(at(body, "text", "format", "schema")),
    answer: ({ request, text: said, finish, usage }) => ({
      id: `resp_${request.number}`,
      object: "response",
      created_at: 1_760_000_000,
      model: request.model,
      status: finish === "truncated" || finish === "filtered" ? "incomplete" : "completed",
      incomplete_details:
        finish === "truncated"
          ? { reason: "max_output_tokens" }
          : finish === "filtered"
            ? { reason: "content_filter" }
            : null,
      error: null,
      output: [
        { type: "reasoning", id: `rs_${request.number}`, summary: [] },
        {
          type: "message",
          id: `msg_${request.number}`,
          role: "assistant",
          content: [
            finish === "refused"
              ? { type: "refusal", refusal: said }
              : { type: "output_text", text: said, annotations: [] },
          ],
        },
      ],
      ...(usage === undefined ? {} : { usage }),
    }),
  },
  chat: {
    read: (body) => {
      const format = at(body, "response_format", "json_schema") as Body;
      return {
        provider: "openai",
        endpoint: "chat",
        task: text(format["name"]),
        model: String(body["model"]),
        ...spoken(body["messages"]),
        schema: format["schema"] as JsonSchema,
        maxOutputTokens: (body["max_tokens"] as number | undefined) ?? null,
      };
    },
    objection: (body) => strict(at(body, "response_format", "json_schema", "schema")),
    answer: ({ request, text: said, finish, usage }) => ({
      id: `chatcmpl_${request.number}`,
      object: "chat.completion",
      model: request.model,
      choices: [
        {
          index: 0,
          finish_reason: {
            complete: "stop",
            refused: "stop",
            truncated: "length",
            filtered: "content_filter",
          }[finish],
          message: {
            role: "assistant",
            content: finish === "refused" ? null : said,
            refusal: finish === "refused" ? said : null,
          },
        },
      ],
      ...(usage === undefined ? {} : { usage }),
    }),
  },
  messages: {
    read: (body) => {
      const schema = at(body, "output_config", "format", "schema") as JsonSchema;
      const blocks = body["system"] as readonly { text: string }[];
      const said = (body["messages"] as readonly { content: string }[])[0];
      return {
        provider: "anthropic",
        endpoint: "messages",
        task: text(schema["title"]),
        model: String(body["model"]),
        system: blocks.map((block) => block.text).join("\n"),
        user: said?.content ?? "",
        schema,
        maxOutputTokens: (body["max_tokens"] as number | undefined) ?? null,
      };
    },
    objection: (body, headers) => {
      if (headers["anthropic-version"] === undefined) return "anthropic-version: header is required";
      if ("temperature" in body) return "temperature: Extra inputs are not permitted";
      if (typeof body["max_tokens"] !== "number") return "max_tokens: Field required";
      return closed(at(body, "output_config", "format", "schema"));
    },
    answer: ({ request, text: said, finish, usage }) => ({
      id: `msg_${request.number}`,
      type: "message",
      role: "assistant",
      model: request.model,
      content: said === "" ? [] : [{ type: "text", text: said }],
      stop_reason: { complete: "end_turn", refused: "refusal", filtered: "refusal", truncated: "max_tokens" }[
        finish
      ],
      stop_sequence: null,
      ...(usage === undefined ? {} : { usage }),
    }),
  },
};

/** Usage as each protocol states it. */
export function usageOf(
  endpoint: Endpoint,
  { system, user, out, repeated }: Counted,
  batched: boolean,
): Body {
  if (endpoint === "messages")
    return {
      input_tokens: user,
      cache_creation_input_tokens: repeated ? 0 : system,
      cache_read_input_tokens: repeated ? system : 0,
      cache_creation: { ephemeral_5m_input_tokens: repeated ? 0 : system, ephemeral_1h_input_tokens: 0 },
      output_tokens: out,
      service_tier: batched ? "batch" : "standard",
    };
  const cached = { cached_tokens: repeated ? system : 0 };
  if (endpoint === "chat")
    return {
      prompt_tokens: system + user,
      completion_tokens: out,
      total_tokens: system + user + out,
      prompt_tokens_details: cached,
    };
  return {
    input_tokens: system + user,
    input_tokens_details: { ...cached, cache_write_tokens: repeated ? 0 : system },
    output_tokens: out,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: system + user + out,
  };
}

/** An error in the words of the provider. */
export function errorBody(provider: FakeRequest["provider"], code: string, message: string): Body {
  if (provider === "anthropic")
    return { type: "error", error: { type: code, message }, request_id: "req_fake" };
  return { error: { message, type: code, code, param: null } };
}

export const requestFrom = (
  endpoint: Endpoint,
  body: Body,
  headers: IncomingHttpHeaders,
  counted: { readonly number: number; readonly batched: boolean },
): FakeRequest => {
  const read = wires[endpoint].read(body, headers);
  return { ...read, data: jsonValues(read.user), headers, body, ...counted };
};

function spoken(messages: unknown): { system: string; user: string } {
  const of = (role: string) =>
    (messages as readonly { role: string; content: string }[])
      .filter((message) => message.role === role)
      .map((message) => message.content)
      .join("\n");
  return { system: of("system"), user: of("user") };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Body | null | undefined)?.[key], value);

/** OpenAI's strict mode: every object closed, every key required. */
function strict(schema: unknown): string | null {
  return firstObjection(schema, (inner) => {
    if (inner["type"] !== "object") return null;
    const keys = Object.keys((inner["properties"] ?? {}) as object);
    const required = (inner["required"] ?? []) as readonly string[];
    const all = keys.every((key) => required.includes(key));
    return inner["additionalProperties"] === false && all
      ? null
      : "Invalid schema for response_format: every object is closed and requires every key";
  });
}

/** Anthropic's: closed objects, no bounds, sixteen choices of type at most. */
function closed(schema: unknown): string | null {
  let unions = 0;
  const found = firstObjection(schema, (inner) => {
    if (Array.isArray(inner["anyOf"])) unions++;
    if (inner["type"] === "object" && inner["additionalProperties"] !== false)
      return "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false";
    const bounds = ["minLength", "maxLength", "minimum", "maximum", "maxItems", "multipleOf"];
    const bounded = bounds.find((keyword) => keyword in inner);
    return bounded === undefined
      ? null
      : `output_config.format.schema: property '${bounded}' is not supported`;
  });
  return found ?? (unions > 16 ? "output_config.format.schema: too many union-typed fields" : null);
}

function firstObjection(schema: unknown, objection: (inner: Body) => string | null): string | null {
  if (schema === null || typeof schema !== "object") return "a schema is required";
  const inner = schema as Body;
  const below = [
    ...Object.values((inner["properties"] ?? {}) as object),
    ...Object.values((inner["$defs"] ?? {}) as object),
    ...((inner["anyOf"] ?? []) as readonly unknown[]),
    ...(inner["items"] === undefined ? [] : [inner["items"]]),
  ];
  for (const found of [objection(inner), ...below.map((each) => firstObjection(each, objection))])
    if (found !== null) return found;
  return null;
}
