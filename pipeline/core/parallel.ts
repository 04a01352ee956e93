// Spreads batches of work over worker threads: order kept, errors passed on, small jobs run where they are.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LeapError } from "./errors.ts";

/** A module whose default work is done once per thread: `prepare` builds what is dear, the returned function maps batches. */
export interface BatchModule<Options, In, Out> {
  prepare(options: Options): BatchWork<In, Out> | Promise<BatchWork<In, Out>>;
}
export type BatchWork<In, Out> = (batch: In) => Out;

export interface Parallel<Options> {
  /** `file:` URL of a module that exports `prepare`. */
  readonly module: URL;
  /** Handed to `prepare` in every thread; must survive structured cloning. */
  readonly options: Options;
  /** Threads; 0 runs everything in this thread. */
  readonly threads: number;
}

/** Threads worth starting for so many items: none below 5,000, since starting one costs as much as their work. */
export function threadsFor(items: number): number {
  return items < 5_000 ? 0 : Math.min(2, availableParallelism());
}

/**
 * Maps batches through `module` and yields the answers in the order of the batches, whatever thread was first.
 * At most two batches a thread are under way, so that a long input never stands in memory.
 * Throws what the module throws; the threads are ended either way.
 */
export async function* mapBatches<Options, In, Out>(
  { module, options, threads }: Parallel<Options>,
  batches: AsyncIterable<In> | Iterable<In>,
): AsyncGenerator<Out> {
  if (threads < 1) {
    const { prepare } = (await import(module.href)) as BatchModule<Options, In, Out>;
    const work = await prepare(options);
    for await (const batch of batches) yield work(batch);
    return;
  }
  const pool = Array.from({ length: threads }, () => new Thread<In, Out>({ module: module.href, options }));
  try {
    const underWay: Promise<Out>[] = [];
    let next = 0;
    for await (const batch of batches) {
      const thread = pool[next++ % threads] as Thread<In, Out>;
      const answer = thread.ask(batch);
      // The error is thrown where the answer is awaited; until then Node must not call it unhandled.
      answer.catch(() => {});
      underWay.push(answer);
      if (underWay.length >= 2 * threads) yield await (underWay.shift() as Promise<Out>);
    }
    for (const answer of underWay) yield await answer;
  } finally {
    await Promise.all(pool.map((thread) => thread.end()));
  }
}

/** What a worker sends back. */
export type Reply<Out> = { readonly value: Out } | { readonly error: unknown; readonly refused: boolean };

class Thread<In, Out> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (value: Out) => void; reject: (reason: unknown) => void }[] = [];
  #dead: unknown = null;

  constructor(workerData: unknown) {
    this.#worker = new Worker(new URL("./parallel-worker.ts", import.meta.url), {
      workerData,
      execArgv: typescriptArguments(),
    });
    this.#worker.on("message", (reply: Reply<Out>) => {
      const asked = this.#waiting.shift();
      if ("value" in reply) asked?.resolve(reply.value);
      else asked?.reject(reply.refused ? new LeapError(String(reply.error)) : reply.error);
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`worker thread ended early with code ${code}`)));
  }

  ask(batch: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      if (this.#dead) return reject(this.#dead);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(batch);
    });
  }

  end(): Promise<number> {
    return this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#dead ??= error;
    for (const asked of this.#waiting.splice(0)) asked.reject(this.#dead);
  }
}

/** Node 24 runs TypeScript by itself; an older one needs tsx in each thread too. */
function typescriptArguments(): string[] {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= 24 ? [] : ["--import", import.meta.resolve("tsx")];
}
