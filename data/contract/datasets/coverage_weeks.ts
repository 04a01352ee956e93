// How much of what we meant to collect we did collect.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const coverageWeeks = defineDataset("coverage_weeks", {
  title: "Coverage by week",
  description:
    "Collector runs scheduled and succeeded, pages fetched and posts kept, by market, platform and week.",
  grain: "One row per edition, market, platform and ISO week.",
  key: ["edition", "market", "platform", "week"],
  version: "1.0.0",
  limits: [
    "Imported files have no schedule: their coverage is not observable, and the columns about runs are null.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    platform: c.id("Platform the posts come from."),
    week: c.week,
    runs_scheduled: c.count("Collector runs the schedule asked for.", "runs").nullable(),
    runs_succeeded: c.count("Collector runs that succeeded.", "runs").nullable(),
    pages_available: c.count("Result pages the source offered.", "pages").nullable(),
    pages_fetched: c.count("Result pages fetched.", "pages").nullable(),
    hashtags_used: c.count("Unique hashtags asked for in the 7 days, of 30 allowed.", "hashtags").nullable(),
    hours_uncovered: c
      .measure("Hours of the week outside every 24-hour collection window.", "hours")
      .nullable(),
    posts: c.count("Distinct posts kept that were published in the week."),
    coverage: c.ratio("Runs succeeded over runs scheduled.", "coverage").nullable(),
    state: z.enum(["collected", "partial", "missing", "imported"]).meta({
      description: "collected: every run succeeded; partial: some; missing: none; imported: from a file.",
    }),
    provenance: c.provenance,
  },
});
