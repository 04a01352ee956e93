// What people look for outside social media, day by day, as open sources count it.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const demandSignals = defineDataset("demand_signals", {
  title: "Demand signals",
  description:
    "Page views of encyclopaedia articles, news articles that name a term, and search trends, per market and day.",
  grain: "One row per edition, source, market, kind, term, series and day.",
  key: ["edition", "source", "market", "kind", "term", "series", "day"],
  version: "1.0.0",
  limits: [
    "Page views are those of a language edition, wherever its readers sit: German views are not all from Germany.",
    "News volume counts articles that GDELT found, not all that were printed.",
    "A day without a row is unknown: the source gave no figure. It is no zero.",
    "The last two years; older days are in older editions.",
  ],
  columns: {
    edition: c.edition,
    source: c.id("Who counted: wikimedia, gdelt or pinterest."),
    market: c.market,
    kind: z
      .enum([
        "page_views",
        "news_volume",
        "search_index",
        "search_growth_week",
        "search_growth_month",
        "search_growth_year",
      ])
      .meta({
        description:
          "page_views: an article was opened. news_volume: news articles that match. search_index: searches of a week, of 100 in the keyword's own highest week. search_growth_…: percent against the week, month or year before, as the platform said that day.",
      }),
    term: c.id("What it is about; a term of the trends where there is one."),
    series: c.text("The article, as project/title, or the query, as its source was asked."),
    day: c.day("Day counted, in UTC."),
    value: c.measure("Views, articles, an index or percent.", "see unit"),
    out_of: c
      .measure(
        "What the value is a part of, where the source says it: all news articles of the day.",
        "articles",
      )
      .nullable(),
    unit: c.text("Unit of value; “percent, more than” where the platform stops counting."),
    provenance: c.provenance,
  },
});
