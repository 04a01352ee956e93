// One packed question from reservation to judgement: the money is there, the call is made and tried again, and what was paid is in the ledger
// before anybody looks at the answer.
import { randomBytes } from "node:crypto";
import type { Usage } from "../core/types.ts";
import type { PaidCall } from "./answers.ts";
import type { Budget, Reservation } from "./budget.ts";
import { type Fenced, fence, type Problems } from "./fence.ts";
import { type Judged, judge, packedAnswer } from "./judge.ts";
import { costMicros, mostMicros, type Price } from "./prices.ts";
import { type Patience, tried, type World } from "./retry.ts";
import { NO_USAGE, shares, usageShares } from "./shares.ts";
import type { Task } from "./tasks.ts";
import type { ModelName, ModelRequest, Provider, ProviderFailure, Reply } from "./types.ts";

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
  readonly mostMicros: number;
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
  return {
    request,
    fenced,
    mostMicros: mostMicros(line.price, [task.system, fenced.user], maxOutputTokens, how.batch ?? false),
  };
}

/** Asks now. Reserves before, settles after; a call without a reply costs nothing that we could know of, but one that timed out is settled as if it did. */
export async function callNow(
  task: Task,
  line: Line,
  items: readonly Item[],
  desk: Desk,
  problems?: Problems,
): Promise<Called> {
  const prepared = prepare(task, line, items, desk, problems ? { problems } : {});
  const reservation = desk.budget.reserve(task.id, prepared.mostMicros);
  if (!reservation) return { state: "budget" };
  const begun = desk.world.now().getTime();
  const found = await tried(
    (signal) => line.provider.ask(prepared.request, signal),
    desk.patience,
    desk.world,
  );
  if ("failure" in found) {
    desk.budget.settle(reservation, found.failure.code === "timeout" ? reservation.micros : 0);
    return { state: "failed", failure: found.failure };
  }
  const ended = desk.world.now();
  return settled(task, line, items, prepared, found.value, {
    ...{ desk, reservation, attempts: found.attempts, batch: false },
    latencyMs: ended.getTime() - begun,
    at: ended.toISOString(),
  });
}

/** Turns a reply into what was paid and what was answered; settles its reservation. */
export function settled(
  task: Task,
  line: Line,
  items: readonly Item[],
  { fenced }: Pick<Prepared, "fenced">,
  reply: Reply,
  about: {
    readonly desk: Pick<Desk, "budget">;
    readonly reservation: Reservation;
    readonly attempts: number;
    readonly latencyMs: number;
    readonly batch: boolean;
    readonly at: string;
  },
): Exclude<Called, { state: "budget" | "failed" }> {
  const cost = reply.usage ? costMicros(line.price, reply.usage, about.batch) : about.reservation.micros;
  about.desk.budget.settle(about.reservation, cost);
  const call = randomBytes(8).toString("hex");
  const costs = shares(cost, items.length);
  const usages = usageShares(reply.usage ?? NO_USAGE, items.length);
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
