// The phrases in which a term's spelling means something else, from the taxonomies of a publication.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";

const folder = new URL("../../data/reference/taxonomy/", import.meta.url);

const Phrases = z.object({
  terms: z.array(z.object({ id: z.string(), not: z.array(z.string()).default([]) })),
});

/** Term → its `not` phrases. Throws when a taxonomy that the publication names is missing or has no terms. */
export function meaningsElsewhere(taxonomies: readonly string[]): Map<string, readonly string[]> {
  return new Map(taxonomies.flatMap((name) => phrasesOf(name).map(({ id, not }) => [id, not] as const)));
}

function phrasesOf(name: string): { id: string; not: string[] }[] {
  const path = `data/reference/taxonomy/${name}.yaml`;
  const parsed = Phrases.safeParse(parse(textOf(name, path)));
  if (parsed.success) return parsed.data.terms;
  throw new LeapError(`invalid taxonomy: ${path}. ${z.prettifyError(parsed.error)}`);
}

function textOf(name: string, path: string): string {
  try {
    return readFileSync(new URL(`${name}.yaml`, folder), "utf8");
  } catch {
    throw new LeapError(`missing taxonomy: ${path}. Add the file, or take ${name} out of publication.yaml.`);
  }
}
