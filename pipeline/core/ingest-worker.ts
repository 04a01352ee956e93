// A worker thread of the ingestion: takes jobs from the main thread until told to stop. The first comes with it.
import { parentPort, workerData } from "node:worker_threads";
import { LeapError } from "./errors.ts";
import { type Job, prepared, runJob } from "./ingest-job.ts";
import type { LineModule } from "./types.ts";

const port = parentPort;
if (!port) throw new Error("ingest-worker runs in a worker thread");

const { parser, options, first } = workerData as { parser: string; options: unknown; first: Job };
const module = (await import(parser)) as LineModule;
const ready = prepared(module, options);

async function run(job: Job): Promise<void> {
  try {
    const result = await runJob(job, ready, (bytes) => port?.postMessage({ progress: bytes }));
    port?.postMessage({ result });
  } catch (error) {
    const { message, stack } = error as Error;
    port?.postMessage({ error: { message, stack, expected: error instanceof LeapError } });
  }
}

port.on("message", run);
await run(first);
