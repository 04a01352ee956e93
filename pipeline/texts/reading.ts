// Which posts a model is asked about: rules that the asking and the figures about it share.

/** Posts at least this likely to be read rightly by the offline engine are not asked about. */
export const SURE = 0.75;
/** Days back from the run's end in which posts are asked about; older ones keep what was said of them then. */
export const ASKED_DAYS = 28;
/** Texts a market that the offline engine is sure of and that are read all the same. */
export const SAMPLED = 40;
