// Sentences with placeholders instead of digits: `{metric_id|format}` is filled from a metric, `{'name'}` is a proper name, `{edition}` the
// edition. A digit outside a placeholder, or a placeholder that resolves to no metric, is an error: that is how prose stays checkable.
import type { Provenance } from "../../../data/contract/columns.ts";
import { LeapError } from "../../core/errors.ts";

export interface MetricValue {
  readonly metric_id: string;
  readonly metric: string;
  readonly market: string;
  readonly entity: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly text_value: string | null;
  readonly unit: string;
  readonly n: number;
  readonly previous_value: number | null;
  readonly reason: string | null;
  readonly provenance: Provenance;
}

export interface Vocabulary {
  readonly metrics: ReadonlyMap<string, MetricValue>;
  readonly edition: string;
  readonly previousEdition: string | null;
}

export interface Filled {
  readonly text: string;
  /** Metric ids in the order of their first use. */
  readonly evidence: readonly string[];
}

const placeholder = /\{(?:'([^']*)'|([^{}|']+)(?:\|([a-z_0-9]+))?)\}/g;

/**
 * Fills a template. Throws LeapError on a bare digit, an unknown metric, a null value or an unknown format.
 * Formats: `0 1 2` decimals, `pct pct1` ratio as %, `signed signed1 signedpct`, `ci ci1 cipct` value with interval, `range rangepct` interval alone,
 * `n` sample size, `prev prev1 prevpct` value in the edition before, `word` text value.
 */
export function fill(template: string, vocabulary: Vocabulary): Filled {
  const bare = template.replace(placeholder, "").match(/\p{Nd}[\p{Nd}.,]*/u);
  if (bare)
    throw new LeapError(
      `invalid sentence: "${template}" holds the bare number ${bare[0]}. Put it in a placeholder.`,
    );
  const evidence = new Set<string>();
  const text = template.replace(placeholder, (_all, name?: string, key?: string, format?: string) => {
    if (name !== undefined) return name;
    if (key === "edition") return vocabulary.edition;
    if (key === "previous_edition") return vocabulary.previousEdition ?? "";
    const metric = vocabulary.metrics.get(key as string);
    if (!metric)
      throw new LeapError(
        `unknown metric in a sentence: ${key}. Which analysis writes it? See pipeline/analyses.`,
      );
    evidence.add(metric.metric_id);
    return formatMetric(metric, format ?? "0");
  });
  return { text, evidence: [...evidence] };
}

/** A proper name as a placeholder; a quote inside it would end it, so it becomes a typographic one. */
export const named = (name: string): string => `{'${name.replaceAll("'", "’")}'}`;

function formatMetric(metric: MetricValue, format: string): string {
  const value = (number: number | null): number => {
    if (number === null)
      throw new LeapError(
        `missing value in a sentence: ${metric.metric_id} (${metric.reason ?? "no reason"}).`,
      );
    return number;
  };
  const interval = (print: (x: number) => string) =>
    `${print(value(metric.value))} (${print(value(metric.low))}–${print(value(metric.high))})`;
  const range = (print: (x: number) => string) => `${print(value(metric.low))}–${print(value(metric.high))}`;
  switch (format) {
    case "0":
    case "1":
    case "2":
      return decimal(value(metric.value), Number(format));
    case "pct":
      return percent(value(metric.value), 0);
    case "pct1":
      return percent(value(metric.value), 1);
    case "signed":
      return signed(value(metric.value), 0);
    case "signed1":
      return signed(value(metric.value), 1);
    case "abs":
      return decimal(Math.abs(value(metric.value)), 0);
    case "abs1":
      return decimal(Math.abs(value(metric.value)), 1);
    case "points":
      return decimal(Math.abs(value(metric.value)) * 100, 1);
    case "signedpct":
      return signed(value(metric.value) * 100, 0);
    case "ci":
      return interval((x) => decimal(x, 0));
    case "ci1":
      return interval((x) => decimal(x, 1));
    case "cipct":
      return `${decimal(value(metric.value) * 100, 0)}% (${decimal(value(metric.low) * 100, 0)}–${decimal(value(metric.high) * 100, 0)}%)`;
    case "cipct1":
      return `${decimal(value(metric.value) * 100, 1)}% (${decimal(value(metric.low) * 100, 1)}–${decimal(value(metric.high) * 100, 1)}%)`;
    case "range":
      return range((x) => decimal(x, 0));
    case "rangepct":
      return `${range((x) => decimal(x * 100, 0))}%`;
    case "n":
      return decimal(metric.n, 0);
    case "prev":
      return decimal(value(metric.previous_value), 0);
    case "prev1":
      return decimal(value(metric.previous_value), 1);
    case "prevpct":
      return percent(value(metric.previous_value), 0);
    case "word": {
      if (metric.text_value === null) throw new LeapError(`missing word in a sentence: ${metric.metric_id}.`);
      return metric.text_value;
    }
    default:
      throw new LeapError(`unknown format in a sentence: ${format} of ${metric.metric_id}.`);
  }
}

// The true minus sign, which is as wide as a plus; and no minus before a zero.
const decimal = (x: number, digits: number): string =>
  new Intl.NumberFormat("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  })
    .format(x)
    .replace("-", "−");
const percent = (x: number, digits: number): string => `${decimal(x * 100, digits)}%`;
const signed = (x: number, digits: number): string => {
  const rounded = decimal(Math.abs(x), digits);
  return `${x < 0 && Number(rounded.replaceAll(",", "")) !== 0 ? "−" : "+"}${rounded}`;
};
