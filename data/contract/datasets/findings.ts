// The sentences of the edition, each with its evidence.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const findings = defineDataset("findings", {
  title: "Findings",
  description: "Every sentence of the narrative with the ids of the metrics that it rests on.",
  grain: "One row per edition, page, section and position.",
  key: ["edition", "page", "section", "position"],
  version: "1.1.0",
  limits: [
    "Sentences of rules follow from the metrics of the edition. Sentences of a model were checked: their numbers are filled in from metrics, their evidence was sent to it, their quotes stand in the source; whether the evidence bears the sentence out is the model's word.",
  ],
  columns: {
    edition: c.edition,
    page: c.text("Page: home, market/<code>, trend/<term>, creator/<id>."),
    section: c.id(
      "Section: title, bottom_line, decision, what_changed, demand, sentiment, competition, creators, recommendations, verdict; of models also drivers, risks, questions and fit.",
    ),
    position: z.int().min(0).meta({ description: "Order in the section.", unit: "rank" }),
    lead: c.text("Opening words set in bold; may be empty."),
    text: c.text("The sentence after its lead, with numbers filled in."),
    template: c.text("The sentence with {metric_id|format} placeholders; holds no digit of its own."),
    evidence: z.array(z.string()).meta({
      description:
        "Ids of the metrics, of the passages of knowledge, and (as event:<event>) of the events that the sentence rests on.",
    }),
    quote: c.text("Words quoted from the passage that quote_source names.").nullable(),
    quote_source: c.text("Id of that passage in the dataset knowledge.").nullable(),
    written_by: z.enum(["rules", "model"]).meta({ description: "Who wrote it." }),
    model: c.text("Model that wrote it, as provider:model; null for rules.").nullable(),
    prompt_version: c.text("Task and version of the prompt, such as market-report 1.0.0.").nullable(),
    answered_on: c.day("Day on which the model wrote it.").nullable(),
    reviewed_by: c.text("Who read it and answers for it; null: not reviewed.").nullable(),
    provenance: c.provenance,
  },
});
