// Work spread over threads answers as work in one thread does.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LeapError } from "./errors.ts";
import { mapBatches, threadsFor } from "./parallel.ts";

let folder: string;
let module: URL;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parallel-"));
  const path = join(folder, "doubling.mjs");
  writeFileSync(
    path,
    `export function prepare({ factor }) {
      if (factor === 0) throw new Error("nothing to prepare");
      return (batch) => batch.map((n) => {
        if (n === 13) throw new Error("thirteen");
        // Small numbers take longest, so that threads overtake each other.
        const until = performance.now() + (n < 40 ? 4 : 0);
        while (performance.now() < until);
        return n * factor;
      });
    }`,
  );
  module = pathToFileURL(path);
});

afterAll(() => rmSync(folder, { recursive: true }));

async function map(batches: number[][], threads: number, factor = 2): Promise<number[][]> {
  const answers: number[][] = [];
  for await (const answer of mapBatches<{ factor: number }, number[], number[]>(
    { module, options: { factor }, threads },
    batches,
  )) {
    answers.push(answer);
  }
  return answers;
}

const batches = Array.from({ length: 40 }, (_, i) => [i * 20, i * 20 + 1]);

test.each([0, 1, 2, 3])("answers come in the order of the batches with %i threads", async (threads) => {
  expect(await map(batches, threads)).toEqual(batches.map(([a = 0, b = 0]) => [2 * a, 2 * b]));
});

test.each([0, 2])("an error in a batch reaches the caller with %i threads", async (threads) => {
  await expect(map([[1], [13], [2]], threads)).rejects.toThrow("thirteen");
});

test.each([0, 2])("a module that cannot prepare says why with %i threads", async (threads) => {
  await expect(map([[1]], threads, 0)).rejects.toThrow("nothing to prepare");
});

test("a refusal is still a refusal on this side of the thread", async () => {
  const path = join(folder, "refusing.mjs");
  const errors = new URL("./errors.ts", import.meta.url).href;
  writeFileSync(
    path,
    `import { LeapError } from ${JSON.stringify(errors)};\nexport const prepare = () => () => { throw new LeapError("unknown column: likez"); };`,
  );
  const asked = mapBatches({ module: pathToFileURL(path), options: {}, threads: 1 }, [1]);
  await expect(asked.next()).rejects.toThrow(new LeapError("unknown column: likez"));
});

test("small inputs start no thread", () => {
  expect(threadsFor(4_999)).toBe(0);
  expect(threadsFor(5_000)).toBeGreaterThanOrEqual(1);
});
