// A table of weights of which most are none, as bytes: where the others stand and what they are. Both ways stand here, so that they cannot drift apart.

/**
 * `steps` holds three weights a bucket: negative, neutral, positive. Written are the gaps between the buckets that hold any, seven bits a byte, and
 * then plane by plane negative + positive, which mirror each other where only sides were fitted, neutral, and positive.
 */
export function packedTable(steps: Int8Array): {
  readonly bytes: Uint8Array;
  readonly kept: number;
} {
  const gaps: number[] = [];
  const places: number[] = [];
  let last = -1;
  for (let at = 0; at < steps.length; at += 3) {
    if (steps[at] === 0 && steps[at + 1] === 0 && steps[at + 2] === 0) continue;
    let gap = at / 3 - last;
    last = at / 3;
    for (; gap > 127; gap >>>= 7) gaps.push((gap & 127) | 128);
    gaps.push(gap);
    places.push(at);
  }
  const kept = places.length;
  const bytes = new Uint8Array(gaps.length + 3 * kept);
  bytes.set(gaps);
  for (const [i, at] of places.entries()) {
    const to = gaps.length + i;
    bytes[to] = (steps[at] as number) + (steps[at + 2] as number);
    bytes[to + kept] = steps[at + 1] as number;
    bytes[to + 2 * kept] = steps[at + 2] as number;
  }
  return { bytes, kept };
}

/** The table of `size` weights; null where the bytes hold no such table. */
export function unpackedTable(bytes: Uint8Array, kept: number, size: number): Int8Array | null {
  const steps = new Int8Array(size);
  const planes = bytes.length - 3 * kept;
  let read = 0;
  let place = -1;
  for (let i = 0; i < kept; i++) {
    let gap = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[read++] as number;
      gap |= (byte & 127) << shift;
      if (byte < 128 || read >= planes) break;
    }
    place += gap;
    const from = planes + i;
    steps[3 * place] = (bytes[from] as number) - (bytes[from + 2 * kept] as number);
    steps[3 * place + 1] = bytes[from + kept] as number;
    steps[3 * place + 2] = bytes[from + 2 * kept] as number;
  }
  return planes >= 0 && read === planes && place < size / 3 ? steps : null;
}
