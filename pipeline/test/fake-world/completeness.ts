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
  /** Names of the runs in which a missed post could be had, joined, with how many; see `look`. */
  readonly chances: readonly (readonly [runs: string, posts: number])[];
}

/** Remembers what could be had at each run. */
export function watching(world: World, keysOf: Readonly<Partial<Record<VendorName, readonly string[]>>>) {
  const seen = new Map<VendorName, Map<string, Set<string>>>();
  return {
    /** To be called right after the clock was set. `since`: posts born before are nobody's business. `run`: what it is called. */
    look(since: string, run = "a run"): void {
      for (const [vendor, keys] of Object.entries(keysOf) as [VendorName, readonly string[]][]) {
        const ids = seen.get(vendor) ?? new Map<string, Set<string>>();
        for (const key of keys)
          for (const { id, from } of world.truth(vendor, key))
            if (from >= since) ids.set(id, (ids.get(id) ?? new Set()).add(run));
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
          // On Instagram nobody can tell who took a post down: the window closes first.
          const wanted = [...ids.keys()].filter((id) => vendor === "instagram" || standing.has(id));
          const missed = wanted.filter((id) => !kept.has(id));
          const chances = new Map<string, number>();
          for (const id of missed) {
            const runs = [...(ids.get(id) ?? [])].join(", ");
            chances.set(runs, (chances.get(runs) ?? 0) + 1);
          }
          return [
            vendor,
            {
              ...{ obtainable: wanted.length, kept: wanted.length - missed.length, missed },
              chances: [...chances].sort(([, a], [, b]) => b - a),
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
