// Phrases that stand in the same texts more often than chance would put them there are one group: what a reader, or a model, gives one name.
import type { Theme } from "./rank.ts";
import type { CountedText } from "./texts.ts";

/** Texts two phrases must share before their company says anything. */
const fewestShared = 3;
/** Mean tie of all pairs across two groups from which on they are one. */
const tied = 0.2;

/**
 * The group of each theme, 1 for that of the first theme and on in their order. Average linkage over the normalised pointwise mutual information of
 * two phrases in the texts of their list (Bouma 2009): 1 always together, 0 as chance would have it. Phrases of two languages are never one group.
 */
export function groupsOf(themes: readonly Theme[], texts: readonly CountedText[]): number[] {
  const textsOf = new Map(
    [...Map.groupBy(texts, (text) => text.language)].map(([of, all]) => [of, all.length]),
  );
  const ties = themes.map((one) =>
    themes.map((other) =>
      one.language === other.language ? tie(one, other, textsOf.get(one.language) ?? 0) : -1,
    ),
  );
  let groups = themes.map((_, place) => [place]);
  for (;;) {
    const best = closest(groups, ties);
    if (!best) break;
    const [one, other] = best;
    groups = groups
      .filter((group) => group !== other)
      .map((group) => (group === one ? [...one, ...other].sort((a, b) => a - b) : group));
  }
  const first = groups.sort((a, b) => (a[0] as number) - (b[0] as number));
  return themes.map((_, place) => first.findIndex((group) => group.includes(place)) + 1);
}

/** The two groups with the highest mean tie, if it is high enough; of equals the first. */
function closest(
  groups: readonly (readonly number[])[],
  ties: readonly (readonly number[])[],
): [readonly number[], readonly number[]] | null {
  let best: [readonly number[], readonly number[]] | null = null;
  let highest = tied;
  for (const [place, one] of groups.entries())
    for (const other of groups.slice(place + 1)) {
      const pairs = one.flatMap((a) => other.map((b) => ties[a]?.[b] as number));
      const mean = pairs.reduce((sum, each) => sum + each, 0) / pairs.length;
      if (mean > highest || (mean === highest && !best)) [best, highest] = [[one, other], mean];
    }
  return best;
}

function tie(one: Theme, other: Theme, texts: number): number {
  const of = new Set(one.texts);
  const shared = other.texts.filter((text) => of.has(text)).length;
  // Rarely together may be chance, and so may never: neither ties nor parts.
  if (shared < fewestShared) return 0;
  if (shared >= texts) return 1;
  return Math.log((shared * texts) / (one.texts.length * other.texts.length)) / -Math.log(shared / texts);
}
