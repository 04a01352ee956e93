// A line through many columns at once, held back from following the noise: ridge regression with the penalty chosen by the data.
import { EigenvalueDecomposition, Matrix } from "ml-matrix";

export interface Ridge {
  readonly penalty: number;
  readonly intercept: number;
  /** One per column, in the units of the columns as given. */
  readonly coefficients: Float64Array;
  predict(row: ArrayLike<number>): number;
}

/** Penalties tried, in rows' worth of prior evidence per standardised column. */
const penalties = [0.01, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 1e4, 1e5];

/**
 * Ridge regression (Hoerl and Kennard 1970) on `rows` of equal length, for as many columns of values as are asked for. Columns are
 * standardised, the intercept is free, and the penalty is the one with the least generalised cross-validation error (Golub, Heath and
 * Wahba 1979). A constant column gets 0. Throws on no rows or unequal lengths.
 */
export function ridgeOn(rows: readonly ArrayLike<number>[]): (values: ArrayLike<number>) => Ridge {
  const n = rows.length;
  if (n === 0) throw new Error("missing rows: a line needs at least one.");
  const width = rows[0]?.length ?? 0;
  const { means, spreads } = moments(rows, width);
  const held = Array.from({ length: width }, (_, column) => column).filter(
    (column) => (spreads[column] as number) > 1e-12,
  );
  if (held.length === 0 || n < 3)
    return (values) => lineOf(Infinity, mean(values, n), new Float64Array(width));
  const standard = rows.map((row) =>
    Float64Array.from(
      held,
      (column) => ((row[column] as number) - (means[column] as number)) / (spreads[column] as number),
    ),
  );
  const { eigenvectorMatrix: axes, realEigenvalues: powers } = new EigenvalueDecomposition(
    gram(standard, held.length),
    {
      assumeSymmetric: true,
    },
  );
  return (values) => {
    const centre = mean(values, n);
    const shared = new Float64Array(held.length);
    let total = 0;
    standard.forEach((row, i) => {
      const value = (values[i] as number) - centre;
      total += value * value;
      for (let j = 0; j < row.length; j++) shared[j] = (shared[j] as number) + (row[j] as number) * value;
    });
    const along = axes.transpose().mmul(Matrix.columnVector(shared)).to1DArray();
    const { penalty } = penalties
      .map((tried) => ({ penalty: tried, error: crossValidation(n, total, powers, along, tried) }))
      .reduce((best, one) => (one.error < best.error ? one : best));
    const turned = axes.mmul(
      Matrix.columnVector(along.map((value, k) => value / (Math.max(0, powers[k] as number) + penalty))),
    );
    const coefficients = new Float64Array(width);
    let intercept = centre;
    held.forEach((column, j) => {
      coefficients[column] = turned.get(j, 0) / (spreads[column] as number);
      intercept -= (coefficients[column] as number) * (means[column] as number);
    });
    return lineOf(penalty, intercept, coefficients);
  };
}

/** One line, of one column of values. */
export const ridge = (rows: readonly ArrayLike<number>[], values: ArrayLike<number>): Ridge =>
  ridgeOn(rows)(values);

function gram(rows: readonly Float64Array[], width: number): Matrix {
  const sums = Matrix.zeros(width, width);
  for (let j = 0; j < width; j++)
    for (let k = j; k < width; k++) {
      let sum = 0;
      for (const row of rows) sum += (row[j] as number) * (row[k] as number);
      sums.set(j, k, sum);
      sums.set(k, j, sum);
    }
  return sums;
}

/** Generalised cross-validation: the mean squared error over (1 - degrees of freedom / n)². */
function crossValidation(
  n: number,
  total: number,
  powers: readonly number[],
  along: readonly number[],
  penalty: number,
): number {
  let freedom = 1;
  let explained = 0;
  powers.forEach((raw, k) => {
    const power = Math.max(0, raw);
    freedom += power / (power + penalty);
    explained += ((along[k] as number) ** 2 * (power + 2 * penalty)) / (power + penalty) ** 2;
  });
  return freedom >= n ? Infinity : Math.max(0, total - explained) / n / (1 - freedom / n) ** 2;
}

function lineOf(penalty: number, intercept: number, coefficients: Float64Array): Ridge {
  return {
    penalty,
    intercept,
    coefficients,
    predict(row) {
      let sum = intercept;
      for (let j = 0; j < coefficients.length; j++) sum += (coefficients[j] as number) * (row[j] as number);
      return sum;
    },
  };
}

function moments(rows: readonly ArrayLike<number>[], width: number) {
  const means = new Float64Array(width);
  const spreads = new Float64Array(width);
  for (const row of rows)
    for (let j = 0; j < width; j++) means[j] = (means[j] as number) + (row[j] as number) / rows.length;
  for (const row of rows)
    for (let j = 0; j < width; j++)
      spreads[j] = (spreads[j] as number) + ((row[j] as number) - (means[j] as number)) ** 2 / rows.length;
  return { means, spreads: spreads.map(Math.sqrt) };
}

function mean(values: ArrayLike<number>, n: number): number {
  if (values.length !== n)
    throw new Error(`invalid values: ${values.length} for ${n} rows. Give as many of each.`);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] as number;
  return sum / n;
}
