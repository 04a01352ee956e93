// Reading an answer that may be anything: what is not of the expected kind is absent. Whether it may be absent is for the parser to say.
import type { Row } from "../core/types.ts";

export const rowOf = (value: unknown): Row =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Empty words are no words. */
export const wordsOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
