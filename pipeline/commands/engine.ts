// The models of a run: which ones the publication, the command line and the keys at hand allow, and what they may cost.
import path from "node:path";
import type { RunClock } from "../core/types.ts";
import { embeddingEndpoint } from "../knowledge/vectors.ts";
import type { Engine } from "../llm/engine.ts";
import { enginesAt, MICROS, priceFile, tiersAt, type Variables } from "../llm/open.ts";
import { readPrices } from "../llm/prices.ts";
import type { Patience } from "../llm/retry.ts";
import type { Environment } from "./environment.ts";

export interface EngineWords {
  /** Counts what would be asked and asks nothing. */
  readonly estimate?: boolean;
  readonly variables?: Variables;
  readonly patience?: Patience;
  /** First pause between two looks at a batch, in milliseconds. */
  readonly pollMs?: number;
}

const POLL_MS = 5_000;

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
  const prices = readPrices(
    priceFile,
    now().toISOString().slice(0, 10),
    publication.models.prices.map((own) => ({
      ...own,
      ...{ effective_from: "1970-01-01", cached: own.input, batch: 1, long_prompt: null },
      ...{ cache_write_short: own.input, cache_write_long: own.input },
    })),
  );
  const frozen = options.frozen === true;
  const estimate = words.estimate === true;
  const tiers = tiersAt({ variables, models: publication.models, prices, withoutKeys: frozen || estimate });
  if (tiers.small.length + tiers.large.length === 0) {
    effects.log.warn(
      "no model is asked: neither OPENAI_API_KEY nor ANTHROPIC_API_KEY is set for a model of this publication",
    );
    if (wanted === "auto") return null;
  }
  const { budget } = publication;
  const engineFor = enginesAt({
    ...{ root: environment.state.root, tiers, now, log: effects.log, patience: words.patience },
    ...{ frozen, estimate, refresh: options.refresh === true },
    ceilings: {
      run: (options.budgetUsd ?? budget.run_usd) * MICROS,
      day: budget.day_usd * MICROS,
      task: Object.fromEntries(Object.entries(budget.task_usd).map(([task, usd]) => [task, usd * MICROS])),
    },
    waits:
      options.batch === false
        ? null
        : { waitMs: publication.models.batch_wait_minutes * 60_000, pollMs: words.pollMs ?? POLL_MS },
  });
  const endpoint = embeddingEndpoint(variables);
  const embedding: Pick<Engine, "embedding"> = endpoint
    ? {
        embedding: {
          endpoint,
          keep: path.join(environment.state.root, "vectors"),
          effects: { log: effects.log, fetch: frozen || estimate ? refuse : effects.fetch },
        },
      }
    : {};
  return (clock) => ({ ...engineFor(clock.edition), ...embedding });
}

/** Who may ask nothing works with the vectors that were kept. */
const refuse = () => Promise.reject(new Error("The embedding endpoint may not be asked in this run."));

/** The engine of one edition; see openEngines. */
export const openEngine = (
  environment: Environment,
  clock: RunClock,
  words: EngineWords = {},
): Engine | null => openEngines(environment, words)?.(clock) ?? null;

/** What a run would ask, as a table for people. */
export function estimateText(engine: Engine): string {
  const rows = engine.estimates();
  if (rows.length === 0) return "No question would be asked of a model.";
  const total = rows.reduce((sum, row) => sum + row.most_micros, 0);
  const line = (row: (typeof rows)[number]) =>
    `${row.task}: ${row.items} items, ${row.kept} kept, ${row.calls} calls of ${row.model}, at most $${(row.most_micros / MICROS).toFixed(4)}`;
  return [...rows.map(line), `In all at most $${(total / MICROS).toFixed(4)}.`].join("\n");
}
