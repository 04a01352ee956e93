// Everything that one edition says of the weeks to come of one term in one market.
import type { Row } from "../../core/types.ts";
import type { SeriesForecast, Told } from "../../stats/forecast/pool.ts";
import type { PeakWindow } from "./peaks.ts";
import type { Tally } from "./record.ts";
import type { ShareSeries } from "./series.ts";
import type { WillLast } from "./will-last.ts";

export interface Outlook {
  readonly series: ShareSeries;
  /** Null where the series has a reason. */
  readonly forecast: SeriesForecast | null;
  /** The forecast that is shown: the combination, or the naive one where the back-test found no skill. */
  readonly shown: Told | null;
  readonly peak: PeakWindow | null;
  readonly lasting: WillLast;
  /** Earlier forecasts, as rows of the dataset. */
  readonly followed: readonly Row[];
  readonly record: Tally;
}
