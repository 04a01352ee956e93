// Would the class survive other chance? The term's weeks are redrawn around their local level and the same rules run again.
import { blockResample } from "../../stats/block-bootstrap.ts";
import { loess } from "../../stats/loess.ts";
import { quantileSorted } from "../../stats/quantile.ts";
import { at } from "./series.ts";
import { resampling, windows } from "./thresholds.ts";
import { type CleanSeries, poissonVariance } from "./trend-line.ts";

export interface Redrawn {
  /** The cleaned shares of a draw, without gaps. */
  readonly values: Float64Array;
  /** The same with bursts put back and gaps missing: what levels and momentum read. */
  readonly share: Float64Array;
}

/** The local level of a cleaned series, and how its weeks scatter around it in units of Poisson's spread. */
export interface LocalLevel {
  readonly level: Float64Array;
  /** Poisson's standard deviation of each week. */
  readonly spread: Float64Array;
  /** Weeks that were measured, and their standardised residuals. */
  readonly measured: readonly number[];
  readonly residuals: readonly number[];
  /** Mean squared residual, at least 1: how much more the weeks vary than independent posts would. */
  readonly dispersion: number;
}

export function localLevel({ values, excess, unitVariance }: CleanSeries): LocalLevel {
  const level = loess(values, { window: windows.local }).map((value) => Math.max(0, value));
  const spread = level.map((value, i) => Math.sqrt(poissonVariance(value, at(unitVariance, i))));
  const leverage = localLeverage(values.length);
  const measured = [...values.keys()].filter((i) => !Number.isNaN(at(excess, i)));
  // A line through few weeks hugs them; dividing by √(1 − leverage) gives the residuals their true size back.
  const residuals = measured.map(
    (i) => (at(values, i) - at(level, i)) / at(spread, i) / Math.sqrt(1 - at(leverage, i)),
  );
  const dispersion = Math.max(1, residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length);
  return { level, spread, measured, residuals, dispersion };
}

/**
 * Other series that chance could have handed us: the local level plus standardised residuals, redrawn in blocks of four weeks and scaled to
 * the level where they land, because a week of many posts swings more than a week of few. Bursts stay where they were.
 */
export function* redraws(
  { excess }: CleanSeries,
  { level, spread, measured, residuals }: LocalLevel,
  random: () => number,
  draws: number = resampling.draws,
): Generator<Redrawn> {
  for (let draw = 0; draw < draws; draw++) {
    const positions = blockResample(measured.length, resampling.blockWeeks, random);
    const values = Float64Array.from(level);
    const share = new Float64Array(level.length).fill(Number.NaN);
    measured.forEach((week, m) => {
      const value = at(level, week) + at(residuals, at(positions, m)) * at(spread, week);
      values[week] = Math.max(0, value);
      share[week] = Math.max(0, value + at(excess, week));
    });
    yield { values, share };
  }
}

/** 1 − share of the draws whose class differs. */
export function stabilityOf<Class>(drawn: readonly Class[], actual: Class): number {
  return drawn.filter((one) => one === actual).length / drawn.length;
}

/** 95 % percentile interval of the draws, widened where needed to hold the value itself. */
export function intervalOf(drawn: readonly number[], value: number): { low: number; high: number } {
  const sorted = Float64Array.from(drawn).sort();
  return {
    low: Math.min(value, quantileSorted(sorted, 0.025)),
    high: Math.max(value, quantileSorted(sorted, 0.975)),
  };
}

const leverages = new Map<number, Float64Array>();

/** How much of a week's own value its local level repeats. */
function localLeverage(length: number): Float64Array {
  const kept = leverages.get(length);
  if (kept) return kept;
  const unit = new Float64Array(length);
  const leverage = Float64Array.from({ length }, (_, week) => {
    unit.fill(0)[week] = 1;
    return Math.min(0.9, at(loess(unit, { window: windows.local }), week));
  });
  leverages.set(length, leverage);
  return leverage;
}
