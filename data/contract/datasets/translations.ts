// The sentences of reports in other languages, as a model translated them.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const translations = defineDataset("translations", {
  title: "Translations",
  description:
    "The sentences of the market reports in Korean, German, French and Japanese, each beside the finding it translates.",
  grain: "One row per edition, page, section, position and language.",
  key: ["edition", "page", "section", "position", "language"],
  version: "1.0.0",
  limits: [
    "Empty in an edition that asked no model.",
    "Translated by a model: names and numbers are checked to be those of the English sentence, its wording is not. Where the two differ, the English sentence counts.",
  ],
  columns: {
    edition: c.edition,
    page: c.text("Page, as in findings."),
    section: c.id("Section, as in findings."),
    position: z.int().min(0).meta({ description: "Order in the section, as in findings.", unit: "rank" }),
    language: z.enum(["ko", "de", "fr", "ja"]).meta({ description: "Language, ISO 639-1." }),
    text: c.text("The sentence, lead and all, with numbers filled in."),
    template: c.text("The sentence with {metric_id|format} placeholders."),
    model: c.text("Model that translated it, as provider:model."),
    prompt_version: c.text("Task and version of the prompt."),
    answered_on: c.day("Day on which the model translated it."),
    reviewed_by: c.text("Who read it and answers for it; null: not reviewed.").nullable(),
    provenance: c.provenance,
  },
});
