// Walks whose pages lead back to where they began: a page is known by what stands first on it, and by the mark that led to it.
import type { Json } from "./types.ts";

/** Of the pages seen so far; short enough for every checkpoint. */
export type Walked = { readonly marks: readonly string[]; readonly firsts: readonly string[] };

export const notWalked: Walked = { marks: [], firsts: [] };

/** The walk with one more page; null where it has been there before. */
export function walked(
  { marks, firsts }: Walked,
  page: { readonly first: string | null; readonly next: string | null },
): Walked | null {
  if (page.first !== null && firsts.includes(page.first)) return null;
  if (page.next !== null && marks.includes(page.next)) return null;
  return {
    marks: page.next === null ? marks : [...marks, page.next],
    firsts: page.first === null ? firsts : [...firsts, page.first],
  } satisfies Json;
}
