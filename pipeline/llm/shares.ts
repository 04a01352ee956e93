// A call that answers several items is paid for once: each item bears a whole number of it, and together they bear all.
import type { Usage } from "../core/types.ts";

/** `total` in `parts` whole numbers that differ by one at most and add up to it. */
export const shares = (total: number, parts: number): number[] =>
  Array.from(
    { length: parts },
    (_, part) => Math.floor((total * (part + 1)) / parts) - Math.floor((total * part) / parts),
  );

export const NO_USAGE: Usage = {
  uncachedIn: 0,
  cacheWriteShort: 0,
  cacheWriteLong: 0,
  cacheRead: 0,
  out: 0,
  reasoning: 0,
};

export function usageShares(usage: Usage, parts: number): Usage[] {
  const fields = Object.entries(usage).map(([field, total]) => [field, shares(total, parts)] as const);
  return Array.from(
    { length: parts },
    (_, part) => Object.fromEntries(fields.map(([field, of]) => [field, of[part]])) as unknown as Usage,
  );
}

export const addUsage = (a: Usage, b: Usage): Usage => ({
  uncachedIn: a.uncachedIn + b.uncachedIn,
  cacheWriteShort: a.cacheWriteShort + b.cacheWriteShort,
  cacheWriteLong: a.cacheWriteLong + b.cacheWriteLong,
  cacheRead: a.cacheRead + b.cacheRead,
  out: a.out + b.out,
  reasoning: a.reasoning + b.reasoning,
});
