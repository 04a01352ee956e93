// Every weight and threshold of the trend method, in one place. The metric register and method.md print the same numbers; a test holds them to it.

/** Points of the trend score: level, momentum, volume. They sum to 100. */
export const scoreWeights = { level: 50, momentum: 30, volume: 20 } as const;
/** Robust z and log ratio that move the level and momentum parts by one unit of the logistic curve. */
export const scoreScales = { z: 2, momentum: 0.25 } as const;
/** Points of the confidence score. They sum to 100. */
export const confidenceWeights = { coverage: 40, posts: 30, stability: 30 } as const;
/** Posts in 52 weeks from which on more posts add no confidence. */
export const postsOfFullConfidence = 500;

/** Posts added to both sides of the momentum ratio, so that a step from one post to two is no doubling. */
export const momentumPrior = 5;
/** Weeks of the level's moving average, and of each side of the momentum ratio. */
export const shortWeeks = 4;
/** Weeks of a year: the level's baseline, the base of the index, both sides of year on year. */
export const yearWeeks = 52;
/** Weeks without collection after which a market has left the pool. */
export const quarterWeeks = 13;
/** Weeks over which a slope counts. */
export const slopeWeeks = 26;
/** Weeks before which a term has no class and no score. */
export const fewestWeeks = 26;
/** Weeks from which on season and trend can be told apart: two whole years. */
export const seasonWeeks = 104;
/** Weeks that a trend line looks back at most: four years; older seasons are no guide. */
export const mostWeeks = 208;
/** Share of a line's weeks that must be measured before the line is drawn through the gaps. */
export const fewestMeasured = 2 / 3;
/** Weeks collected in both years before two years are compared, of 52. */
export const fewestPairs = 48;
/** Posts below which a year is no base for a percentage. */
export const yearBasePosts = 50;

export const classes = ["Exploding", "Emerging", "Peaked", "Declining", "Sustained", "Volatile"] as const;
export type TrendClass = (typeof classes)[number];

export const classRules = {
  exploding: { z: 3, yearPct: 100 },
  emerging: { volumePercentile: 40, momentum: 0.25, weeksUp: 3, ofWeeks: 4 },
  peaked: { belowMaximum: 0.15, fewestWeeksAgo: 8, mostWeeksAgo: 52, beyond: 2.5 },
  /** F_S, and the correlation of the last two years: over two years, one long hump alone reaches an F_S of 0.7. */
  seasonal: { strength: 0.64, yearsAlike: 0.5 },
  breakoutPct: 1000,
  /** Standard errors a slope must exceed to count: one-sided 99 %, because hundreds of terms are asked. A peak needs more, as the highest of many weeks. */
  slopeBeyond: 2.326,
} as const;

/** Loess windows in weeks: the trend of series shorter than two years (as stiff as that of STL, so that the 104th week adds the season and changes nothing else), peaks, the season along the year, the local level of the resampling. */
export const windows = { shortTrend: 79, peak: 27, season: 9, local: 13 } as const;
/** A week this many robust deviations from the weeks around it is set aside when the trend is drawn. */
export const burst = { around: 13, z: 4 } as const;
/** Resamples behind stability and the interval of the score, in blocks of neighbouring weeks. */
export const resampling = { draws: 200, blockWeeks: 4 } as const;

/** Spikes: false discovery rate of the bursts; weeks tested, and weeks before that say what was usual; days of a week that make it a week of the burst. */
export const spikeRules = {
  q: 0.05,
  testedWeeks: 26,
  baselineWeeks: 26,
  fewestBaseline: 13,
  openWeeks: 2,
  daysOfWeek: 2,
} as const;
