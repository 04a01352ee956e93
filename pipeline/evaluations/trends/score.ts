// Bursts that were called against bursts that are known: by day, by event, by quiet series, and how late somebody who looks every day is told.
import { alarm, burstsAmong, type SureBurst } from "../../analyses/trends/bursts.ts";
import type { BurstSettings } from "../../stats/bursts.ts";
import type { LabelledSeries } from "./labelled.ts";

export interface Verdict {
  readonly series: LabelledSeries;
  readonly bursts: readonly SureBurst[];
}

/** Looking back over the whole of every series, together, as an edition does. */
export function verdicts(all: readonly LabelledSeries[], settings: BurstSettings): Verdict[] {
  const bursts = burstsAmong(
    all.map(({ counts, scoredFrom }) => ({ counts, from: scoredFrom })),
    settings,
  );
  return all.map((series, i) => ({ series, bursts: bursts[i] as SureBurst[] }));
}

/** Null where there is nothing to divide by. */
export function scores(all: readonly Verdict[]): Record<string, number | null> {
  let [hit, wrong, missed, events, found, quiet, alarmed] = [0, 0, 0, 0, 0, 0, 0];
  for (const { series, bursts } of all) {
    const { burst, scoredFrom, counts } = series;
    if (!burst) continue;
    const called = (step: number) => bursts.some(({ from, to }) => step >= from && step <= to);
    let any = false;
    for (let step = scoredFrom; step < counts.length; step++) {
      if (Number.isNaN(counts[step])) continue;
      if (called(step)) any = true;
      if (called(step) && burst[step]) hit++;
      else if (called(step)) wrong++;
      else if (burst[step]) missed++;
    }
    const own = eventsOf(series);
    events += own.length;
    found += own.filter(({ from, to }) => bursts.some((one) => one.from <= to && one.to >= from)).length;
    if (own.length > 0) continue;
    quiet++;
    if (any) alarmed++;
  }
  return {
    dayF1: ratio(2 * hit, 2 * hit + wrong + missed),
    precision: ratio(hit, hit + wrong),
    recall: ratio(hit, hit + missed),
    eventRecall: ratio(found, events),
    falseAlarmShare: ratio(alarmed, quiet),
  };
}

/** Steps that somebody who looks every day looks back over: what an edition reads. */
const memory = 273;

/**
 * Day by day: `delay` is the mean number of days from the first of an event to the day on which the series up to that day raises the alarm, over
 * events told of before they ended; `delayRecall` is the share of those, `delayFalseAlarmShare` the share of quiet series with any alarm.
 */
export function delays(
  all: readonly LabelledSeries[],
  settings: BurstSettings,
): Record<string, number | null> {
  const late: number[] = [];
  let [events, quiet, alarmed] = [0, 0, 0];
  const isAlarmed = ({ counts }: LabelledSeries, step: number) =>
    alarm({ counts: counts.slice(Math.max(0, step + 1 - memory), step + 1) }, settings) !== null;
  for (const series of all.filter(({ burst }) => burst !== null)) {
    const own = eventsOf(series);
    for (const { from, to } of own) {
      events++;
      for (let step = from; step <= to; step++) {
        if (!isAlarmed(series, step)) continue;
        late.push(step - from);
        break;
      }
    }
    if (own.length > 0) continue;
    quiet++;
    for (let step = series.scoredFrom; step < series.counts.length; step++)
      if (isAlarmed(series, step)) {
        alarmed++;
        break;
      }
  }
  return {
    delay: ratio(
      late.reduce((sum, days) => sum + days, 0),
      late.length,
    ),
    delayRecall: ratio(late.length, events),
    delayFalseAlarmShare: ratio(alarmed, quiet),
  };
}

/** Runs of labelled steps that reach into what is scored. */
export function eventsOf({ burst, scoredFrom }: LabelledSeries): { from: number; to: number }[] {
  const events: { from: number; to: number }[] = [];
  burst?.forEach((isIn, step) => {
    const open = events.at(-1);
    if (!isIn) return;
    if (open && open.to === step - 1) open.to = step;
    else events.push({ from: step, to: step });
  });
  return events.filter(({ to }) => to >= scoredFrom);
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
