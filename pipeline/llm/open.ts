// Opens the model engine over a folder: which models the keys at hand allow, in the order wished for, and what they may cost. A run opens it over the
// state of a publication, an evaluation over its own.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../core/types.ts";
import { everyAnswer, openAnswers } from "./answers.ts";
import { openWaiting } from "./batch.ts";
import { type Ceilings, createBudget } from "./budget.ts";
import type { Desk, Line } from "./calls.ts";
import { type Engine, openModels } from "./engine.ts";
import { openLedger } from "./ledger.ts";
import { modelNamed, type PriceOf } from "./prices.ts";
import { anthropicProvider } from "./providers/anthropic.ts";
import { openaiProvider } from "./providers/openai.ts";
import { PATIENT, type Patience } from "./retry.ts";
import type { Provider, ProviderId } from "./types.ts";

export type Variables = Readonly<Record<string, string | undefined>>;
export type Tiers = Readonly<Record<"small" | "large", readonly Line[]>>;

export const MICROS = 1_000_000;
export const priceFile = path.join(import.meta.dirname, "../../data/reference/llm-prices.json");

export interface Wished {
  /** OPENAI_API_KEY, ANTHROPIC_API_KEY, their base URLs, LEAP_MODEL_SMALL and LEAP_MODEL_LARGE. */
  readonly variables: Variables;
  /** `provider:model` of each tier, first choice first, where the variables name none. */
  readonly models: Readonly<Record<"small" | "large", readonly string[]>>;
  readonly prices: PriceOf;
  /** Who only reads kept answers, or counts, needs no key. */
  readonly withoutKeys?: boolean;
}

/** The models whose provider has a key. Throws a LeapError for a malformed name and a model without a price. */
export function tiersAt({ variables, models, prices, withoutKeys = false }: Wished): Tiers {
  const providers = providersAt(variables, withoutKeys);
  return {
    small: linesOf(variables["LEAP_MODEL_SMALL"], models.small, providers, prices),
    large: linesOf(variables["LEAP_MODEL_LARGE"], models.large, providers, prices),
  };
}

export interface DeskWords {
  readonly ceilings: Ceilings;
  /** Micro-dollars that were spent today already. */
  readonly spent: number;
  readonly now: () => Date;
  readonly patience?: Patience | undefined;
  readonly random?: Desk["random"] | undefined;
}

/** Where questions are asked from: the real clock, real chance, and the money that there is. */
export const deskAt = ({ ceilings, spent, now, patience, random }: DeskWords): Desk => ({
  budget: createBudget(ceilings, spent),
  patience: patience ?? PATIENT,
  world: { now, wait: (ms) => pause(ms), chance: Math.random },
  random: random ?? hexDigits,
});

const hexDigits = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);

export interface EnginesAt {
  /** Holds `answers/` and `ledger.ndjson`. */
  readonly root: string;
  readonly tiers: Tiers;
  readonly ceilings: Ceilings;
  readonly now: () => Date;
  readonly log: Log;
  readonly patience?: Patience | undefined;
  readonly frozen?: boolean;
  readonly refresh?: boolean;
  readonly estimate?: boolean;
  readonly anyAge?: boolean;
  /** Null asks everything at once, at full price. */
  readonly waits: { readonly waitMs: number; readonly pollMs: number } | null;
}

/**
 * Engines on the same books, one for each edition (or whatever else answers are made for): a ceiling holds for all of them together.
 * Throws a LeapError for answers or a ledger that were changed.
 */
export function enginesAt(about: EnginesAt): (run: string) => Engine {
  const { root, tiers, log, now, waits } = about;
  const { frozen = false, refresh = false, estimate = false, anyAge = false } = about;
  const folder = path.join(root, "answers");
  const ledger = openLedger(path.join(root, "ledger.ndjson"), everyAnswer(folder));
  const spent = ledger.spentOn(now().toISOString().slice(0, 10));
  const desk = deskAt({ ceilings: about.ceilings, spent, now, patience: about.patience });
  const shared = {
    ...{ tiers, desk, ledger, log, frozen, refresh, estimate, anyAge },
    answers: openAnswers(folder, log, frozen),
    waiting: waits && openWaiting({ ...{ folder: path.join(folder, "batches"), desk, log }, ...waits }),
    down: new Map<string, string>(),
    askedNow: new Set<string>(),
  };
  return (run) => openModels({ ...shared, run });
}

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
