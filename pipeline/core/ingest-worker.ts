// A worker thread of the ingestion: takes jobs from the main thread until told to stop.
import { parentPort, workerData } from "node:worker_threads";
import { LeapError } from "./errors.ts";
import { type Job, prepared, runJob } from "./ingest-job.ts";
import type { LineModule } from "./types.ts";

const port = parentPort;
if (!port) throw new Error("ingest-worker runs in a worker thread");

const { parser, options } = workerData as { parser: string; options: unknown };
const module = (await import(parser)) as LineModule;
const ready = prepared(module, options);

port.on("message", async (job: Job) => {
  try {
    const result = await runJob(job, ready, (bytes) => port.postMessage({ progress: bytes }));
    port.postMessage({ result });
  } catch (error) {
    const { message, stack } = error as Error;
    port.postMessage({ error: { message, stack, expected: error instanceof LeapError } });
  }
});
port.postMessage({ ready: true });
