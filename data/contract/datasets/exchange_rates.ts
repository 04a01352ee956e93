// What a euro was worth, by working day.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const exchangeRates = defineDataset("exchange_rates", {
  title: "Exchange rates",
  description:
    "Euro foreign exchange reference rates of the European Central Bank, one a currency and working day.",
  grain: "One row per edition, currency and working day.",
  key: ["edition", "currency", "day"],
  version: "1.0.0",
  limits: [
    "For information only: the European Central Bank discourages their use for transactions.",
    "Weekends and holidays have no row; the last rate on or before a day holds.",
    "The last thirteen months; older days are in older editions.",
  ],
  columns: {
    edition: c.edition,
    currency: c.id("ISO 4217 code; EUR is 1."),
    day: c.day("Working day of the rate."),
    rate: c.measure("Units of the currency for one euro.", "per euro"),
    source: c.id("Who printed it: ecb."),
    provenance: c.provenance,
  },
});
