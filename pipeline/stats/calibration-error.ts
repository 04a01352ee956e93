// Whether what is said to happen in three cases of ten does.

/**
 * Expected calibration error of stated probabilities (Naeini, Cooper and Hauskrecht 2015): over `bins` of equal width, the distance between the
 * mean probability and the share that came true, weighted by the bin's size. Throws on no cases.
 */
export function calibrationError(
  probabilities: readonly number[],
  happened: readonly boolean[],
  bins = 10,
): number {
  if (probabilities.length === 0) throw new Error("missing cases: nothing to calibrate.");
  const stated = new Float64Array(bins);
  const came = new Float64Array(bins);
  for (const [index, probability] of probabilities.entries()) {
    const bin = Math.min(bins - 1, Math.floor(probability * bins));
    stated[bin] = (stated[bin] as number) + probability;
    came[bin] = (came[bin] as number) + (happened[index] ? 1 : 0);
  }
  let distance = 0;
  for (let bin = 0; bin < bins; bin++) distance += Math.abs((stated[bin] as number) - (came[bin] as number));
  return distance / probabilities.length;
}
