// Worker threads for large inputs. Results come back in the order of the jobs, whoever finishes first.
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { LeapError } from "./errors.ts";
import type { Job, JobResult } from "./ingest-job.ts";

interface Answer {
  readonly progress?: number;
  readonly result?: JobResult;
  readonly error?: { readonly message: string; readonly stack?: string; readonly expected: boolean };
}

/**
 * Runs the jobs in this thread and in others beside it. This one has everything loaded already, and a thread's start costs as much as
 * reading a hundred thousand lines.
 */
export async function runInWorkers(
  jobs: readonly Job[],
  pool: {
    readonly parser: string;
    readonly options: unknown;
    readonly threads: number;
    readonly here: (job: Job) => Promise<JobResult>;
    readonly onProgress: (bytes: number) => void;
  },
): Promise<JobResult[]> {
  const results: JobResult[] = new Array(jobs.length);
  const waiting = [...jobs.keys()];
  const workers: Worker[] = [];
  try {
    // A worker brings its first job along, and gets the next when it is done: this thread reads too, and may not hear it ask.
    const others = Array.from({ length: Math.min(pool.threads, jobs.length) - 1 }, () => {
      const first = waiting.pop() as number;
      const worker = new Worker(new URL("./ingest-worker.ts", import.meta.url), {
        workerData: { parser: pool.parser, options: pool.options, first: jobs[first] },
        // Node strips types by itself from 22.18 on; a loader in every thread would only cost its start.
        execArgv: process.features.typescript ? [] : process.execArgv,
      });
      workers.push(worker);
      return work(worker, first, () => waiting.shift(), jobs, results, pool.onProgress);
    });
    const failed = Promise.all(others);
    // It is awaited below; until then Node must not call its error unhandled.
    failed.catch(() => {});
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      results[index] = await pool.here(jobs[index] as Job);
      await setImmediate();
    }
    await failed;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function work(
  worker: Worker,
  first: number,
  next: () => number | undefined,
  jobs: readonly Job[],
  results: JobResult[],
  onProgress: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: number | undefined = first;
    worker.on("message", (answer: Answer) => {
      if (answer.progress !== undefined) onProgress(answer.progress);
      else if (answer.error) reject(revived(answer.error));
      else {
        if (answer.result && current !== undefined) results[current] = answer.result;
        current = next();
        if (current === undefined) resolve();
        else worker.postMessage(jobs[current]);
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`an ingestion worker ended early (exit ${code})`)));
  });
}

function revived(error: NonNullable<Answer["error"]>): Error {
  if (error.expected) return new LeapError(error.message);
  const bug = new Error(error.message);
  if (error.stack) bug.stack = error.stack;
  return bug;
}
