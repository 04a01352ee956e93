// One question of a source until it is answered or given up: limits first, then the request, then what its answer means. Everything that is
// sent by the pipeline to a platform passes through here.
import { redacted, redactedError } from "../core/secrets.ts";
import { attempt, type Outcome } from "./ask.ts";
import type { Asked } from "./asking-result.ts";
import type { Breaker } from "./breaker.ts";
import { crashPoint } from "./crash-points.ts";
import type { Credentials } from "./credentials.ts";
import type { Limits } from "./limits.ts";
import { logRequest } from "./request-log.ts";
import type { Sessions } from "./sessions.ts";
import { gather } from "./stream.ts";
import type { Ask, Context, Verdict } from "./types.ts";
import { retryAfter, verdictOf } from "./verdict.ts";
import type { AnyLive, Desk, Incident } from "./world.ts";

export interface Asking {
  readonly desk: Desk;
  readonly source: AnyLive;
  readonly context: Context;
  readonly addresses: ReadonlyMap<string, URL>;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly breaker: Breaker;
  readonly run: string;
  /** Milliseconds of the collector's clock. */
  readonly deadline: number;
  readonly logFile: string;
  readonly etags: ReadonlyMap<
    string,
    { readonly etag: string | null; readonly last_modified: string | null }
  >;
  readonly note: (incident: Omit<Incident, "at" | "market">) => void;
  /** Credentials and sessions that are dead. */
  readonly dead: Set<string>;
  /** Requests that were sent, logins and retries included. */
  sent: number;
}

/** A pause up to this is waited for; a longer one ends what waits for it. */
const LONGEST_WAIT_MS = 6 * 60_000;
/** Nobody is believed who asks us to stay away for longer. */
const LONGEST_PAUSE_MS = 8 * 86_400_000;
const MOST_TRIES = 4;
const MOST_LAST_TRIES = 2;
const MOST_PAUSES = 3;
/** The pace at which a bucket fills, and no more. */
const LONGEST_SPARE_MS = 2000;
const FIRST_WAIT_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;
const ATTEMPT_MS = 60_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Without patience: what has failed before gets two tries, and an address that is spared is not waited for. */
export async function askedFor(
  asking: Asking,
  ask: Ask,
  target: string,
  { patient = true }: { patient?: boolean } = {},
): Promise<Asked> {
  const { desk, limits, sessions, dead, deadline } = asking;
  const address = ask.address ?? "main";
  const renewed = new Set<string>();
  let tries = 0;
  let pauses = 0;
  for (;;) {
    const killed = ask.secrets?.find(({ of }) => dead.has(of.replace(/\.renewal$/, "")));
    if (killed) return { is: "account", why: `${killed.of} is not accepted any more` };
    const opened = await sessions.open(ask, (login) => askedFor(asking, login, target));
    if (opened) return opened;
    const now = desk.now().getTime();
    if (now >= deadline) return { is: "deadline", why: "the time of the run is over" };
    const spared = asking.breaker.wait(address, now);
    if (spared > 0) {
      if (!patient || !(await waited(asking, now + spared)))
        return { is: "breaker", why: `${address} is spared: ${asking.breaker.why(address)}` };
      continue;
    }
    const place = limits.when(ask.costs, now);
    if (ask.spare && place.at > now + LONGEST_SPARE_MS) return { is: "spared" };
    if (place.at > now) {
      if (!(await waited(asking, place.at)))
        return { is: "limit", limit: place.limit ?? "*", until: place.at, why: place.why, key: place.key };
      continue;
    }
    const { outcome, verdict } = await sent(asking, ask, target, tries + 1);
    tries += 1;
    const end = await judged(outcome, verdict);
    if (end) return end;
  }

  async function judged(outcome: Outcome, verdict: Verdict): Promise<Asked | null> {
    const now = desk.now().getTime();
    switch (verdict.is) {
      case "good":
        asking.breaker.good(address);
        if (tries > 1)
          asking.note({ ...{ target, kind: "retried", severity: "info" }, says: `answered at try ${tries}` });
        return "answer" in outcome
          ? { is: "answer", answer: outcome.answer, tries }
          : { is: "failed", why: "no answer" };
      case "retry": {
        if (asking.breaker.failed(address, now, verdict.why))
          asking.note({
            target: null,
            kind: "breaker",
            severity: "warning",
            says: `${address} is spared for a while: ${verdict.why}`,
          });
        // What the server asked for holds whether or not the source has an opinion of its own about the answer.
        const asked = verdict.after_ms ?? askedToWait(outcome);
        if (asked > 0) asking.breaker.hold(address, now + Math.min(asked, LONGEST_PAUSE_MS));
        if (tries >= Math.min(patient ? MOST_TRIES : MOST_LAST_TRIES, verdict.most ?? MOST_TRIES))
          return verdict.otherwise
            ? judged(outcome, verdict.otherwise)
            : { is: "failed", why: `${verdict.why} (${tries} tries)` };
        const jitter = desk.chance() * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** tries);
        const until = now + asked + jitter;
        if (await waited(asking, until)) return null;
        if (until - now > LONGEST_WAIT_MS)
          return judged(outcome, {
            is: "pause",
            until: new Date(Math.min(until, now + LONGEST_PAUSE_MS)).toISOString(),
            why: verdict.why,
          });
        return {
          is: "deadline",
          why: `${verdict.why}; the time of the run is over before it may be tried again`,
        };
      }
      case "pause": {
        asking.breaker.good(address);
        const said = Date.parse(verdict.until);
        const until = Number.isNaN(said) ? now + FIRST_WAIT_MS : Math.min(said, now + LONGEST_PAUSE_MS);
        const limit = limits.all.find(({ id }) => id === verdict.limit);
        const key = limit?.distinct
          ? (ask.costs.find(({ limit: id }) => id === limit.id)?.key ?? null)
          : null;
        limits.pause(limit?.id ?? null, until, verdict.why, now, key);
        const end: Asked = { is: "limit", limit: limit?.id ?? "*", until, why: verdict.why, key };
        asking.note({
          target,
          kind: "paused",
          severity: "warning",
          says: `${verdict.why}; until ${new Date(until).toISOString()}`,
        });
        pauses += 1;
        return limit?.distinct || pauses > MOST_PAUSES || !(await waited(asking, until)) ? end : null;
      }
      case "renew": {
        if (renewed.has(verdict.session)) {
          dead.add(verdict.session);
          return stopped(verdict.why, "Sign in again, or set the credential anew.");
        }
        renewed.add(verdict.session);
        return sessions.renew(verdict.session, (login) => askedFor(asking, login, target));
      }
      case "stop-account":
        for (const { of } of ask.secrets ?? []) dead.add(of.replace(/\.renewal$/, ""));
        return stopped(verdict.why, verdict.act);
      case "stop-target":
        asking.breaker.good(address);
        return verdict;
      case "configuration":
        asking.note({ target, kind: "configuration", severity: "error", says: verdict.why });
        return verdict;
    }
  }

  function stopped(why: string, act: string): Asked {
    asking.note({ target: null, kind: "stop_account", severity: "error", says: `${why}. ${act}` });
    return { is: "account", why: `${why}. ${act}` };
  }
}

const askedToWait = (outcome: Outcome): number =>
  "answer" in outcome ? (retryAfter(outcome.answer.headers, Date.parse(outcome.answer.at)) ?? 0) : 0;

/** Waits until the instant; false, at once, when that is too long or beyond the deadline. */
async function waited({ desk, deadline }: Asking, until: number): Promise<boolean> {
  const now = desk.now().getTime();
  if (until - now > LONGEST_WAIT_MS || until >= deadline) return false;
  if (until > now) await desk.wait(Math.ceil(until - now));
  return true;
}

async function sent(asking: Asking, ask: Ask, target: string, tryNumber: number) {
  const { desk, source, limits, run } = asking;
  const base = asking.addresses.get(ask.address ?? "main");
  if (!base) throw new Error(`${source.id} has no address ${ask.address}`);
  crashPoint("before_reserve");
  limits.reserve(ask.costs, desk.now().getTime(), run);
  crashPoint("after_reserve");
  asking.sent += 1;
  const started = desk.now().getTime();
  const known = ask.conditional === undefined ? null : (asking.etags.get(ask.conditional) ?? null);
  const outcome = await (ask.expect === "frames" ? gather : attempt)(
    {
      ...{ ask, base, known, userAgent: userAgentOf(desk), mostBytes: MOST_BYTES },
      secret: ({ of, prefix = "" }) => `${prefix}${secretOf(asking, of)}`,
      mostMs: Math.max(1, Math.min(ATTEMPT_MS, asking.deadline - started)),
      again: async () => {
        const now = desk.now().getTime();
        const { at } = limits.when(ask.costs, now);
        if (!(await waited(asking, at))) return false;
        limits.reserve(ask.costs, desk.now().getTime(), run);
        asking.sent += 1;
        return true;
      },
    },
    desk,
  );
  crashPoint("after_answer");
  const ended = desk.now();
  limits.ended(ask.costs, ended.getTime());
  const verdict = verdictFor(asking, ask, outcome, ended.getTime());
  const why = "why" in verdict ? redacted(verdict.why) : null;
  logRequest(asking.logFile, {
    ...{
      at: ended.toISOString(),
      source: source.id,
      run,
      target,
      ask,
      host: base.host,
      why,
      costs: ask.costs,
    },
    status: "answer" in outcome ? outcome.answer.status : null,
    ...{ ms: ended.getTime() - started, bytes: outcome.bytes, attempt: tryNumber, verdict: verdict.is },
  });
  crashPoint("after_log");
  return { outcome, verdict: why === null ? verdict : ({ ...verdict, why } as Verdict) };
}

function verdictFor(asking: Asking, ask: Ask, outcome: Outcome, now: number): Verdict {
  if ("failure" in outcome) return { is: "retry", why: outcome.failure };
  const { live } = asking.source;
  const { answer, broken } = outcome;
  try {
    asking.limits.heard(live.usage?.(answer, asking.context, ask) ?? [], now);
    const own = live.judge?.(answer, ask, asking.context) ?? null;
    // A source that calls a body good which is none has only looked at its status.
    if (own && (own.is !== "good" || broken === null)) return own;
  } catch (error) {
    return { is: "retry", why: `broken answer: ${redactedError(error)}` };
  }
  return verdictOf(answer, broken, ask, Object.keys(live.sessions ?? {}));
}

function secretOf({ credentials, sessions, source }: Asking, of: string): string {
  const value = credentials.value(of) ?? sessions.value(of);
  if (value === null) throw new Error(`${source.id} uses a secret that is not set: ${of}`);
  return value;
}

/** Who asks, and where to complain. */
const userAgentOf = ({ publication }: Desk): string =>
  `GlobalLeap/0.1 (${publication.id}; +${publication.site_url})`.replace(/[^\x20-\x7e]/g, "");
