// How concentrated the talk is: Herfindahl-Hirschman index and the number of equal brands that would give it.
import { poissonDraw } from "../../stats/poisson-draw.ts";
import { quantileSorted } from "../../stats/quantile.ts";
import type { Estimate } from "./shares.ts";

/** Posts that name exactly these brands. */
export interface Combination {
  readonly brands: readonly string[];
  readonly posts: number;
}

export interface Concentration {
  /** Sum of squared shares: 1 / brands when all are equal, 1 when there is one. */
  readonly hhi: Estimate;
  /** 1 / HHI. */
  readonly effectiveBrands: Estimate;
}

const DRAWS = 1000;

/**
 * HHI of fractional shares with a 95 % percentile interval. Whole posts are redrawn (the Poisson bootstrap: how often each combination of
 * brands is named varies like a count), because brands named together rise and fall together; a delta interval has no width where all
 * brands are equal. Null without posts.
 */
export function concentration(
  combinations: readonly Combination[],
  random: () => number,
): Concentration | null {
  const value = hhiOf(
    combinations.map(({ posts }) => posts),
    combinations,
  );
  if (value === null) return null;
  const drawn: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const hhi = hhiOf(
      combinations.map(({ posts }) => poissonDraw(posts, random)),
      combinations,
    );
    if (hhi !== null) drawn.push(hhi);
  }
  const sorted = Float64Array.from(drawn).sort();
  const low = Math.min(value, quantileSorted(sorted, 0.025));
  const high = Math.max(value, quantileSorted(sorted, 0.975));
  return {
    hhi: { value, low, high },
    effectiveBrands: { value: 1 / value, low: 1 / high, high: 1 / low },
  };
}

function hhiOf(posts: readonly number[], combinations: readonly Combination[]): number | null {
  const mentions = new Map<string, number>();
  let total = 0;
  combinations.forEach(({ brands }, i) => {
    total += posts[i] as number;
    for (const brand of brands)
      mentions.set(brand, (mentions.get(brand) ?? 0) + (posts[i] as number) / brands.length);
  });
  return total === 0 ? null : [...mentions.values()].reduce((sum, count) => sum + (count / total) ** 2, 0);
}
