// Invented daily series whose bursts are known: every second one holds a burst, the others are quiet.
import { negativeBinomialDraw } from "../../stats/negative-binomial.ts";
import type { LabelledSeries } from "./labelled.ts";

export interface Simulation {
  readonly series: number;
  readonly days: number;
  /** Days at the end in which bursts begin and which are scored; the others say what is usual. */
  readonly scored: number;
  /** Mean a day. */
  readonly base: number;
  /** Variance = mean + dispersion · mean². */
  readonly dispersion: number;
}

/**
 * Weekday factors between 0.7 and 1.3, drawn anew for each series; in every second one a burst of 4 to 10 days at 2 to 4 times the usual.
 * `random` gives each series its own stream.
 */
export function simulate(
  { series, days, scored, base, dispersion }: Simulation,
  random: (label: string) => () => number,
): LabelledSeries[] {
  return Array.from({ length: series }, (_, number) => {
    const draw = random(`series ${number}`);
    const weekdays = Array.from({ length: 7 }, () => 0.7 + 0.6 * draw());
    const multiple = 2 + 2 * draw();
    const length = 4 + Math.floor(7 * draw());
    const begins = days - scored + Math.floor((scored - length + 1) * draw());
    const isBurst = (day: number) => number % 2 === 0 && day >= begins && day < begins + length;
    const steps = Array.from({ length: days }, (_, day) => day);
    return {
      id: String(number),
      stamps: steps.map(String),
      counts: Float64Array.from(steps, (day) =>
        negativeBinomialDraw(
          base * (weekdays[day % 7] as number) * (isBurst(day) ? multiple : 1),
          dispersion,
          draw,
        ),
      ),
      burst: steps.map(isBurst),
      scoredFrom: days - scored,
    };
  });
}
