// Chance with a memory: neighbouring weeks resemble each other, so they are redrawn in blocks.

/**
 * Positions of one moving-block resample (Künsch 1989) of `length` observations: runs of `block` neighbours, each starting anywhere,
 * laid end to end. Positions wrap around (Politis and Romano 1992), so that the ends are drawn as often as the middle.
 * `random` is a generator in [0, 1). Throws on a length or block below one.
 */
export function blockResample(length: number, block: number, random: () => number): Int32Array {
  if (length < 1 || block < 1)
    throw new Error(`invalid resample: ${length} observations in blocks of ${block}.`);
  const positions = new Int32Array(length);
  for (let i = 0; i < length; i += block) {
    const start = Math.floor(random() * length);
    for (let j = 0; j < block && i + j < length; j++) positions[i + j] = (start + j) % length;
  }
  return positions;
}
