// A question as the fake models see it: read from either wire, with the data between the delimiters parsed.
import type { IncomingHttpHeaders } from "node:http";
import type { ProviderId } from "../../llm/types.ts";

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface FakeRequest {
  readonly provider: ProviderId;
  readonly endpoint: "responses" | "chat" | "messages";
  /** The schema's name at OpenAI, its title at Anthropic. */
  readonly task: string | null;
  readonly model: string;
  readonly system: string;
  readonly user: string;
  /** Every JSON value that stands in the user's text, parsed. */
  readonly data: readonly unknown[];
  readonly schema: JsonSchema;
  readonly maxOutputTokens: number | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** Counts the questions of this server from 1, those of batches too. */
  readonly number: number;
  readonly batched: boolean;
}

/** JSON objects and arrays of a text, outermost first, in order. */
export function jsonValues(text: string): unknown[] {
  const values: unknown[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "{" && text[at] !== "[") continue;
    const end = endOf(text, at);
    if (end === null) continue;
    try {
      values.push(JSON.parse(text.slice(at, end)));
      at = end - 1;
    } catch {
      // A bracket of a sentence: what stands inside may still be JSON.
    }
  }
  return values;
}

function endOf(text: string, start: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const sign = text[at] as string;
    if (quoted) {
      if (sign === "\\") at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "{" || sign === "[") depth++;
    else if ((sign === "}" || sign === "]") && --depth === 0) return at + 1;
  }
  return null;
}

export interface Identified {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** The nearest objects below a value that have an `id`. */
export function identifiedIn(value: unknown): Identified[] {
  if (Array.isArray(value))
    return value.flatMap((each) => (isIdentified(each) ? [each] : identifiedIn(each)));
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((each) => (isIdentified(each) ? [each] : identifiedIn(each)));
}

function isIdentified(value: unknown): value is Identified {
  return typeof (value as { id?: unknown } | null)?.id === "string";
}

/** Every string below a value, keys left out. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(stringsIn);
}
