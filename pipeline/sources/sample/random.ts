// Chance that repeats: sfc32 seeded from the hash of a label, so that every week draws from streams of its own, whatever was generated before.

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Standard normal, cut at ±3.5 so that no account jumps by chance alone. */
  normal(): number;
  /** An integer from 0 to n − 1. */
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
  /** An item in proportion to its weight. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  shuffled<T>(items: readonly T[]): T[];
}

/** The same label gives the same stream on every machine: 32-bit integers only, until the last division. */
export function randomOf(label: string): Random {
  const next = sfc32(label);
  const below = (n: number) => Math.floor(next() * n);
  const normal = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const value = radius * Math.cos(2 * Math.PI * next());
    return Math.max(-3.5, Math.min(3.5, value));
  };
  return {
    next,
    normal,
    below,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    weighted<T>(items: readonly (readonly [T, number])[]): T {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return (items.at(-1) as readonly [T, number])[0];
    },
    shuffled<T>(items: readonly T[]): T[] {
      const result = [...items];
      for (let index = result.length - 1; index > 0; index--) {
        const other = below(index + 1);
        [result[index], result[other]] = [result[other] as T, result[index] as T];
      }
      return result;
    },
  };
}

/** sfc32 (Chris Doty-Humphrey, PractRand), state from four FNV-like hashes of the label. */
function sfc32(label: string): () => number {
  let a = hash32(label, 0x9e3779b9);
  let b = hash32(label, 0x243f6a88);
  let c = hash32(label, 0xb7e15162);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** A 32-bit hash of the label's UTF-16 units. */
export function hash32(label: string, seed: number): number {
  let hash = seed | 0;
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 2654435761);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return (hash ^ (hash >>> 16)) >>> 0;
}
