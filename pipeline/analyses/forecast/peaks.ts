// When a term will stand highest: a window of weeks, never a day, and only where the forecast is sure that it stands above today's level.
import type { Band } from "../../stats/forecast/pool.ts";

export interface PeakWindow {
  /** Steps ahead, from 1. */
  readonly first: number;
  readonly last: number;
  readonly highest: number;
}

/**
 * The weeks around the highest expected one in which the lower end of the 80 % interval exceeds the level of today. Null when not even the
 * highest week does.
 */
export function peakWindow(point: Float64Array, band: Band | null, level: number): PeakWindow | null {
  if (band === null) return null;
  let top = 0;
  for (let h = 1; h < point.length; h++) if ((point[h] as number) > (point[top] as number)) top = h;
  const isAbove = (h: number): boolean => (band.low[h] ?? Number.NEGATIVE_INFINITY) > level;
  if (!isAbove(top)) return null;
  let [first, last] = [top, top];
  while (isAbove(first - 1)) first--;
  while (isAbove(last + 1)) last++;
  return { first: first + 1, last: last + 1, highest: top + 1 };
}
