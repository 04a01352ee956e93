// What the edition asked of language models, for everybody to see. Runs after every analysis that may ask.
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, Row, UsedAnswer } from "../../core/types.ts";

export const analysis: Analysis = {
  id: "model-ledger",
  version: "1.0.0",
  reads: [
    "posts",
    "out.findings",
    "out.content_quality",
    "out.themes",
    "out.claim_hits",
    "out.sentiment",
    "out.requests",
  ],
  writes: ["analyses"],
  async run({ warehouse, models, run }) {
    if (!models) return { analyses: [] };
    const [provenance] = await warehouse.query<{ provenance: string }>(
      `select ${weakestProvenanceSql} as provenance from posts`,
    );
    return {
      analyses: models.used().map((used) => ({
        ...ledgerRow(used, run.edition),
        provenance: provenance?.provenance ?? "observed",
      })),
    };
  },
};

export function ledgerRow(used: UsedAnswer, edition: string): Row {
  const [provider = null, ...model] = used.model?.split(":") ?? [];
  return {
    edition,
    task: used.task,
    item: used.item,
    provider,
    model: model.length > 0 ? model.join(":") : null,
    prompt_version: used.prompt_version,
    input_sha256: used.input_sha256,
    tokens_in: used.usage.uncachedIn,
    tokens_cache_write: used.usage.cacheWriteShort + used.usage.cacheWriteLong,
    tokens_cached: used.usage.cacheRead,
    tokens_out: used.usage.out,
    cost_micros: used.cost_micros,
    latency_ms: used.latency_ms,
    attempts: used.attempts,
    finish: used.finish,
    batch: used.batch,
    reused: used.made_for === null ? null : used.made_for === edition ? "fresh" : "kept",
    verdict: used.verdict,
    reason: used.reason,
    answered_at: used.answered_at && `${used.answered_at.slice(0, 19)}Z`,
  };
}
