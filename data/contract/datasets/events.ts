// What happened outside the posts that may explain a bend in a line.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const events = defineDataset("events", {
  title: "Events",
  description: "Dated public events per market, with their source, as marked on the charts.",
  grain: "One row per edition, event and market.",
  key: ["edition", "event", "market"],
  version: "1.0.0",
  limits: ["A mark says that something happened that day, not that it caused what the line does."],
  columns: {
    edition: c.edition,
    event: c.id("Event."),
    market: c.market,
    day: c.day("Day it happened or began."),
    title: c.text("What happened."),
    label: c.text("The word on the time axis."),
    source: c.text("Who says so."),
    provenance: c.provenance,
  },
});
