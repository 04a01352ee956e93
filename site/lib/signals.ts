// What people look for outside social media, as pages show it: a line a series by week, and the change of its term. Pure but for the door.
import { type DatasetRow, metricValue, rowsOf } from "./data.ts";

type SignalDay = DatasetRow<"demand_signals">;

export interface SignalSeries {
  readonly kind: SignalDay["kind"];
  readonly term: string;
  /** As its source was asked: `de.wikipedia/PDRN`, or a query. */
  readonly series: string;
  readonly weeks: readonly { readonly week: string; readonly mean: number | null }[];
  /** Of the days shown, how many have no figure. */
  readonly missing: number;
}

const mostWeeks = 52;
/** A week with fewer days than this says too little about itself. */
const leastDays = 4;
const dayMs = 864e5;

/** Series of a market by kind and size, each with the mean of a day for every complete week up to the edition's last. */
export function signalSeries(market: string, edition: { edition: string; week_end: string }): SignalSeries[] {
  const days = rowsOf("demand_signals", "market", market, edition.edition).filter(
    (row) => row.day <= edition.week_end,
  );
  return [...Map.groupBy(days, ({ kind, term, series }) => JSON.stringify([kind, term, series])).values()]
    .map((rows) => weekly(rows, edition.week_end))
    .filter(({ weeks }) => weeks.filter(({ mean }) => mean !== null).length > 1)
    .toSorted(
      (a, b) =>
        a.kind.localeCompare(b.kind) * -1 || sum(b) - sum(a) || a.series.localeCompare(b.series, "en"),
    );
}

export function weekly(rows: readonly SignalDay[], lastDay: string): SignalSeries {
  const [{ kind, term, series }] = rows as readonly [SignalDay];
  const byWeek = Map.groupBy(rows, ({ day }) => mondayOf(day));
  const first = [...byWeek.keys()].toSorted()[0] as string;
  const last = mondayOf(lastDay);
  const count = Math.min(mostWeeks, Math.round((Date.parse(last) - Date.parse(first)) / (7 * dayMs)) + 1);
  const weeks = Array.from({ length: count }, (_, index) => {
    const week = isoDay(Date.parse(last) - (count - 1 - index) * 7 * dayMs);
    const known = byWeek.get(week) ?? [];
    const total = known.reduce((all, { value }) => all + value, 0);
    return { week, known: known.length, mean: known.length >= leastDays ? total / known.length : null };
  });
  // The first week began before the first day that was asked for: it is neither a gap nor short of days.
  const asked = weeks.slice(weeks[0]?.week === first ? 1 : 0);
  const drawn = weeks.slice(weeks[0]?.week === first && weeks[0].mean === null ? 1 : 0);
  return {
    kind,
    term,
    series,
    weeks: drawn.map(({ week, mean }) => ({ week, mean })),
    missing: asked.reduce((all, { known }) => all + 7 - known, 0),
  };
}

/** Metrics of a kind: how many in four weeks, and how that compares with the four before. Search trends come as an index and have none. */
export const signalMetrics = {
  page_views: { total: "page_views", change: "page_views_change" },
  news_volume: { total: "news_articles", change: "news_share_change" },
} as const;

const hasMetrics = (kind: SignalDay["kind"]): kind is keyof typeof signalMetrics => kind in signalMetrics;

/** The four weeks of a term, or null where the edition has none. */
export function fourWeeks(kind: SignalDay["kind"], market: string, term: string, edition: string) {
  const names = hasMetrics(kind) ? signalMetrics[kind] : null;
  const total = names && metricValue(`${names.total}:${market}:${term}`, edition);
  return total ? { total, change: metricValue(`${names.change}:${market}:${term}`, edition) } : null;
}

export interface SearchTrend {
  readonly term: string;
  /** As the platform writes it. */
  readonly keyword: string;
  readonly region: string;
  /** Searches of the last week with a figure, of 100 in the keyword's own highest week. */
  readonly index: number | null;
  readonly week: string | null;
  /** Percent against the week, month and year before, on the last day that the platform was asked; `beyond` where it stops counting. */
  readonly growth: Readonly<Record<"week" | "month" | "year", { value: number; beyond: boolean } | null>>;
}

/** What is searched for in a market, by growth over a month, the strongest first. */
export function searchTrends(
  market: string,
  edition: { edition: string; week_end: string },
  rows: readonly SignalDay[] = rowsOf("demand_signals", "market", market, edition.edition),
): SearchTrend[] {
  const own = rows.filter(({ kind }) => kind.startsWith("search_"));
  return [...Map.groupBy(own, ({ term, series }) => JSON.stringify([term, series])).values()]
    .map((of): SearchTrend => {
      const last = (kind: SignalDay["kind"]) =>
        of.filter((row) => row.kind === kind).toSorted((a, b) => (a.day < b.day ? 1 : -1))[0] ?? null;
      const growth = (kind: SignalDay["kind"]) => {
        const row = last(kind);
        return row && { value: row.value, beyond: row.unit !== "percent" };
      };
      const [{ term, series }] = of as [SignalDay];
      const index = last("search_index");
      return {
        term,
        keyword: series.slice(series.indexOf("/") + 1),
        region: series.slice(0, series.indexOf("/")),
        index: index?.value ?? null,
        week: index?.day ?? null,
        growth: {
          week: growth("search_growth_week"),
          month: growth("search_growth_month"),
          year: growth("search_growth_year"),
        },
      };
    })
    .toSorted(
      (a, b) =>
        (b.growth.month?.value ?? Number.NEGATIVE_INFINITY) -
          (a.growth.month?.value ?? Number.NEGATIVE_INFINITY) || a.keyword.localeCompare(b.keyword, "en"),
    );
}

/** What an id of a term says to readers: `snail-mucin` → `Snail mucin`, `k-beauty` → `K-beauty`. */
export const spokenTerm = (term: string): string =>
  term.replace(/(?<!^.)-/gu, " ").replace(/^./u, (letter) => letter.toUpperCase());

const sum = ({ weeks }: SignalSeries): number => weeks.reduce((all, { mean }) => all + (mean ?? 0), 0);

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

function mondayOf(day: string): string {
  const at = Date.parse(day);
  return isoDay(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs);
}
