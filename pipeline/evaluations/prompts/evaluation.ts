// `leap eval prompts`: what the prompts are worth on their own cases, asked of a model or judged on recorded answers.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ModelSettings } from "../../../data/contract/publication.ts";
import { type Case, casesOf } from "../../../prompts/cases.ts";
import type { TaskDefinition } from "../../../prompts/task.ts";
import { tasks as definitions } from "../../../prompts/tasks.ts";
import { LeapError } from "../../core/errors.ts";
import type {
  Evaluation,
  EvaluationCase,
  EvaluationContext,
  Given,
  Measured,
} from "../../core/evaluation.ts";
import type { Desk } from "../../llm/calls.ts";
import { deskAt, MICROS, priceFile, type Tiers, tiersAt, type Variables } from "../../llm/open.ts";
import { readPrices } from "../../llm/prices.ts";
import type { Patience } from "../../llm/retry.ts";
import { readTask, type Task } from "../../llm/tasks.ts";
import { askCases } from "./ask.ts";
import { HAND, hashOf, isStale, type Recorded, readRecorded, writeRecorded } from "./recorded.ts";
import { judgedAll, measured, modelsOf, type Result } from "./result.ts";
import { fallen, readScores, type Scores, writeScores } from "./scores.ts";

export const promptsFolder = path.join(import.meta.dirname, "../../../prompts");
const BUDGET_USD = 1;

export const evaluation: Evaluation = {
  id: "prompts",
  says: "Answers to each prompt's cases, asked of a model or recorded: share that holds, per task, with cost and latency.",
  options: [
    { flags: "--task <id>", says: "only this task; all when not given" },
    { flags: "--replay", says: "judge the recorded answers of prompts/<task>/recorded.jsonl and ask nobody" },
    {
      flags: "--record [folder]",
      says: "keep the answers as <folder>/<task>/recorded.jsonl, in prompts/ when no folder is named; with --replay: take answers written by hand over to the prompt as it stands",
    },
    { flags: "--keep-scores", says: "with --replay: make these scores the bar of prompts/scores.json" },
    { flags: "--budget-usd <x>", says: `dollars that may be spent at most (default: ${BUDGET_USD})` },
  ],
  examples: ["--replay", "--task sentiment", "--task themes --record", "--replay --keep-scores"],
  engine: () => `prompts ${digestOf(tasksAt(promptsFolder))}`,
  evaluate: (given, context) =>
    evaluatePrompts(given, context, {
      prompts: promptsFolder,
      variables: process.env,
      now: () => new Date(),
    }),
  cases: () => measuredCases(promptsFolder),
};

export interface PromptWorld {
  /** Folder of the tasks, with frame.md and scores.json. */
  readonly prompts: string;
  readonly variables: Variables;
  readonly now: () => Date;
  readonly patience?: Patience;
}

interface Posed {
  readonly task: Task;
  readonly cases: readonly Case[];
}

/** Throws a LeapError for an unknown task, and without --replay for a missing key and for a provider that answers nothing. */
export async function evaluatePrompts(
  given: Given,
  { log }: EvaluationContext,
  world: PromptWorld,
): Promise<Measured> {
  const posed = posedOf(given["task"], world.prompts);
  if (given["replay"] !== undefined) {
    if (given["record"] !== undefined) await takeOver(posed, folderOf(given["record"], world), world.prompts);
    const results = posed.map((one) => replayed(one, world.prompts));
    if (given["keepScores"] !== undefined) await keepScores(results, world.prompts);
    return measured(results, against(results, world.prompts));
  }
  const tiers = tiersFor(posed, world);
  const desk = deskAt({
    ceilings: { run: budgetOf(given["budgetUsd"]) * MICROS, day: null, task: {} },
    ...{ spent: 0, now: world.now, patience: world.patience },
  });
  const results = [];
  for (const one of posed) {
    log.info(`prompts ${one.task.id}: ${one.cases.length} cases`);
    results.push(await asked(one, tiers, desk, given, world));
  }
  const reasons = new Set(results.flatMap(({ unanswered }) => [...unanswered.values()]));
  if (results.every(({ counted }) => counted.length === 0))
    throw new LeapError(
      `missing answers: ${[...reasons].join("; ")}. Nothing was scored; --replay judges the recorded answers.`,
    );
  return measured(results);
}

/** A register of accuracy speaks of models: a task comes into it once a model's answers are recorded. */
export const measuredCases = (prompts: string): EvaluationCase[] =>
  posedOf(undefined, prompts).flatMap((one) => {
    const { task, counted } = replayed(one, prompts);
    if (counted.length === 0 || counted.some(({ model }) => model === HAND)) return [];
    return [
      {
        ...{ id: task.id, dataset: `Cases of the prompt ${task.id} ${task.version}`, licence: "MIT" },
        ...{ role: "written by us" as const, of: null, targets: [], beside: [] },
        given: { task: task.id, replay: "true" },
        means: `Recorded answers of ${modelsOf(counted)}: the share whose first answer passes its checks and holds what the case asks.`,
      },
    ];
  });

/** What speaks against the prompts as they stand, by all recorded answers; see `fallen`. */
export const heldAgainstScores = (prompts: string): string[] => {
  const results = posedOf(undefined, prompts).map((one) => replayed(one, prompts));
  return [...against(results, prompts), ...withoutPrompt(readScores(prompts), results)];
};

const against = (results: readonly Result[], prompts: string): string[] =>
  fallen(readScores(prompts), new Map(results.map((one) => [one.task.id, one])));

const withoutPrompt = (scores: Scores, results: readonly Result[]): string[] =>
  Object.keys(scores).flatMap((id) =>
    results.some(({ task }) => task.id === id) ? [] : [`${id}: has a score and no prompt.`],
  );

function tasksAt(prompts: string): Task[] {
  // Definitions of different shapes in one list: their checks take what their own schema read.
  return (definitions as readonly unknown[] as readonly TaskDefinition[])
    .filter(({ id }) => existsSync(path.join(prompts, id)))
    .map((definition) => readTask(definition, prompts));
}

function posedOf(only: string | undefined, prompts: string): Posed[] {
  const all = tasksAt(prompts);
  if (only !== undefined && !all.some(({ id }) => id === only))
    throw new LeapError(`unknown task: ${only}. There are ${all.map(({ id }) => id).join(", ")}.`);
  return all
    .filter(({ id }) => only === undefined || id === only)
    .map((task) => ({
      task,
      cases: casesOf(readFileSync(path.join(prompts, task.id, "cases.jsonl"), "utf8")),
    }));
}

function replayed({ task, cases }: Posed, prompts: string): Result {
  const recorded = readRecorded(prompts, task.id);
  const of = cases.map((one) => ({ one, answer: recorded.get(one.id) }));
  const fresh = of.flatMap(({ one, answer }) => (answer && !isStale(answer, task, one) ? [answer] : []));
  const bar = readScores(prompts)[task.id];
  return {
    ...judgedAll(task, cases, fresh),
    stale: of.filter(({ one, answer }) => answer && isStale(answer, task, one)).length,
    missing: of.filter(({ answer }) => !answer).length,
    before: bar ? { score: bar.score, prompt: bar.prompt_version, model: bar.model } : null,
    unanswered: new Map(),
  };
}

async function asked(
  { task, cases }: Posed,
  tiers: Tiers,
  desk: Desk,
  given: Given,
  world: PromptWorld,
): Promise<Result> {
  const line = tiers[task.tier][0];
  const { answered, unanswered } = line
    ? await askCases(task, cases, line, desk)
    : { answered: new Map(), unanswered: new Map(cases.map(({ id }) => [id, noModel(task.tier)])) };
  const recorded = readRecorded(world.prompts, task.id);
  if (given["record"] !== undefined && answered.size > 0) {
    const folder = folderOf(given["record"], world);
    await writeRecorded(folder, task.id, cases, new Map([...recorded, ...answered]));
  }
  // What was recorded under the prompt before, held to the checks of today and to the cases that were answered now: only the answers differ.
  const old = judgedAll(
    task,
    cases.filter(({ id }) => answered.has(id)),
    [...recorded.values()],
  );
  const one = old.counted[0];
  return {
    ...judgedAll(task, cases, [...answered.values()]),
    ...{ stale: 0, missing: 0, unanswered },
    before: one ? { score: old.score, prompt: one.prompt_version, model: one.model } : null,
  };
}

function tiersFor(posed: readonly Posed[], { variables, now }: PromptWorld): Tiers {
  const prices = readPrices(priceFile, now().toISOString().slice(0, 10));
  const tiers = tiersAt({ variables, models: ModelSettings.parse({}), prices });
  const wanted = new Set(posed.map(({ task }) => task.tier));
  if ([...wanted].every((tier) => tiers[tier].length === 0))
    throw new LeapError(
      `missing key: ${noModel([...wanted].join(" and "))}. Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or add --replay to judge the recorded answers.`,
    );
  return tiers;
}

const noModel = (tier: string): string => `no key is set for a model of the tier ${tier}`;

function budgetOf(words: string | undefined): number {
  const usd = words === undefined ? BUDGET_USD : Number(words);
  if (!(usd >= 0) || words?.trim() === "")
    throw new LeapError(`invalid --budget-usd: ${words}. Write dollars, such as 0.5.`);
  return usd;
}

/** A flag without a value is "true". */
const folderOf = (words: string, world: PromptWorld): string => (words === "true" ? world.prompts : words);

/** No prompt made what was written by hand, so it stays an answer to a prompt whose words changed. */
async function takeOver(posed: readonly Posed[], folder: string, prompts: string): Promise<void> {
  for (const { task, cases } of posed) {
    const taken = [...readRecorded(prompts, task.id)].map(([id, one]): [string, Recorded] => {
      const asked = cases.find((each) => each.id === id);
      const now = { prompt_version: task.version, digest: task.digest };
      return [id, one.model === HAND && asked ? { ...one, ...now, input_sha256: hashOf(task, asked) } : one];
    });
    await writeRecorded(folder, task.id, cases, new Map(taken));
  }
}

async function keepScores(results: readonly Result[], prompts: string): Promise<void> {
  const now: Scores = Object.fromEntries(
    results.flatMap(({ task, score, counted }) =>
      score === null
        ? []
        : [
            [
              task.id,
              { score, cases: counted.length, prompt_version: task.version, model: modelsOf(counted) },
            ],
          ],
    ),
  );
  await writeScores(prompts, { ...readScores(prompts), ...now });
}

const digestOf = (tasks: readonly Task[]): string =>
  createHash("sha256")
    .update(tasks.map(({ digest }) => digest).join(" "))
    .digest("hex")
    .slice(0, 12);
