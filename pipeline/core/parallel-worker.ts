// The thread behind parallel.ts: loads the module once, then answers one batch at a time, in order.
import { parentPort, workerData } from "node:worker_threads";
import { LeapError } from "./errors.ts";
import type { BatchModule, Reply } from "./parallel.ts";

const port = parentPort;
if (!port) throw new Error("parallel-worker.ts runs only as a worker thread");

const { module, options } = workerData as { module: string; options: unknown };
const ready = import(module).then((loaded: BatchModule<unknown, unknown, unknown>) =>
  loaded.prepare(options),
);
// A module that cannot prepare answers every batch with that error, which is where the caller waits for it.
ready.catch(() => {});

port.on("message", async (batch: unknown) => {
  port.postMessage(await answer(batch));
});

async function answer(batch: unknown): Promise<Reply<unknown>> {
  try {
    const work = await ready;
    return { value: work(batch) };
  } catch (error) {
    // structured clone keeps the class of built-in errors only, so ours travels as its message.
    if (error instanceof LeapError) return { error: error.message, refused: true };
    return { error, refused: false };
  }
}
