// Intervals from what the forecasts missed by: conformal prediction over the errors of the back-test (Vovk 2005; Stankeviciute et al. 2021 for
// several steps), pooled over series of the same kind, newer origins counting more (Barber et al. 2023).

/** What one series missed by at one origin. */
export interface Misses {
  /** Actual minus forecast, by step; NaN where nothing is known. */
  readonly errors: Float64Array;
  /** Typical size of a step at the origin. */
  readonly spread: number;
}

export interface ConformalSeries {
  /** Newest first. */
  readonly origins: readonly Misses[];
  /** Typical size of a step at the end of the series. */
  readonly spread: number;
}

export interface Conformal {
  /** Half the width of the interval of a series at each step; null when there is nothing to measure it by. */
  halfWidth(series: number, level: number): Float64Array | null;
  /** The same for the interval that would have been given at an origin, from the other origins. */
  halfWidthAt(series: number, origin: number, level: number): Float64Array | null;
}

// Chosen by rolling origin inside the training parts of M4 Weekly (method.md of the analysis forecast), never on a test part.
/** An origin counts half as much as the next newer one. */
const ageing = 0.5;
/** The pool's size of errors counts as much as this many origins of the series itself. */
const poolOrigins = 2;
/** Steps before and after are taken in until so many errors stand behind a quantile. */
const fewestScores = 60;
/** Below so many series one origin weighs enough to be left out when it is judged. */
const smallPool = 30;

/** `steps` is the horizon of the intervals; back-tests may have been shorter. */
export function conformal(all: readonly ConformalSeries[], steps: number): Conformal {
  const growth = growthOf(all, steps);
  // Size of the errors of each series at each origin, in spreads, with the growth over the steps taken out.
  const sizes = all.map(({ origins }) => origins.map((origin) => sizeOf(origin, growth)));
  const logs = sizes.flat().filter(isSize).map(Math.log);
  const pool = logs.length > 0 ? logs.reduce((a, b) => a + b, 0) / logs.length : null;
  const reachOf = (series: number, without: number | null): number => {
    const own = (sizes[series] as number[]).filter((size, o) => o !== without && isSize(size)).map(Math.log);
    return Math.exp(
      (own.reduce((a, b) => a + b, 0) + poolOrigins * (pool as number)) / (own.length + poolOrigins),
    );
  };
  const scoresAt = (left: { series: number; origin: number } | null): Score[][] => {
    const scores: Score[][] = Array.from({ length: steps }, () => []);
    all.forEach(({ origins }, s) => {
      origins.forEach(({ errors, spread }, o) => {
        if (!(spread > 0) || (left?.series === s && left.origin === o)) return;
        const unit = spread * reachOf(s, o);
        for (let h = 0; h < Math.min(steps, errors.length); h++) {
          const score = Math.abs(errors[h] as number) / (unit * (growth[h] as number));
          if (Number.isFinite(score)) scores[h]?.push({ score, weight: ageing ** o });
        }
      });
    });
    return scores.map((_, h) => near(scores, h));
  };
  const whole = pool === null ? null : scoresAt(null);
  const kept = new Map<number, Float64Array>();
  const quantiles = (scores: readonly Score[][], level: number): Float64Array =>
    Float64Array.from(scores, (one) => quantileOf(one, level));
  // Thousands of series share the same scores: their quantiles are looked for once.
  const wholeQuantiles = (level: number): Float64Array => {
    const found = kept.get(level) ?? quantiles(whole as Score[][], level);
    kept.set(level, found);
    return found;
  };
  const width = (scores: Float64Array, spread: number, reach: number): Float64Array =>
    scores.map((score, h) => score * spread * reach * (growth[h] as number));
  return {
    halfWidth(series, level) {
      const { spread } = all[series] as ConformalSeries;
      if (whole === null || !(spread > 0)) return spread === 0 ? new Float64Array(steps) : null;
      return width(wholeQuantiles(level), spread, reachOf(series, null));
    },
    halfWidthAt(series, origin, level) {
      const { spread } = (all[series] as ConformalSeries).origins[origin] as Misses;
      if (whole === null || !(spread > 0)) return null;
      if (all.length >= smallPool) return width(wholeQuantiles(level), spread, reachOf(series, origin));
      const others = scoresAt({ series, origin });
      return others[0]?.length ? width(quantiles(others, level), spread, reachOf(series, origin)) : null;
    },
  };
}

interface Score {
  readonly score: number;
  readonly weight: number;
}

const isSize = (size: number): boolean => size > 0 && Number.isFinite(size);

/** Mean error by step in spreads, never falling by chance below that of the step before; beyond the back-test it grows with the root of the step. */
function growthOf(all: readonly ConformalSeries[], steps: number): Float64Array {
  const growth = new Float64Array(steps);
  let last = 0;
  for (let h = 0; h < steps; h++) {
    let [sum, n] = [0, 0];
    for (const { origins } of all)
      for (const { errors, spread } of origins) {
        const size = h < errors.length && spread > 0 ? Math.abs(errors[h] as number) / spread : Number.NaN;
        if (!Number.isFinite(size)) continue;
        // One wild series among few must not set the shape for all.
        sum += Math.min(size, 50);
        n++;
      }
    if (n > 0 && sum > 0) last = h + 1;
    growth[h] = n > 0 && sum > 0 ? sum / n : (growth[last - 1] ?? 1) * Math.sqrt((h + 1) / Math.max(1, last));
  }
  return growth.map((value) => (value > 0 ? value : 1));
}

function sizeOf({ errors, spread }: Misses, growth: Float64Array): number {
  let [sum, n] = [0, 0];
  for (let h = 0; h < Math.min(errors.length, growth.length); h++) {
    const size = Math.abs(errors[h] as number) / (spread * (growth[h] as number));
    if (!Number.isFinite(size)) continue;
    sum += size;
    n++;
  }
  return n > 0 ? sum / n : Number.NaN;
}

/** Scores of a step and as many steps around it as it takes, at least one on each side; sorted. */
function near(scores: readonly Score[][], h: number): Score[] {
  for (let reach = 1; ; reach++) {
    const around = scores.slice(Math.max(0, h - reach), h + reach + 1).flat();
    if (around.length >= fewestScores || reach >= scores.length)
      return around.sort((a, b) => a.score - b.score);
  }
}

// z of 95 % over z of 80 %, two-sided: what a normal law says of the wider interval when only the narrower is known.
const normalStretch = 1.959963984540054 / 1.2815515655446004;

/**
 * The score that `level` of all scores do not exceed, the unknown new one counted as the largest (the correction for finite samples). Too few
 * scores for the level: the largest one, stretched as a normal law would.
 */
function quantileOf(sorted: readonly Score[], level: number): number {
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0) + 1;
  let sum = 0;
  for (const { score, weight } of sorted) {
    sum += weight;
    if (sum >= level * total) return score;
  }
  return (sorted.at(-1)?.score ?? 0) * normalStretch;
}
