// How people speak about the category in each market: net sentiment over 7 days to the whole period, and what was said week by week.
import type { Analysis } from "../../core/types.ts";
import { confusionOf } from "../../texts/confusion.ts";
import { type QuarterProfile, quarterProfiles, scoreChanges } from "./change.ts";
import { type AuthorProfile, placeKey, profilesByPlace, weekProfiles, windowProfiles } from "./clusters.ts";
import { type ConfusionOf, correctedSentiment } from "./correction.ts";
import { metricRows } from "./metrics.ts";
import { type GoldVerdict, goldVerdicts, ownConfusions } from "./own-errors.ts";
import { windows } from "./rules.ts";
import { type WeekCount, weekCounts, weekRow } from "./weeks.ts";
import { type WindowCount, windowCounts, windowRow } from "./window-row.ts";

export const analysis: Analysis = sentimentAnalysis(confusionOf);

/** The analysis with the given errors of the classifier where a publication has no labelled posts of its own; production takes the published ones. */
export function sentimentAnalysis(confusion: ConfusionOf): Analysis {
  const version = "2.0.0";
  return {
    id: "sentiment",
    version,
    reads: [
      "run",
      "posts",
      "post_annotations",
      "post_readings",
      "pub_markets",
      "pub_gold_verdicts",
      "market_weeks_counted",
    ],
    writes: ["sentiment", "market_weeks", "metrics"],
    async run({ warehouse, run, previous, random }) {
      const counts = await warehouse.query<WindowCount>(windowCounts);
      const [first] = await warehouse.query<{ day: string | null }>(
        "select min(posted_at)::date as day from posts",
      );
      const byWindow = profilesByPlace(await warehouse.query<AuthorProfile>(windowProfiles(windows)));
      const byWeek = profilesByPlace(await warehouse.query<AuthorProfile>(weekProfiles));
      const changes = scoreChanges(await warehouse.query<QuarterProfile>(quarterProfiles));
      const weeks = await warehouse.query<WeekCount>(weekCounts);
      const errors = ownConfusions(await warehouse.query<GoldVerdict>(goldVerdicts), confusion);
      const sentiment = counts.map((count) => {
        const profiles = byWindow.get(placeKey(count.market, count.window)) ?? [];
        return windowRow(run.edition, count, profiles, (withheld) =>
          correctedSentiment(profiles, errors, withheld, random(`corrected:${count.market}:${count.window}`)),
        );
      });
      const marketWeeks = weeks.map((week) =>
        weekRow(run.edition, week, byWeek.get(placeKey(week.market, week.week)) ?? []),
      );
      const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
      return {
        sentiment,
        market_weeks: marketWeeks,
        metrics: metricRows({
          run,
          version,
          sentiment,
          weeks: marketWeeks,
          before,
          changes,
          firstDay: first?.day ?? run.week_start,
        }),
      };
    },
  };
}
