// Status and health from what was published and from the journal of commands. Pure: ages are measured at the edition's own clock, so that the same
// inputs give the same bytes; whoever reads later compares `warn_at` and `fail_at` with their own clock.
import type { z } from "zod";
import type { analyses } from "./datasets/analyses.ts";
import type { checks } from "./datasets/checks.ts";
import type { collectionLimits, collections, incidents } from "./datasets/collections.ts";
import type { coverageWeeks } from "./datasets/coverage_weeks.ts";
import type { Edition } from "./edition.ts";
import { platformName, sourceName } from "./platform-name.ts";
import type { CommandRun } from "./run-record.ts";
import { type Health, type HealthReason, type HealthState, type MarketFreshness, Status } from "./status.ts";

type RowsOf<D extends { columns: z.ZodType }> = readonly z.output<D["columns"]>[];

export interface StatusInput {
  readonly edition: Edition;
  /** All that readers can open, oldest first. */
  readonly editions: readonly Edition[];
  readonly collections: RowsOf<typeof collections>;
  readonly limits: RowsOf<typeof collectionLimits>;
  readonly incidents: RowsOf<typeof incidents>;
  readonly weeks: RowsOf<typeof coverageWeeks>;
  readonly checks: RowsOf<typeof checks>;
  readonly analyses: RowsOf<typeof analyses>;
  /** The last first; see commandRuns. */
  readonly runs: readonly CommandRun[];
}

const HOUR = 3_600_000;
const RUNS_SHOWN = 10;
const INCIDENTS_SHOWN = 50;
/** Days before the clock in which an incident still says something about today. */
const RECENT_DAYS = 7;

/** The whole of it; throws where rows break the contract. */
export function statusOf(input: StatusInput): Status {
  const { edition } = input;
  const asOf = edition.stamps.analysed_at;
  const markets = edition.markets
    .filter(({ role }) => role !== "unassigned")
    .map((market) => freshnessOf(market, input));
  const bare = <Row extends { edition: string }>({ edition: _edition, ...row }: Row) => row;
  const answered = input.analyses.filter(({ verdict }) => verdict === "accepted" || verdict === "repaired");
  const kept = answered.filter(({ reused }) => reused === "kept").length;
  const verdicts = (wanted: string) => input.analyses.filter(({ verdict }) => verdict === wanted).length;
  return Status.parse({
    publication: edition.publication,
    title: edition.title,
    edition: edition.edition,
    provenance: edition.provenance,
    as_of: asOf,
    health: healthOf(input, markets),
    stamps: edition.stamps,
    freshness: { ...edition.freshness, markets },
    rows: edition.counts,
    collections: input.collections.map(bare),
    api_calls: callsOf(input.collections),
    limits: input.limits.map(bare),
    incidents: {
      total: input.incidents.length,
      errors: input.incidents.filter(({ severity }) => severity === "error").length,
      warnings: input.incidents.filter(({ severity }) => severity === "warning").length,
      latest: input.incidents.map(bare).toReversed().slice(0, INCIDENTS_SHOWN),
    },
    checks: {
      passed: input.checks.filter(({ state }) => state === "pass").length,
      failed: input.checks.filter(({ state }) => state !== "pass").map(({ check }) => check),
    },
    analyses: {
      questions: input.analyses.length,
      answered: answered.length,
      dropped: verdicts("dropped"),
      not_answered: verdicts("not_answered"),
      kept,
      cache_hit_rate: answered.length === 0 ? null : kept / answered.length,
      cost_usd:
        input.analyses.reduce(
          (sum, { reused, cost_micros }) => sum + (reused === "kept" ? 0 : cost_micros),
          0,
        ) / 1e6,
    },
    gaps: edition.gaps,
    editions: input.editions.map((one) => ({
      edition: one.edition,
      data_through: one.stamps.data_through,
      published_at: one.stamps.published_at,
      kept: one.counts.kept,
      gaps: one.gaps.length,
    })),
    runs: input.runs.slice(0, RUNS_SHOWN),
  });
}

/** A market is as fresh as its sources of posts: too late when all of them are, late when one is. */
function freshnessOf(market: Edition["markets"][number], input: StatusInput): MarketFreshness {
  const { freshness, stamps } = input.edition;
  const own = input.collections.filter((row) => row.market === market.code);
  const sources = own.map((row) => {
    const last = row.last_covered_at ?? row.last_succeeded_at;
    const age = last === null ? null : hoursBetween(last, stamps.analysed_at);
    const slack = slackOf(row.every_hours);
    const [warn, error] = [freshness.warn_hours + slack, freshness.error_hours + slack];
    return {
      ...{ source: row.source, platform: row.platform, has_posts: row.has_posts, last_covered_at: last },
      state:
        age === null || age > error ? ("fail" as const) : age > warn ? ("warn" as const) : ("pass" as const),
      age_hours: age,
      promised_hours: warn,
    };
  });
  const posting = own.filter((row) => row.has_posts);
  const states = sources.filter((source) => source.has_posts).map(({ state }) => state);
  const newest = posting
    .map((row) => ({ last: row.last_covered_at ?? row.last_succeeded_at, slack: slackOf(row.every_hours) }))
    .filter((row): row is { last: string; slack: number } => row.last !== null)
    .sort((a, b) => (a.last < b.last ? 1 : -1))[0];
  // What a page says cannot be newer than the page: before the next edition is due, nobody is called late for what this one could not know.
  const next = stamps.next_expected_at;
  const grace = freshness.error_hours - freshness.warn_hours;
  const due = (hours: number, after: number) => {
    if (!newest) return null;
    const promised = later(newest.last, hours + newest.slack);
    const published = next === null ? promised : later(next, after);
    return [promised, published].sort().at(-1) as string;
  };
  return {
    market: market.code,
    name: market.name,
    state:
      states.length === 0
        ? "not_scheduled"
        : states.every((state) => state === "fail")
          ? "fail"
          : states.some((state) => state !== "pass")
            ? "warn"
            : "pass",
    last_covered_at: newest?.last ?? null,
    age_hours: newest ? hoursBetween(newest.last, stamps.analysed_at) : null,
    warn_at: due(freshness.warn_hours, 0),
    fail_at: due(freshness.error_hours, grace),
    sources,
  };
}

/** The promise is made for a daily schedule; a longer one has as many hours more. */
const slackOf = (everyHours: number | null): number => Math.max(0, (everyHours ?? 24) - 24);

function healthOf(input: StatusInput, markets: readonly MarketFreshness[]): Health {
  const { edition } = input;
  const reasons = [
    ...freshnessReasons(markets),
    ...input.checks
      .filter(({ state }) => state !== "pass")
      .map(
        (check): HealthReason => ({ state: "fail", code: "check", says: `${check.check}: ${check.says}` }),
      ),
    ...weekReasons(input),
    ...limitReasons(input),
    ...incidentReasons(input),
    ...edition.gaps.map(
      (gap): HealthReason => ({
        ...{ state: "warn", code: "gap" },
        says: sentence(`${gap.section}: ${gap.reason}`),
      }),
    ),
    ...runReasons(input.runs),
  ];
  const status: HealthState = reasons.some(({ state }) => state === "fail")
    ? "fail"
    : reasons.length > 0
      ? "warn"
      : "pass";
  const earliest = (instants: readonly (string | null)[]) =>
    instants.filter((one): one is string => one !== null).sort()[0] ?? null;
  return {
    status,
    publication: edition.publication,
    edition: edition.edition,
    as_of: edition.stamps.analysed_at,
    reasons,
    next_expected_at: edition.stamps.next_expected_at,
    warn_at: earliest(markets.map((market) => market.warn_at)),
    fail_at: earliest(markets.map((market) => market.fail_at)),
  };
}

function freshnessReasons(markets: readonly MarketFreshness[]): HealthReason[] {
  const told = markets
    .filter(({ state }) => state === "warn" || state === "fail")
    .flatMap((market) =>
      market.sources
        .filter((source) => source.has_posts && source.state !== "pass")
        .map((source) => ({
          name: market.name,
          // One source that is too late leaves a market late; all of them leave it unseen.
          state: market.state === "fail" ? ("fail" as const) : ("warn" as const),
          says:
            source.age_hours === null
              ? `${sourceName(source)} has collected nothing in 13 weeks.`
              : `${sourceName(source)} last saw posts ${whole(source.age_hours)} hours before the edition, promised are ${whole(source.promised_hours)}.`,
        })),
    );
  return inOneBreath(told).map((reason) => ({ ...reason, code: "freshness" }));
}

/** What is said of several markets in the same words is said once. */
function inOneBreath<State extends string>(told: readonly { name: string; state: State; says: string }[]) {
  return [...Map.groupBy(told, ({ state, says }) => `${state} ${says}`).values()].map((own) => {
    const { state, says } = own[0] as (typeof told)[number];
    return { state, says: `${[...new Set(own.map(({ name }) => name))].join(", ")}: ${says}` };
  });
}

/** The last week of each platform: what was scheduled and not done. */
function weekReasons({ edition, weeks, collections }: StatusInput): HealthReason[] {
  const name = (code: string) => edition.markets.find((market) => market.code === code)?.name ?? code;
  const targets = edition.markets.filter(({ role }) => role !== "unassigned").length;
  const holes = weeks.filter(
    ({ week, state }) => week === edition.week_start && (state === "partial" || state === "missing"),
  );
  const late = [...Map.groupBy(holes, ({ platform }) => platform)].map(([platform, own]): HealthReason => {
    const sum = (column: "runs_succeeded" | "runs_scheduled" | "hours_uncovered") =>
      own.reduce((total, week) => total + (week[column] ?? 0), 0);
    const unseen = own.filter((week) => Math.round(week.hours_uncovered ?? 0) > 0);
    return {
      ...{ state: "warn", code: "collections" },
      says: `${platformName(platform)}: ${sum("runs_succeeded")} of ${sum("runs_scheduled")} collections${own.length === targets ? "" : ` for ${own.map(({ market }) => name(market)).join(", ")}`} succeeded in the week of ${edition.week_start}; ${seenWords(sum("hours_uncovered"), unseen.length === own.length ? [] : unseen.map(({ market }) => name(market)))}`,
    };
  });
  // Since that week: what is missed now is in no week of the edition yet. Sources that count no requests of theirs are none that the desk asks.
  const clock = edition.stamps.analysed_at;
  const silent = collections
    .filter(({ market }) => edition.markets.some(({ code }) => code === market))
    .filter(
      ({ has_posts, requests, last_succeeded_at: last, every_hours: every }) =>
        has_posts &&
        requests !== null &&
        last !== null &&
        every !== null &&
        hoursBetween(last, clock) > 2 * every,
    )
    .map((row) => ({
      ...{ name: name(row.market), state: "warn" as const },
      says: `${sourceName(row)} has not succeeded since ${row.last_succeeded_at?.slice(0, 16)}Z; its schedule is every ${row.every_hours} hours.`,
    }));
  const overdue = inOneBreath(silent).map((reason): HealthReason => ({ ...reason, code: "collections" }));
  return [...late, ...overdue];
}

/** A collection that failed need not leave a hole: the next one may reach back over its time. */
const seenWords = (hours: number, markets: readonly string[]): string =>
  Math.round(hours) === 0
    ? "the others saw every hour."
    : `${whole(hours)} ${Math.round(hours) === 1 ? "hour was" : "hours were"} not seen${markets.length === 0 ? "" : ` (${markets.join(", ")})`}.`;

function limitReasons({ limits, edition }: StatusInput): HealthReason[] {
  return limits.flatMap((limit): HealthReason[] => [
    ...(limit.remaining <= 0 && (limit.resets_at === null || limit.resets_at > edition.stamps.analysed_at)
      ? [
          {
            state: "warn" as const,
            code: "limit" as const,
            says: `${platformName(limit.source)}: ${limit.title} is used up${limit.resets_at ? `, until ${limit.resets_at.slice(0, 16)}Z` : ""}.`,
          },
        ]
      : []),
    ...(limit.queued.length > 0
      ? [
          {
            state: "warn" as const,
            code: "queued" as const,
            says: `${platformName(limit.source)}: ${limit.queued.length} ${limit.queued.length === 1 ? "waits" : "wait"} for a place (${limit.title}): ${limit.queued.join(", ")}.`,
          },
        ]
      : []),
  ]);
}

function incidentReasons({ incidents, edition }: StatusInput): HealthReason[] {
  const since = later(edition.stamps.analysed_at, -24 * RECENT_DAYS);
  const grave = incidents.filter(({ severity, last_at }) => severity === "error" && last_at >= since);
  return [...new Set(grave.map(({ source, says }) => sentence(`${platformName(source)}: ${says}`)))].map(
    (says) => ({
      ...{ state: "warn", code: "incident", says },
    }),
  );
}

/** The last command that ended: what it failed to do is in no edition. */
function runReasons(runs: readonly CommandRun[]): HealthReason[] {
  const last = runs.find(({ state }) => state !== "under_way");
  if (last?.state !== "failed" && last?.state !== "broken_off") return [];
  const words = last.state === "failed" ? "did not succeed" : "broke off";
  return [
    {
      state: "warn",
      code: "run",
      says: `leap ${last.verb} of ${last.started_at.slice(0, 16)}Z ${words}; this is the last good edition.`,
    },
  ];
}

function callsOf(rows: StatusInput["collections"]): Status["api_calls"] {
  return [...Map.groupBy(rows, ({ source }) => source)].map(([source, own]) => {
    const said = own.flatMap(({ requests }) => (requests === null ? [] : [requests]));
    return { source, requests: said.length === 0 ? null : said.reduce((sum, one) => sum + one, 0) };
  });
}

const hoursBetween = (from: string, to: string): number =>
  Math.round(Math.max(0, Date.parse(to) - Date.parse(from)) / (HOUR / 100)) / 100;
const later = (iso: string, hours: number): string => new Date(Date.parse(iso) + hours * HOUR).toISOString();
const whole = (value: number): string => String(Math.round(value));
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
