// Guards against walks that name a next page for ever: the same answer again, pages without news, pages without anything.
import type { PageEntry } from "./open-run.ts";

/** Pages in a row without a post that the target had not shown before. */
const MOST_STALE = 2;
/** Empty pages in a row that name a next one. */
const MOST_EMPTY = 10;

/** Why a walk that names a next page is not worth going on; null when it is. */
export function guarded(pages: readonly PageEntry[]): string | null {
  const [before, last] = pages.slice(-2);
  if (!before || !last) return null;
  if (!last.empty && before.asked === last.asked && before.ids === last.ids)
    return "the same request got the same answer again";
  const posts = pages.filter(({ tally }) => Object.keys(tally).length > 0).slice(-MOST_STALE);
  if (posts.length === MOST_STALE && posts.every(({ fresh }) => fresh === 0))
    return `${MOST_STALE} pages in a row held no new post`;
  const latest = pages.slice(-MOST_EMPTY);
  if (latest.length === MOST_EMPTY && latest.every((page) => page.empty && page.path === last.path))
    return `${MOST_EMPTY} empty pages in a row`;
  return null;
}
