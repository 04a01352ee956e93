// What can wait is handed over as a batch, at half the price. What was handed over is on the disk before anybody waits for it, so that a killed run
// fetches its results instead of paying again.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../core/types.ts";
import { answerKey } from "./answers.ts";
import { chunks } from "./asking.ts";
import type { Reservation } from "./budget.ts";
import { type Called, type Desk, type Item, type Line, prepare, settled } from "./calls.ts";
import { nameOf } from "./prices.ts";
import { tried } from "./retry.ts";
import type { Task } from "./tasks.ts";
import type { BatchState } from "./types.ts";

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
  readonly batch: string;
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
  }[];
}

const LONGEST_PAUSE_MS = 600_000;

export function openWaiting({ folder, desk, log, waitMs, pollMs }: WaitingOptions): Waiting {
  const fileOf = (batch: string) => join(folder, `${batch.replaceAll(/[^\w-]/g, "_")}.json`);

  function handedOver(task: Task): HandedOver[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as HandedOver)
      .filter((one) => one.task === task.id && one.digest === task.digest);
  }

  /** Looks once. True when the batch is over, whatever came of it. */
  async function look(
    task: Task,
    line: Line,
    handed: HandedOver,
    judged: Judged,
    reservations: ReadonlyMap<string, Reservation>,
  ): Promise<boolean> {
    const found = await tried(
      (signal) => line.provider.batches.poll(handed.batch, signal),
      desk.patience,
      desk.world,
    );
    if ("failure" in found) {
      // Not to be reached for now: it may be later. A batch that nobody knows any more is lost.
      if (found.failure.kind !== "request" && found.failure.status !== 404) return false;
      return over(handed, reservations, `${found.failure.code}`);
    }
    const state: BatchState = found.value;
    if (state.state === "working") return false;
    if (state.state === "lost") return over(handed, reservations, state.reason);
    const now = desk.world.now();
    for (const call of handed.calls) {
      const result = state.results.find(({ id }) => id === call.id);
      const reservation = reservations.get(call.id) ?? { task: task.id, micros: 0 };
      if (!result || !("reply" in result)) {
        desk.budget.settle(reservation, 0);
        continue;
      }
      const fenced = { fenced: { user: "", places: new Map(call.places) } };
      const stated = result.reply.usage ? reservation : { task: task.id, micros: call.most_micros };
      if (stated !== reservation) desk.budget.settle(reservation, 0);
      judged(
        line,
        call.items,
        settled(task, line, call.items, fenced, result.reply, {
          ...{ desk, attempts: 1, batch: true, at: now.toISOString() },
          reservation: stated,
          latencyMs: now.getTime() - Date.parse(handed.at),
        }),
      );
    }
    rmSync(fileOf(handed.batch));
    return true;
  }

  function over(handed: HandedOver, reservations: ReadonlyMap<string, Reservation>, reason: string): true {
    for (const reservation of reservations.values()) desk.budget.settle(reservation, 0);
    log.warn(`batch ${handed.batch} of ${handed.model} is lost (${reason}); its questions are asked again`);
    rmSync(fileOf(handed.batch));
    return true;
  }

  async function handOver(
    task: Task,
    line: Line,
    items: readonly Item[],
  ): Promise<{ handed: HandedOver; reservations: Map<string, Reservation> } | null> {
    const reservations = new Map<string, Reservation>();
    const calls: (HandedOver["calls"][number] & { request: ReturnType<typeof prepare>["request"] })[] = [];
    for (const pack of chunks(items, task.pack)) {
      const { request, fenced, mostMicros } = prepare(task, line, pack, desk, { batch: true });
      const reservation = desk.budget.reserve(task.id, mostMicros);
      // What there is no money for is left to the asking at once, which says so.
      if (!reservation) break;
      const id = `c${desk.random(16)}`;
      reservations.set(id, reservation);
      const kept = pack.map(({ item, input, inputSha256 }) => ({ item, input, inputSha256 }));
      calls.push({ id, items: kept, places: [...fenced.places], most_micros: mostMicros, request });
    }
    if (calls.length === 0) return null;
    const requests = calls.map(({ id, request }) => ({ id, request }));
    const found = await tried(
      (signal) => line.provider.batches.submit(requests, signal),
      desk.patience,
      desk.world,
    );
    if ("failure" in found) {
      for (const reservation of reservations.values()) desk.budget.settle(reservation, 0);
      log.warn(
        `${nameOf(line.model)} takes no batch (${found.failure.code}); its questions are asked at once`,
      );
      return null;
    }
    const handed: HandedOver = {
      batch: found.value,
      model: nameOf(line.model),
      task: task.id,
      digest: task.digest,
      at: desk.world.now().toISOString(),
      calls: calls.map(({ request: _sent, ...call }) => call),
    };
    mkdirSync(folder, { recursive: true });
    const file = fileOf(handed.batch);
    writeFileSync(`${file}.new`, JSON.stringify(handed), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
    return { handed, reservations };
  }

  async function wait(
    task: Task,
    line: Line,
    handed: HandedOver,
    judged: Judged,
    reservations: ReadonlyMap<string, Reservation>,
  ): Promise<boolean> {
    const end = desk.world.now().getTime() + waitMs;
    for (let pause = pollMs; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      if (await look(task, line, handed, judged, reservations)) return true;
      if (desk.world.now().getTime() + pause >= end) return false;
      log.progress(`waiting for a batch of ${task.id}`, 0);
      await desk.world.wait(pause);
    }
  }

  return {
    async collect(task, lines, judged) {
      for (const handed of handedOver(task)) {
        const line = lines.find(({ model }) => nameOf(model) === handed.model);
        if (line) await look(task, line, handed, judged, new Map());
      }
    },
    async ask(task, line, items, judged) {
      const waiting = new Map<Item, string>();
      const says = (batch: string) => `batch ${batch} is not done; the next run fetches it`;
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
        if (!(await wait(task, line, handed, judged, new Map())))
          for (const item of items)
            if (underWay.get(answerKey(task, line.model, item.input)) === handed)
              waiting.set(item, says(handed.batch));
      if (mine && !(await wait(task, line, mine.handed, judged, mine.reservations))) {
        const hashes = new Set(
          mine.handed.calls.flatMap((call) => call.items.map((item) => item.inputSha256)),
        );
        for (const item of fresh)
          if (hashes.has(item.inputSha256)) waiting.set(item, says(mine.handed.batch));
        // The provider may still bill it: what is reserved stays reserved for this run.
      }
      return waiting;
    },
  };
}
