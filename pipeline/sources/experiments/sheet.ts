// Experiments: arms that were run side by side, and what became of the units in each. Sums alone; nobody is in them.
import { z } from "zod";
import { amount, count, currency, day, id, market, words } from "../../imports/cells.ts";
import type { Sheet } from "../../imports/sheet.ts";

export const experiments: Sheet = {
  thing: "experiments",
  title: "Experiments",
  people: false,
  fields: {
    experiment_id: {
      required: true,
      names: ["experiment", "testid", "id"],
      means: "id of the experiment; its arms share it",
      example: "checkout-badge",
      read: id,
    },
    name: {
      required: true,
      names: ["experimentname", "title", "test"],
      means: "what it is called",
      example: "Badge at the checkout",
      read: words,
    },
    market: {
      required: true,
      names: ["country", "countrycode"],
      means: "two letters",
      example: "de",
      read: market,
    },
    arm: {
      required: true,
      names: ["variant", "variation", "group", "cell"],
      means: "such as control or badge",
      example: "control",
      read: words,
    },
    unit_kind: {
      required: true,
      names: ["unit", "unittype", "randomisationunit"],
      means: "what was assigned: visitors, sessions, stores, regions",
      example: "visitors",
      read: words,
    },
    units: {
      required: true,
      names: ["n", "visitors", "users", "sessions", "samplesize"],
      means: "units assigned to the arm",
      example: "10250",
      read: count,
    },
    conversions: {
      required: true,
      names: ["successes", "converted", "orders"],
      means: "units that did it",
      example: "312",
      read: count,
    },
    revenue: {
      names: ["sales", "turnover"],
      means: "revenue of the arm; needs a currency",
      example: "8112.50",
      read: amount,
    },
    currency: { names: ["currencycode"], means: "code of ISO 4217", example: "EUR", read: currency },
    starts_on: {
      required: true,
      names: ["start", "startdate", "startson", "from"],
      means: "first day",
      example: "2026-04-06",
      read: day,
    },
    ends_on: {
      required: true,
      names: ["end", "enddate", "endson", "to", "until"],
      means: "last day",
      example: "2026-05-03",
      read: day,
    },
  },
  row: z.strictObject({
    exported_on: z.iso.date(),
    experiment_id: z.string(),
    name: z.string(),
    market: z.string(),
    arm: z.string(),
    unit_kind: z.string(),
    units: z.int().min(0),
    conversions: z.int().min(0),
    revenue: z.number().min(0).nullable(),
    currency: z.string().nullable(),
    starts_on: z.iso.date(),
    ends_on: z.iso.date(),
  }),
  against({ starts_on, ends_on, units, conversions, revenue, currency }) {
    if (String(ends_on) < String(starts_on)) return `ends_before_start: ${ends_on} is before ${starts_on}`;
    if (Number(conversions) > Number(units)) return `more_conversions_than_units: ${conversions} of ${units}`;
    if (revenue !== null && currency === null) return "missing_value: currency, of the revenue";
    return null;
  },
};
