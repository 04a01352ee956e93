// `leap store push|pull|sync|prune|show`: carries the private record and the published editions between machines, and takes out of a store what was erased.
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isLive } from "../collecting/desk.ts";
import { LeapError } from "../core/errors.ts";
import { hasAuthorKey } from "../core/key.ts";
import { type Place, standingIn } from "../store/manifest.ts";
import { openStore } from "../store/open.ts";
import { type Part, parts } from "../store/record.ts";
import { type Carried, type Preference, prune, pull, push } from "../store/sync.ts";
import { type Done, type Environment, sourcesInUse } from "./environment.ts";
import { repository } from "./publication.ts";

export interface StoreWords {
  readonly store?: string;
  readonly only?: Part;
  readonly prefer?: Preference;
  readonly anew?: boolean;
}

export const storeVerbs = ["push", "pull", "sync", "prune", "show"] as const;
export type StoreVerb = (typeof storeVerbs)[number];

/** How often sync pulls and pushes anew when others push at the same time. */
const TRIES = 8;

export async function storeCommand(
  what: StoreVerb,
  words: StoreWords,
  environment: Environment,
): Promise<Done> {
  const { publication, state, effects } = environment;
  if (words.only !== "public" && ["push", "pull", "sync"].includes(what)) await demandAuthorKey(environment);
  const store = await openStore(words.store, repository);
  const carried: Carried[] = [];
  for (const part of words.only ? [words.only] : parts) {
    const place = { store, publication: publication.id, part };
    if (what === "push") carried.push(await push(state.root, place, effects.now(), words.anew));
    else if (what === "sync") carried.push(await sync(state.root, place, effects.now, words.prefer));
    else if (what === "show") carried.push(await show(place));
    else if (what === "pull") carried.push(await pull(state.root, place, words.prefer));
    else carried.push(await prune(state.root, place, effects.now()));
  }
  const keyHere = (what === "push" || what === "sync") && existsSync(path.join(state.root, "author.key"));
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

/**
 * A record that travels is read by machines that would each make a key of their own: every author would be somebody new, and nobody who opted out known
 * again. Invented people need none. Throws LeapError.
 */
export async function demandAuthorKey(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const { publication, state } = environment;
  if (hasAuthorKey(state, variables)) return;
  const live = (await sourcesInUse(environment)).find(
    ({ source, config }) =>
      isLive(source) &&
      source.id !== "collector" &&
      (config as { provenance?: string }).provenance !== "synthetic",
  );
  if (live)
    throw new LeapError(
      `missing LEAP_AUTHOR_KEY: ${publication.id} collects from ${live.source.id}, and its authors are known by hashes under this key alone. Set one secret of 16 characters or more under this name wherever the record is used, or bring author.key to ${state.root}.`,
    );
}

/** Pushes; where another machine was first, pulls what it pushed and pushes again. What cannot be put together is refused as in pull. */
async function sync(state: string, place: Place, now: () => Date, prefer?: Preference): Promise<Carried> {
  for (let tried = 1; ; tried++) {
    try {
      return await push(state, place, now());
    } catch (error) {
      if (
        !(error instanceof LeapError && /^refused push: .* Run leap store pull/.test(error.message)) ||
        tried === TRIES
      )
        throw error;
    }
    await wait(Math.random() * 250 * tried);
    await pull(state, place, prefer);
  }
}

/** What stands in the store, without carrying any of it. */
async function show(place: Place): Promise<Carried> {
  const standing = await standingIn(place);
  const files = Object.keys(standing?.manifest.files ?? {}).length;
  return {
    part: place.part,
    pointer: standing?.pointer ?? null,
    files,
    bytes: 0,
    removed: 0,
    says: standing
      ? `${files} files, manifest ${standing.pointer}, pushed at ${standing.manifest.written_at}`
      : "nothing yet",
  };
}
