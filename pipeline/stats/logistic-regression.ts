// Logistic regression that starts from an opinion: coefficients are pulled towards stated ones, not towards zero.
import { Matrix, solve } from "ml-matrix";

export interface LogisticPrior {
  /** What each coefficient is believed to be. */
  readonly means: readonly number[];
  /** How firmly: 1 / variance, zero for no belief. */
  readonly precisions: readonly number[];
}

/**
 * Coefficients at the mode of the posterior under normal priors, by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5)
 * with halved steps where a full one would lose. `rows` are cases × variables, a column of ones among them when an intercept is wanted.
 * Throws when rows and outcomes differ in number, or there are none.
 */
export function logisticRegression(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  prior: LogisticPrior,
): number[] {
  if (rows.length === 0 || rows.length !== outcomes.length)
    throw new Error(`invalid cases: ${rows.length} rows, ${outcomes.length} outcomes.`);
  let beta = [...prior.means];
  let best = lossOf(rows, outcomes, prior, beta);
  for (let round = 0; round < 100; round++) {
    const step = newtonStep(rows, outcomes, prior, beta);
    let size = 1;
    let next = beta;
    let loss = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < 30; halving++, size /= 2) {
      next = beta.map((value, at) => value + size * (step[at] as number));
      loss = lossOf(rows, outcomes, prior, next);
      if (loss <= best) break;
    }
    if (!(loss <= best)) return beta;
    const gain = best - loss;
    [beta, best] = [next, loss];
    if (gain < 1e-10 * (1 + best)) break;
  }
  return beta;
}

const dot = (row: readonly number[], beta: readonly number[]): number =>
  row.reduce((sum, value, at) => sum + value * (beta[at] as number), 0);

function lossOf(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  { means, precisions }: LogisticPrior,
  beta: readonly number[],
): number {
  let loss = 0;
  for (const [index, row] of rows.entries()) {
    const margin = outcomes[index] ? dot(row, beta) : -dot(row, beta);
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  for (const [at, value] of beta.entries())
    loss += 0.5 * (precisions[at] as number) * (value - (means[at] as number)) ** 2;
  return loss;
}

function newtonStep(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  { means, precisions }: LogisticPrior,
  beta: readonly number[],
): number[] {
  const size = beta.length;
  const gradient = beta.map((value, at) => (precisions[at] as number) * ((means[at] as number) - value));
  const lower = new Float64Array(size * size);
  for (const [index, row] of rows.entries()) {
    const p = 1 / (1 + Math.exp(-dot(row, beta)));
    const weight = p * (1 - p);
    const error = (outcomes[index] ? 1 : 0) - p;
    for (let i = 0; i < size; i++) {
      const value = row[i] as number;
      if (value === 0) continue;
      gradient[i] = (gradient[i] as number) + value * error;
      for (let j = 0; j <= i; j++)
        lower[i * size + j] = (lower[i * size + j] as number) + weight * value * (row[j] as number);
    }
  }
  const hessian = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      hessian.set(i, j, lower[i * size + j] as number);
      hessian.set(j, i, lower[i * size + j] as number);
    }
    // The least ridge keeps a variable that never moves from making the matrix singular.
    hessian.set(i, i, hessian.get(i, i) + (precisions[i] as number) + 1e-9);
  }
  return solve(hessian, Matrix.columnVector(gradient)).to1DArray();
}
