// Pages of a list as the world serves them: plain, with items that move between pages, or with a cursor that leads back to the beginning.
import type { Stage } from "./wire.ts";

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null on the last. */
  readonly next: number | null;
}

/** The page at a position of a list. `key` decides which walks go in circles on a day of cursor loops. */
export function pageAt<T>(list: readonly T[], position: number, size: number, loops: boolean): Page<T> {
  const items = list.slice(position, position + size);
  const next = position + size;
  if (next < list.length) return { items, next };
  return { items, next: loops && list.length > 0 ? 0 : null };
}

/**
 * The list as it is walked while posts move: the last two of each page stand on the next one again, and one of each page comes back at
 * the end. Whoever walks it whole has everything, some of it twice or three times.
 */
export function moving<T>(list: readonly T[], size: number): T[] {
  const step = Math.max(1, size - 2);
  const walked: T[] = [];
  for (let at = 0; at < list.length; at += step) {
    if (at > 0) walked.push(...list.slice(Math.max(0, at - 2), at));
    walked.push(...list.slice(at, at + step));
  }
  if (list.length > size) walked.push(...list.filter((_, at) => at % size === 1));
  return walked;
}

/** Which walks lead in circles today: the first thing with posts that is asked about, and every fourth after it. */
export function circles(stage: Stage): (key: string) => boolean {
  let epoch = -1;
  let seen: string[] = [];
  return (key) => {
    if (!stage.has("cursorLoop")) return false;
    if (epoch !== stage.epoch()) {
      epoch = stage.epoch();
      seen = [];
    }
    if (!seen.includes(key)) seen.push(key);
    return seen.indexOf(key) % 4 === 0;
  };
}
