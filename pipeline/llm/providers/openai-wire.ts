// What is said to OpenAI's protocol and what is read from it: the bodies of questions and the replies in answers.
import type OpenAI from "openai";
import { z } from "zod";
import type { Finish, ModelRequest, ProviderFailure, Reply } from "../types.ts";
import { openaiSchema } from "./answer-format.ts";
import { idOf } from "./attempt.ts";
import { failure, judged } from "./failure.ts";
import { type Ceiling, chatUsage, responsesUsage } from "./usage.ts";

/** The body of one question, the same alone and in a batch. */
export function responsesBody(request: ModelRequest): OpenAI.Responses.ResponseCreateParamsNonStreaming {
  const effort = effortOf(request.model);
  return {
    model: request.model,
    input: [
      { role: "system", content: request.system },
      { role: "user", content: request.user },
    ],
    text: {
      format: { type: "json_schema", name: request.task, strict: true, schema: openaiSchema(request) },
    },
    max_output_tokens: request.maxOutputTokens,
    prompt_cache_key: request.cacheKey,
    store: false,
    ...(effort === null ? {} : { reasoning: { effort } }),
  };
}

/**
 * Reading posts needs no reasoning, writing a report a little. Models from before reasoning, and those of other makers, take no such field:
 * they are known by not being on the list.
 */
function effortOf(model: string): "none" | "low" | null {
  if (/^gpt-(5\.[1-9]|[6-9])/.test(model)) return /luna|mini|nano/.test(model) ? "none" : "low";
  return /^(gpt-5(-|$)|o\d)/.test(model) ? "low" : null;
}

/** The same question for a server that knows chat completions only. */
export function chatBody(request: ModelRequest): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model: request.model,
    messages: [
      { role: "system", content: request.system },
      { role: "user", content: request.user },
    ],
    response_format: {
      type: "json_schema",
      json_schema: { name: request.task, strict: true, schema: openaiSchema(request) },
    },
    // The old name: servers that lack the Responses API know no other.
    max_tokens: request.maxOutputTokens,
  };
}

const ResponsesAnswer = z.object({
  id: z.unknown().optional(),
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  error: z.object({ code: z.unknown().optional(), message: z.unknown().optional() }).nullish(),
  output: z.array(
    z.object({
      type: z.string().nullish(),
      content: z.array(z.object({ type: z.string(), text: z.string().nullish() })).nullish(),
    }),
  ),
  usage: z.unknown().optional(),
});

/** The reply in a body of the Responses API. @throws ProviderFailure when there is none in it. */
export function responsesReply(body: unknown, ceiling: Ceiling, requestId?: unknown): Reply {
  const parsed = ResponsesAnswer.safeParse(body);
  if (!parsed.success) throw failure("openai", "server_error");
  const answer = parsed.data;
  if (answer.status === "failed" || answer.error)
    throw failedAnswer(answer.error?.code, answer.error?.message);
  if (answer.status && answer.status !== "completed" && answer.status !== "incomplete")
    throw failure("openai", "server_error");
  const parts = answer.output
    .filter((item) => item.type === "message" || item.type == null)
    .flatMap((item) => item.content ?? []);
  const refused =
    parts.some((part) => part.type === "refusal") || answer.incomplete_details?.reason === "content_filter";
  const finish: Finish = refused ? "refused" : answer.status === "incomplete" ? "truncated" : "complete";
  const text = parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join("");
  return {
    text: refused ? "" : text,
    finish,
    usage: responsesUsage(answer.usage, ceiling),
    requestId: idOf(requestId, answer.id),
  };
}

/** An answer that says of itself that it failed, though it came with status 200. */
function failedAnswer(code: unknown, said: unknown): ProviderFailure {
  const status = code === "rate_limit_exceeded" ? 429 : code === "server_error" || code == null ? 500 : 400;
  return judged("openai", { status, codes: [code], said, headers: undefined }, 0);
}

const ChatAnswer = z.object({
  id: z.unknown().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          // Some servers answer in parts, as questions may be asked.
          content: z
            .union([
              z.string(),
              z
                .array(z.object({ text: z.string().nullish() }))
                .transform((parts) => parts.map(({ text }) => text ?? "").join("")),
            ])
            .nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.unknown().optional(),
});

/** The reply in a chat completion. @throws ProviderFailure when there is none in it. */
export function chatReply(body: unknown, ceiling: Ceiling, requestId: string | null): Reply {
  const parsed = ChatAnswer.safeParse(body);
  if (!parsed.success) throw failure("openai", "server_error");
  const choice = parsed.data.choices[0];
  const refused = Boolean(choice?.message.refusal) || choice?.finish_reason === "content_filter";
  return {
    text: refused ? "" : (choice?.message.content ?? ""),
    finish: refused ? "refused" : choice?.finish_reason === "length" ? "truncated" : "complete",
    usage: chatUsage(parsed.data.usage, ceiling),
    requestId: idOf(requestId, parsed.data.id),
  };
}
