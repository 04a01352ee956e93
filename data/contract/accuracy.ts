// The accuracy register: one JSON file an evaluation in data/reference/accuracy, written by `leap eval all`. Figures and their source, never texts.
import { z } from "zod";

const figures = z.record(z.string(), z.number().nullable());

export const AccuracyEntry = z.strictObject({
  /** Evaluation and case, such as sentiment and umsab-en. */
  evaluation: z.string(),
  case: z.string(),
  dataset: z.string(),
  licence: z.string(),
  files: z.array(z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  role: z.enum(["hold-out", "validation", "cross-validation", "simulation", "planted", "written by us"]),
  /** Language or market; null where neither applies. */
  of: z.string().nullable(),
  n: z.int().nonnegative(),
  engine: z.string(),
  measured_on: z.iso.date(),
  figures,
  per_class: z.record(z.string(), figures),
  confusion: z.record(z.string(), z.record(z.string(), z.int().nonnegative())),
  targets: z.array(
    z.strictObject({
      measure: z.string(),
      at_least: z.number().nullable(),
      at_most: z.number().nullable(),
      met: z.boolean(),
    }),
  ),
  beside: z.array(
    z.strictObject({ who: z.string(), measure: z.string(), value: z.number(), source: z.string() }),
  ),
  means: z.string(),
  notes: z.array(z.string()),
});
export type AccuracyEntry = z.output<typeof AccuracyEntry>;

/**
 * Every part of the engine that the register speaks of, in the order readers meet them, and the methods (analyses by id) whose numbers rest on it.
 * The page names those nobody has measured yet.
 */
export const measuredParts = {
  language: ["sentiment", "themes"],
  sentiment: ["sentiment", "share-of-voice", "market-entry"],
  "aggregate-sentiment": ["sentiment"],
  themes: ["themes"],
  taxonomy: ["themes", "trends", "share-of-voice"],
  trends: ["trends"],
  forecast: ["forecast"],
  authenticity: ["authenticity", "audits", "creators"],
  "content-quality": ["content-quality"],
  prediction: ["prediction"],
  claims: ["claims"],
  "market-entry": ["market-entry"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type MeasuredPart = keyof typeof measuredParts;

export const AccuracyRegister = z.array(AccuracyEntry);
export type AccuracyRegister = z.output<typeof AccuracyRegister>;
