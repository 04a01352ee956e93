// A hidden chain with one quiet state and several raised ones: the chance, for every step, that the chain was raised.

export interface Chain {
  /** Chance that a quiet step is followed by a raised one; it falls on each raised state alike. */
  readonly begins: number;
  /** Chance that a raised step is followed by a quiet one. Raised states do not pass into each other. */
  readonly ends: number;
}

/**
 * Posterior of being raised (forward-backward; Rabiner 1989, section III). `favour` holds, step by step, the log likelihood ratio of each raised
 * state against the quiet one, `states` numbers a step; a missing step holds zeros.
 */
export function raisedPosterior(favour: Float64Array, states: number, { begins, ends }: Chain): Float64Array {
  const steps = favour.length / states;
  const width = states + 1;
  const seen = likelihoods(favour, states);
  const enter = begins / states;
  const forward = new Float64Array(steps * width);
  for (let t = 0; t < steps; t++) {
    const here = t * width;
    const before = here - width;
    const quietBefore = t === 0 ? ends / (begins + ends) : at(forward, before);
    const raisedBefore = 1 - quietBefore;
    let total = (t === 0 ? quietBefore : quietBefore * (1 - begins) + raisedBefore * ends) * at(seen, here);
    forward[here] = total;
    for (let s = 1; s < width; s++) {
      const arrives =
        t === 0 ? raisedBefore / states : quietBefore * enter + at(forward, before + s) * (1 - ends);
      forward[here + s] = arrives * at(seen, here + s);
      total += at(forward, here + s);
    }
    for (let s = 0; s < width; s++) forward[here + s] = at(forward, here + s) / total;
  }
  return backward(forward, seen, width, { begins, ends });
}

function backward(forward: Float64Array, seen: Float64Array, width: number, { begins, ends }: Chain) {
  const steps = forward.length / width;
  const enter = begins / (width - 1);
  const raised = new Float64Array(steps);
  const after = new Float64Array(width).fill(1);
  for (let t = steps - 1; t >= 0; t--) {
    const here = t * width;
    const quiet = at(forward, here) * at(after, 0);
    let risen = 0;
    for (let s = 1; s < width; s++) risen += at(forward, here + s) * at(after, s);
    raised[t] = risen / (quiet + risen);
    const stays = at(seen, here) * at(after, 0);
    let into = 0;
    for (let s = 1; s < width; s++) into += at(seen, here + s) * at(after, s);
    let most = 0;
    for (let s = 1; s < width; s++) {
      after[s] = stays * ends + at(seen, here + s) * at(after, s) * (1 - ends);
      most = Math.max(most, at(after, s));
    }
    after[0] = stays * (1 - begins) + into * enter;
    most = Math.max(most, at(after, 0));
    for (let s = 0; s < width; s++) after[s] = at(after, s) / most;
  }
  return raised;
}

/** Relative likelihoods of a step's states, the quiet one first, the highest being one. */
function likelihoods(favour: Float64Array, states: number): Float64Array {
  const width = states + 1;
  const seen = new Float64Array((favour.length / states) * width);
  for (let t = 0; t * states < favour.length; t++) {
    let most = 0;
    for (let s = 0; s < states; s++) most = Math.max(most, at(favour, t * states + s));
    // Floored, so that no step can rule a state out for good.
    seen[t * width] = Math.exp(Math.max(-700, -most));
    for (let s = 0; s < states; s++)
      seen[t * width + s + 1] = Math.exp(Math.max(-700, at(favour, t * states + s) - most));
  }
  return seen;
}

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;
