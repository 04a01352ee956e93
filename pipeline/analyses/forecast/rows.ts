// The outlook of a term as rows of the two published datasets.
import type { Row, RunClock } from "../../core/types.ts";
import type { BackTest, Band } from "../../stats/forecast/pool.ts";
import type { Outlook } from "./outlook.ts";
import { weekAfter } from "./series.ts";

/** One row a week ahead; none where there is no forecast, or nothing to measure its interval by. */
export function forecastRows(run: RunClock, { series, forecast, shown, peak }: Outlook): Row[] {
  if (shown === null || shown.band80 === null || shown.band95 === null) return [];
  const [band80, band95] = [shown.band80, shown.band95];
  const last = series.weeks.at(-1) as string;
  return [...shown.point].map((share, h) => ({
    edition: run.edition,
    term: series.term,
    market: series.market,
    made_in: run.edition,
    week: weekAfter(last, h + 1),
    step: h + 1,
    method: forecast?.skilled === false ? "naive" : "combination",
    observed_share: share,
    ...ends(band80, h, 80),
    ...ends(band95, h, 95),
    index: series.indexPerShare === null ? null : share * series.indexPerShare,
    in_peak: peak !== null && h + 1 >= peak.first && h + 1 <= peak.last,
    actual: null,
    inside80: null,
    inside95: null,
    provenance: series.provenance,
  }));
}

const ends = ({ low, high }: Band, h: number, level: 80 | 95) => ({
  [`low${level}`]: low[h],
  [`high${level}`]: high[h],
});

/** The combination first, which carries the verdict, then the methods it is made of. */
export function backtestRows(run: RunClock, outlook: Outlook): Row[] {
  const { series, forecast, peak, lasting, record } = outlook;
  const last = series.weeks.at(-1) as string;
  const shared = {
    edition: run.edition,
    term: series.term,
    market: series.market,
    provenance: series.provenance,
  };
  const backTest = forecast?.combination.backTest ?? null;
  return [
    {
      ...shared,
      ...verdictless,
      method: "combination",
      weight: forecast ? 1 : null,
      ...testColumns(backTest),
      skill: forecast?.skilled ?? null,
      will_last: lasting.probability,
      will_last_label: lasting.label,
      will_last_reason: lasting.reason,
      peak_start: peak && weekAfter(last, peak.first),
      peak_end: peak && weekAfter(last, peak.last),
      record_n: record.n,
      record_inside80: record.inside80,
      record_inside95: record.inside95,
      reason: series.reason,
    },
    ...(forecast?.methods ?? []).map(({ method, weight, mase, relativeMae }) => ({
      ...shared,
      ...verdictless,
      method,
      weight,
      ...testColumns(method === "naive" ? (forecast?.naive.backTest ?? null) : null),
      mase,
      relative_mae: relativeMae,
      origins: backTest?.origins ?? 0,
      n: backTest?.n ?? 0,
      reason: null,
    })),
  ];
}

/** A single method has no verdict of its own. */
const verdictless = {
  skill: null,
  will_last: null,
  will_last_label: null,
  will_last_reason: null,
  peak_start: null,
  peak_end: null,
  record_n: 0,
  record_inside80: 0,
  record_inside95: 0,
};

const testColumns = (test: BackTest | null) => ({
  mase: test?.mase ?? null,
  relative_mae: test?.relativeMae ?? null,
  coverage80: test?.coverage80 ?? null,
  coverage95: test?.coverage95 ?? null,
  origins: test?.origins ?? 0,
  n: test?.n ?? 0,
});
