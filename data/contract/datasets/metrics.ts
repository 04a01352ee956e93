// Every published number under one id, with interval, n and reason.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const metrics = defineDataset("metrics", {
  title: "Metric values",
  description: "Each headline number of the edition under a stable id that “leap explain” resolves.",
  grain: "One row per edition and metric id.",
  key: ["edition", "metric_id"],
  version: "1.0.0",
  limits: ["Definitions are in the metric register under /methods/."],
  columns: {
    edition: c.edition,
    metric_id: c.id("<metric>:<market>[:<entity>], such as share_of_voice:de:aurelle."),
    metric: c.id("Metric in the register."),
    market: c.market,
    entity: c.text("Term, brand, creator or window; empty for the market itself."),
    period_start: c.day("First day measured."),
    period_end: c.day("Last day measured."),
    value: c.measure("The number.", "see unit").nullable(),
    low: c.low("value"),
    high: c.high("value"),
    text_value: c.text("The value of a metric that is a word, such as a class.").nullable(),
    unit: c.text(
      "Unit of value: ratio, %, points 0-100, posts, per 10,000 posts, index, rank, followers, z.",
    ),
    n: c.count("Posts, weeks or accounts behind it.", "see metric"),
    previous_value: c.measure("The value in the edition before.", "see unit").nullable(),
    reason: c.reason,
    method_version: c.text("Version of the method that computed it."),
    provenance: c.provenance,
  },
});
