// What it would cost to be seen in a market, and how long it would take, by a dated price table.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

const usd = (description: string) => c.measure(description, "USD").nullable();

export const marketBudget = defineDataset("market_budget", {
  title: "Budget range per market",
  description:
    "Posts needed for a number of views on each channel, priced from a dated table with its source, and the weeks the active creators would take.",
  grain: "One row per edition, market, platform, format and way of buying; “all” adds up the creator posts.",
  key: ["edition", "market", "platform", "format", "kind"],
  version: "1.0.0",
  limits: [
    "Prices are vendors’ figures; where none with a source was found the cost is null.",
    "Creator prices are not stated per country.",
    "Production, agency fees, samples and taxes are not in it.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    platform: c.text("Platform; “all” adds up the priced creator channels."),
    format: c.text("Format; “all” where the price does not depend on it."),
    kind: z.enum(["creator", "advertising"]).meta({
      description:
        "creator: sponsored posts of creators. advertising: the same views bought from the platform.",
    }),
    views: c.measure("Views planned for on the channel.", "views").nullable(),
    median_views: c
      .measure("Median views of the registry creators’ posts of the channel, 60 days.", "views")
      .nullable(),
    viewed_posts: c.count("Posts behind that median."),
    posts_needed: c.count("views ÷ median_views, rounded up.").nullable(),
    cpm_low: usd("Low end of the price of 1,000 views."),
    cpm_high: usd("High end of it."),
    price_scope: z.enum(["market", "any"]).nullable().meta({
      description: "market: the price is for this country; any: its source names none.",
    }),
    price_source: c.text("Where the price was published.").nullable(),
    price_until: c.day("Last day of the period the price speaks of.").nullable(),
    cost_low: usd("Posts at the low end of the price."),
    cost_mid: usd("Posts at the middle of the price.").meta({ metric: "entry_budget" }),
    cost_high: usd("Posts at the high end of the price."),
    weeks_low: c
      .count("Weeks until the posts are out when creators sell every second post.", "weeks")
      .nullable(),
    weeks_high: c.count("Weeks when they sell every sixth.", "weeks").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
