// One packed question from reservation to judgement: the money is there, the call is made and tried again, and what was paid is in the ledger
// before anybody looks at the answer.
import { randomBytes } from "node:crypto";
import type { Usage } from "../core/types.ts";
import type { PaidCall } from "./answers.ts";
import type { Budget, Reservation } from "./budget.ts";
import { type Fenced, fence, type Problems } from "./fence.ts";
import { type Judged, judge, packedAnswer } from "./judge.ts";
import { costMicros, mostMicros, type Price, worstMicros } from "./prices.ts";
import { type Ceiling, ceilingOf, possible } from "./providers/usage.ts";
import { type Patience, tried, type World } from "./retry.ts";
import { NO_USAGE, shares, usageShares } from "./shares.ts";
import type { Task } from "./tasks.ts";
import { type ModelName, type ModelRequest, type Provider, ProviderFailure, type Reply } from "./types.ts";

/** What is asked about: its hash stands for it wherever it must not be seen. */
export interface Item {
  readonly item: string;
  readonly input: unknown;
  readonly inputSha256: string;
}

export interface Line {
  readonly model: ModelName;
  readonly provider: Provider;
  readonly price: Price;
}

export interface Desk {
  readonly budget: Budget;
  readonly patience: Patience;
  readonly world: World;
  /** So many hex digits. */
  readonly random: (digits: number) => string;
}

export type Called =
  | { readonly state: "answered"; readonly judged: readonly Judged[]; readonly paid: readonly PaidCall[] }
  | { readonly state: "refused"; readonly paid: readonly PaidCall[] }
  | { readonly state: "budget" }
  | { readonly state: "failed"; readonly failure: ProviderFailure };

export interface Prepared {
  readonly request: ModelRequest;
  readonly fenced: Fenced;
  /** What it costs at most when the provider keeps to what it was asked. */
  readonly mostMicros: number;
  /** The most tokens that a bill is believed for, and what they cost. */
  readonly ceiling: Ceiling;
  readonly worstMicros: number;
}

/** The question as it is sent, and what it may cost at most. */
export function prepare(
  task: Task,
  line: Line,
  items: readonly Item[],
  desk: Pick<Desk, "random">,
  how: { readonly problems?: Problems; readonly batch?: boolean } = {},
): Prepared {
  const fenced = fence(
    items.map(({ input }) => input),
    desk.random,
    how.problems,
  );
  // Each item has its braces, its id and some room.
  const maxOutputTokens = 64 + items.length * (task.maxOutputTokens + 24);
  const request: ModelRequest = {
    model: line.model.model,
    system: task.system,
    user: fenced.user,
    schema: packedAnswer(task),
    task: task.id,
    maxOutputTokens,
    cacheKey: `${task.id}-${task.version}`,
  };
  const batch = how.batch ?? false;
  const ceiling = ceilingOf(request);
  const most = mostMicros(line.price, [task.system, fenced.user], maxOutputTokens, batch);
  return {
    ...{ request, fenced, ceiling, mostMicros: most },
    worstMicros: Math.max(most, worstMicros(line.price, ceiling, batch)),
  };
}

/**
 * Asks now. Reserves before, settles after. An attempt that was answered with an error costs nothing; one without any answer (a broken line, a body cut
 * short, a deadline) may have been billed: it is settled as if it was, and the next attempt reserves anew.
 */
export async function callNow(
  task: Task,
  line: Line,
  items: readonly Item[],
  desk: Desk,
  problems?: Problems,
): Promise<Called> {
  const prepared = prepare(task, line, items, desk, problems ? { problems } : {});
  const take = () => desk.budget.take(task.id, prepared.mostMicros, prepared.worstMicros);
  let reservation = await take();
  if (!reservation) return { state: "budget" };
  const begun = desk.world.now().getTime();
  const found = await tried(
    async (signal) => {
      try {
        return await line.provider.ask(prepared.request, signal);
      } catch (error) {
        if (!(error instanceof ProviderFailure) || !mayBeBilled(error)) throw error;
        desk.budget.settle(reservation as Reservation, prepared.mostMicros);
        reservation = error.kind === "again" ? await take() : null;
        if (!reservation && error.kind === "again") throw NO_MONEY;
        throw error;
      }
    },
    desk.patience,
    desk.world,
  );
  if ("failure" in found) {
    if (reservation) desk.budget.settle(reservation, 0);
    return found.failure === NO_MONEY ? { state: "budget" } : { state: "failed", failure: found.failure };
  }
  const ended = desk.world.now();
  return settled(task, line, items, prepared, found.value, {
    ...{ desk, reservation, attempts: found.attempts, batch: false },
    mostMicros: prepared.mostMicros,
    latencyMs: ended.getTime() - begun,
    at: ended.toISOString(),
  });
}

const NO_MONEY = new ProviderFailure("request", "budget", {
  message: "no money is left for another attempt",
});

const mayBeBilled = ({ code, status }: ProviderFailure): boolean =>
  code === "timeout" || (status === null && (code === "connection" || code === "server_error"));

/** Turns a reply into what was paid and what was answered; settles its reservation. */
export function settled(
  task: Task,
  line: Line,
  items: readonly Item[],
  { fenced, ceiling }: Pick<Prepared, "fenced" | "ceiling">,
  reply: Reply,
  about: {
    readonly desk: Pick<Desk, "budget">;
    readonly reservation: Reservation;
    /** What a reply is settled at that states no usage, or one that cannot be. */
    readonly mostMicros: number;
    readonly attempts: number;
    readonly latencyMs: number;
    readonly batch: boolean;
    readonly at: string;
    /** Names the call; drawn when absent. */
    readonly call?: string;
  },
): Exclude<Called, { state: "budget" | "failed" }> {
  const usage = reply.usage && possible(reply.usage, ceiling);
  const cost = usage ? costMicros(line.price, usage, about.batch) : about.mostMicros;
  about.desk.budget.settle(about.reservation, cost);
  const call = about.call ?? randomBytes(8).toString("hex");
  const costs = shares(cost, items.length);
  const usages = usageShares(usage ?? NO_USAGE, items.length);
  const paid = items.map(
    (_, place): PaidCall => ({
      call,
      usage: usages[place] as Usage,
      cost_micros: costs[place] as number,
      latency_ms: Math.round(about.latencyMs),
      attempts: about.attempts,
      finish: reply.finish,
      batch: about.batch,
      at: about.at,
    }),
  );
  if (reply.finish === "refused") return { state: "refused", paid };
  return {
    state: "answered",
    paid,
    judged: judge(
      task,
      reply,
      fenced,
      items.map(({ input }) => input),
    ),
  };
}
