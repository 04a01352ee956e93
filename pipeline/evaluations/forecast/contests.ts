// The back-tests of many series, spread over threads: most of what a forecast costs.
import { availableParallelism } from "node:os";
import { mapBatches } from "../../core/parallel.ts";
import { type Contest, type ContestOptions, contest } from "../../stats/forecast/contest.ts";

/** A module for core/parallel: series in, contests out. */
export const prepare = (options: ContestOptions) => (batch: readonly Float64Array[]) =>
  batch.map((values) => contest(values, options));

/** Series of one batch: enough to be worth a message. */
const batchSize = 8;
/** Below so many values a thread costs more to start than it saves. */
const fewestForThreads = 20_000;

/** One contest a series, in order; null for a series without a value. */
export async function contests(
  all: readonly Float64Array[],
  options: ContestOptions,
): Promise<(Contest | null)[]> {
  const values = all.reduce((sum, one) => sum + Math.min(one.length, 1000), 0);
  const threads = values < fewestForThreads ? 0 : Math.min(2, availableParallelism());
  const batches = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, b) =>
    all.slice(b * batchSize, (b + 1) * batchSize),
  );
  const answers: (Contest | null)[] = [];
  const work = mapBatches<ContestOptions, readonly Float64Array[], (Contest | null)[]>(
    { module: new URL(import.meta.url), options, threads },
    batches,
  );
  for await (const batch of work) answers.push(...batch);
  return answers;
}
