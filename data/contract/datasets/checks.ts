// The tests the edition passed before it was published.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const checks = defineDataset("checks", {
  title: "Checks",
  description: "Every check of the run with its result.",
  grain: "One row per edition and check.",
  key: ["edition", "check"],
  version: "1.0.0",
  limits: [],
  columns: {
    edition: c.edition,
    check: c.text("Check."),
    subject: c.text("Model, dataset or page it tests."),
    state: z
      .enum(["pass", "fail", "error"])
      .meta({ description: "error: the check could not run, which is not a pass." }),
    failing_rows: c.count("Rows that break it.", "rows"),
    says: c.text("What the check demands."),
  },
});
