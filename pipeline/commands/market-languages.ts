// The markets of a run with the languages spoken there, as facts about them say; Unicode knows the main language of the others.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Publication } from "../../data/contract/publication.ts";
import type { Context } from "../collecting/types.ts";

/** Most used language first; the home market last. */
export function marketLanguages(publication: Publication, reference: string): Context["markets"] {
  const { markets, home_market: home } = publication;
  const all = !home || markets.includes(home) ? markets : [...markets, home];
  return [...all.filter((code) => code !== home), ...all.filter((code) => code === home)].map((code) => ({
    code,
    languages: languagesOf(code, reference),
  }));
}

function languagesOf(code: string, reference: string): readonly string[] {
  const file = path.join(reference, "markets", `${code}.yaml`);
  const facts = existsSync(file)
    ? (parse(readFileSync(file, "utf8")) as { languages?: { value?: string[] } })
    : {};
  return facts.languages?.value ?? [new Intl.Locale(`und-${code.toUpperCase()}`).maximize().language];
}
