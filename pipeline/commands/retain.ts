// `leap retain`: what was collected too long ago loses its texts, addresses and account names; what was read from them stays.

import { runClock } from "../core/clock.ts";
import { buildWarehouse } from "../models/build-warehouse.ts";
import { forgetComputed } from "../people/erase.ts";
import { dropJournals, type Overdue, overdue, type Retention, retain } from "../people/retain.ts";
import {
  type CommonOptions,
  clockInstant,
  type Done,
  type Environment,
  folders,
  openEnvironment,
  sourcesInUse,
  threadsOf,
} from "./environment.ts";
import { sourcesInState } from "./erase.ts";

export interface RetainOptions extends CommonOptions {
  readonly days?: number;
  readonly dryRun?: boolean;
}

export async function retainCommand(options: RetainOptions): Promise<Done> {
  const environment = openEnvironment(options);
  const { publication, state } = environment;
  const retention = retentionOf(environment, options.days);
  const sources = await sourcesInState(state);
  const due = overdue(state, sources, retention);
  const since = `collected before ${retention.before}`;
  // Journals and logs expire of their own accord: of a run that brought no rows, too.
  const dropped = options.dryRun || due.total > 0 ? [] : dropJournals(state, retention);
  if (options.dryRun || due.total === 0)
    return {
      text: `${options.dryRun ? "would expire" : "expired"}: ${overdueText(due)}, ${since}${goneText(dropped)}`,
      gaps: 0,
      result: { ...due, before: retention.before, dry_run: options.dryRun === true },
    };
  const inUse = (await sourcesInUse(environment)).map(({ source }) => source);
  // A source that the publication has left keeps its promise all the same.
  const former = sources.filter(({ id, people }) => people && !inUse.some((one) => one.id === id));
  // Built in memory over all that is known, so that what was read from the texts can be kept.
  const built = await buildWarehouse(
    {
      publication,
      state,
      clock: runClock(publication.id, latest(environment)),
      sources: [...inUse, ...former],
      effects: environment.effects,
    },
    { ...folders, publications: environment.publications, file: false, ...threadsOf(environment) },
  );
  try {
    const done = await retain(state, sources, retention, built.warehouse);
    return {
      text: `expired: ${overdueText(due)}, ${since}; what was read from ${done.posts} sights of posts is kept${goneText(done.files)}`,
      gaps: 0,
      result: { ...due, ...done, before: retention.before },
    };
  } finally {
    built.warehouse.close();
    // Warehouses are views over what was there before; what was spilled may hold texts.
    forgetComputed(state, { labels: true });
  }
}

/** What a publication keeps, counted back from the clock. */
export function retentionOf(environment: Environment, days?: number): Retention {
  const { publication, options, effects } = environment;
  const now = options.asOf
    ? (clockInstant(publication, options.asOf) as string)
    : effects.now().toISOString();
  const kept = days ?? publication.retention.days;
  return {
    before: new Date(Date.parse(now) - kept * 86_400_000).toISOString(),
    imports: publication.retention.imports,
  };
}

/** Null where nothing is overdue; else a line that says what is, and what to do. */
export async function overdueLine(environment: Environment): Promise<string | null> {
  const due = overdue(environment.state, await sourcesInState(environment.state), retentionOf(environment));
  return due.total === 0
    ? null
    : `texts are overdue: ${overdueText(due)} were collected more than ${environment.publication.retention.days} days ago. Run: npm run leap -- retain --publication ${environment.publication.id}`;
}

const goneText = (files: readonly string[]): string =>
  files.length > 0 ? `; ${files.length} journals, logs and memories of runs went` : "";

const overdueText = ({ rows, total }: Overdue): string =>
  total === 0
    ? "no rows"
    : `${total} rows (${Object.entries(rows)
        .map(([thing, count]) => `${thing}: ${count}`)
        .join(", ")})`;

/** A clock that knows everything: labels of later posts are kept as well. */
const latest = ({ effects, options, publication }: Environment): string => {
  const now = effects.now().toISOString();
  const asOf = clockInstant(publication, options.asOf);
  return asOf !== null && asOf > now ? asOf : now;
};
