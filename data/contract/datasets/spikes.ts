// Weeks in which a term stood far above its baseline.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const spikes = defineDataset("spikes", {
  title: "Spikes",
  description:
    "Weeks in which posts about a term exceeded the baseline by a robust z above 4 and survive correction for many tests.",
  grain: "One row per edition, term, market and ISO week.",
  key: ["edition", "term", "market", "week"],
  version: "1.0.0",
  limits: ["A spike says that something happened, not what."],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    market: c.market,
    week: c.week,
    title: c.text("Name of the term for readers."),
    posts: c.count("Posts in the week."),
    baseline: c.measure("Median weekly posts of the 26 weeks before.", "posts"),
    z: c.measure("Robust z of the week.", "robust z", "spike"),
    q: c.ratio("False discovery rate after Benjamini-Hochberg over all terms and weeks tested."),
    state: z
      .enum(["open", "resolved"])
      .meta({ description: "open: in the last two weeks; resolved: the count came back to its baseline." }),
    provenance: c.provenance,
  },
});
