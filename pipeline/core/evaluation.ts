// What it takes to hold a part of the engine against labelled data (`leap eval`) and to fit its weights anew (`leap train`).
// One folder in pipeline/evaluations is one of each; the commands find them there.
import type { Log } from "./types.ts";

/** `evaluation.ts` of a folder exports it as `evaluation`. */
export interface Evaluation {
  /** Also the word on the command line and the folder's name. */
  readonly id: string;
  /** One line for --help. */
  readonly says: string;
  readonly options: readonly EvaluationOption[];
  /** What follows `leap eval <id> ` in the help. */
  readonly examples: readonly string[];
  /** Version of what is measured; changes when a figure could change for the same file. */
  engine(given: Given): string;
  /**
   * Runs the code path of production over the labelled data.
   * Throws LeapError on a missing column and a label outside the scheme. Where a file holds one class alone, figures that take two are null or
   * the file is refused.
   */
  evaluate(given: Given, context: EvaluationContext): Promise<Measured>;
  /** What `leap eval all --datasets DIR` runs; only the cases whose files DIR holds. */
  cases(datasets: string): readonly EvaluationCase[];
}

export interface EvaluationOption {
  /** As commander writes them, such as `--text <column>`. */
  readonly flags: string;
  readonly says: string;
  readonly required?: boolean;
  /** The value is a path of a data file: its name, size and sha256 are kept with the result. */
  readonly file?: boolean;
}

/** Values of the options by name (`--some-thing` is `someThing`); flags without a value are "true". */
export type Given = Readonly<Record<string, string | undefined>>;

export interface EvaluationContext {
  readonly log: Log;
  /** Seeded generator in [0, 1); the same label gives the same stream. */
  random(label: string): () => number;
  /** Wall clock in milliseconds, for speeds only. */
  milliseconds(): number;
}

export interface Measured {
  /** Labelled rows, series or cases that were judged. */
  readonly n: number;
  /** Plain keys of the documentation, such as macroF1; null where the data do not allow the figure. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly perClass?: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Rows are the truth, columns the verdict, in counts. */
  readonly confusion?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Further tables for people and machines, by title. */
  readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** What a reader must know: rows left out and why, weights used, splits. */
  readonly notes: readonly string[];
}

export interface EvaluationCase {
  /** Slug, such as umsab-en; the key of the entry in the accuracy register. */
  readonly id: string;
  /** The data set in words, with its split. */
  readonly dataset: string;
  readonly licence: string;
  /** What the engine's authors had seen of these data when they fixed it. */
  readonly role: "hold-out" | "validation" | "cross-validation" | "simulation" | "planted" | "written by us";
  /** Language or market the figures are about; null where neither applies. */
  readonly of: string | null;
  readonly given: Given;
  readonly targets: readonly Target[];
  /** Figures that others published on the same or a like data set. */
  readonly beside: readonly Beside[];
  /** What the gap between them and us means; shown on the accuracy page. */
  readonly means: string;
}

export interface Target {
  readonly measure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Beside {
  readonly who: string;
  readonly measure: string;
  readonly value: number;
  readonly source: string;
}

/** `training.ts` of a folder exports it as `training`. */
export interface Training {
  readonly id: string;
  readonly says: string;
  readonly options: readonly EvaluationOption[];
  /**
   * Fits on what `given.datasets` holds, seeded, and hands back files of weights. A file fitted on data whose licence does not let a product
   * ship it says `ships: false` and is kept with the local state instead of the reference data.
   */
  train(given: Given, context: EvaluationContext): Promise<readonly TrainedWeights[]>;
}

export interface TrainedWeights {
  /** File name, such as ko.json; see core/weights.ts for where it goes. */
  readonly name: string;
  readonly bytes: Uint8Array | string;
  readonly ships: boolean;
  readonly trainedOn: readonly TrainedOn[];
  /** Figures on data held out of the fit, by plain key. */
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface TrainedOn {
  readonly dataset: string;
  readonly licence: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
}
