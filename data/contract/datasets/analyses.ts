// What was asked of language models, what it cost and what became of it.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

const tokens = (description: string) => c.count(description, "tokens");

export const analyses = defineDataset("analyses", {
  title: "Model ledger",
  description:
    "Every question that the edition put to a language model: the task, who answered, tokens, cost, and what became of the answer. No text of a post or an answer.",
  grain: "One row per edition, task and item.",
  key: ["edition", "task", "item"],
  version: "1.0.0",
  limits: [
    "Empty in an edition that asked no model.",
    "An answer kept from an earlier edition stands with the cost it had then; only rows with reused = fresh were paid for this edition.",
    "Calls that brought no answer at all are not listed; refusals and answers that were dropped are, with what they cost.",
  ],
  columns: {
    edition: c.edition,
    task: c.id("Task: a folder in prompts."),
    item: c.id("What it was about: a market, a term, a creator, or a hash of a text."),
    provider: c.id("Who answered: openai or anthropic.").nullable(),
    model: c.text("Model as its provider names it.").nullable(),
    prompt_version: c.id("Version of the prompt."),
    input_sha256: c.id("SHA-256 of what was sent about the item."),
    tokens_in: tokens("Tokens sent that were billed in full."),
    tokens_cache_write: tokens("Tokens sent that the provider kept for later."),
    tokens_cached: tokens("Tokens sent that the provider had kept."),
    tokens_out: tokens("Tokens answered, those of its reasoning included."),
    cost_micros: c.count("What the answer cost: the item's share of its calls.", "micro-dollars"),
    latency_ms: c.count("Time until the answer; of a batch, until it was fetched.", "ms"),
    attempts: c.count("Attempts, the repair included.", "attempts"),
    finish: z
      .enum(["complete", "truncated", "refused"])
      .nullable()
      .meta({ description: "How the last call ended." }),
    batch: c.flag("Whether it waited in a batch, at half the price."),
    reused: z.enum(["fresh", "kept"]).nullable().meta({
      description:
        "fresh: the answer was made for this edition. kept: an answer of an earlier edition was used again.",
    }),
    verdict: z.enum(["accepted", "repaired", "dropped", "not_answered"]).meta({
      description:
        "accepted: held at once. repaired: held when asked once more. dropped: broke a check twice, and is not used. not_answered: see reason.",
    }),
    reason: c.text("Why there is no answer to use.").nullable(),
    answered_at: z.iso.datetime().nullable().meta({ description: "When it was answered.", unit: "UTC" }),
    provenance: c.provenance,
  },
});
