// Many small trees, each fitted to what the ones before left over: catches steps and combinations that a line cannot.

import { quantileSorted } from "./quantile.ts";

export interface BoostedTrees {
  /** Sum of the trees; 0 when the values had nothing to learn from. */
  predict(row: ArrayLike<number>): number;
}

export interface TreeOptions {
  readonly trees?: number;
  readonly depth?: number;
  /** Share of each tree's answer that is kept. */
  readonly rate?: number;
  /** Rows a leaf needs. */
  readonly leaf?: number;
  /** Rows' worth of zero that a leaf's mean is shrunk by. */
  readonly prior?: number;
  /** Share of rows, and of columns, that each tree sees. */
  readonly sample?: number;
  readonly columns?: number;
  /** What is left is cut at this quantile of its size, so that a few freaks do not lead (Friedman's M-boost). */
  readonly cut?: number;
}

interface Split {
  readonly column: number;
  readonly threshold: number;
  readonly low: Branch;
  readonly high: Branch;
}
type Branch = Split | number;

const bins = 32;

/**
 * Gradient boosting for squared error (Friedman 2001, 2002) over histograms of at most 32 bins a column. `values` should be centred: the
 * sum starts at 0. `random` is a seeded generator in [0, 1). Throws on unequal lengths.
 */
export function boostedTrees(
  rows: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
  random: () => number,
  {
    trees = 120,
    depth = 3,
    rate = 0.06,
    leaf = 8,
    prior = 6,
    sample = 0.7,
    columns = 0.6,
    cut = 0.9,
  }: TreeOptions = {},
): BoostedTrees {
  const n = rows.length;
  if (values.length !== n)
    throw new Error(`invalid rows: ${n} rows and ${values.length} values. Give as many of each.`);
  const width = rows[0]?.length ?? 0;
  const edges = Array.from({ length: width }, (_, column) => edgesOf(rows, column));
  const binned = edges.map((own, column) =>
    Uint8Array.from(rows, (row) => binOf(own, row[column] as number)),
  );
  const left = Float64Array.from(values);
  const pulls = new Float64Array(n);
  const seen = new Uint8Array(width);
  const forest: Branch[] = [];
  for (let tree = 0; tree < trees; tree++) {
    const chosen: number[] = [];
    for (let i = 0; i < n; i++) if (random() < sample) chosen.push(i);
    if (chosen.length < 2 * leaf) continue;
    for (let column = 0; column < width; column++) seen[column] = random() < columns ? 1 : 0;
    const most = quantileSorted(left.map(Math.abs).sort(), cut);
    for (let i = 0; i < n; i++) pulls[i] = Math.max(-most, Math.min(most, left[i] as number));
    const node = grow(chosen, depth);
    if (typeof node === "number") continue;
    forest.push(node);
    for (let i = 0; i < n; i++) left[i] = (left[i] as number) - answer(node, rows[i] as ArrayLike<number>);
  }
  return { predict: (row) => forest.reduce<number>((sum, node) => sum + answer(node, row), 0) };

  function grow(chosen: readonly number[], levels: number): Branch {
    let sum = 0;
    for (const i of chosen) sum += pulls[i] as number;
    const own = rate * (sum / (chosen.length + prior));
    if (levels === 0 || chosen.length < 2 * leaf) return own;
    const split = bestSplit(chosen, sum);
    if (!split) return own;
    const column = binned[split.column] as Uint8Array;
    return {
      column: split.column,
      threshold: (edges[split.column] as number[])[split.bin] as number,
      low: grow(
        chosen.filter((i) => (column[i] as number) <= split.bin),
        levels - 1,
      ),
      high: grow(
        chosen.filter((i) => (column[i] as number) > split.bin),
        levels - 1,
      ),
    };
  }

  function bestSplit(chosen: readonly number[], total: number) {
    const score = (sum: number, count: number) => sum ** 2 / (count + prior);
    let best: { column: number; bin: number; gain: number } | null = null;
    const sums = new Float64Array(bins + 1);
    const counts = new Int32Array(bins + 1);
    for (let column = 0; column < width; column++) {
      if (seen[column] === 0) continue;
      sums.fill(0);
      counts.fill(0);
      const own = binned[column] as Uint8Array;
      for (const i of chosen) {
        const bin = own[i] as number;
        sums[bin] = (sums[bin] as number) + (pulls[i] as number);
        counts[bin] = (counts[bin] as number) + 1;
      }
      let sum = 0;
      let count = 0;
      for (let bin = 0; bin < (edges[column] as number[]).length; bin++) {
        sum += sums[bin] as number;
        count += counts[bin] as number;
        if (count < leaf || chosen.length - count < leaf) continue;
        const gain =
          score(sum, count) + score(total - sum, chosen.length - count) - score(total, chosen.length);
        if (gain > 1e-12 && (best === null || gain > best.gain)) best = { column, bin, gain };
      }
    }
    return best;
  }
}

/** Upper edges between bins: quantiles of the distinct values. */
function edgesOf(rows: readonly ArrayLike<number>[], column: number): number[] {
  const sorted = Float64Array.from(rows, (row) => row[column] as number).sort();
  const edges = new Set<number>();
  for (let bin = 0; bin < bins; bin++) edges.add(sorted[Math.floor((bin * sorted.length) / bins)] as number);
  edges.delete(sorted.at(-1) as number);
  return [...edges];
}

function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && value > (edges[bin] as number)) bin++;
  return bin;
}

function answer(node: Branch, row: ArrayLike<number>): number {
  let at = node;
  while (typeof at !== "number") at = (row[at.column] as number) <= at.threshold ? at.low : at.high;
  return at;
}
