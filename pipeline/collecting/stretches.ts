// Stretches of time that a search by date has still to see: the newest first, then what earlier runs could not reach.
// A search lists the newest posts first and its pages are rationed, so what is missed is always the older end of a stretch.

/** From an instant until another, ISO 8601 in UTC. */
export type Stretch = readonly [from: string, until: string];

/** What a search leaves to the next run. */
export type SearchKept = { readonly until: string; readonly gaps: readonly Stretch[] };

/** More holes than these are not carried on: the oldest are given up, and coverage shows it. */
const MOST_GAPS = 8;
/** Posts reach a search's index late; what the last run saw last is looked at again. */
const OVERLAP_MS = 3_600_000;

/** What a run at `at` has to see: since the last run, or `lookBackDays` at most, and the gaps that are not older than that. */
export function stretchesDue(kept: SearchKept | null, at: string, lookBackDays: number): readonly Stretch[] {
  const oldest = Date.parse(at) - lookBackDays * 86_400_000;
  const seen = kept === null ? oldest : Date.parse(kept.until) - OVERLAP_MS;
  const newest: Stretch = [iso(Math.max(seen, oldest)), at];
  const gaps = (kept?.gaps ?? [])
    .filter(([, until]) => Date.parse(until) > oldest)
    .map(([from, until]): Stretch => [iso(Math.max(Date.parse(from), oldest)), until]);
  return [newest, ...gaps];
}

/**
 * The stretches once the first was seen down to `oldest`, its last moment included; null where nothing of it was seen. One that was not seen any
 * further than before is given up: it would be asked for ever.
 */
export function seenDownTo(stretches: readonly Stretch[], oldest: string | null): readonly Stretch[] {
  const [first, ...others] = stretches;
  if (!first || oldest === null) return stretches;
  // Posts of the same second may stand on the page that was not asked for.
  const until = Math.min(Date.parse(oldest) + 1_000, Date.parse(first[1]));
  return until <= Date.parse(first[0]) || until === Date.parse(first[1])
    ? others
    : [[first[0], iso(until)], ...others];
}

/** `due` is what the run began with, `left` what it did not see. Coverage is the unbroken time up to the run. */
export function searched(
  due: readonly Stretch[],
  left: readonly Stretch[],
): { kept: SearchKept | null; covers: { from: string; until: string } | null } {
  const [newest] = due;
  if (!newest) return { kept: null, covers: null };
  const [since, at] = newest;
  const from = [since, ...left.map(([, until]) => until)].sort().at(-1) ?? since;
  return {
    kept: { until: at, gaps: left.slice(0, MOST_GAPS) },
    covers: from < at ? { from, until: at } : null,
  };
}

const iso = (time: number): string => new Date(time).toISOString();
