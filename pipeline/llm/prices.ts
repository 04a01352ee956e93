// What a call costs, to the micro-dollar. A model without a price is never asked.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import type { ModelName, Usage } from "./types.ts";

const rate = z.number().nonnegative();
const rates = { input: rate, cached: rate, cache_write_short: rate, cache_write_long: rate, output: rate };

/** US dollars per million tokens, which is micro-dollars per token. */
export const Price = z.strictObject({
  model: z.string().regex(/^(openai|anthropic):\S+$/),
  effective_from: z.iso.date(),
  ...rates,
  /** A batch costs this much of the rates. */
  batch: z.number().positive().max(1),
  /** Rates of the whole request when its prompt has more tokens than `above`. */
  long_prompt: z.strictObject({ above: z.int().positive(), ...rates }).nullable(),
  source: z.string(),
});
export type Price = z.output<typeof Price>;

const PriceList = z.strictObject({ note: z.string(), checked_on: z.iso.date(), models: z.array(Price) });

export type PriceOf = (name: ModelName) => Price;

/** Prices as of a day, own ones first. Throws a LeapError for a list that does not validate, and when asked for a model without a price. */
export function readPrices(file: string, day: string, own: readonly Price[] = []): PriceOf {
  const parsed = PriceList.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new LeapError(`invalid prices: ${file}: ${z.prettifyError(parsed.error)}`);
  const listed = [...parsed.data.models].sort((a, b) => (a.effective_from < b.effective_from ? 1 : -1));
  return (name) => {
    const wanted = nameOf(name);
    const found = [...own, ...listed].find((price) => price.model === wanted && price.effective_from <= day);
    if (!found)
      throw new LeapError(
        `unknown price: ${wanted} on ${day}. Add it with its source to data/reference/llm-prices.json, or under models.prices of publication.yaml.`,
      );
    return found;
  };
}

export const nameOf = ({ provider, model }: ModelName): string => `${provider}:${model}`;

/** `openai:gpt-6-luna` → its parts. Throws a LeapError for another form. */
export function modelNamed(name: string): ModelName {
  const [, provider, model] = /^(openai|anthropic):(\S+)$/.exec(name.trim()) ?? [];
  if (!provider || !model)
    throw new LeapError(`invalid model: ${name}. Write provider:model, such as openai:gpt-6-luna.`);
  return { provider: provider as ModelName["provider"], model };
}

/** Whole micro-dollars of one call, half a micro-dollar rounded up. */
export function costMicros(price: Price, usage: Usage, batch: boolean): number {
  const prompt = usage.uncachedIn + usage.cacheRead + usage.cacheWriteShort + usage.cacheWriteLong;
  const at = price.long_prompt && prompt > price.long_prompt.above ? price.long_prompt : price;
  // In millionths of a micro-dollar, so that the sum is one of whole numbers.
  const pico = (tokens: number, dollars: number) => tokens * Math.round(dollars * 1e6);
  const total =
    pico(usage.uncachedIn, at.input) +
    pico(usage.cacheRead, at.cached) +
    pico(usage.cacheWriteShort, at.cache_write_short) +
    pico(usage.cacheWriteLong, at.cache_write_long) +
    pico(usage.out, at.output);
  return Math.round((batch ? total * price.batch : total) / 1e6);
}

/** Tokens that a text may have at most, for what is reserved before a call: Latin letters come three to a token and better, others about one each. */
export function mostTokens(text: string): number {
  let latin = 0;
  let others = 0;
  for (const character of text) {
    if ((character.codePointAt(0) as number) < 0x250) latin += 1;
    else others += 1;
  }
  return Math.ceil(latin / 3 + others * 1.3);
}

/** The dearest bill of a call that is believed: so many tokens as can be, all of them at the dearest rate. */
export function worstMicros(
  price: Price,
  { in: most, out }: { in: number; out: number },
  batch: boolean,
): number {
  const long = price.long_prompt;
  const all = long && most > long.above ? [price, long] : [price];
  const input = Math.max(
    ...all.flatMap((at) => [at.input, at.cached, at.cache_write_short, at.cache_write_long]),
  );
  const output = Math.max(...all.map((at) => at.output));
  return Math.ceil((most * input + out * output) * (batch ? price.batch : 1));
}

/** What a call may cost at most, by its texts and the longest answer it may have. */
export function mostMicros(
  price: Price,
  texts: readonly string[],
  maxOutputTokens: number,
  batch: boolean,
): number {
  const prompt = texts.reduce((sum, text) => sum + mostTokens(text), 0) + 300;
  const usage: Usage = {
    ...{ uncachedIn: 0, cacheWriteShort: 0, cacheWriteLong: 0, cacheRead: 0, reasoning: 0 },
    ...(price.cache_write_long > price.input ? { cacheWriteLong: prompt } : { uncachedIn: prompt }),
    out: maxOutputTokens,
  };
  return Math.max(1, costMicros(price, usage, batch));
}
