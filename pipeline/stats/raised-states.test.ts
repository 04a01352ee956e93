import { expect, test } from "vitest";
import { raisedPosterior } from "./raised-states.ts";

const chain = { begins: 0.1, ends: 0.3 };

/** Sums the weight of every path of one raised state and a quiet one. */
function byPaths(favour: readonly number[]): number[] {
  const n = favour.length;
  const raised = new Array<number>(n).fill(0);
  let all = 0;
  for (let path = 0; path < 2 ** n; path++) {
    const isRaised = (t: number) => ((path >> t) & 1) === 1;
    const start = chain.begins / (chain.begins + chain.ends);
    let weight = isRaised(0) ? start : 1 - start;
    for (let t = 0; t < n; t++) {
      if (isRaised(t)) weight *= Math.exp(favour[t] as number);
      if (t === 0) continue;
      const leaves = isRaised(t - 1) ? chain.ends : chain.begins;
      weight *= isRaised(t) === isRaised(t - 1) ? 1 - leaves : leaves;
    }
    all += weight;
    for (let t = 0; t < n; t++) if (isRaised(t)) raised[t] = (raised[t] as number) + weight;
  }
  return raised.map((weight) => weight / all);
}

test("the posterior is that of summing over every path", () => {
  const favour = [0.5, -2, 1.5, 3, -0.7, 0, -4, 2];
  const found = [...raisedPosterior(Float64Array.from(favour), 1, chain)];
  byPaths(favour).forEach((chance, t) => {
    expect(found[t]).toBeCloseTo(chance, 12);
  });
});

test("evidence beyond what a double can hold rules nothing out for good", () => {
  const found = raisedPosterior(Float64Array.from([-5000, -5000, 5000, 5000, -5000]), 1, chain);
  expect([...found].map((chance) => Math.round(chance))).toEqual([0, 0, 1, 1, 0]);
});

test("no steps, no answer", () => {
  expect(raisedPosterior(new Float64Array(0), 3, chain)).toHaveLength(0);
});
