// What every reader of a file of series gives, and what a caller may say about its columns.

export interface NamedSeries {
  readonly id: string;
  /** NaN where a value is missing inside the series. */
  readonly values: Float64Array;
}

export interface SeriesFile {
  readonly name: string;
  readonly shape: "wide" | "long";
  readonly series: readonly NamedSeries[];
  readonly notes: readonly string[];
}

/** Columns that the caller named, each overruling what the names suggest. */
export interface NamedColumns {
  readonly id?: string | undefined;
  readonly time?: string | undefined;
  readonly value?: string | undefined;
}
