// How right each part of the engine was on labelled data: one figure a row.
import { z } from "zod";
import { AccuracyEntry } from "../accuracy.ts";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

/** What names a case in all four. */
const key = {
  edition: c.edition,
  evaluation: c.id("Part of the engine that was measured, as in `leap eval <evaluation>`."),
  case: c.id("Case: data set and split, such as umsab-en-test."),
};
const role = z.enum(AccuracyEntry.shape.role.options).meta({
  description:
    "What the engine's authors had seen of the data when they fixed it. hold-out: nothing. validation: its score, while choosing. cross-validation: each fold in turn held out. simulation, planted: truth we made. written by us: cases of our own.",
});
/** What was held against what. */
const measurement = {
  n: c.count("Labelled rows, series or cases that were judged.", "rows"),
  of: c.text("Language (ISO 639-1) or market the figures are about; null where neither applies.").nullable(),
  data_set: c.text("Data set with its split, in words."),
  licence: c.text("Licence of the data set."),
  role,
  engine: c.text("Version of what was measured, weights included."),
  measured_on: c.day("Day of the measurement."),
};

const limits = [
  "A figure holds for its data set. Tweets are not captions and films are not serums: the order of languages carries over, the level need not.",
];

export const accuracy = defineDataset("accuracy", {
  title: "Accuracy",
  description:
    "Every figure of the accuracy register: what was measured, on what, when, by which engine, and whether it meets its target.",
  grain: "One row per edition, evaluation, case, class and measure.",
  key: ["edition", "evaluation", "case", "class", "measure"],
  version: "1.0.0",
  limits,
  columns: {
    ...key,
    class: c.text("Class the figure is about, such as positive; empty for the whole."),
    measure: c.id("Measure, such as macroF1, auc, coverage95; n is a count."),
    value: c.measure("The figure.", "see measure").nullable(),
    ...measurement,
    target_at_least: c.measure("Target, where it is a floor.", "see measure").nullable(),
    target_at_most: c.measure("Target, where it is a ceiling.", "see measure").nullable(),
    target_met: c.flag("Whether the figure meets its target; null where it has none.").nullable(),
  },
});

export const accuracyCases = defineDataset("accuracy_cases", {
  title: "Accuracy: cases",
  description:
    "What each measurement was made on (files with their sha256), what its figures mean, and what a reader must know.",
  grain: "One row per edition, evaluation and case.",
  key: ["edition", "evaluation", "case"],
  version: "1.0.0",
  limits,
  columns: {
    ...key,
    ...measurement,
    files: z
      .array(z.strictObject({ name: z.string(), sha256: z.string() }))
      .meta({ description: "Files that were read, by name and sha256; none for a simulation." }),
    means: c.text("What the figures, and the gap to those of others, mean."),
    notes: z.array(z.string()).meta({ description: "Rows left out and why, weights used, splits." }),
  },
});

export const accuracyPublished = defineDataset("accuracy_published", {
  title: "Accuracy: figures of others",
  description: "Figures that others published on the same or a like data set, beside ours.",
  grain: "One row per edition, evaluation, case and published figure.",
  key: ["edition", "evaluation", "case", "position"],
  version: "1.0.0",
  limits: [
    ...limits,
    "Others chose their own splits and preparations; a difference of a point or two may be that alone.",
  ],
  columns: {
    ...key,
    position: c.count("Place in the list, from 0.", "place"),
    who: c.text("Method or system, by its authors."),
    measure: c.id("Measure."),
    value: c.measure("Their figure.", "see measure"),
    ours: c.measure("Our figure by the same measure.", "see measure").nullable(),
    source: c.text("Where it was published."),
  },
});

export const accuracyConfusions = defineDataset("accuracy_confusions", {
  title: "Accuracy: confusions",
  description: "Which class was taken for which: counts of labelled rows by truth and verdict.",
  grain: "One row per edition, evaluation, case, truth and verdict.",
  key: ["edition", "evaluation", "case", "truth", "verdict"],
  version: "1.0.0",
  limits,
  columns: {
    ...key,
    truth: c.text("Class by the label."),
    verdict: c.text("Class by the engine."),
    rows: c.count("Labelled rows.", "rows"),
  },
});
