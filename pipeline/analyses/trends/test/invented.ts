// Invented series for the tests: exact shapes, or shapes with Poisson noise that repeats.
import { seededRandom } from "../../../stats/seeded-random.ts";
import type { MarketSeries, TermSeries } from "../series.ts";

export const monday = (week: number): string =>
  new Date(Date.UTC(2024, 10, 18) + week * 7 * 86_400_000).toISOString().slice(0, 10);

export interface Shape {
  readonly weeks?: number;
  /** Posts of the market each week. */
  readonly volume?: number | ((week: number) => number);
  /** Weeks in which no run succeeded. */
  readonly gaps?: readonly number[];
  /** Label of the noise; exact counts without it. */
  readonly noise?: string;
  readonly term?: string;
  readonly market?: string;
}

/** A term whose expected posts a week are `postsOf(week)`; in gaps it has none, as a collector that saw nothing would leave it. */
export function invented(postsOf: (week: number) => number, shape: Shape = {}): TermSeries {
  const { weeks: count = 104, volume = 1000, gaps = [], noise, term = "term", market = "de" } = shape;
  const random = noise === undefined ? null : seededRandom(noise);
  const drawn = (mean: number) => (random ? poisson(mean, random) : Math.round(mean));
  const weeks = Array.from({ length: count }, (_, week) => week);
  const isGap = (week: number) => gaps.includes(week);
  const volumeOf = (week: number) => (typeof volume === "number" ? volume : volume(week));
  const series: MarketSeries = {
    market,
    weeks: weeks.map(monday),
    posts: Float64Array.from(weeks, (week) => (isGap(week) ? 0 : volumeOf(week))),
    collected: weeks.map((week) => !isGap(week)),
    provenance: "synthetic",
  };
  const posts = Float64Array.from(weeks, (week) => (isGap(week) ? 0 : drawn(postsOf(week))));
  return { term, title: term, kind: "theme", market: series, posts };
}

function poisson(mean: number, random: () => number): number {
  let [count, chance] = [0, Math.exp(-mean)];
  let below = chance;
  for (const draw = random(); draw > below && count < 10_000; below += chance) {
    count++;
    chance *= mean / count;
  }
  return count;
}
