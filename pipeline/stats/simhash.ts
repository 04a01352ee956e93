// Which texts are nearly the same: fingerprints of 64 bits that differ in few places where the texts do.

export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

const shingle = 4;

/**
 * Simhash (Charikar 2002) over the distinct runs of four characters of a text; of a shorter text over the text itself. What is a character of
 * interest (case, spaces, marks) the caller decides by what it leaves in.
 */
export function simhash(text: string): Fingerprint {
  // Counted by the four bits of each sixteenth rather than bit by bit: a quarter of the work.
  const nibbles = new Int32Array(16 * 16);
  const seen = new Set<number>();
  for (let i = 0; i <= Math.max(0, text.length - shingle); i++) {
    const high = hashed(text, i, 0x9e3779b9);
    if (seen.has(high)) continue;
    seen.add(high);
    const low = hashed(text, i, 0x85ebca6b);
    for (let part = 0; part < 8; part++) {
      const upper = part * 16 + ((high >>> (4 * part)) & 15);
      const lower = (part + 8) * 16 + ((low >>> (4 * part)) & 15);
      nibbles[upper] = (nibbles[upper] as number) + 1;
      nibbles[lower] = (nibbles[lower] as number) + 1;
    }
  }
  const isSet = (bit: number) => {
    let votes = 0;
    for (let value = 0; value < 16; value++)
      if ((value >>> (bit % 4)) & 1) votes += nibbles[Math.floor(bit / 4) * 16 + value] as number;
    return 2 * votes > seen.size;
  };
  let [high, low] = [0, 0];
  for (let bit = 0; bit < 32; bit++) {
    if (isSet(bit)) high |= 1 << bit;
    if (isSet(bit + 32)) low |= 1 << bit;
  }
  return { high: high >>> 0, low: low >>> 0 };
}

/** Number of places in which two fingerprints differ. */
export function hamming(one: Fingerprint, other: Fingerprint): number {
  return ones(one.high ^ other.high) + ones(one.low ^ other.low);
}

/**
 * For each text the number of the first text it is nearly the same as, itself when there is none before: fingerprints at most `apart` places apart,
 * and so on from copy to copy. Of four quarters of a fingerprint one is equal where at most three places differ, so only those are compared.
 */
export function nearDuplicates(fingerprints: readonly Fingerprint[], apart = 3): Int32Array {
  if (apart > 3) throw new Error(`invalid distance: ${apart}. Quarters find what is at most 3 apart.`);
  const parent = Int32Array.from(fingerprints, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] as number;
    parent[i] = at;
    return at;
  };
  for (const quarter of quarters) {
    for (const same of Map.groupBy(fingerprints.keys(), (i) =>
      quarter(fingerprints[i] as Fingerprint),
    ).values())
      for (let a = 1; a < same.length; a++)
        for (let b = 0; b < a; b++) {
          const [i, j] = [root(same[a] as number), root(same[b] as number)];
          if (i === j) continue;
          if (
            hamming(
              fingerprints[same[a] as number] as Fingerprint,
              fingerprints[same[b] as number] as Fingerprint,
            ) <= apart
          )
            parent[Math.max(i, j)] = Math.min(i, j);
        }
  }
  return parent.map((_, i) => root(i));
}

const quarters: readonly ((one: Fingerprint) => number)[] = [
  ({ high }) => high >>> 16,
  ({ high }) => high & 0xffff,
  ({ low }) => low >>> 16,
  ({ low }) => low & 0xffff,
];

/** A word of 32 bits for the run that begins at `from`; like runs share no more of it than unlike ones. */
function hashed(text: string, from: number, seed: number): number {
  let value = seed;
  for (let i = from; i < Math.min(text.length, from + shingle); i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) ^ (value >>> 13);
  return mixed(value);
}

function mixed(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function ones(bits: number): number {
  let x = bits - ((bits >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
