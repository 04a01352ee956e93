// Who read the posts: the offline engine, or a model where that one was not sure.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const readings = defineDataset("readings", {
  title: "Readings",
  description:
    "Per market, how many posts of the last 28 days a language model read instead of the offline engine, and how often the two agree where both did.",
  grain: "One row per edition and market.",
  key: ["edition", "market"],
  version: "1.1.0",
  limits: [
    "Empty in an edition that asked no model.",
    "Agreement is measured on a sample of posts that the offline engine is sure of: it says how far a sure label can be trusted, not how right a model is.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    posts: c.count("Posts of 28 days whose text is in a language that was recognised."),
    read_by_model: c.count("Of these, posts labelled by a model."),
    read_by_model_share: c.ratio("Posts labelled by a model over posts.", "model_read_share").nullable(),
    threshold: c.ratio("Probability from which on the offline engine counts as sure and its label stands."),
    ironic: c.count("Posts that a model read as ironic."),
    sampled: c.count("Texts that the offline engine was sure of and a model read as well.", "texts"),
    agreed: c.count("Of these, texts that both labelled alike.", "texts"),
    agreement: c.ratio("Agreed over sampled.", "engine_agreement").nullable(),
    agreement_low: c.low("agreement"),
    agreement_high: c.high("agreement"),
    kappa: z.number().min(-1).max(1).nullable().meta({
      description:
        "Cohen’s kappa of the two over the sampled texts: agreement beyond what chance would bring, 0 is chance. Null for too few texts, and where both gave one label alone.",
      unit: "ratio",
    }),
    model: c.text("Model that read most of them.").nullable(),
    prompt_version: c.text("Version of its prompt.").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
