// Chance that repeats: the same label gives the same numbers on every machine, because it uses 32-bit integers alone.

/**
 * A generator in [0, 1) seeded by a label such as `creators:er_followers:mia`.
 * xmur3 spreads the label over 128 bits, sfc32 (Chris Doty-Humphrey, PractRand) walks from there.
 */
export function seededRandom(label: string): () => number {
  const next = xmur3(label);
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  // The first steps still resemble the seed.
  for (let i = 0; i < 12; i++) step();
  return step;
}

function xmur3(label: string): () => number {
  let hash = 1779033703 ^ label.length;
  for (let i = 0; i < label.length; i++) {
    hash = Math.imul(hash ^ label.charCodeAt(i), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    hash ^= hash >>> 16;
    return hash | 0;
  };
}
