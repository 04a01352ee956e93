// Which words mark one group of texts against another: log-odds ratio with an informative Dirichlet prior.

export interface WordCounts {
  /** Uses in the group and outside it. */
  readonly inside: number;
  readonly outside: number;
}

export interface LogOdds {
  /** Log-odds ratio, > 0 where the word belongs to the group. */
  readonly delta: number;
  /** delta over its standard error. */
  readonly z: number;
}

/**
 * Monroe, Colaresi and Quinn 2008, "Fightin' Words", eq. 16, 20 and 22. The prior of each word is its share of all texts times
 * `priorStrength` pseudo-uses, so that a rare word needs proof and a frequent one is not marked for being frequent.
 * Totals are the uses of all words inside and outside. Throws on a word that nobody uses.
 */
export function logOdds({ inside, outside }: WordCounts, totals: WordCounts, priorStrength: number): LogOdds {
  const used = inside + outside;
  const all = totals.inside + totals.outside;
  if (!(used > 0) || !(all > used))
    throw new Error(`invalid counts: ${used} uses of ${all}. A word needs uses, and others beside it.`);
  const prior = (priorStrength * used) / all;
  const odds = (uses: number, total: number) =>
    Math.log((uses + prior) / (total + priorStrength - uses - prior));
  const delta = odds(inside, totals.inside) - odds(outside, totals.outside);
  const variance = 1 / (inside + prior) + 1 / (outside + prior);
  return { delta, z: delta / Math.sqrt(variance) };
}
