// A publication under fire: imported, modelled, and ready to be analysed by whatever engine.
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FakeModels } from "../fake-models/server.ts";
import { leap } from "../leap.ts";
import type { AttackCaption } from "./captions.ts";
import { attackedOn, writeAttackedPosts } from "./posts.ts";

export interface AttackedPublication {
  readonly folder: string;
  /** Words of a command over a copy of the modelled state under this name, which is made when it is not there. */
  readonly at: (name: string) => { readonly state: string; readonly words: readonly string[] };
}

/** Imports the posts and models them once; every `at` begins from there. */
export function attackedPublication(folder: string, attacks?: readonly AttackCaption[]): AttackedPublication {
  const file = path.join(folder, "posts.ndjson");
  const publications = path.join(folder, "publications");
  const first = path.join(folder, "modelled");
  writeAttackedPosts(file, attacks);
  const words = (state: string) => [
    ...["--publication", "fire", "--publications", publications, "--state", state],
  ];
  succeed(["import", file, ...words(first), "--yes"]);
  const yaml = path.join(publications, "fire", "publication.yaml");
  const brands = ["Anua", "Torriden"].map(
    (title) => `{ id: ${title.toLowerCase()}, title: ${title}, variants: [${title.toLowerCase()}] }`,
  );
  writeFileSync(
    yaml,
    readFileSync(yaml, "utf8")
      .replace("brands: []", `brands: [${brands.join(", ")}]`)
      .replace("home_market: null", "home_market: us")
      .replace("as_of: null", `as_of: ${attackedOn}`)
      // An edition that is made again must not differ by the hour at which the file was brought in.
      .replace(/imported_at: \S+/, "imported_at: 2026-11-19T08:00:00.000Z"),
  );
  rmSync(first, { recursive: true, force: true });
  succeed(["collect", ...words(first)]);
  succeed(["model", ...words(first)]);
  const made = new Set<string>();
  return {
    folder,
    at(name) {
      const state = path.join(folder, name);
      if (!made.has(name)) cpSync(first, state, { recursive: true });
      made.add(name);
      return { state, words: words(state) };
    },
  };
}

function succeed(words: readonly string[]): void {
  const said = leap(words);
  if (said.code !== 0 && said.code !== 2) throw new Error(`${words[0]}: ${said.err}${said.out}`);
}

/** Keys and addresses for a command that asks these models. */
export const asking = (models: FakeModels): Record<string, string> => ({
  OPENAI_API_KEY: "sk-canary-openai-1f6b",
  OPENAI_BASE_URL: models.openaiBaseUrl,
  ANTHROPIC_API_KEY: "sk-canary-anthropic-9c2e",
  ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
});

/** Every file under a folder, by its path from there. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .sort();

/** Every file under a folder with its SHA-256. */
export const digestsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesIn(folder).map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(path.join(folder, file)))
        .digest("hex"),
    ]),
  );
