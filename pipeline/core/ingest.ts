// Input files become bronze: every record passes the source's parser; what it accepts is written as canonical NDJSON, what
// it refuses goes to quarantine with file, line, reason and raw text. received = kept + quarantined, always.
import { createReadStream } from "node:fs";
import { appendFile, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { type Job, type JobResult, prepared, runJob } from "./ingest-job.ts";
import { runInWorkers } from "./ingest-pool.ts";
import { copyBytes } from "./ingest-standing.ts";
import { mergeTallies, type Tallied, type Tally } from "./ingest-tally.ts";
import { checksum, type Input, isSplittable, lineRanges, openInput } from "./lines.ts";
import type { LineModule, Log, Quarantined, ThingCount } from "./types.ts";

export interface IngestRequest {
  readonly source: string;
  /** Receipt id. */
  readonly receipt: string;
  /** What a record is: posts, accounts, runs, … */
  readonly thing: string;
  /** Paths of the input files; each may have its own format, compression and encoding. */
  readonly files: readonly string[];
  /** Absolute path or file URL of a LineModule. */
  readonly parser: string;
  /** Handed to the module's `prepare`; must survive a structured clone. */
  readonly options: unknown;
  /** Where parts and quarantine.ndjson go: the staging folder of the receipt. */
  readonly folder: string;
  /** Worker threads for large inputs; small ones run in this thread. */
  readonly threads?: number;
  readonly tally?: Tally;
}

export interface Ingested extends ThingCount {
  readonly files: readonly { name: string; bytes: number; sha256: string }[];
  /** What people should be told: an encoding that was guessed, a file that was cut. */
  readonly notes: readonly string[];
  /** What the request asked to tally over the accepted rows. */
  readonly tallied: Tallied;
}

/** Below this a worker's start costs more than it saves. */
const WORTH_A_THREAD_BYTES = 1 << 24;

/** Appends to `quarantine.ndjson`, so several things of one receipt may share the folder. */
export async function ingest(request: IngestRequest, { log }: { log: Log }): Promise<Ingested> {
  await mkdir(request.folder, { recursive: true });
  const inputs: Input[] = [];
  for (const file of request.files) inputs.push(await openInput(file));
  const threads = request.threads ?? 2;
  const total = inputs.reduce((sum, input) => sum + input.bytes, 0);
  const jobs = await planJobs(request, inputs, threads);

  let done = 0;
  const onProgress = (bytes: number) => {
    done += bytes;
    log.progress(`reading ${request.thing}`, Math.min(done, total), total);
  };
  const parser = request.parser.startsWith("file:") ? request.parser : pathToFileURL(request.parser).href;
  const split = inputs.filter((input) => jobs.some((job) => job.range && job.input === input));
  const checksums = Promise.all(split.map(async (input) => [input, await checksum(input.path)] as const));
  const module = (await import(parser)) as LineModule;
  const ready = prepared(module, request.options);
  const here = (job: Job) => runJob(job, ready, onProgress);
  const results =
    threads > 1 && total >= WORTH_A_THREAD_BYTES
      ? await runInWorkers(jobs, { parser, options: request.options, threads, here, onProgress })
      : await inTurn(jobs, here);
  const sums = new Map(await checksums);

  await mergeRejects(request, jobs, results);
  const files = inputs.map((input) => {
    const whole = jobs.findIndex((job) => job.input === input);
    const sha256 = sums.get(input) ?? results[whole]?.sha256;
    if (!sha256) throw new Error(`no checksum for ${input.path}`);
    return { name: input.name, bytes: input.bytes, sha256 };
  });
  const nameIn = (part: string) => part.slice(request.folder.length + 1);
  const raw = await rawParts(request, jobs, results);
  const standing = raw.length > 0 ? module.standing?.(request.options) : null;
  const received = results.reduce((sum, result) => sum + result.received, 0);
  const kept = results.reduce((sum, result) => sum + result.kept, 0);
  return {
    received,
    kept,
    quarantined: received - kept,
    parts: jobs.map((job) => nameIn(job.part)),
    ...(raw.length > 0 && standing
      ? { raw: { parts: raw.map(nameIn), columns: standing.columns, constants: standing.constants } }
      : {}),
    files,
    notes: results.flatMap((result) => result.notes),
    tallied: mergeTallies(results.map((result) => result.tallied)),
  };
}

/** An input that lies in the folder and stands from its first byte to its last is a part itself; of others, the lines that stand are. */
async function rawParts(
  request: IngestRequest,
  jobs: readonly Job[],
  results: readonly JobResult[],
): Promise<string[]> {
  const parts: string[] = [];
  for (const [input, ours] of Map.groupBy(jobs.keys(), (index) => jobs[index]?.input as Input)) {
    const mayStay = input.path.startsWith(`${request.folder}/`) && !/[*?[\]{}]/.test(input.name);
    if (mayStay && ours.every((index) => results[index]?.whole)) {
      parts.push(input.path);
      continue;
    }
    for (const index of ours) {
      const { range, raw } = jobs[index] as Job;
      const { whole, standing } = results[index] as JobResult;
      if (whole && range) await copyRange(input.path, range, raw);
      if (standing > 0) parts.push(raw);
    }
  }
  return parts;
}

async function copyRange(path: string, range: { start: number; end: number }, part: string): Promise<void> {
  const handle = await open(part, "w");
  try {
    if (copyBytes(path, range, handle.fd) !== 10) await handle.appendFile("\n");
  } finally {
    await handle.close();
  }
}

async function planJobs(request: IngestRequest, inputs: readonly Input[], threads: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const input of inputs) {
    const ranges =
      isSplittable(input) && input.bytes >= WORTH_A_THREAD_BYTES ? await rangesOf(input, threads) : [null];
    for (const range of ranges) {
      const number = String(jobs.length + 1).padStart(4, "0");
      jobs.push({
        input,
        range,
        part: join(request.folder, `${request.thing}-${number}.ndjson`),
        raw: join(request.folder, `${request.thing}-${number}.raw.ndjson`),
        rejects: join(request.folder, `.rejects-${request.thing}-${number}`),
        scratch: request.folder,
        tally: request.tally ?? { words: [], ranges: [] },
      });
    }
  }
  return jobs;
}

async function rangesOf(input: Input, threads: number): Promise<{ start: number; end: number }[]> {
  const handle = await open(input.path);
  try {
    return lineRanges(handle.fd, input.bytes, threads);
  } finally {
    await handle.close();
  }
}

async function inTurn(jobs: readonly Job[], run: (job: Job) => Promise<JobResult>): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const job of jobs) results.push(await run(job));
  return results;
}

// Ranges number their lines from 1; here each gets the lines of the ranges before it in the same file.
async function mergeRejects(
  request: IngestRequest,
  jobs: readonly Job[],
  results: readonly JobResult[],
): Promise<void> {
  const target = join(request.folder, "quarantine.ndjson");
  await appendFile(target, "");
  let before = 0;
  for (const [index, job] of jobs.entries()) {
    if (index > 0 && jobs[index - 1]?.input !== job.input) before = 0;
    let pending = "";
    for await (const text of createInterface({ input: createReadStream(job.rejects), crlfDelay: 0 })) {
      const [line, reason, raw] = JSON.parse(text) as [number, string, string];
      const entry: Quarantined = {
        source: request.source,
        receipt: request.receipt,
        thing: request.thing,
        file: job.input.name,
        line: line + before,
        reason,
        raw,
      };
      pending += `${JSON.stringify(entry)}\n`;
      if (pending.length > 1 << 20) {
        await appendFile(target, pending);
        pending = "";
      }
    }
    if (pending !== "") await appendFile(target, pending);
    await rm(job.rejects);
    before += results[index]?.lines ?? 0;
  }
}
