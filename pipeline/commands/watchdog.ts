// `leap watchdog`: decides which issues to open, update and close from what readers see and how the workflows ended. One class of failure, one issue:
// its fingerprint stands in the body. Others carry out what is decided here.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import type { Done } from "./environment.ts";

const instant = z.iso.datetime({ offset: true });

/** What the watchdog reads of `/api/v1/status.json`; the rest may change. */
const Seen = z.object({
  publication: z.string(),
  edition: z.string(),
  stamps: z.object({ published_at: instant, next_expected_at: instant.nullable() }),
  freshness: z.object({
    markets: z.array(
      z.object({
        market: z.string().regex(/^[a-z]{2}$/),
        state: z.string(),
        last_covered_at: instant.nullable(),
        fail_at: instant.nullable(),
      }),
    ),
  }),
  health: z.object({ reasons: z.array(z.object({ state: z.string(), code: z.string(), says: z.string() })) }),
  incidents: z.object({
    latest: z.array(
      z.object({ source: z.string(), kind: z.string(), says: z.string(), last_at: instant.optional() }),
    ),
  }),
});
export type Seen = z.output<typeof Seen>;

/** As `gh run list --json` gives it. */
const Run = z.object({
  workflowName: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  createdAt: instant,
  url: z.string(),
});

/** As `gh issue list --json` gives it. */
export const Issue = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullable(),
  author: z.object({ login: z.string() }).nullable().optional(),
});

export interface WatchdogInput {
  /** What the status file says; in words why it could not be read, else. */
  readonly seen: Seen | { readonly unreadable: string };
  readonly runs: readonly z.output<typeof Run>[];
  /** Open issues with the watchdog's label. */
  readonly issues: readonly z.output<typeof Issue>[];
  readonly now: Date;
}

interface Failure {
  /** `late-edition`, `stale:de`, `workflow:collect`: letters, digits, colon and hyphen. */
  readonly fingerprint: string;
  readonly title: string;
  readonly says: readonly string[];
  readonly act: string;
}

export interface Todo {
  readonly do: "open" | "update" | "close";
  readonly fingerprint: string;
  readonly number: number | null;
  readonly title: string;
  readonly body: string;
}

const HOUR = 3_600_000;
/** An edition that was expected so long ago is late: schedules are delayed by hours at times. */
const GRACE_HOURS = 12;
/** Schedules that did not begin for so long were dropped or switched off. */
const SILENCE_HOURS: Readonly<Record<string, number>> = { collect: 12, publish: 36 };
const BOT = /^(app\/)?github-actions(\[bot\])?$/;

/** Failures of now against the issues that are open. The same input decides the same; nothing to do is an empty list. */
export function decide(input: WatchdogInput): Todo[] {
  const failures = failuresOf(input);
  const open = new Map<string, { number: number; title: string; body: string }>();
  const todos: Todo[] = [];
  // The oldest issue of a class is the one that is kept; only the workflows' own issues count, whoever writes a fingerprint into another.
  for (const issue of [...input.issues].sort((one, other) => one.number - other.number)) {
    const fingerprint = /^<!-- leap-watchdog: ([a-z0-9:-]{1,80}) -->/.exec(issue.body ?? "")?.[1];
    if (fingerprint === undefined || !BOT.test(issue.author?.login ?? "")) continue;
    if (open.has(fingerprint))
      todos.push(closing(fingerprint, issue.number, `The same as #${open.get(fingerprint)?.number}.`));
    else open.set(fingerprint, { number: issue.number, title: issue.title, body: issue.body ?? "" });
  }
  for (const failure of failures) {
    const known = open.get(failure.fingerprint);
    const body = bodyOf(failure);
    if (!known)
      todos.push({ do: "open", fingerprint: failure.fingerprint, number: null, title: failure.title, body });
    else if (known.body.trim() !== body.trim() || known.title !== failure.title)
      todos.push({
        do: "update",
        fingerprint: failure.fingerprint,
        number: known.number,
        title: failure.title,
        body,
      });
  }
  const failing = new Set(failures.map(({ fingerprint }) => fingerprint));
  for (const [fingerprint, { number }] of open)
    if (!failing.has(fingerprint) && knowable(fingerprint, input))
      todos.push(closing(fingerprint, number, `Recovered: seen well at ${input.now.toISOString()}.`));
  return todos;
}

const closing = (fingerprint: string, number: number, body: string): Todo => ({
  ...{ do: "close", fingerprint, number, title: "", body },
});

/** While the status cannot be read, nothing that it would tell has recovered; nor has a workflow that is not in the list. */
function knowable(fingerprint: string, { seen, runs }: WatchdogInput): boolean {
  if (fingerprint === "unreadable") return true;
  const workflow = /^(?:workflow|silent):(.+)$/.exec(fingerprint)?.[1];
  if (workflow !== undefined)
    return runs.some((run) => run.workflowName === workflow && run.conclusion === "success");
  return !("unreadable" in seen);
}

function failuresOf(input: WatchdogInput): Failure[] {
  const { seen } = input;
  if ("unreadable" in seen)
    return [
      {
        fingerprint: "unreadable",
        title: "The site's status cannot be read",
        says: [seen.unreadable],
        act: "Open the site. If it is down, see the last run of publish; if it moved, set the variable LEAP_SITE_URL.",
      },
      ...workflowFailures(input),
    ];
  return [
    ...editionFailures(seen, input.now),
    ...marketFailures(seen, input.now),
    ...healthFailures(seen),
    ...workflowFailures(input),
  ];
}

function editionFailures({ stamps, edition }: Seen, now: Date): Failure[] {
  const expected = stamps.next_expected_at;
  if (expected === null || now.getTime() - Date.parse(expected) < GRACE_HOURS * HOUR) return [];
  return [
    {
      fingerprint: "late-edition",
      title: "The next edition is late",
      says: [
        `Readers have ${edition}, published at ${stamps.published_at}; the next was expected at ${expected}.`,
      ],
      act: "See the last run of publish, and run it by hand once the cause is mended.",
    },
  ];
}

function marketFailures({ freshness }: Seen, now: Date): Failure[] {
  return freshness.markets
    .filter(
      ({ fail_at, state }) =>
        state !== "not_scheduled" &&
        (state === "fail" || (fail_at !== null && Date.parse(fail_at) < now.getTime())),
    )
    .map(({ market, last_covered_at, fail_at }) => ({
      fingerprint: `stale:${market}`,
      title: `${market.toUpperCase()}: data are older than promised`,
      says: [
        last_covered_at === null
          ? "No collection saw anything in 13 weeks."
          : `Last seen: ${last_covered_at}. Too old since ${fail_at ?? "the edition was made"}.`,
      ],
      act: "See the last runs of collect and the incidents on /status/: a limit, a token, a source that changed?",
    }));
}

/** Codes of the status that somebody has to act on, one issue each; gaps, queues and single incidents stay on the status page. */
const ACTS: Readonly<Record<string, { title: string; act: string }>> = {
  check: {
    title: "Checks of the published data fail",
    act: "See leap inspect checks; the edition that readers have may be wrong.",
  },
  collections: { title: "Collections are missed or overdue", act: "See the last runs of collect." },
};

function healthFailures({ health, incidents }: Seen): Failure[] {
  const codes = Object.entries(ACTS).flatMap(([code, { title, act }]): Failure[] => {
    const says = health.reasons.filter((reason) => reason.code === code).map((reason) => reason.says);
    return says.length > 0 ? [{ fingerprint: `health:${code}`, title, says, act }] : [];
  });
  const expiring = Map.groupBy(
    incidents.latest.filter(
      ({ kind, source }) => kind === "token_expires" && /^[a-z0-9-]{1,40}$/.test(source),
    ),
    ({ source }) => source,
  );
  const accounts = Map.groupBy(
    incidents.latest.filter(
      ({ kind, source }) => kind === "stop_account" && /^[a-z0-9-]{1,40}$/.test(source),
    ),
    ({ source }) => source,
  );
  return [
    ...codes,
    ...[...expiring].map(([source, rows]) => ({
      fingerprint: `token:${source}`,
      title: `${source}: a credential runs out`,
      says: rows.slice(0, 3).map(({ says }) => says),
      act: `Sign in again with leap auth ${source}, or put a new credential into the environment collect.`,
    })),
    ...[...accounts].map(([source, rows]) => ({
      fingerprint: `account:${source}`,
      title: `${source}: the account was stopped`,
      says: rows.slice(0, 3).map(({ says }) => says),
      act: "Read what the platform says of the account; nothing is asked with it until somebody has acted.",
    })),
  ];
}

function workflowFailures({ runs, now }: WatchdogInput): Failure[] {
  return Object.entries(SILENCE_HOURS).flatMap(([name, hours]): Failure[] => {
    const own = runs
      .filter((run) => run.workflowName === name)
      .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
    const [last] = own;
    const ended = own.find(
      ({ status, conclusion }) =>
        status === "completed" && conclusion !== "cancelled" && conclusion !== "skipped",
    );
    const failures: Failure[] = [];
    if (last === undefined || now.getTime() - Date.parse(last.createdAt) > hours * HOUR)
      failures.push({
        fingerprint: `silent:${name}`,
        title: `The workflow ${name} has not run for more than ${hours} hours`,
        says: [last === undefined ? "No run is known." : `Last run: ${last.createdAt}.`],
        act: `Schedules are dropped at times, and switched off after 60 quiet days: start ${name} by hand, and see whether it is enabled.`,
      });
    if (ended !== undefined && ended.conclusion !== "success")
      failures.push({
        fingerprint: `workflow:${name}`,
        title: `The workflow ${name} fails`,
        says: [`The run of ${ended.createdAt} ended with ${ended.conclusion}: ${ended.url}`],
        act: "Read its log. Readers have the last good edition.",
      });
    return failures;
  });
}

function bodyOf({ fingerprint, says, act }: Failure): string {
  return [
    `<!-- leap-watchdog: ${fingerprint} -->`,
    "",
    ...says.slice(0, 20).map((line) => `- ${plain(line)}`),
    "",
    `**Next:** ${act}`,
    "",
    "Closed by the watchdog on recovery.",
  ].join("\n");
}

/** Words of the status may come from platforms: on one line, without marks that GitHub would read, calling nobody. */
const plain = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
    .replace(/[<>`*_[\]|#@!\\]/g, "")
    .slice(0, 300);

export interface WatchdogWords {
  readonly site?: string;
  readonly status?: string;
  readonly runs?: string;
  readonly issues?: string;
  readonly out?: string;
  readonly now?: string;
}

/** Reads the files (and the status from the site, or from a file), decides, and writes one file a thing to do. */
export async function watchdogCommand(words: WatchdogWords, fetch: typeof globalThis.fetch): Promise<Done> {
  const listed = <Shape extends z.ZodType>(file: string | undefined, shape: Shape): z.output<Shape>[] => {
    if (file === undefined) return [];
    if (!existsSync(file)) throw new LeapError(`missing file: ${file}. Give what gh ... --json printed.`);
    const found = z.array(shape).safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (!found.success)
      throw new LeapError(
        `invalid file: ${file}: ${found.error.issues[0]?.path.join(".")}: ${found.error.issues[0]?.message}.`,
      );
    return found.data;
  };
  const now = words.now === undefined ? new Date() : new Date(words.now);
  if (Number.isNaN(now.getTime()))
    throw new LeapError(`invalid --now: ${words.now}. Give an instant such as 2026-11-20T08:00:00Z.`);
  const seen = await statusSeen(words, fetch);
  const todos = decide({ seen, runs: listed(words.runs, Run), issues: listed(words.issues, Issue), now });
  if (words.out !== undefined) {
    mkdirSync(words.out, { recursive: true });
    for (const [index, todo] of todos.entries())
      writeFileSync(
        path.join(words.out, `${String(index).padStart(3, "0")}.json`),
        `${JSON.stringify(todo, null, 2)}\n`,
      );
  }
  return {
    text:
      todos.length === 0
        ? "all is well, or known: nothing to do"
        : todos
            .map((todo) => `${todo.do} ${todo.fingerprint}${todo.number === null ? "" : ` #${todo.number}`}`)
            .join("\n"),
    gaps: 0,
    result: todos,
  };
}

async function statusSeen(
  words: WatchdogWords,
  fetch: typeof globalThis.fetch,
): Promise<WatchdogInput["seen"]> {
  let text: string;
  if (words.status !== undefined) {
    if (!existsSync(words.status)) return { unreadable: `${path.basename(words.status)} is not there.` };
    text = readFileSync(words.status, "utf8");
  } else {
    const site = words.site?.trim() ?? "";
    if (!/^https:\/\/[^\s]+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/.test(site))
      throw new LeapError(
        `missing --site: ${site}. Give the https address that readers use, or --status with a status.json.`,
      );
    const address = `${site.replace(/\/$/, "")}/api/v1/status.json`;
    try {
      const answer = await fetch(address, {
        signal: AbortSignal.timeout(30_000),
        headers: { "cache-control": "no-cache" },
      });
      if (!answer.ok) return { unreadable: `${address} answers ${answer.status}.` };
      text = await answer.text();
    } catch (error) {
      return {
        unreadable: `${address} does not answer: ${error instanceof Error ? error.message : "no reason"}.`,
      };
    }
  }
  try {
    const found = Seen.safeParse(JSON.parse(text));
    if (found.success) return found.data;
    return { unreadable: `status.json has an unknown shape at ${found.error.issues[0]?.path.join(".")}.` };
  } catch {
    return { unreadable: "status.json is no JSON." };
  }
}
