// What can wait is handed over as a batch, at half the price. What is about to be handed over is on the disk before it leaves, under a mark that goes
// with it, so that a killed run finds its batch again, fetches its results, and does not pay again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../core/types.ts";
import { answerKey } from "./answers.ts";
import { chunks } from "./asking.ts";
import type { Reservation } from "./budget.ts";
import { type Called, type Desk, type Item, type Line, prepare, settled } from "./calls.ts";
import { nameOf } from "./prices.ts";
import type { Ceiling } from "./providers/usage.ts";
import { tried } from "./retry.ts";
import type { Task } from "./tasks.ts";
import { type BatchState, ProviderFailure, type SentBatch } from "./types.ts";

/** Takes what a batch answered or refused, item by item. */
export type Judged = (
  line: Line,
  items: readonly Item[],
  called: Extract<Called, { state: "answered" | "refused" }>,
) => void;

export interface Waiting {
  /** Fetches what earlier runs handed over and is done by now. */
  collect(task: Task, lines: readonly Line[], judged: Judged): Promise<void>;
  /** Hands the items over and waits. Those still under way when patience ends come back with words for it; all others were judged, or are to be asked at once. */
  ask(task: Task, line: Line, items: readonly Item[], judged: Judged): Promise<Map<Item, string>>;
}

export interface WaitingOptions {
  /** `<state>/answers/batches`; holds captions, as bronze does, until the batch is done. */
  readonly folder: string;
  readonly desk: Desk;
  readonly log: Log;
  /** Milliseconds that a run waits for a batch. */
  readonly waitMs: number;
  /** First pause between two looks; grows by half up to ten minutes. */
  readonly pollMs: number;
}

interface HandedOver {
  /** What the batch is found by at a provider that keeps marks. */
  readonly mark: string;
  /** Null until the provider has named it. */
  readonly batch: string | null;
  readonly model: string;
  readonly task: string;
  readonly digest: string;
  readonly at: string;
  readonly calls: readonly {
    readonly id: string;
    readonly items: readonly Item[];
    readonly places: readonly (readonly [string, number])[];
    /** Micro-dollars that a reply without usage is settled at. */
    readonly most_micros: number;
    /** Micro-dollars that it may be billed at most, and the tokens behind them. */
    readonly worst_micros: number;
    readonly ceiling: Ceiling;
  }[];
}

const sentOf = ({ mark, at, calls }: HandedOver): SentBatch => ({ mark, at, ids: calls.map(({ id }) => id) });

const LONGEST_PAUSE_MS = 600_000;
/** Providers give back what they did not answer within a day, and forget results after a week or a month. */
const BILLED_WITHIN_MS = 25 * 3_600_000;
const FORGOTTEN_AFTER_MS = 8 * 86_400_000;

export function openWaiting({ folder, desk, log, waitMs, pollMs }: WaitingOptions): Waiting {
  const fileOf = ({ mark }: Pick<HandedOver, "mark">) => join(folder, `${mark}.json`);
  /** What each call of a batch may yet be billed. */
  const reservations = new Map<string, Reservation>();
  const settle = (call: HandedOver["calls"][number]) => {
    const reservation = reservations.get(call.id);
    if (reservation) desk.budget.settle(reservation, 0);
    reservations.delete(call.id);
  };

  function everything(): HandedOver[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as HandedOver);
  }

  // Money that earlier runs have promised is not there to be spent, and texts of a batch that nobody can fetch any more are not kept.
  for (const handed of everything()) {
    const age = desk.world.now().getTime() - Date.parse(handed.at);
    if (!(age <= FORGOTTEN_AFTER_MS)) rmSync(fileOf(handed), { force: true });
    else if (age < BILLED_WITHIN_MS)
      for (const call of handed.calls)
        reservations.set(call.id, desk.budget.hold(handed.task, call.worst_micros));
  }

  const handedOver = (task: Task): HandedOver[] =>
    everything().filter((one) => one.task === task.id && one.digest === task.digest);

  function write(handed: HandedOver): void {
    mkdirSync(folder, { recursive: true });
    const file = fileOf(handed);
    writeFileSync(`${file}.new`, JSON.stringify(handed), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }

  /** The batch with its id, which a killed process may not have written down; null when there is none, false when that cannot be said now. */
  async function named(
    line: Line,
    handed: HandedOver,
  ): Promise<(HandedOver & { batch: string }) | null | false> {
    if (handed.batch !== null) return { ...handed, batch: handed.batch };
    const { find } = line.provider.batches;
    const sent = sentOf(handed);
    const found = find && (await tried((signal) => find(sent, signal), desk.patience, desk.world));
    if (found && "failure" in found) return false;
    if (found?.value) {
      const whole = { ...handed, batch: found.value };
      write(whole);
      return whole;
    }
    if (!find)
      log.warn(
        `${handed.model}: a run was killed while it handed over a batch of ${handed.calls.length}; the provider cannot be asked for it, so its questions are asked again`,
      );
    return null;
  }

  /** Looks once. True when the batch is over, whatever came of it. */
  async function look(task: Task, line: Line, one: HandedOver, judged: Judged): Promise<boolean> {
    const handed = await named(line, one);
    if (handed === false) return false;
    if (handed === null) return forget(one);
    const found = await tried(
      (signal) => line.provider.batches.poll(handed.batch, signal),
      desk.patience,
      desk.world,
    );
    if ("failure" in found) {
      // Not to be reached for now: it may be later. A batch that nobody knows any more is lost.
      if (found.failure.kind !== "request" && found.failure.status !== 404) return false;
      return over(handed, found.failure.code);
    }
    const state: BatchState = found.value;
    if (state.state === "working") return false;
    if (state.state === "lost") return over(handed, state.reason);
    const now = desk.world.now();
    for (const call of handed.calls) {
      const result = state.results.find(({ id }) => id === call.id);
      const reservation = reservations.get(call.id) ?? { task: task.id, micros: 0, worst: 0 };
      reservations.delete(call.id);
      if (!result || !("reply" in result)) {
        desk.budget.settle(reservation, 0);
        continue;
      }
      const fenced = { fenced: { user: "", places: new Map(call.places) }, ceiling: call.ceiling };
      judged(
        line,
        call.items,
        settled(task, line, call.items, fenced, result.reply, {
          ...{ desk, reservation, attempts: 1, batch: true, at: now.toISOString() },
          mostMicros: call.most_micros,
          latencyMs: now.getTime() - Date.parse(handed.at),
          // The same whenever it is read, so that results read twice are booked once.
          call: createHash("sha256").update(`${handed.batch} ${call.id}`).digest("hex").slice(0, 16),
        }),
      );
    }
    rmSync(fileOf(handed));
    return true;
  }

  function over(handed: HandedOver, reason: string): true {
    log.warn(`batch ${handed.batch} of ${handed.model} is lost (${reason}); its questions are asked again`);
    return forget(handed);
  }

  function forget(handed: HandedOver): true {
    for (const call of handed.calls) settle(call);
    rmSync(fileOf(handed), { force: true });
    return true;
  }

  async function handOver(task: Task, line: Line, items: readonly Item[]): Promise<HandedOver | null> {
    const calls: (HandedOver["calls"][number] & { request: ReturnType<typeof prepare>["request"] })[] = [];
    for (const pack of chunks(items, task.pack)) {
      const { request, fenced, ceiling, ...prepared } = prepare(task, line, pack, desk, { batch: true });
      // All calls of a batch are under way together, so each is reserved at the dearest bill that is believed.
      const reservation = desk.budget.reserve(task.id, prepared.worstMicros);
      // What there is no money for is left to the asking at once, which says so.
      if (!reservation) break;
      const id = `c${desk.random(16)}`;
      reservations.set(id, reservation);
      const kept = pack.map(({ item, input, inputSha256 }) => ({ item, input, inputSha256 }));
      const micros = { most_micros: prepared.mostMicros, worst_micros: prepared.worstMicros };
      calls.push({ id, items: kept, places: [...fenced.places], ...micros, ceiling, request });
    }
    if (calls.length === 0) return null;
    const handed: HandedOver = {
      mark: `b${desk.random(16)}`,
      batch: null,
      model: nameOf(line.model),
      task: task.id,
      digest: task.digest,
      at: desk.world.now().toISOString(),
      calls: calls.map(({ request: _sent, ...call }) => call),
    };
    write(handed);
    const requests = calls.map(({ id, request }) => ({ id, request }));
    const { batches } = line.provider;
    const found = await tried(
      async (signal) => {
        try {
          return await batches.submit(requests, signal, handed.mark);
        } catch (error) {
          // No answer is no refusal: the batch may stand, and must not be handed over twice.
          const unheard = error instanceof ProviderFailure && error.status === null && error.kind === "again";
          const standing = unheard ? await batches.find?.(sentOf(handed), signal).catch(() => null) : null;
          if (standing) return standing;
          throw error;
        }
      },
      desk.patience,
      desk.world,
    );
    if ("failure" in found) {
      forget(handed);
      log.warn(
        `${nameOf(line.model)} takes no batch (${found.failure.code}); its questions are asked at once`,
      );
      return null;
    }
    const whole = { ...handed, batch: found.value };
    write(whole);
    return whole;
  }

  async function wait(task: Task, line: Line, handed: HandedOver, judged: Judged): Promise<boolean> {
    const end = desk.world.now().getTime() + waitMs;
    for (let pause = pollMs; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      if (await look(task, line, handed, judged)) return true;
      if (desk.world.now().getTime() + pause >= end) return false;
      log.progress(`waiting for a batch of ${task.id}`, 0);
      await desk.world.wait(pause);
    }
  }

  return {
    async collect(task, lines, judged) {
      for (const handed of handedOver(task)) {
        const line = lines.find(({ model }) => nameOf(model) === handed.model);
        if (line) await look(task, line, handed, judged);
      }
    },
    async ask(task, line, items, judged) {
      const waiting = new Map<Item, string>();
      const says = ({ batch, mark }: HandedOver) =>
        `batch ${batch ?? mark} is not done; the next run fetches it`;
      const earlier = handedOver(task).filter(({ model }) => model === nameOf(line.model));
      const underWay = new Map(
        earlier.flatMap((handed) =>
          handed.calls.flatMap((call) =>
            call.items.map((item) => [answerKey(task, line.model, item.input), handed]),
          ),
        ),
      );
      const fresh = items.filter((item) => !underWay.has(answerKey(task, line.model, item.input)));
      const mine = fresh.length > 1 ? await handOver(task, line, fresh) : null;
      for (const handed of earlier)
        if (!(await wait(task, line, handed, judged)))
          for (const item of items)
            if (underWay.get(answerKey(task, line.model, item.input)) === handed)
              waiting.set(item, says(handed));
      if (mine && !(await wait(task, line, mine, judged))) {
        const hashes = new Set(mine.calls.flatMap((call) => call.items.map((item) => item.inputSha256)));
        for (const item of fresh) if (hashes.has(item.inputSha256)) waiting.set(item, says(mine));
        // The provider may still bill it: what is reserved stays reserved for this run.
      }
      return waiting;
    },
  };
}
