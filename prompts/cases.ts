// Cases of a task: what is sent, and what must hold of the answer whoever gives it. Used to score a prompt before and after a change.
import { z } from "zod";

const texts = z.array(z.string().min(1)).min(1);
const values = z.array(z.union([z.string(), z.number(), z.boolean()])).min(1);

/**
 * What must hold. Fields are named by path: `label`, `points`, `title.template`, `variants[].text`. Mentions are sought in any case in every text
 * of the answer; `a|b` holds with either.
 */
export const Must = z
  .strictObject({
    label: z.string(),
    irony: z.boolean(),
    unsure: z.boolean(),
    /** Aspect → polarity that must be among the aspects. */
    aspects: z.record(z.string(), z.enum(["negative", "neutral", "positive"])),
    /** Field → values of which it must be one, and of which it may be none. */
    oneOf: z.record(z.string(), values),
    noneOf: z.record(z.string(), values),
    atLeast: z.record(z.string(), z.number()),
    atMost: z.record(z.string(), z.number()),
    mentions: texts,
    avoids: texts,
    /** Ids that must be cited as evidence, knowledge, source of a quote, or placeholder. */
    cites: texts,
    minItems: z.record(z.string(), z.int().min(0)),
    maxItems: z.record(z.string(), z.int().min(0)),
  })
  .partial()
  .refine((must) => Object.keys(must).length > 0, "a case that asks nothing tests nothing");
export type Must = z.output<typeof Must>;

export const Case = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  input: z.record(z.string(), z.unknown()),
  must: Must,
});
export type Case = z.output<typeof Case>;

/** The cases of a `cases.jsonl`. Throws a ZodError or SyntaxError for a line that is none. */
export const casesOf = (lines: string): Case[] =>
  lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => Case.parse(JSON.parse(line)));

/** What does not hold of the answer, in words; empty when all does. */
export function judge(answer: unknown, must: Must): string[] {
  const wrong: string[] = [];
  const want = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  for (const field of ["label", "irony", "unsure"] as const) {
    const wanted = must[field];
    const [given] = at(answer, field);
    if (wanted !== undefined) want(given === wanted, `${field} is ${String(given)}, not ${wanted}`);
  }
  for (const [aspect, polarity] of Object.entries(must.aspects ?? {})) {
    const named = at(answer, "aspects[]") as { aspect?: string; polarity?: string }[];
    const given = named.find((each) => each.aspect === aspect)?.polarity ?? "not named";
    want(given === polarity, `${aspect} is ${given}, not ${polarity}`);
  }
  // A field that is not there has no value among those wanted, but none of those barred either.
  for (const [field, allowed] of Object.entries(must.oneOf ?? {})) {
    const given = at(answer, field);
    want(
      given.length > 0 && given.every((each) => allowed.includes(each as string)),
      `${field} is ${given.join(", ")}, none of ${allowed.join(", ")}`,
    );
  }
  for (const [field, barred] of Object.entries(must.noneOf ?? {})) {
    const given = at(answer, field);
    want(!given.some((each) => barred.includes(each as string)), `${field} is ${given.join(", ")}`);
  }
  for (const [field, least] of Object.entries(must.atLeast ?? {})) {
    const given = at(answer, field);
    want(
      given.length > 0 && given.every((each) => Number(each) >= least),
      `${field} is ${given.join(", ")}, under ${least}`,
    );
  }
  for (const [field, most] of Object.entries(must.atMost ?? {})) {
    const given = at(answer, field);
    want(
      given.length > 0 && given.every((each) => Number(each) <= most),
      `${field} is ${given.join(", ")}, over ${most}`,
    );
  }
  for (const [field, least] of Object.entries(must.minItems ?? {})) {
    const count = at(answer, `${field}[]`).length;
    want(count >= least, `${field} holds ${count}, under ${least}`);
  }
  for (const [field, most] of Object.entries(must.maxItems ?? {})) {
    const count = at(answer, `${field}[]`).length;
    want(count <= most, `${field} holds ${count}, over ${most}`);
  }
  const said = textsOf(answer).join("\n").toLowerCase();
  for (const wanted of must.mentions ?? [])
    want(
      wanted
        .toLowerCase()
        .split("|")
        .some((each) => said.includes(each)),
      `does not mention ${wanted}`,
    );
  for (const barred of must.avoids ?? [])
    want(
      !barred
        .toLowerCase()
        .split("|")
        .some((each) => said.includes(each)),
      `mentions ${barred}`,
    );
  const cited = new Set(citedIn(answer));
  for (const id of must.cites ?? []) want(cited.has(id), `does not cite ${id}`);
  return wrong;
}

/** Values under a path; `[]` goes through an array, also at its end. */
function at(value: unknown, path: string): unknown[] {
  return path.split(".").reduce<unknown[]>(
    (found, step) => {
      const name = step.replace(/\[\]$/, "");
      const inner = found.flatMap((each) =>
        typeof each === "object" && each !== null && name in each
          ? [(each as Record<string, unknown>)[name]]
          : [],
      );
      return step.endsWith("[]") ? inner.flatMap((each) => (Array.isArray(each) ? each : [])) : inner;
    },
    [value],
  );
}

/** Fields that hold ids or the words of a source, not the answer's own. */
const NOT_PROSE = new Set(["evidence", "knowledge", "quote_source", "id", "quote"]);

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (NOT_PROSE.has(name) ? [] : textsOf(inner)));
}

function citedIn(value: unknown): string[] {
  if (typeof value === "string")
    return [...value.matchAll(/\{([^{}|']+)(?:\|[^{}]*)?\}/g)].map((match) => match[1] as string);
  if (Array.isArray(value)) return value.flatMap(citedIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...citedIn(inner),
    ...(["evidence", "knowledge", "quote_source"].includes(name) ? [inner].flat().map(String) : []),
  ]);
}
