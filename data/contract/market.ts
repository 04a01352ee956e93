// A market: the facts about a country that pages print. One YAML file in data/reference/markets; each fact names its source and date.
import { z } from "zod";

const fact = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value, source: z.string(), date: z.iso.date() });

export const MarketFacts = z.strictObject({
  /** ISO 3166-1 alpha-2, lower case; also the file's name. */
  code: z.string().regex(/^[a-z]{2}$/),
  /** English short name. */
  name: fact(z.string()),
  /** ISO 4217. */
  currency: fact(z.string().regex(/^[A-Z]{3}$/)),
  /** Languages posts are expected in, ISO 639-1, most used first. */
  languages: fact(z.array(z.string().regex(/^[a-z]{2}$/)).min(1)),
  /** BCP 47, for Intl and `lang`. */
  language_tag: fact(z.string()),
  /** IANA zone of the capital. Weeks are UTC all the same; the zone is for posting hours. */
  timezone: fact(z.string()),
  population: fact(z.int().positive()),
});
export type MarketFacts = z.output<typeof MarketFacts>;
