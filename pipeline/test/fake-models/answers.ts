// Answers that fit any schema: one entry per id that was sent, enums by their first word, texts of quiet words without digits.
import { type FakeRequest, identifiedIn, type JsonSchema, stringsIn } from "./request.ts";

/** What a writer is told about the place it writes for. */
export interface Place {
  /** Name of the nearest property. */
  readonly key: string;
  readonly schema: JsonSchema;
  /** The part of the data that the entry answers for. */
  readonly data: unknown;
  /** Ids that may be named there: those of the entry's own data, else all. */
  readonly ids: readonly string[];
}

/** Who writes what the schema leaves free. */
export interface Writer {
  readonly text: (place: Place) => string;
  readonly number: (place: Place) => number;
  readonly choice: (place: Place, values: readonly unknown[]) => unknown;
  /** Fills what may be null; left null otherwise. */
  readonly fillsNull?: true;
  /** What becomes of a list of entries before it is answered. */
  readonly entries?: (entries: readonly unknown[]) => readonly unknown[];
}

/** A quiet, valid answer to any question. */
export const fittingAnswer = (request: FakeRequest): unknown => written(request, quietWriter());

/** An answer of the request's shape, its free places filled by `writer`. */
export function written(request: FakeRequest, writer: Writer): unknown {
  const root = request.schema;
  return write(root, { key: "", schema: root, data: request.data, ids: idsIn(request.data) });

  function write(schema: JsonSchema, place: Place): unknown {
    const at = { ...place, schema: resolved(root, schema) };
    const { schema: shape } = at;
    if (shape["const"] !== undefined) return shape["const"];
    if (Array.isArray(shape["enum"])) return writer.choice(at, shape["enum"]);
    const options = shape["anyOf"] ?? shape["oneOf"];
    if (Array.isArray(options)) {
      const full = options.filter((each) => each.type !== "null");
      return full.length < options.length && !writer.fillsNull ? null : write(full[0], at);
    }
    const type = Array.isArray(shape["type"]) ? shape["type"][0] : shape["type"];
    if (Array.isArray(shape["type"]) && shape["type"].includes("null") && !writer.fillsNull) return null;
    if (type === "object") return object(shape, at);
    if (type === "array") return array(shape, at);
    if (type === "boolean") return false;
    if (type === "null") return null;
    if (type === "number" || type === "integer") return writer.number(at);
    if (isId(at.key)) return at.ids[0] ?? "none";
    return writer.text(at);
  }

  function object(shape: JsonSchema, at: Place): Record<string, unknown> {
    const properties = (shape["properties"] ?? {}) as Record<string, JsonSchema>;
    return Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [key, write(inner, { ...at, key })]),
    );
  }

  function array(shape: JsonSchema, at: Place): unknown[] {
    const items = resolved(root, (shape["items"] ?? {}) as JsonSchema);
    const properties = (items["properties"] ?? {}) as Record<string, JsonSchema>;
    const sent = identifiedIn(at.data);
    const least = bound(shape, "minItems") ?? 1;
    const most = bound(shape, "maxItems") ?? Number.POSITIVE_INFINITY;
    let entries: unknown[];
    if (properties["id"] !== undefined && sent.length > 0)
      entries = sent.map((each) => {
        const ids = idsIn(each);
        const own = write(items, { ...at, data: each, ids: ids.length > 0 ? ids : at.ids });
        return { ...(own as object), id: each.id };
      });
    else if (isId(at.key) && items["type"] === "string") entries = at.ids.slice(0, Math.max(least, 1));
    else entries = Array.from({ length: Math.max(least, Math.min(1, most)) }, () => write(items, at));
    return [...(writer.entries ?? ((same: unknown[]) => same))(entries.slice(0, most))];
  }
}

const isId = (key: string): boolean => /^ids?$|_ids?$|Ids?$|^evidence$/.test(key);

const idsIn = (data: unknown): string[] => identifiedIn(data).map((each) => each.id);

function resolved(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  const steps = reference.replace(/^#\/?/, "").split("/").filter(Boolean);
  const found = steps.reduce<unknown>((at, step) => (at as JsonSchema)[decodeURIComponent(step)], root);
  return resolved(root, found as JsonSchema);
}

/** A bound as a keyword, or in words inside the description, where Anthropic's SDK moves it. */
export function bound(schema: JsonSchema, keyword: string): number | null {
  const stated = schema[keyword];
  if (typeof stated === "number") return stated;
  const told = new RegExp(`${keyword}: (-?[\\d.]+)`).exec(String(schema["description"] ?? ""))?.[1];
  return told === undefined ? null : Number(told);
}

function quietWriter(): Writer {
  let sentences = 0;
  return {
    text: ({ key, data }) => (key === "quote" ? quoteFrom(data) : sentence(sentences++)),
    number: ({ schema }) => {
      const [least, most] = [bound(schema, "minimum") ?? 0, bound(schema, "maximum") ?? 1];
      return schema["type"] === "integer" ? Math.max(least, 0) : (Math.max(least, 0) + Math.min(most, 1)) / 2;
    },
    choice: (_place, values) => values[0],
  };
}

/** The first words of the longest text that was sent. */
function quoteFrom(data: unknown): string {
  const longest = stringsIn(data).toSorted((a, b) => b.length - a.length)[0] ?? "";
  return longest.split(" ").slice(0, 4).join(" ");
}

/** No two alike within an answer, for a report that repeats itself is refused. */
function sentence(count: number): string {
  const how = ["calmly", "warmly", "rarely", "openly", "gently", "plainly", "kindly", "softly"];
  const what = ["textures", "scents", "habits", "mornings", "evenings", "seasons", "colours", "routines"];
  const who = ["readers", "buyers", "visitors", "listeners", "people", "friends", "families", "neighbours"];
  const pick = (from: readonly string[], place: number) => from[Math.floor(count / 8 ** place) % 8] as string;
  return `some ${pick(who, 2)} speak ${pick(how, 0)} about ${pick(what, 1)}`;
}
