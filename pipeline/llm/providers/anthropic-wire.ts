// What is said to Anthropic's protocol and what is read from it: the bodies of questions and the replies in messages.
import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import type { Finish, ModelRequest, Reply } from "../types.ts";
import { anthropicSchema } from "./answer-format.ts";
import { idOf } from "./attempt.ts";
import { failure } from "./failure.ts";
import { type Ceiling, messagesUsage } from "./usage.ts";

/** The body of one question, the same alone and in a batch. */
export function messagesBody(request: ModelRequest): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model: request.model,
    max_tokens: request.maxOutputTokens,
    system: [{ type: "text", text: request.system, cache_control: { type: "ephemeral" } }],
    messages: [{ role: "user", content: request.user }],
    output_config: {
      format: { type: "json_schema", schema: anthropicSchema(request) },
      ...(takesEffort(request.model) ? { effort: "low" } : {}),
    },
  };
}

/** Models before the fifth generation refuse the field. */
function takesEffort(model: string): boolean {
  const generation = /^claude-[a-z]+-(\d+)/.exec(model)?.[1];
  return generation !== undefined && Number(generation) >= 5 && Number(generation) < 100;
}

const Message = z.object({
  id: z.unknown().optional(),
  content: z.array(z.object({ type: z.string(), text: z.string().nullish() })),
  stop_reason: z.string().nullish(),
  usage: z.unknown().optional(),
});

/** The reply in a message. @throws ProviderFailure when there is none in it. */
export function messagesReply(body: unknown, ceiling: Ceiling, requestId: string | null = null): Reply {
  const message = Message.safeParse(body);
  if (!message.success) throw failure("anthropic", "server_error");
  const { content, stop_reason, usage, id } = message.data;
  const finish = finishes[stop_reason ?? ""] ?? "complete";
  const text = content.map((block) => (block.type === "text" ? (block.text ?? "") : "")).join("");
  return {
    // What stands in place of an answer that was refused is prose about the refusal.
    text: finish === "refused" ? "" : text,
    finish,
    usage: messagesUsage(usage, ceiling),
    requestId: idOf(requestId, id),
  };
}

const finishes: Readonly<Record<string, Finish>> = {
  max_tokens: "truncated",
  model_context_window_exceeded: "truncated",
  pause_turn: "truncated",
  refusal: "refused",
};
