// What a call is billed for, from the three ways providers state it. A statement that cannot be true is no statement: it becomes null,
// and the call is settled at what was reserved for it.
import { z } from "zod";
import type { ModelRequest, Usage } from "../types.ts";

/** The most tokens that a call can have used. */
export interface Ceiling {
  readonly in: number;
  readonly out: number;
}

/** More than any model takes or writes in one call. */
export const ANY_CALL: Ceiling = { in: 10_000_000, out: 1_000_000 };

/**
 * A token is at least a byte of the question, so there are never more tokens than bytes; the rest is what providers add (the schema, their
 * own rules). Servers that do not keep to the limit of the answer run over it, but not tenfold.
 */
export function ceilingOf(request: ModelRequest): Ceiling {
  const bytes = Buffer.byteLength(request.system) + Buffer.byteLength(request.user);
  return { in: bytes + 50_000, out: 10 * request.maxOutputTokens + 1_000 };
}

const count = z.int().min(0);
const maybe = count.nullish().transform((tokens) => tokens ?? 0);

const Responses = z.object({
  input_tokens: count,
  output_tokens: count,
  input_tokens_details: z
    .object({
      cached_tokens: maybe,
      cache_write_tokens: maybe,
      cache_write_tokens_details: z.object({ ttl_12h_tokens: maybe }).nullish(),
    })
    .nullish(),
  output_tokens_details: z.object({ reasoning_tokens: maybe }).nullish(),
});

/** Usage of OpenAI's Responses API, whose input counts what was read from and written to the cache. */
export function responsesUsage(stated: unknown, ceiling: Ceiling): Usage | null {
  const usage = Responses.safeParse(stated);
  if (!usage.success) return null;
  const details = usage.data.input_tokens_details;
  const [read, written] = [details?.cached_tokens ?? 0, details?.cache_write_tokens ?? 0];
  const long = details?.cache_write_tokens_details?.ttl_12h_tokens ?? 0;
  return possible(
    {
      uncachedIn: usage.data.input_tokens - read - written,
      cacheWriteShort: written - long,
      cacheWriteLong: long,
      cacheRead: read,
      out: usage.data.output_tokens,
      reasoning: usage.data.output_tokens_details?.reasoning_tokens ?? 0,
    },
    ceiling,
  );
}

const Chat = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: maybe, cache_write_tokens: maybe }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: maybe }).nullish(),
});

/** Usage of chat completions: the same in other words. */
export function chatUsage(stated: unknown, ceiling: Ceiling): Usage | null {
  const usage = Chat.safeParse(stated);
  if (!usage.success) return null;
  return responsesUsage(
    {
      input_tokens: usage.data.prompt_tokens,
      output_tokens: usage.data.completion_tokens,
      input_tokens_details: usage.data.prompt_tokens_details,
      output_tokens_details: usage.data.completion_tokens_details,
    },
    ceiling,
  );
}

const Messages = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: maybe,
  cache_creation_input_tokens: maybe,
  cache_creation: z.object({ ephemeral_5m_input_tokens: maybe, ephemeral_1h_input_tokens: maybe }).nullish(),
  output_tokens_details: z.object({ thinking_tokens: maybe }).nullish(),
});

/** Usage of Anthropic's Messages API, whose input counts neither what was read from the cache nor what was written to it. */
export function messagesUsage(stated: unknown, ceiling: Ceiling): Usage | null {
  const usage = Messages.safeParse(stated);
  if (!usage.success) return null;
  const long = usage.data.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  const short = usage.data.cache_creation?.ephemeral_5m_input_tokens ?? 0;
  // Where sum and parts disagree the larger is billed: what is settled is never less than what was used.
  const written = Math.max(usage.data.cache_creation_input_tokens, long + short);
  return possible(
    {
      uncachedIn: usage.data.input_tokens,
      cacheWriteShort: written - long,
      cacheWriteLong: long,
      cacheRead: usage.data.cache_read_input_tokens,
      out: usage.data.output_tokens,
      reasoning: usage.data.output_tokens_details?.thinking_tokens ?? 0,
    },
    ceiling,
  );
}

/** The usage when it can be, else null. No question is empty, so a call without any input was not counted. */
export function possible(usage: Usage, ceiling: Ceiling): Usage | null {
  const input = usage.uncachedIn + usage.cacheWriteShort + usage.cacheWriteLong + usage.cacheRead;
  const whole = Object.values(usage).every((tokens) => tokens >= 0);
  const sane = input > 0 && input <= ceiling.in && usage.out <= ceiling.out && usage.reasoning <= usage.out;
  return whole && sane ? usage : null;
}
