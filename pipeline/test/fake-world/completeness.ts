// Held against the world's truth: of the posts that could be had when a run asked, how many lie in bronze.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { VendorName } from "./wire.ts";
import type { World } from "./world.ts";

export interface Completeness {
  /** Posts that at least one run could have had, and that stand at the end. */
  readonly obtainable: number;
  readonly kept: number;
  readonly missed: readonly string[];
  /** Missed posts by what they were to be found under and the runs in which they could be had; see `look`. */
  readonly chances: readonly {
    readonly keys: string;
    readonly runs: readonly string[];
    readonly posts: number;
  }[];
}

/** Remembers what could be had at each run. */
type Keys = Readonly<Partial<Record<VendorName, readonly string[]>>>;

/** `listed`: keys under which a post is named as long as it stands, such as `@handle`; what was there and is not any more was deleted. */
export function watching(world: World, keysOf: Keys, listed: Keys = {}) {
  const namedOf = (vendor: VendorName) =>
    new Set((listed[vendor] ?? []).flatMap((key) => world.truth(vendor, key)).map(({ id }) => id));
  const named = new Map<VendorName, Set<string>>();
  const seen = new Map<VendorName, Map<string, { runs: Set<string>; keys: Set<string> }>>();
  return {
    /** To be called right after the clock was set. `since`: posts born before are nobody's business. `run`: what it is called. */
    look(since: string, run = "a run"): void {
      for (const vendor of Object.keys(listed) as VendorName[])
        named.set(vendor, new Set([...(named.get(vendor) ?? []), ...namedOf(vendor)]));
      for (const [vendor, keys] of Object.entries(keysOf) as [VendorName, readonly string[]][]) {
        const ids = seen.get(vendor) ?? new Map<string, { runs: Set<string>; keys: Set<string> }>();
        for (const key of keys)
          for (const { id, from } of world.truth(vendor, key)) {
            if (from < since) continue;
            const found = ids.get(id) ?? { runs: new Set(), keys: new Set() };
            found.runs.add(run);
            found.keys.add(key);
            ids.set(id, found);
          }
        seen.set(vendor, ids);
      }
    },
    /** `bronze`: the folder with one folder a source. */
    compared(bronze: string): Readonly<Record<string, Completeness>> {
      return Object.fromEntries(
        [...seen].map(([vendor, ids]) => {
          const standing = new Set(
            (keysOf[vendor] ?? []).flatMap((key) => world.truth(vendor, key)).map(({ id }) => id),
          );
          const kept = idsIn(path.join(bronze, vendor));
          const there = namedOf(vendor);
          const deleted = (id: string) => named.get(vendor)?.has(id) === true && !there.has(id);
          // On Instagram nobody can tell who took a stranger's post down: the window closes first.
          const wanted = [...ids.keys()].filter(
            (id) => (vendor === "instagram" || standing.has(id)) && !deleted(id),
          );
          const missed = wanted.filter((id) => !kept.has(id));
          const chances = Map.groupBy(missed, (id) => [...(ids.get(id)?.keys ?? [])].join(", "));
          return [
            vendor,
            {
              ...{ obtainable: wanted.length, kept: wanted.length - missed.length, missed },
              chances: [...chances].map(([keys, own]) => ({
                ...{ keys, posts: own.length },
                runs: [...new Set(own.flatMap((id) => [...(ids.get(id)?.runs ?? [])]))],
              })),
            },
          ];
        }),
      );
    },
  };
}

/** Every `id` and `uri` of an item in the accepted lines of a source. */
function idsIn(folder: string): Set<string> {
  const found = new Set<string>();
  if (!existsSync(folder)) return found;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ndjson") || name.endsWith("quarantine.ndjson")) continue;
    for (const line of readFileSync(path.join(folder, name), "utf8").split("\n")) {
      if (line === "") continue;
      const { item } = JSON.parse(line) as { item?: { id?: unknown; uri?: unknown } };
      for (const id of [item?.id, item?.uri, (item?.id as { videoId?: unknown } | undefined)?.videoId])
        if (typeof id === "string") found.add(id);
    }
  }
  return found;
}
