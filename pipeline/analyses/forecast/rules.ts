// Every threshold of the forecasts in one place; the metric register and method.md print the same numbers.

/** Weeks ahead: a quarter. */
export const horizonWeeks = 13;
export const yearWeeks = 52;
/** Measured weeks before a term gets a forecast: half a year to learn from, a quarter to be tested on. */
export const fewestWeeks = 39;
/** Weeks at the end that may be missing; behind them the forecast would start from too long ago. */
export const mostBehind = 4;
/** Share of a term's weeks that must be measured. */
export const fewestMeasured = 2 / 3;
/** Weeks before anything is said of the next year: one to learn from, one to be tested on. */
export const lastingWeeks = 104;
/** Terms whose year was tested, before their errors make a probability. */
export const fewestTested = 20;
/** Weeks of a published forecast that later editions hold against what came. */
export const followedSteps: readonly number[] = [1, 4, 8, 13];
/** Weeks whose mean is the level of today. */
export const levelWeeks = 4;
/** Weeks whose posts say how much counting can know of a week to come. */
export const exposureWeeks = 26;
/** A burst younger than this says nothing of a year: its weeks count as the highest that the half year before explains. */
export const youngBurst = { weeks: 4, against: 26, z: 4 } as const;
