// How often chance alone gives so many hits.
import { gammaln } from "simple-statistics";

/** P(X ≥ hits) of `tries` independent tries that hit with chance `share`. Throws on a share outside [0, 1] or more hits than tries. */
export function binomialTail(hits: number, tries: number, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new Error(`invalid share: ${share}. Give a number from 0 to 1.`);
  if (!(hits <= tries)) throw new Error(`invalid count: ${hits} hits of ${tries} tries.`);
  if (hits <= 0) return 1;
  if (share === 0) return 0;
  if (share === 1) return 1;
  const [hit, miss] = [Math.log(share), Math.log1p(-share)];
  let sum = 0;
  for (let k = hits; k <= tries; k++)
    sum += Math.exp(
      gammaln(tries + 1) - gammaln(k + 1) - gammaln(tries - k + 1) + k * hit + (tries - k) * miss,
    );
  return Math.min(1, sum);
}
