// Multinomial logistic regression on sparse rows: the loss, its gradient, and limited-memory BFGS (Liu and Nocedal 1989) that minimises it.
// No chance and a fixed order of sums: the same rows give the same weights.

/** Rows in compressed form: those of `i` stand in `column` and `value` from `start[i]` to `start[i + 1]`. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
  readonly columns: number;
}

export interface FitProblem {
  readonly rows: SparseRows;
  /** Three shares a row that sum to 1: what the row is held to be. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  /** Classes that take part, such as [0, 2] to tell praise from blame alone. */
  readonly classes: readonly number[];
  /** Penalty on the square of a weight, per column. */
  readonly penalty: Float32Array;
  /** What a weight is multiplied with before it is used, three a column: a large one is penalised less. */
  readonly scale: Float32Array;
  /** Each weight's own curvature sets its first step: a third of the steps lead further, and fits are left at another place. */
  readonly curved?: boolean;
}

const memory = 6;
const steps = 80;
/** A fit that gains less than this share of its loss has arrived; one short step may be a bend of the way and not its end. */
const arrival = {
  plain: { settled: 5e-5, patience: 3 },
  curved: { settled: 3e-4, patience: 2 },
};
/** p(1 − p) of a text that a fit is fairly sure of, as most are in the end. */
const usualSpread = 0.15;

/** The weights, three a column, with `scale` already in them. */
export function fitSoftmax(problem: FitProblem): Float64Array {
  const size = 3 * problem.rows.columns;
  const weights = new Float64Array(size);
  let gradient = new Float64Array(size);
  let next = new Float64Array(size);
  const direction = new Float64Array(size);
  const before = new Float64Array(size);
  const moves: Move[] = [];
  const curvature = problem.curved ? curvatureOf(problem) : null;
  const { settled, patience } = problem.curved ? arrival.curved : arrival.plain;
  let loss = lossAt(problem, weights, gradient);
  let small = 0;
  for (let step = 0; step < steps; step++) {
    aim(direction, gradient, moves, curvature);
    const slope = -dot(gradient, direction);
    before.set(weights);
    const reached = walk(problem, { weights, before, direction, next, loss, slope });
    if (reached === null) {
      weights.set(before);
      break;
    }
    remember(moves, { weights, before, next, gradient });
    const gain = (loss - reached) / Math.max(1, Math.abs(loss));
    loss = reached;
    [gradient, next] = [next, gradient];
    small = gain < settled ? small + 1 : 0;
    if (small === patience) break;
  }
  for (let i = 0; i < size; i++) weights[i] = (weights[i] as number) * (problem.scale[i] as number);
  return weights;
}

function lossAt(
  { rows, targets, weights: importance, classes, penalty, scale }: FitProblem,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const { start, column, value, columns } = rows;
  gradient.fill(0);
  const used = new Float64Array(weights.length);
  for (let i = 0; i < used.length; i++) used[i] = (weights[i] as number) * (scale[i] as number);
  const takesPart = [0, 1, 2].map((one) => classes.includes(one));
  const off = takesPart.map((part) => (part ? 0 : Number.NEGATIVE_INFINITY));
  let loss = 0;
  for (let row = 0; row + 1 < start.length; row++) {
    const from = start[row] as number;
    const to = start[row + 1] as number;
    let a = 0;
    let b = 0;
    let c = 0;
    for (let at = from; at < to; at++) {
      const base = 3 * (column[at] as number);
      const amount = value[at] as number;
      a += amount * (used[base] as number);
      b += amount * (used[base + 1] as number);
      c += amount * (used[base + 2] as number);
    }
    a += off[0] as number;
    b += off[1] as number;
    c += off[2] as number;
    const top = Math.max(a, b, c);
    const ea = Math.exp(a - top);
    const eb = Math.exp(b - top);
    const ec = Math.exp(c - top);
    const sum = ea + eb + ec;
    const weight = importance[row] as number;
    const ta = targets[3 * row] as number;
    const tb = targets[3 * row + 1] as number;
    const tc = targets[3 * row + 2] as number;
    const logits = (ta > 0 ? ta * a : 0) + (tb > 0 ? tb * b : 0) + (tc > 0 ? tc * c : 0);
    loss += weight * (Math.log(sum) + top - logits);
    const da = weight * (ea / sum - ta);
    const db = weight * (eb / sum - tb);
    const dc = weight * (ec / sum - tc);
    for (let at = from; at < to; at++) {
      const base = 3 * (column[at] as number);
      const amount = value[at] as number;
      gradient[base] = (gradient[base] as number) + amount * da;
      gradient[base + 1] = (gradient[base + 1] as number) + amount * db;
      gradient[base + 2] = (gradient[base + 2] as number) + amount * dc;
    }
  }
  for (let at = 0; at < columns; at++) {
    const price = penalty[at] as number;
    for (let i = 3 * at; i < 3 * at + 3; i++) {
      const weight = weights[i] as number;
      loss += 0.5 * price * weight * weight;
      gradient[i] = (gradient[i] as number) * (scale[i] as number) + price * weight;
    }
  }
  return loss;
}

/** Per weight: how fast the gradient grows with it, about where fits end. */
function curvatureOf({ rows, weights, penalty, scale }: FitProblem): Float64Array {
  const { start, column, value, columns } = rows;
  const curvature = new Float64Array(3 * columns);
  for (let row = 0; row + 1 < start.length; row++)
    for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
      const amount = usualSpread * (weights[row] as number) * (value[at] as number) ** 2;
      const base = 3 * (column[at] as number);
      for (let i = base; i < base + 3; i++) curvature[i] = (curvature[i] as number) + amount;
    }
  for (let i = 0; i < curvature.length; i++)
    curvature[i] =
      (curvature[i] as number) * (scale[i] as number) ** 2 + (penalty[Math.floor(i / 3)] as number);
  return curvature;
}

interface Move {
  readonly step: Float64Array;
  readonly turn: Float64Array;
  readonly inverse: number;
}

/** The two-loop recursion: the gradient as the last moves' curvature bends it. */
function aim(
  direction: Float64Array,
  gradient: Float64Array,
  moves: readonly Move[],
  curvature: Float64Array | null,
): void {
  direction.set(gradient);
  const shares: number[] = [];
  for (let i = moves.length - 1; i >= 0; i--) {
    const { step, turn, inverse } = moves[i] as Move;
    const share = inverse * dot(step, direction);
    shares[i] = share;
    add(direction, turn, -share);
  }
  const last = moves.at(-1);
  const first = last
    ? 1 / (last.inverse * dot(last.turn, last.turn))
    : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let i = 0; i < direction.length; i++)
    direction[i] = (direction[i] as number) * (curvature ? 1 / (curvature[i] as number) : first);
  for (const [i, { step, turn, inverse }] of moves.entries())
    add(direction, step, (shares[i] as number) - inverse * dot(turn, direction));
}

interface Walk {
  readonly weights: Float64Array;
  readonly before: Float64Array;
  readonly direction: Float64Array;
  readonly next: Float64Array;
  readonly loss: number;
  readonly slope: number;
}

/** Halves the step until the loss falls enough (Armijo); null where it falls no more. */
function walk(problem: FitProblem, { weights, before, direction, next, loss, slope }: Walk): number | null {
  let length = 1;
  for (let attempt = 0; attempt < 20; attempt++) {
    for (let i = 0; i < weights.length; i++)
      weights[i] = (before[i] as number) - length * (direction[i] as number);
    const reached = lossAt(problem, weights, next);
    if (reached <= loss + 1e-4 * length * slope) return reached;
    length /= 2;
  }
  return null;
}

function remember(
  moves: Move[],
  at: Pick<Walk, "weights" | "before" | "next"> & { readonly gradient: Float64Array },
): void {
  const step = new Float64Array(at.weights.length);
  const turn = new Float64Array(at.weights.length);
  for (let i = 0; i < step.length; i++) {
    step[i] = (at.weights[i] as number) - (at.before[i] as number);
    turn[i] = (at.next[i] as number) - (at.gradient[i] as number);
  }
  const curvature = dot(step, turn);
  if (curvature <= 1e-12) return;
  moves.push({ step, turn, inverse: 1 / curvature });
  if (moves.length > memory) moves.shift();
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + times * (what[i] as number);
}
