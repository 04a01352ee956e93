// `npm run ci:local -- <workflow>`: the run steps of a workflow, in order, on this machine, in one working folder and with a made-up environment. Steps
// that use an action are named and passed over: what they hand from job to job lies in the working folder already.
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import type { Done } from "./environment.ts";
import { type Contexts, evaluated, filled, holds, type Value } from "./expressions.ts";
import { repository } from "./publication.ts";

const words = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const Step = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.union([z.string(), z.boolean()]).optional(),
  env: words.optional(),
});
const Job = z.looseObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.union([z.string(), z.boolean()]).optional(),
  env: words.optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  strategy: z
    .looseObject({ matrix: z.record(z.string(), z.union([z.string(), z.array(z.any())])).optional() })
    .optional(),
  steps: z.array(Step),
});
const Workflow = z.looseObject({
  name: z.string().optional(),
  env: words.optional(),
  on: z.any(),
  jobs: z.record(z.string(), Job),
});
type Job = z.output<typeof Job>;

export interface LocalWords {
  /** Folder of the repository: where `.github/workflows` lies and steps run. */
  readonly in?: string;
  /** Name of the event; default: the first that the workflow names. */
  readonly event?: string;
  /** JSON file with the event's payload. */
  readonly payload?: string;
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  readonly var?: readonly string[];
  readonly input?: readonly string[];
  /** Names of steps that are passed over, such as Install. */
  readonly skip?: readonly string[];
  /** Says what would run, and runs nothing. */
  readonly dryRun?: boolean;
}

export interface LocalStep {
  readonly job: string;
  readonly step: string;
  /** `passed`: it uses an action, or was asked to be passed over. */
  readonly how: "ran" | "failed" | "passed" | "condition" | "would run";
  readonly code: number | null;
}

/** Runs the workflow. Throws LeapError at the first step that fails, after the steps that always run. */
export async function ciLocal(name: string, options: LocalWords, say: (line: string) => void): Promise<Done> {
  const root = path.resolve(options.in ?? repository);
  const workflow = readWorkflow(root, name);
  const temp = mkdtempSync(path.join(tmpdir(), "leap-ci-"));
  const done: LocalStep[] = [];
  try {
    const base = baseOf(root, workflow, options, temp);
    const needs: Record<string, Value> = {};
    for (const [id, job] of inOrder(workflow.jobs)) {
      const values = {
        ...base.values,
        needs,
        matrix: firstOfMatrix(job, { ...base.values, needs }, id, say),
        strategy: { "job-index": 0 },
      };
      if (!holds(condition(job.if), { values, failed: false })) {
        say(`${id}: not run, its condition does not hold`);
        continue;
      }
      const room = {
        id,
        job,
        root,
        temp,
        values,
        base: base.env,
        workflowEnv: workflow.env ?? {},
        options,
        say,
      };
      const ended = await runJob(room, done);
      needs[id] = { outputs: ended.outputs, result: ended.failed === null ? "success" : "failure" };
      if (ended.failed !== null)
        throw new LeapError(
          `failed step: ${ended.failed.step} of the job ${id} ended with ${ended.failed.code}. Its words stand above; nothing after it was run.`,
        );
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
  const ran = done.filter(({ how }) => how === "ran").length;
  return {
    text: options.dryRun
      ? `${done.filter(({ how }) => how === "would run").length} steps would run`
      : `${ran} steps ran, ${done.length - ran} were passed over`,
    gaps: 0,
    result: done,
  };
}

function readWorkflow(root: string, name: string): z.output<typeof Workflow> {
  const folder = path.join(root, ".github/workflows");
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".yml"))
        .map((file) => file.slice(0, -4))
    : [];
  if (!known.includes(name))
    throw new LeapError(`unknown workflow: ${name}. Known: ${known.join(", ") || "none"}.`);
  const found = Workflow.safeParse(parse(readFileSync(path.join(folder, `${name}.yml`), "utf8")));
  if (!found.success)
    throw new LeapError(
      `invalid workflow: ${name}: ${found.error.issues[0]?.path.join(".")}: ${found.error.issues[0]?.message}.`,
    );
  return found.data;
}

const pairs = (list: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    list.map((pair) => {
      const cut = pair.indexOf("=");
      if (cut < 1) throw new LeapError(`invalid pair: ${pair.slice(0, 40)}. Write NAME=value.`);
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );

function baseOf(root: string, workflow: z.output<typeof Workflow>, options: LocalWords, temp: string) {
  const triggers =
    typeof workflow.on === "string"
      ? [workflow.on]
      : Array.isArray(workflow.on)
        ? (workflow.on as string[])
        : Object.keys((workflow.on ?? {}) as object);
  const event = options.event ?? triggers[0] ?? "workflow_dispatch";
  if (!triggers.includes(event))
    throw new LeapError(`unknown event: ${event}. The workflow begins on ${triggers.join(", ")}.`);
  const payload = (
    options.payload === undefined ? {} : JSON.parse(readFileSync(options.payload, "utf8"))
  ) as Value;
  const payloadFile = path.join(temp, "event.json");
  writeFileSync(payloadFile, JSON.stringify(payload));
  const github = {
    event_name: event,
    event: payload,
    ref: "refs/heads/main",
    ref_name: "main",
    repository: "local/global-leap",
    run_id: "1",
    sha: "0".repeat(40),
    token: "local-token",
    workspace: root,
  };
  // Nothing of the surroundings but where programs are: a key that happens to be set must not be spent.
  const kept = ["PATH", "HOME", "LANG", "TMPDIR", "USER"].flatMap((word) =>
    process.env[word] === undefined ? [] : [[word, process.env[word]]],
  );
  const env: Record<string, string> = {
    ...(Object.fromEntries(kept) as Record<string, string>),
    ...{
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: payloadFile,
      GITHUB_REPOSITORY: github.repository,
    },
    ...{
      GITHUB_REF: github.ref,
      GITHUB_REF_NAME: "main",
      GITHUB_RUN_ID: "1",
      GITHUB_SHA: github.sha,
      GITHUB_WORKSPACE: root,
      RUNNER_TEMP: temp,
    },
    ...pairs(options.env),
  };
  return {
    env,
    values: {
      github,
      inputs: pairs(options.input),
      secrets: pairs(options.secret),
      vars: pairs(options.var),
      runner: { temp },
    } as Record<string, Value>,
  };
}

/** Jobs so that each comes after those it needs. */
function inOrder(jobs: Readonly<Record<string, Job>>): [string, Job][] {
  const sorted: [string, Job][] = [];
  const visit = (id: string, way: readonly string[]): void => {
    const job = jobs[id];
    if (!job || way.includes(id)) throw new LeapError(`invalid needs: ${[...way, id].join(" → ")}.`);
    if (sorted.some(([known]) => known === id)) return;
    for (const needed of [job.needs ?? []].flat()) visit(needed, [...way, id]);
    sorted.push([id, job]);
  };
  for (const id of Object.keys(jobs)) visit(id, []);
  return sorted;
}

function firstOfMatrix(
  job: Job,
  values: Record<string, Value>,
  id: string,
  say: (line: string) => void,
): Record<string, Value> {
  const matrix = Object.entries(job.strategy?.matrix ?? {}).map(
    ([name, given]): [string, readonly Value[]] => {
      const list =
        typeof given === "string"
          ? evaluated(given.replace(/^\s*\$\{\{|\}\}\s*$/g, ""), { values, failed: false })
          : (given as Value[]);
      return [name, Array.isArray(list) ? list : []];
    },
  );
  const first = Object.fromEntries(matrix.map(([name, list]) => [name, list[0] ?? null]));
  const cells = matrix.reduce((count, [, list]) => count * list.length, 1);
  if (cells > 1)
    say(`${id}: the first of ${cells} cells, ${JSON.stringify(first)}; name another with --input`);
  return first;
}

interface Room {
  readonly id: string;
  readonly job: Job;
  readonly root: string;
  readonly temp: string;
  readonly values: Record<string, Value>;
  readonly base: Record<string, string>;
  readonly workflowEnv: z.output<typeof words>;
  readonly options: LocalWords;
  readonly say: (line: string) => void;
}

async function runJob(
  room: Room,
  done: LocalStep[],
): Promise<{ failed: LocalStep | null; outputs: Record<string, string> }> {
  const { id, job, options, say } = room;
  const steps: Record<string, Value> = {};
  /** What steps wrote into GITHUB_ENV and GITHUB_PATH. */
  const added: { env: Record<string, string>; path: string[] } = { env: {}, path: [] };
  let failed: LocalStep | null = null;
  for (const [index, step] of job.steps.entries()) {
    const values: Record<string, Value> = { ...room.values, steps };
    const contexts: Contexts = { values, failed: failed !== null };
    const title = step.name ?? step.id ?? step.uses ?? `step ${index + 1}`;
    const note = (how: LocalStep["how"], code: number | null, line: string): LocalStep => {
      say(`${id}: ${line}`);
      const noted = { job: id, step: title, how, code };
      done.push(noted);
      if (step.id !== undefined)
        steps[step.id] = {
          outputs: {},
          outcome: how === "ran" ? "success" : how === "failed" ? "failure" : "skipped",
          ...(steps[step.id] as object),
        };
      return noted;
    };
    if (!holds(condition(step.if), contexts))
      note("condition", null, `${title}: not run, its condition does not hold`);
    else if (step.run === undefined)
      note("passed", null, `${title}: passed over, uses ${step.uses ?? "nothing"}`);
    else if (options.skip?.includes(title)) note("passed", null, `${title}: passed over, as asked`);
    else if (options.dryRun)
      note("would run", null, `${title}: would run\n${step.run.trim().replace(/^/gm, "    ")}`);
    else {
      say(`${id}: ${title}`);
      const env: Record<string, string> = { ...room.base, ...added.env };
      for (const own of [room.workflowEnv, job.env ?? {}, step.env ?? {}]) {
        const given = { values: { ...values, env: { ...env } }, failed: failed !== null };
        for (const [name, value] of Object.entries(own)) env[name] = filled(String(value ?? ""), given);
      }
      if (added.path.length > 0) env["PATH"] = [...added.path, env["PATH"]].join(":");
      const script = filled(step.run, { values: { ...values, env }, failed: failed !== null });
      const { code, outputs } = await runStep(script, env, room, added);
      if (step.id !== undefined) steps[step.id] = { outputs };
      const noted = note(code === 0 ? "ran" : "failed", code, `${title}: ended with ${code}`);
      if (code !== 0) failed ??= noted;
    }
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, text]) => [
    name,
    filled(text, { values: { ...room.values, steps }, failed: failed !== null }),
  ]);
  return { failed, outputs: Object.fromEntries(outputs) as Record<string, string> };
}

const condition = (given: string | boolean | undefined): string | undefined =>
  given === undefined ? undefined : String(given);

async function runStep(
  script: string,
  env: Record<string, string>,
  { root, temp, say }: Room,
  added: { env: Record<string, string>; path: string[] },
) {
  const at = (name: string) => path.join(temp, name);
  const files = {
    GITHUB_OUTPUT: at("output"),
    GITHUB_ENV: at("env"),
    GITHUB_PATH: at("path"),
    GITHUB_STEP_SUMMARY: at("summary"),
  };
  mkdirSync(temp, { recursive: true });
  for (const file of Object.values(files)) writeFileSync(file, "");
  writeFileSync(at("step.sh"), script);
  const code = await new Promise<number>((resolve, reject) => {
    // The same words as GitHub's `shell: bash`.
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", at("step.sh")], {
      cwd: root,
      env: { ...env, ...files },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream
        .setEncoding("utf8")
        .on("data", (text: string) => say(text.replace(/\n$/, "").replace(/^/gm, "    ")));
    child.on("error", reject);
    child.on("close", (ended) => resolve(ended ?? 1));
  });
  Object.assign(added.env, assignments(readFileSync(files.GITHUB_ENV, "utf8")));
  added.path.unshift(...readFileSync(files.GITHUB_PATH, "utf8").split("\n").filter(Boolean));
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, "utf8").trim();
  if (summary !== "") say(`    summary:\n${summary.replace(/^/gm, "    | ")}`);
  return { code, outputs: assignments(readFileSync(files.GITHUB_OUTPUT, "utf8")) };
}

/** `name=value` lines, and `name<<END` … `END`. */
function assignments(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const [, name, end] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && end !== undefined) {
      const last = lines.indexOf(end, index + 1);
      found[name] = lines.slice(index + 1, last).join("\n");
      index = last;
    } else if (line.includes("="))
      found[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
  }
  return found;
}
