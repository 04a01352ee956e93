// The model engine on labelled texts: asked as a run asks about posts, its answers kept, so that the same file asks nothing a second time.
import path from "node:path";
import { ModelSettings } from "../../../data/contract/publication.ts";
import { task } from "../../../prompts/sentiment/answer.ts";
import { LeapError } from "../../core/errors.ts";
import type { EvaluationContext, Given } from "../../core/evaluation.ts";
import { inputHash } from "../../llm/answers.ts";
import type { Line } from "../../llm/calls.ts";
import { enginesAt, MICROS, priceFile, tiersAt, type Variables } from "../../llm/open.ts";
import { nameOf, readPrices } from "../../llm/prices.ts";
import type { Patience } from "../../llm/retry.ts";
import { readTask } from "../../llm/tasks.ts";
import { polarityOf } from "../../models/read-posts.ts";
import type { Polarity } from "../../texts/polarity.ts";
import { sendable } from "../../texts/sendable.ts";

export interface ModelWorld {
  /** Holds `answers/` and the ledger. */
  readonly root: string;
  readonly variables: Variables;
  readonly now: () => Date;
  readonly patience?: Patience;
}

export const modelWorld = (): ModelWorld => ({
  root: path.join(import.meta.dirname, "../../../data/state/evaluations"),
  variables: process.env,
  now: () => new Date(),
});

export interface ReadByModel {
  /** One for each text; null where no answer counts. */
  readonly verdicts: readonly (Polarity | null)[];
  readonly asked: {
    readonly model: string | null;
    readonly prompt: string | null;
    /** Dollars that all these answers cost, whenever they were asked, and those of this run. */
    readonly costUsd: number;
    readonly costUsdNow: number;
    readonly answersNow: number;
  };
  /** Why texts have no verdict, with how many. */
  readonly missing: ReadonlyMap<string, number>;
}

const BUDGET_USD = 1;

/** What reads the texts, for the record: `openai:gpt-6-luna · prompt 1.0.0 1f2e3d4c`. Throws a LeapError for a missing key. */
export function modelEngine(given: Given, world: ModelWorld): string {
  const { version, digest } = readTask(task);
  return `${nameOf(lineFor(given, world).model)} · prompt ${version} ${digest.slice(0, 8)}`;
}

/** Throws a LeapError for a missing key, for an answer that is missing where --frozen forbids to ask, and where no text was answered at all. */
export async function readByModel(
  texts: readonly string[],
  languages: readonly string[],
  given: Given,
  { log }: EvaluationContext,
  world: ModelWorld,
): Promise<ReadByModel> {
  const run = `eval-${world.now().toISOString()}`;
  const engine = engineFor(given, world, log)(run);
  // A run asks about no text whose language it does not know.
  const places = texts.flatMap((text, i) => (languages[i] !== "und" && text.trim() !== "" ? [i] : []));
  const found = await engine.ask(
    task,
    places.map((i) => {
      const input = { text: sendable(texts[i] as string), language: languages[i] as string, market: "zz" };
      return { item: `text-${inputHash(input).slice(0, 16)}`, input };
    }),
  );
  const answers = new Map(places.map((place, at) => [place, found[at]]));
  const missing = new Map<string, number>();
  const verdicts = texts.map((_, i) => {
    const answer = answers.get(i);
    if (answer?.answer) return polarityOf(answer.answer) as Polarity;
    const why =
      answer?.answer === null ? `${answer.reason}: ${answer.says}` : "no text in a language that is known";
    missing.set(why, (missing.get(why) ?? 0) + 1);
    return null;
  });
  if (verdicts.every((one) => one === null))
    throw new LeapError(
      `missing answers: ${[...missing.keys()].join("; ")}. No text was read by a model; leave --engine away for the offline engine.`,
    );
  const used = engine.used().filter((one) => one.verdict !== "not_answered");
  const fresh = used.filter((one) => one.made_for === run);
  const names = (of: (by: { model: string; prompt_version: string }) => string) =>
    [...new Set(found.flatMap((one) => (one.by ? [of(one.by)] : [])))].sort().join(", ") || null;
  return {
    verdicts,
    asked: {
      model: names((by) => by.model),
      prompt: names((by) => by.prompt_version),
      costUsd: dollars(used),
      costUsdNow: dollars(fresh),
      answersNow: fresh.length,
    },
    missing,
  };
}

/** One model reads the whole file: figures of two would be nobody's. */
function lineFor(given: Given, { variables, now }: ModelWorld): Line {
  const prices = readPrices(priceFile, now().toISOString().slice(0, 10));
  const withoutKeys = given["frozen"] !== undefined;
  const [line] = tiersAt({ variables, models: ModelSettings.parse({}), prices, withoutKeys }).small;
  if (line) return line;
  throw new LeapError(
    "missing key: no key is set for a model of the tier small. Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or leave --engine away for the offline engine.",
  );
}

function engineFor(given: Given, world: ModelWorld, log: EvaluationContext["log"]) {
  const { root, now, patience } = world;
  const words = given["budgetUsd"];
  const usd = words === undefined ? BUDGET_USD : Number(words);
  if (!(usd >= 0) || words?.trim() === "")
    throw new LeapError(`invalid --budget-usd: ${words}. Write dollars, such as 0.5.`);
  return enginesAt({
    ...{ root, now, log, patience, anyAge: true, waits: null },
    frozen: given["frozen"] !== undefined,
    tiers: { small: [lineFor(given, world)], large: [] },
    ceilings: { run: usd * MICROS, day: null, task: {} },
  });
}

const dollars = (used: readonly { readonly cost_micros: number }[]): number =>
  used.reduce((sum, { cost_micros }) => sum + cost_micros, 0) / MICROS;
