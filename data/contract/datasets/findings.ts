// The sentences of the edition, each with its evidence.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const findings = defineDataset("findings", {
  title: "Findings",
  description: "Every sentence of the narrative with the ids of the metrics that it rests on.",
  grain: "One row per edition, page, section and position.",
  key: ["edition", "page", "section", "position"],
  version: "1.0.0",
  limits: ["Written by rules from the metrics of the edition; no language model."],
  columns: {
    edition: c.edition,
    page: c.text("Page: home, market/<code>, trend/<term>, creator/<id>."),
    section: c.id(
      "Section: title, bottom_line, decision, what_changed, demand, sentiment, competition, creators, recommendations, verdict.",
    ),
    position: z.int().min(0).meta({ description: "Order in the section.", unit: "rank" }),
    lead: c.text("Opening words set in bold; may be empty."),
    text: c.text("The sentence after its lead, with numbers filled in."),
    template: c.text("The sentence with {metric_id|format} placeholders; holds no digit of its own."),
    evidence: z.array(z.string()).meta({ description: "Metric ids the sentence rests on." }),
    written_by: z.enum(["rules", "model"]).meta({ description: "Who wrote it." }),
    provenance: c.provenance,
  },
});
