// The record of forecasts that were published: when a week of theirs has come, it is held against what was said.
import type { Row } from "../../core/types.ts";
import { followedSteps } from "./rules.ts";
import type { ShareSeries } from "./series.ts";

export interface Tally {
  readonly n: number;
  readonly inside80: number;
  readonly inside95: number;
}

export interface Followed {
  /** Rows of earlier editions: those whose week has come now, with what came, and those still open. */
  readonly rows: readonly Row[];
  /** Of this series, over all editions so far. */
  readonly tally: Tally;
}

export const noRecord: Tally = { n: 0, inside80: 0, inside95: 0 };

/**
 * `before` are the forecasts of this series in the edition before, `tallied` its record until then. Rows that were held against their week in
 * the edition before are in the record and are not told again. A week that nobody collected stays open until it is behind the horizon.
 */
export function followUp(
  series: ShareSeries,
  before: readonly Row[],
  tallied: Tally,
  edition: string,
): Followed {
  const places = new Map(series.weeks.map((week, i) => [week, i]));
  let { n, inside80, inside95 } = tallied;
  const rows = before.flatMap((row): Row[] => {
    if (row["actual"] !== null || !followedSteps.includes(Number(row["step"]))) return [];
    const place = places.get(String(row["week"]));
    const share = place === undefined ? Number.NaN : (series.shares[place] as number);
    if (Number.isNaN(share)) {
      // The week has come and was not measured: nothing will ever be known of it.
      return place === undefined ? [{ ...row, edition }] : [];
    }
    const isInside = (level: 80 | 95): boolean =>
      share >= Number(row[`low${level}`]) && share <= Number(row[`high${level}`]);
    n++;
    if (isInside(80)) inside80++;
    if (isInside(95)) inside95++;
    return [{ ...row, edition, actual: share, inside80: isInside(80), inside95: isInside(95) }];
  });
  return { rows, tally: { n, inside80, inside95 } };
}
