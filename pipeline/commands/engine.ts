// The models of a run: which ones the publication, the command line and the keys at hand allow, and what they may cost.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunClock } from "../core/types.ts";
import { everyAnswer, openAnswers } from "../llm/answers.ts";
import { openWaiting } from "../llm/batch.ts";
import { createBudget } from "../llm/budget.ts";
import type { Desk, Line } from "../llm/calls.ts";
import { type Engine, openModels } from "../llm/engine.ts";
import { openLedger } from "../llm/ledger.ts";
import { modelNamed, type PriceOf, readPrices } from "../llm/prices.ts";
import { anthropicProvider } from "../llm/providers/anthropic.ts";
import { openaiProvider } from "../llm/providers/openai.ts";
import { PATIENT, type Patience } from "../llm/retry.ts";
import type { Provider, ProviderId } from "../llm/types.ts";
import type { Environment } from "./environment.ts";
import { repository } from "./publication.ts";

type Variables = Readonly<Record<string, string | undefined>>;

export interface EngineWords {
  /** Counts what would be asked and asks nothing. */
  readonly estimate?: boolean;
  readonly variables?: Variables;
  readonly patience?: Patience;
  /** First pause between two looks at a batch, in milliseconds. */
  readonly pollMs?: number;
}

const POLL_MS = 5_000;
const MICROS = 1_000_000;

/**
 * One engine an edition, all on the same books: a ceiling holds for the run, however many editions it makes. Null where no model is asked. With the engine `llm` and no key, the engine that answers every question with what is missing, so that the edition says so.
 * Throws a LeapError for a model without a price, and for answers or a ledger that were changed.
 */
export function openEngines(
  environment: Environment,
  words: EngineWords = {},
): ((clock: RunClock) => Engine) | null {
  const { publication, options, effects } = environment;
  const wanted = options.engine ?? publication.engine;
  if (wanted === "offline") return null;
  const variables = words.variables ?? process.env;
  const now = effects.now;
  const day = now().toISOString().slice(0, 10);
  const prices = readPrices(
    path.join(repository, "data/reference/llm-prices.json"),
    day,
    publication.models.prices.map((own) => ({
      ...own,
      ...{ effective_from: "1970-01-01", cached: own.input, batch: 1, long_prompt: null },
      ...{ cache_write_short: own.input, cache_write_long: own.input },
    })),
  );
  const providers = providersAt(variables, options.frozen === true || words.estimate === true);
  const tiers = {
    small: linesOf(variables["LEAP_MODEL_SMALL"], publication.models.small, providers, prices),
    large: linesOf(variables["LEAP_MODEL_LARGE"], publication.models.large, providers, prices),
  };
  if (tiers.small.length + tiers.large.length === 0) {
    effects.log.warn(
      "no model is asked: neither OPENAI_API_KEY nor ANTHROPIC_API_KEY is set for a model of this publication",
    );
    if (wanted === "auto") return null;
  }
  const folder = path.join(environment.state.root, "answers");
  const ledger = openLedger(path.join(environment.state.root, "ledger.ndjson"), everyAnswer(folder));
  const { budget } = publication;
  const desk: Desk = {
    budget: createBudget(
      {
        run: (options.budgetUsd ?? budget.run_usd) * MICROS,
        day: budget.day_usd * MICROS,
        task: Object.fromEntries(Object.entries(budget.task_usd).map(([task, usd]) => [task, usd * MICROS])),
      },
      ledger.spentOn(day),
    ),
    patience: words.patience ?? PATIENT,
    world: { now, wait: (ms) => pause(ms), chance: Math.random },
    random: (digits) =>
      randomBytes(Math.ceil(digits / 2))
        .toString("hex")
        .slice(0, digits),
  };
  const shared = {
    ...{ tiers, desk, ledger, log: effects.log },
    answers: openAnswers(folder, effects.log, options.frozen === true),
    frozen: options.frozen === true,
    refresh: options.refresh === true,
    estimate: words.estimate === true,
    waiting:
      options.batch === false
        ? null
        : openWaiting({
            ...{ folder: path.join(folder, "batches"), desk, log: effects.log },
            waitMs: publication.models.batch_wait_minutes * 60_000,
            pollMs: words.pollMs ?? POLL_MS,
          }),
    down: new Map<string, string>(),
    askedNow: new Set<string>(),
  };
  return (clock) => openModels({ ...shared, run: clock.edition });
}

/** The engine of one edition; see openEngines. */
export const openEngine = (
  environment: Environment,
  clock: RunClock,
  words: EngineWords = {},
): Engine | null => openEngines(environment, words)?.(clock) ?? null;

/** The providers whose key is set. Who only reads kept answers, or counts, needs none. */
function providersAt(variables: Variables, withoutKeys: boolean): ReadonlyMap<ProviderId, Provider> {
  const found = new Map<ProviderId, Provider>();
  const keyOf = (name: string) => variables[name]?.trim() || (withoutKeys ? "none" : undefined);
  const openai = keyOf("OPENAI_API_KEY");
  const anthropic = keyOf("ANTHROPIC_API_KEY");
  const at = (name: string) => (variables[name] ? { baseURL: variables[name] } : {});
  if (openai) found.set("openai", openaiProvider({ apiKey: openai, ...at("OPENAI_BASE_URL") }));
  if (anthropic)
    found.set("anthropic", anthropicProvider({ apiKey: anthropic, ...at("ANTHROPIC_BASE_URL") }));
  return found;
}

function linesOf(
  instead: string | undefined,
  names: readonly string[],
  providers: ReadonlyMap<ProviderId, Provider>,
  prices: PriceOf,
): Line[] {
  const wanted = instead?.trim() ? instead.split(",") : names;
  return wanted.flatMap((name) => {
    const model = modelNamed(name);
    const provider = providers.get(model.provider);
    return provider ? [{ model, provider, price: prices(model) }] : [];
  });
}

/** What a run would ask, as a table for people. */
export function estimateText(engine: Engine): string {
  const rows = engine.estimates();
  if (rows.length === 0) return "No question would be asked of a model.";
  const total = rows.reduce((sum, row) => sum + row.most_micros, 0);
  const line = (row: (typeof rows)[number]) =>
    `${row.task}: ${row.items} items, ${row.kept} kept, ${row.calls} calls of ${row.model}, at most $${(row.most_micros / MICROS).toFixed(4)}`;
  return [...rows.map(line), `In all at most $${(total / MICROS).toFixed(4)}.`].join("\n");
}
