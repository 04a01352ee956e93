// Public events that an operator lists beside the curated ones: what happened, where, when and who says so.
import { z } from "zod";
import { day, id, market, url, words } from "../../imports/cells.ts";
import type { Sheet } from "../../imports/sheet.ts";

export const events: Sheet = {
  thing: "events",
  title: "Public events",
  people: false,
  fields: {
    event: {
      names: ["eventid", "id"],
      means: "id; made of title and day where there is none",
      example: "cosme-week-2026",
      read: id,
    },
    from: {
      required: true,
      names: ["date", "day", "start", "startdate", "startson"],
      means: "day it happened or began",
      example: "2026-05-11",
      read: day,
    },
    until: {
      names: ["end", "enddate", "endson", "to"],
      means: "last day, where it lasted",
      example: "2026-05-17",
      read: day,
    },
    market: {
      names: ["country", "countrycode"],
      means: "two letters; empty for every market",
      example: "jp",
      read: market,
    },
    title: {
      required: true,
      names: ["name", "eventname", "what"],
      means: "what happened, as charts mark it",
      example: "Cosme week",
      read: words,
    },
    kind: {
      required: true,
      names: ["type", "category"],
      means: "such as holiday, sale, law, fair or product",
      example: "fair",
      read: words,
    },
    source: {
      required: true,
      names: ["url", "sourceurl", "link", "reference"],
      means: "page that says so",
      example: "https://example.org/cosme-week",
      read: url,
    },
  },
  row: z.strictObject({
    exported_on: z.iso.date(),
    event: z.string().nullable(),
    from: z.iso.date(),
    until: z.iso.date().nullable(),
    market: z.string().nullable(),
    title: z.string(),
    kind: z.string(),
    source: z.string(),
  }),
  against: ({ from, until }) =>
    until !== null && String(until) < String(from) ? `ends_before_start: ${until} is before ${from}` : null,
};
