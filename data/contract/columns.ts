// The words that columns share: one meaning, one description, one place.
import { z } from "zod";

export const edition = z
  .string()
  .regex(/^\d{4}-W\d{2}$/)
  .meta({
    description: "Edition that published the row: the ISO week of its publication, such as 2026-W47.",
  });

/** `all` pools every market of the publication; `zz` holds posts whose market nobody stated. */
export const market = z
  .string()
  .regex(/^([a-z]{2}|all)$/)
  .meta({
    description: "Market: ISO 3166-1 alpha-2 in lower case; “all” pools the markets, “zz” is not stated.",
  });

export const week = z.iso.date().meta({ description: "Monday of the ISO week, in UTC.", unit: "date" });

export const day = (description: string) => z.iso.date().meta({ description, unit: "date" });

export const provenances = ["observed", "imported", "synthetic"] as const;
export const provenance = z.enum(provenances).meta({
  description:
    "Where the rows behind the value came from: observed by our collectors, imported from a file, or synthetic. One synthetic row makes the value synthetic; one imported row makes an observed value imported.",
});
export type Provenance = z.output<typeof provenance>;

export const reasons = [
  "not_observable",
  "not_collected",
  "too_few",
  "hidden_by_owner",
  "withheld_privacy",
  "stale",
] as const;
/** Why a value is null. Null when the value is there. */
export const reason = z.enum(reasons).nullable().meta({
  description:
    "Why the value is missing; null when it is there. not_observable: no source shows it. not_collected: we did not ask. too_few: under 30 posts. hidden_by_owner: the owner hides it. withheld_privacy: under 5 authors. stale: too old to print.",
});
export type Reason = (typeof reasons)[number];

/** Posts below which a value is withheld as too_few, and distinct authors below which it is withheld_privacy (DESIGN rule 4). */
export const minimumPosts = 30;
export const minimumAuthors = 5;

export const id = (description: string) =>
  z
    .string()
    .regex(/^[^\s/]+$/)
    .meta({ description });

export const text = (description: string) => z.string().meta({ description });

export const flag = (description: string) => z.boolean().meta({ description });

export const count = (description: string, unit = "posts") => z.int().min(0).meta({ description, unit });

export const measure = (description: string, unit: string, metric?: string) =>
  z.number().meta({ description, unit, ...(metric ? { metric } : {}) });

/** A number between 0 and 1. */
export const ratio = (description: string, metric?: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .meta({ description, unit: "ratio", ...(metric ? { metric } : {}) });

/** A score between 0 and 100. */
export const score = (description: string, metric?: string) =>
  z
    .number()
    .min(0)
    .max(100)
    .meta({ description, unit: "points 0-100", ...(metric ? { metric } : {}) });

/** Lower and upper end of the 95 % interval of the named column. */
export const low = (of: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `Lower end of the 95 % interval of ${of}.` });
export const high = (of: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `Upper end of the 95 % interval of ${of}.` });
