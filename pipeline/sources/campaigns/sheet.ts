// Campaigns: what was spent where and when, and on which creators of the registry. Names of anybody else do not come in.
import { z } from "zod";
import { amount, count, currency, day, id, market, registryCreators, words } from "../../imports/cells.ts";
import type { Sheet } from "../../imports/sheet.ts";

export const campaigns: Sheet = {
  thing: "campaigns",
  title: "Campaigns",
  people: true,
  fields: {
    campaign_id: {
      required: true,
      names: ["campaign", "id"],
      means: "id of the campaign; it may run in several markets and channels, one a row",
      example: "spring-serum",
      read: id,
    },
    name: {
      required: true,
      names: ["campaignname", "title"],
      means: "what it is called",
      example: "Spring serum launch",
      read: words,
    },
    market: {
      required: true,
      names: ["country", "countrycode"],
      means: "two letters",
      example: "de",
      read: market,
    },
    channel: {
      required: true,
      names: ["platform", "medium", "source"],
      means: "such as instagram, search or mail",
      example: "instagram",
      read: words,
    },
    starts_on: {
      required: true,
      names: ["start", "startdate", "startson", "from"],
      means: "first day",
      example: "2026-03-02",
      read: day,
    },
    ends_on: {
      required: true,
      names: ["end", "enddate", "endson", "to", "until"],
      means: "last day",
      example: "2026-03-29",
      read: day,
    },
    spend: {
      required: true,
      names: ["cost", "amountspent", "budgetspent", "costs"],
      means: "money spent, fees and products included",
      example: "12000",
      read: amount,
    },
    currency: {
      required: true,
      names: ["currencycode"],
      means: "code of ISO 4217",
      example: "EUR",
      read: currency,
    },
    impressions: { names: ["views", "imps"], means: "times shown", example: "850000", read: count },
    clicks: { names: ["linkclicks"], means: "clicks", example: "9400", read: count },
    creators: {
      names: ["influencers", "creator", "influencer", "handles"],
      means: "ids or account names of registry creators, with ; between; others are left out",
      example: "mina-glasshaut; yuna",
      read: registryCreators,
    },
  },
  row: z.strictObject({
    exported_on: z.iso.date(),
    campaign_id: z.string(),
    name: z.string(),
    market: z.string(),
    channel: z.string(),
    starts_on: z.iso.date(),
    ends_on: z.iso.date(),
    spend: z.number().min(0),
    currency: z.string(),
    impressions: z.int().min(0).nullable(),
    clicks: z.int().min(0).nullable(),
    creators: z.array(z.string()).nullable(),
  }),
  against: ({ starts_on, ends_on, impressions, clicks }) =>
    String(ends_on) < String(starts_on)
      ? `ends_before_start: ${ends_on} is before ${starts_on}`
      : impressions !== null && clicks !== null && Number(clicks) > Number(impressions)
        ? `more_clicks_than_impressions: ${clicks} of ${impressions}`
        : null,
};
