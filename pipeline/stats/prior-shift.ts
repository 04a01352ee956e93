// The share of positive cases in a new sample, out of the probabilities that a classifier gives at the share it was made for.

/**
 * Prior of the sample by expectation and maximisation (Saerens, Latinne and Decaestecker 2002): the share under which the mean corrected
 * probability is that share. `evidence` are log odds beyond the prior. The result lies between `floor` and 1 − `floor`, because at 0 and 1 no
 * evidence could speak any more. Throws on no cases.
 */
export function shiftedPrior(
  evidence: readonly number[],
  prior: number,
  { floor = 0.001, rounds = 500 }: { floor?: number; rounds?: number } = {},
): number {
  if (evidence.length === 0) throw new Error("missing cases: no sample has no share.");
  let share = prior;
  for (let round = 0; round < rounds; round++) {
    const odds = Math.log(share / (1 - share));
    let sum = 0;
    for (const one of evidence) sum += 1 / (1 + Math.exp(-(one + odds)));
    const next = Math.min(1 - floor, Math.max(floor, sum / evidence.length));
    if (Math.abs(next - share) < 1e-9) return next;
    share = next;
  }
  return share;
}
