// Copy that people asked about: what the rules and a model said of it, market by market. The copy is published because its owner asked here.
import { z } from "zod";
import { severities } from "../claims.ts";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";
import { approvals, requestKinds } from "../request.ts";

const request = c.id("Request: the file's name in the publication's folder requests.");
const knowledge = (of: string) =>
  z.array(z.string()).meta({ description: `Ids of the passages in the dataset knowledge that ${of}.` });
const list = (description: string) => z.array(z.string()).meta({ description });
const severity = (description: string) => z.enum(severities).nullable().meta({ description });

/** Who answered; null where rules alone did. */
const mark = {
  model: c.text("Model that answered, as provider:model; null where only rules were asked.").nullable(),
  prompt_version: c.text("Task and version of the prompt.").nullable(),
  answered_on: c.day("Day on which the model answered.").nullable(),
  reviewed_by: c.text("Who read it and answers for it; null: not reviewed.").nullable(),
};

export const requests = defineDataset("requests", {
  title: "Requests",
  description:
    "Copy that somebody asked to have judged or made anew for a market: rule findings, score, verdict, and the copy as it could run.",
  grain: "One row per edition, request and market.",
  key: ["edition", "request", "market"],
  version: "1.0.0",
  limits: [
    "Not legal advice: rules judge wordings, not evidence.",
    "A model's verdict is advice: where rules and model differ, the stricter of the two stands.",
    "A request to transcreate has rule findings of the copy it starts from, and no verdict: its variants were held against the rules.",
  ],
  columns: {
    edition: c.edition,
    request,
    market: c.market,
    kind: z.enum(requestKinds).meta({
      description: "cultural-fit: the copy is judged. transcreate: variants are written for the market.",
    }),
    asked_on: c.day("Day on which it was asked."),
    asked_by: c.text("Who asked, in their own words.").nullable(),
    product: c.text("Product that the copy is about.").nullable(),
    brief: c.text("What the copy is to achieve, in the asker's words.").nullable(),
    copy: c.text("The copy."),
    language: c.text("Language of the copy, ISO 639-1; other or unknown where it could not be told."),
    rules_read: c.flag("Whether rules could be held against the copy: its language is one they know."),
    rules_reviewed_on: c.day("When the market's rules were last held against their sources."),
    rule_findings: c.count("Findings of the rules, sensitivities included.", "findings"),
    worst_severity: severity("Severity of the gravest of them; null without any."),
    rules_score: c.score("Cultural fit by the rules alone.").nullable(),
    score: c
      .score(
        "Cultural fit: the lower of the rules' and the model's; 90 and over runs as it is, under 40 is wrong here. Null for a request to transcreate.",
      )
      .nullable(),
    approval_status: z.enum(approvals).nullable().meta({
      description:
        "The stricter of the rules' and the model's verdict; null where neither judged, and for a request to transcreate.",
    }),
    revised_content: c
      .text(
        "The copy as it could run; held against the rules once more. Null: nothing to change, or none that holds.",
      )
      .nullable(),
    revised_by: z.enum(["rules", "model"]).nullable().meta({ description: "Who wrote the revised copy." }),
    dropped: list("What a model wrote and the rules then barred, with the reason; never the text itself."),
    not_answered: c.text("Why no model answered; null where one did.").nullable(),
    ...mark,
    provenance: c.provenance,
  },
});

export const requestIssues = defineDataset("request_issues", {
  title: "Request findings",
  description:
    "What is wrong with the copy of a request, and what would read better, each with what it rests on.",
  grain: "One row per edition, request, market and position.",
  key: ["edition", "request", "market", "position"],
  version: "1.0.0",
  limits: [
    "An issue of a model was checked: its quote stands in the copy and its passages were sent to it. Whether they bear it out is the model's word.",
  ],
  columns: {
    edition: c.edition,
    request,
    market: c.market,
    position: z.int().min(0).meta({ description: "Order: the rules' findings first.", unit: "rank" }),
    kind: z.enum(["issue", "tip"]).meta({ description: "issue: something to mend. tip: advice." }),
    written_by: z.enum(["rules", "model"]).meta({ description: "Who found it." }),
    severity: severity("How grave it is; null for a tip."),
    quote: c.text("Words of the copy that it is about; null for a tip.").nullable(),
    text: c.text("Why, or the advice itself."),
    suggestion: c.text("What to say instead.").nullable(),
    rule: c.text("Rule or sensitivity that the words break; null for a model's issue.").nullable(),
    source: c.text("Law and article, or the source of a sensitivity.").nullable(),
    source_url: c.text("Address of that law.").nullable(),
    knowledge: knowledge("say so"),
    provenance: c.provenance,
  },
});

export const requestVariants = defineDataset("request_variants", {
  title: "Request variants",
  description: "Copy made anew for a market by a model, with its reason and what it says in English.",
  grain: "One row per edition, request, market and position.",
  key: ["edition", "request", "market", "position"],
  version: "1.0.0",
  limits: [
    "Empty in an edition that asked no model.",
    "A variant that breaks a rule of the market is not published; the dataset requests names the rule.",
    "The back-translation is the same model's word on its own text.",
  ],
  columns: {
    edition: c.edition,
    request,
    market: c.market,
    position: z.int().min(0).meta({ description: "Order of the variants.", unit: "rank" }),
    language: c.text("Language it is written in, ISO 639-1."),
    text: c.text("The variant."),
    rationale: c.text("Why it is worded so."),
    back_translation: c.text("What it says, literally, in English."),
    knowledge: knowledge("it draws on"),
    ...mark,
    provenance: c.provenance,
  },
});
