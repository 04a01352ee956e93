// Everything one market report draws on, taken once from the edition's rows.
import {
  changesOf,
  type DatasetRow,
  type Edition,
  editionBefore,
  findingsOf,
  metricValue,
  readEdition,
  rows,
  rowsOf,
} from "./data.ts";
import type { Finding } from "./sentence.ts";

export interface MarketReport {
  readonly edition: Edition;
  readonly previousEdition: string | null;
  readonly market: Edition["markets"][number];
  readonly findings: readonly Finding[];
  readonly changes: readonly DatasetRow<"changes">[];
  readonly entry: DatasetRow<"market_entry"> | null;
  readonly components: readonly DatasetRow<"market_entry_components">[];
  readonly weeks: readonly DatasetRow<"market_weeks">[];
  readonly sentiment: readonly DatasetRow<"sentiment">[];
  readonly themes: readonly DatasetRow<"themes">[];
  /** Classed terms first, by notability; see `byNotability`. */
  readonly trends: readonly DatasetRow<"trends">[];
  readonly spikes: readonly DatasetRow<"spikes">[];
  readonly brands: readonly DatasetRow<"share_of_voice">[];
  readonly creators: readonly DatasetRow<"creators">[];
  readonly engagement: readonly DatasetRow<"engagement">[];
  readonly budget: readonly DatasetRow<"market_budget">[];
  /** What the time axis marks: events of the market within the weeks shown. */
  readonly events: readonly { readonly day: string; readonly label: string }[];
  /** Weeks that were not collected: gaps, not zeros. */
  readonly gaps: readonly string[];
  metric(name: string, entity?: string): DatasetRow<"metrics"> | null;
  termWeeks(term: string): readonly DatasetRow<"term_weeks">[];
}

const classOrder = ["Exploding", "Emerging", "Declining", "Peaked", "Sustained", "Volatile"];

/** What a reader would rather know first: the class that asks for action, then the higher score; the unclassed by size. */
export function byNotability(a: DatasetRow<"trends">, b: DatasetRow<"trends">): number {
  const place = (row: DatasetRow<"trends">) =>
    row.class === null ? classOrder.length : classOrder.indexOf(row.class);
  return (
    place(a) - place(b) ||
    (b.trend_score ?? 0) - (a.trend_score ?? 0) ||
    b.posts_52w - a.posts_52w ||
    a.term.localeCompare(b.term, "en")
  );
}

export function marketReport(code: string, editionId: string): MarketReport {
  const edition = readEdition(editionId);
  const market = edition.markets.find((one) => one.code === code);
  if (!market) throw new Error(`unknown market: ${code} in ${editionId}`);
  const weeks = rowsOf("market_weeks", "market", code, editionId);
  return {
    edition,
    previousEdition: edition.previous_edition ?? editionBefore(editionId),
    market,
    findings: findingsOf(`market/${code}`, undefined, editionId),
    changes: changesOf(`market/${code}`, editionId),
    entry: rowsOf("market_entry", "market", code, editionId)[0] ?? null,
    components: rowsOf("market_entry_components", "market", code, editionId),
    weeks,
    sentiment: rowsOf("sentiment", "market", code, editionId),
    themes: rowsOf("themes", "market", code, editionId).toSorted((a, b) => a.rank - b.rank),
    trends: rowsOf("trends", "market", code, editionId).toSorted(byNotability),
    spikes: rowsOf("spikes", "market", code, editionId).toSorted((a, b) => b.week.localeCompare(a.week)),
    brands: rowsOf("share_of_voice", "market", code, editionId).toSorted(
      (a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9),
    ),
    creators: rowsOf("creators", "market", code, editionId).toSorted(
      (a, b) => (b.signals_score ?? -1) - (a.signals_score ?? -1) || a.creator.localeCompare(b.creator, "en"),
    ),
    engagement: rowsOf("engagement", "market", code, editionId),
    budget: rowsOf("market_budget", "market", code, editionId),
    events: eventMarks(code, editionId),
    gaps: weeks.filter((week) => !week.collected).map((week) => week.week),
    metric: (name, entity = "") =>
      metricValue(entity ? `${name}:${code}:${entity}` : `${name}:${code}`, editionId),
    termWeeks: (term) => weeksByTerm(editionId).get(`${code} ${term}`) ?? [],
  };
}

const indexes = new Map<string, Map<string, DatasetRow<"term_weeks">[]>>();

/** The largest dataset by market and term, indexed once an edition rather than once a report. */
function weeksByTerm(editionId: string): Map<string, DatasetRow<"term_weeks">[]> {
  const index =
    indexes.get(editionId) ??
    Map.groupBy(rows("term_weeks", editionId), (row) => `${row.market} ${row.term}`);
  indexes.set(editionId, index);
  return index;
}

export const sentencesOf = (report: MarketReport, section: string): readonly Finding[] =>
  report.findings.filter((finding) => finding.section === section);

/** `18 Nov 2024`–`15 Nov 2026` as ISO days, of the weeks a series covers. */
export function spanOf(weeks: readonly { week: string }[]): readonly [string, string] {
  const last = weeks.at(-1)?.week ?? "1970-01-05";
  return [weeks[0]?.week ?? last, new Date(Date.parse(last) + 6 * 864e5).toISOString().slice(0, 10)];
}

/** Events of a market, oldest first, as marks on a time axis. */
export const eventMarks = (market: string, editionId?: string): { day: string; label: string }[] =>
  rowsOf("events", "market", market, editionId)
    .map(({ day, label }) => ({ day, label }))
    .toSorted((a, b) => a.day.localeCompare(b.day));
