// Worker threads for large inputs. Results come back in the order of the jobs, whoever finishes first.
import { Worker } from "node:worker_threads";
import { LeapError } from "./errors.ts";
import type { Job, JobResult } from "./ingest-job.ts";

interface Answer {
  readonly ready?: true;
  readonly progress?: number;
  readonly result?: JobResult;
  readonly error?: { readonly message: string; readonly stack?: string; readonly expected: boolean };
}

export async function runInWorkers(
  jobs: readonly Job[],
  pool: {
    readonly parser: string;
    readonly options: unknown;
    readonly threads: number;
    readonly onProgress: (bytes: number) => void;
  },
): Promise<JobResult[]> {
  const results: JobResult[] = new Array(jobs.length);
  const waiting = jobs.map((_, index) => index);
  const workers: Worker[] = [];
  try {
    await Promise.all(
      Array.from({ length: Math.min(pool.threads, jobs.length) }, () => {
        const worker = new Worker(new URL("./ingest-worker.ts", import.meta.url), {
          workerData: { parser: pool.parser, options: pool.options },
          // Node strips types by itself from 22.18 on; a loader in every thread would only cost its start.
          execArgv: process.features.typescript ? [] : process.execArgv,
        });
        workers.push(worker);
        return work(worker, () => waiting.shift(), jobs, results, pool.onProgress);
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function work(
  worker: Worker,
  next: () => number | undefined,
  jobs: readonly Job[],
  results: JobResult[],
  onProgress: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: number | undefined;
    const proceed = () => {
      current = next();
      if (current === undefined) resolve();
      else worker.postMessage(jobs[current]);
    };
    worker.on("message", (answer: Answer) => {
      if (answer.progress !== undefined) onProgress(answer.progress);
      else if (answer.error) reject(revived(answer.error));
      else {
        if (answer.result && current !== undefined) results[current] = answer.result;
        proceed();
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
