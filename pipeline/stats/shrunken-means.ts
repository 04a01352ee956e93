// Means of groups, each drawn towards the mean of all as far as chance could have made it stand out.

export interface ShrunkenMeans {
  /** Mean over all values. */
  readonly centre: number;
  /** Variance within groups, and of the groups' true means around the centre. */
  readonly within: number;
  readonly between: number;
  /** The shrunken deviation of a group from the centre; 0 for a group never seen. */
  deviation(group: string): number;
}

/**
 * Empirical Bayes for a one-way layout: a group of n values keeps the share n / (n + within / between) of its deviation, with the variances
 * by the method of moments (Henderson 1953; Efron and Morris 1975). Groups that differ no more than chance makes them are all at the
 * centre. Throws on no values or unequal lengths.
 */
export function shrunkenMeans(groups: readonly string[], values: ArrayLike<number>): ShrunkenMeans {
  const n = groups.length;
  if (n === 0 || values.length !== n)
    throw new Error(
      `invalid groups: ${n} groups and ${values.length} values. Give as many of each, at least one.`,
    );
  const sums = new Map<string, { n: number; sum: number; squares: number }>();
  let total = 0;
  groups.forEach((group, i) => {
    const value = values[i] as number;
    const held = sums.get(group) ?? { n: 0, sum: 0, squares: 0 };
    sums.set(group, { n: held.n + 1, sum: held.sum + value, squares: held.squares + value * value });
    total += value;
  });
  const centre = total / n;
  let inside = 0;
  let outside = 0;
  let sizes = 0;
  for (const group of sums.values()) {
    inside += Math.max(0, group.squares - group.sum ** 2 / group.n);
    outside += group.n * (group.sum / group.n - centre) ** 2;
    sizes += group.n ** 2;
  }
  const k = sums.size;
  const within = n > k ? inside / (n - k) : 0;
  const size = k > 1 ? (n - sizes / n) / (k - 1) : 0;
  // Without a repeated group nothing tells a group's own level from the noise of its one value.
  const between = k > 1 && n > k && size > 0 ? Math.max(0, (outside / (k - 1) - within) / size) : 0;
  return {
    centre,
    within,
    between,
    deviation(group) {
      const held = sums.get(group);
      if (!held || between === 0) return 0;
      return (held.n / (held.n + within / between)) * (held.sum / held.n - centre);
    },
  };
}
