// What the demonstration says when its week is over, for an operator: what was had of what could be had and why the rest was not, what each fault
// came to, and how near the limits were.

import type { z } from "zod";
import { platformName } from "../../../data/contract/platform-name.ts";
import type { IncidentRow, LimitRow, RunRow } from "../../collecting/collector-rows.ts";
import type { Completeness } from "./completeness.ts";
import { type DayName, days } from "./script.ts";

export interface DemoRun {
  readonly name: string;
  readonly days: readonly DayName[];
  readonly asked: number;
  /** Requests without a good answer. */
  readonly hurt: number;
  readonly result: {
    readonly sources: readonly {
      readonly source: string;
      readonly gaps: readonly string[];
      readonly runs: readonly {
        readonly rows: readonly z.output<typeof RunRow>[];
        readonly limits: readonly z.output<typeof LimitRow>[];
        readonly incidents: readonly z.output<typeof IncidentRow>[];
      }[];
    }[];
  };
}

export interface DemoWeek {
  readonly runs: readonly DemoRun[];
  readonly compared: Readonly<Record<string, Completeness>>;
  readonly requests: number;
  readonly violations: readonly { readonly source: string; readonly says: string }[];
}

export function summary(week: DemoWeek): string {
  return [
    "What was collected of what could be had, by a run of the week:",
    ...sourceLines(week),
    "",
    "What went wrong, and what came of it:",
    ...faultLines(week),
    "",
    ...limitLines(week),
  ].join("\n");
}

function sourceLines({ runs, compared }: DemoWeek): string[] {
  const bySource = Map.groupBy(
    runs.flatMap(({ result }) => result.sources),
    ({ source }) => source,
  );
  return [...bySource].flatMap(([source, of]) => {
    const rows = of.flatMap(({ runs: own }) => own.flatMap(({ rows: each }) => each));
    const scheduled = rows.filter(({ market }) => market !== null || source === "ecb");
    const done = scheduled.filter(({ succeeded }) => succeeded).length;
    const posts = compared[source];
    const had = posts ? `${posts.kept} of ${posts.obtainable} posts` : "figures, no posts";
    const gone = rows.reduce((sum, row) => sum + row.deleted_upstream, 0);
    return [
      `  ${platformName(source).padEnd(10)} ${had.padEnd(24)} ${done} of ${scheduled.length} collections succeeded${gone > 0 ? `; ${gone} posts that were deleted there are gone here` : ""}`,
      ...(posts?.chances ?? []).map(
        ({ keys, posts: n, runs: names }) =>
          `             ${n} missed under ${keys}${whyOf(runs, source, keys, names)}`,
      ),
    ];
  });
}

/** Why nobody saw them: what they stand under was left alone, or a run ended before it came there. */
function whyOf(runs: readonly DemoRun[], source: string, keys: string, names: readonly string[]): string {
  const of = (run: DemoRun) => run.result.sources.filter((one) => one.source === source);
  const stopped = runs
    .flatMap(of)
    .flatMap((one) => one.runs.flatMap(({ incidents }) => incidents))
    .find(
      ({ kind, target }) =>
        kind === "stop_target" && keys.split(", ").some((key) => target?.endsWith(`:${key}`)),
    );
  if (stopped) return `, which was left alone: ${short(stopped.says, 110)}`;
  const cut = runs
    .filter(({ name }) => names.includes(name))
    .flatMap((run) =>
      of(run).flatMap(({ gaps }) =>
        gaps.map((gap) => `${run.name}: ${short(gap.slice(source.length + 2), 90)}`),
      ),
    );
  return cut.length === 0 ? `, to be had ${names.join(", ")}` : `; ${cut[0]}`;
}

function faultLines({ runs, compared }: DemoWeek): string[] {
  const missedIn = (name: string) =>
    Object.values(compared)
      .flatMap(({ chances }) => chances)
      .reduce(
        (sum, { runs: names, posts }) => sum + (names.length === 1 && names[0] === name ? posts : 0),
        0,
      );
  return runs
    .filter(({ days: names }) => names.some((name) => name !== "normal"))
    .flatMap(({ name, days: names, hurt, result }) => {
      const incidents = result.sources.flatMap((one) => one.runs.flatMap((run) => run.incidents));
      const retried = incidents.filter(({ kind }) => kind === "retried").length;
      const cut = result.sources.filter(({ gaps }) => gaps.length > 0);
      const missed = missedIn(name);
      const outcome = [
        ...(hurt > 0 ? [`${hurt} requests without a good answer`] : []),
        ...(retried > 0 ? [`${retried} answered at a later try`] : []),
        ...(cut.length > 0
          ? [`cut short: ${cut.map(({ source }) => platformName(source)).join(", ")}`]
          : ["every source came to its end"]),
        missed === 0
          ? cut.length > 0
            ? "later runs had the posts it missed"
            : "no post lost by it"
          : `${missed} ${missed === 1 ? "post" : "posts"} lost by it`,
      ].join("; ");
      return [
        `  ${name}  ${names.map((each) => days[each].says).join("; ")}`,
        `${" ".repeat(20)}→ ${outcome}`,
      ];
    });
}

/** How full each limit was when it was fullest. */
function limitLines({ runs, requests, violations }: DemoWeek): string[] {
  const limits = runs.flatMap(({ result }) =>
    result.sources.flatMap((one) => one.runs.flatMap((run) => run.limits)),
  );
  const fullest = [...Map.groupBy(limits, ({ source, limit }) => `${source} ${limit}`).values()]
    .map(
      (own) => own.toSorted((a, b) => b.used / b.capacity - a.used / a.capacity)[0] as (typeof own)[number],
    )
    .toSorted((a, b) => b.used / b.capacity - a.used / a.capacity)
    .slice(0, 4)
    .map(
      ({ source, title, used, capacity }) =>
        `${platformName(source)}, ${title.toLowerCase()}: ${used} of ${capacity}`,
    );
  const counts = Map.groupBy(violations, ({ source, says }) => `${platformName(source)}: ${says}`);
  return violations.length === 0
    ? [
        `Limits: the services counted ${requests} requests and 0 violations. The fullest, when a run ended: ${fullest.join("; ")}.`,
      ]
    : [
        `Limits: ${violations.length} of ${requests} requests broke a rule:`,
        ...[...counts].map(([says, own]) => `  ${own.length} × ${says}`),
      ];
}

const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/\s\S*$/, "")} …`;
