// What is different since the edition before.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const changes = defineDataset("changes", {
  title: "Changes",
  description: "Metrics that moved beyond noise, new and lost trends, changed definitions and data.",
  grain: "One row per edition, page and item.",
  key: ["edition", "page", "kind", "item"],
  version: "1.0.0",
  limits: ["Beyond noise: the intervals of the two editions' values do not overlap, or a class changed."],
  columns: {
    edition: c.edition,
    page: c.text("Page: home, market/<code>, trend/<term>, creator/<id>."),
    kind: z.enum(["metric", "trend", "definition", "data"]).meta({ description: "What changed." }),
    item: c.text("Metric id, term or dataset."),
    title: c.text("Name for readers."),
    previous: c.text("What it was, as printed.").nullable(),
    current: c.text("What it is, as printed.").nullable(),
    beyond_noise: c.flag("True when the change exceeds its uncertainty."),
    reading: c.text("One sentence for readers."),
    evidence: z.array(z.string()).meta({ description: "Metric ids the reading rests on." }),
    rank: z.int().min(1).meta({ description: "Most notable first.", unit: "rank" }),
    provenance: c.provenance,
  },
});
