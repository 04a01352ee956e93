// Weeks of the bursts in which far more people than usual spoke of a term.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const spikes = defineDataset("spikes", {
  title: "Spikes",
  description:
    "Weeks of bursts: stretches of days in which far more people than usual spoke of a term, beyond what chance shows among all the terms tested.",
  grain: "One row per edition, term, market and ISO week.",
  key: ["edition", "term", "market", "week"],
  version: "2.0.0",
  limits: [
    "A spike says that something happened, not what.",
    "Until edition 2026-W46 a spike was a week with a robust z above 4; since version 2.0.0 it is a week of a burst found day by day.",
  ],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    market: c.market,
    week: c.week,
    title: c.text("Name of the term for readers."),
    posts: c.count("Posts in the week."),
    baseline: c.measure("Median weekly posts of the 26 weeks before.", "posts"),
    z: c.measure("Robust z of the week.", "robust z", "spike"),
    q: c.ratio(
      "False discovery rate of the burst after Benjamini-Hochberg over all terms and markets tested.",
    ),
    first_day: c.day("First day of the burst, in UTC."),
    last_day: c.day("Last day of the burst so far, in UTC."),
    multiple: c.measure(
      "People who spoke of the term over the days of the burst, over the number usual for such days.",
      "times",
    ),
    state: z.enum(["open", "resolved"]).meta({
      description:
        "open: reaches into the last two weeks; resolved: the count came back to its baseline before.",
    }),
    provenance: c.provenance,
  },
});
