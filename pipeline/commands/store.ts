// `leap store push|pull|prune`: carries the private record and the published editions between machines, and takes out of a store what was erased.
import { existsSync } from "node:fs";
import path from "node:path";
import { openStore } from "../store/open.ts";
import { type Part, parts } from "../store/record.ts";
import { type Carried, type Preference, prune, pull, push } from "../store/sync.ts";
import type { Done, Environment } from "./environment.ts";
import { repository } from "./publication.ts";

export interface StoreWords {
  readonly store?: string;
  readonly only?: Part;
  readonly prefer?: Preference;
  readonly anew?: boolean;
}

export async function storeCommand(
  what: "push" | "pull" | "prune",
  words: StoreWords,
  { publication, state, effects }: Pick<Environment, "publication" | "state" | "effects">,
): Promise<Done> {
  const store = await openStore(words.store, repository);
  const carried: Carried[] = [];
  for (const part of words.only ? [words.only] : parts) {
    const place = { store, publication: publication.id, part };
    if (what === "push") carried.push(await push(state.root, place, effects.now(), words.anew));
    else if (what === "pull") carried.push(await pull(state.root, place, words.prefer));
    else carried.push(await prune(state.root, place, effects.now()));
  }
  const keyHere = what === "push" && existsSync(path.join(state.root, "author.key"));
  return {
    text: [
      ...carried.map(({ part, says }) => `${part}: ${says}`),
      ...(keyHere
        ? [
            "author.key stays here, and a machine without it takes every author for somebody new: carry it there by hand, or set LEAP_AUTHOR_KEY everywhere from the start.",
          ]
        : []),
    ].join("\n"),
    gaps: 0,
    result: carried,
  };
}
