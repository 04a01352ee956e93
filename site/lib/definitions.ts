// Dated changes of what a metric means, as marks on a series and words beside it.
import { type MetricDefinition, metricDefinition } from "./data.ts";

export interface DefinitionChange {
  /** Monday of the last week that the first edition under the definition covers: where it begins on a series. */
  readonly day: string;
  readonly from: string;
  readonly version: string;
  readonly change: string;
}

/** Changes of a metric's definition up to an edition, oldest first; the first definition is no change. */
export function definitionChanges(metric: MetricDefinition | string, edition: string): DefinitionChange[] {
  const definition = typeof metric === "string" ? metricDefinition(metric) : metric;
  return (definition?.valid ?? [])
    .toSorted((a, b) => a.from.localeCompare(b.from))
    .slice(1)
    .filter(({ from }) => from <= edition)
    .map(({ from, version, change }) => ({ day: lastCompleteWeek(from), from, version, change }));
}

/** `2026-W47` → `2026-11-09`: editions appear in the week after the last one they cover. */
export function lastCompleteWeek(edition: string): string {
  const [year, week] = edition.split("-W").map(Number) as [number, number];
  // The fourth of January is in the first ISO week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 864e5;
  return new Date(monday + (week - 2) * 7 * 864e5).toISOString().slice(0, 10);
}
