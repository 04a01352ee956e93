// Publishes the accuracy register: what was measured beside labelled data goes out with every edition, row by row.
import { AccuracyEntry } from "../../../data/contract/accuracy.ts";
import type { Analysis, Row } from "../../core/types.ts";
import { type OwnVerdict, ownEntries, ownVerdicts } from "./own-posts.ts";

export const analysis: Analysis = {
  id: "accuracy",
  version: "1.1.0",
  reads: ["ref_accuracy", "pub_gold_verdicts", "posts"],
  writes: ["accuracy", "accuracy_cases", "accuracy_published", "accuracy_confusions"],
  async run({ warehouse, run, publication }) {
    const kept = await warehouse.query<{ entry: string }>("select entry from ref_accuracy");
    const [posts] = await warehouse.query<{ synthetic: boolean }>(
      "select coalesce(bool_and(provenance = 'synthetic'), false) as synthetic from posts",
    );
    const gold = publication["gold_sentiment"] as { labelled_by: string } | null | undefined;
    const entries = [
      ...kept.map(({ entry }) => AccuracyEntry.parse(JSON.parse(entry))),
      ...ownEntries(await warehouse.query<OwnVerdict>(ownVerdicts), {
        labelledBy: gold?.labelled_by ?? "unknown",
        synthetic: posts?.synthetic === true,
        day: run.as_of.slice(0, 10),
      }),
    ];
    return {
      accuracy: entries.flatMap((entry) => figureRows(run.edition, entry)),
      accuracy_cases: entries.map((entry) => caseRow(run.edition, entry)),
      accuracy_published: entries.flatMap((entry) => publishedRows(run.edition, entry)),
      accuracy_confusions: entries.flatMap((entry) => confusionRows(run.edition, entry)),
    };
  },
};

const keyOf = (edition: string, entry: AccuracyEntry) => ({
  edition,
  evaluation: entry.evaluation,
  case: entry.case,
});

const measured = (entry: AccuracyEntry) => ({
  n: entry.n,
  of: entry.of,
  data_set: entry.dataset,
  licence: entry.licence,
  role: entry.role,
  engine: entry.engine,
  measured_on: entry.measured_on,
});

/** The figures of the whole, then those of each class. Targets are about the whole; the figure of a target that was not measured is null. */
function figureRows(edition: string, entry: AccuracyEntry): Row[] {
  const targets = new Map(
    [...Map.groupBy(entry.targets, ({ measure }) => measure)].map(([measure, both]) => [
      measure,
      // A floor and a ceiling may stand as two targets of one measure.
      {
        at_least: both.find((one) => one.at_least !== null)?.at_least ?? null,
        at_most: both.find((one) => one.at_most !== null)?.at_most ?? null,
        met: both.every((one) => one.met),
      },
    ]),
  );
  const whole = new Map<string, number | null>([
    ...entry.targets.map(({ measure }) => [measure, null] as const),
    ...Object.entries(entry.figures),
  ]);
  const row = (name: string, measure: string, value: number | null): Row => {
    const target = name === "" ? targets.get(measure) : undefined;
    return {
      ...keyOf(edition, entry),
      class: name,
      measure,
      value,
      ...measured(entry),
      target_at_least: target?.at_least ?? null,
      target_at_most: target?.at_most ?? null,
      target_met: target?.met ?? null,
    };
  };
  return [
    ...[...whole].map(([measure, value]) => row("", measure, value)),
    ...Object.entries(entry.per_class).flatMap(([name, figures]) =>
      Object.entries(figures).map(([measure, value]) => row(name, measure, value)),
    ),
  ];
}

const caseRow = (edition: string, entry: AccuracyEntry): Row => ({
  ...keyOf(edition, entry),
  ...measured(entry),
  files: entry.files,
  means: entry.means,
  notes: entry.notes,
});

const publishedRows = (edition: string, entry: AccuracyEntry): Row[] =>
  entry.beside.map((published, position) => ({
    ...keyOf(edition, entry),
    position,
    ...published,
    ours: entry.figures[published.measure] ?? null,
  }));

const confusionRows = (edition: string, entry: AccuracyEntry): Row[] =>
  Object.entries(entry.confusion).flatMap(([truth, verdicts]) =>
    Object.entries(verdicts).map(([verdict, rows]) => ({ ...keyOf(edition, entry), truth, verdict, rows })),
  );
