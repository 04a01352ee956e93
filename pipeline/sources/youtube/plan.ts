// What a run asks of YouTube: channels first, because they cost little; then searches, the day's calls divided over its runs, the markets and their words.
import type { Context, Target } from "../../collecting/types.ts";
import type { Config } from "./config.ts";

/** A search asks on for so many pages at most: its results end near five hundred. */
export const DEEPEST_PAGES = 10;

export type Data =
  | {
      readonly kind: "channel";
      /** `@handle`, or an id that begins with UC. */
      readonly channel: string;
      readonly market: string;
    }
  | {
      readonly kind: "search";
      readonly query: string;
      readonly market: string;
      /** Markets that ask the same words. */
      readonly shared: readonly string[];
      readonly pages: number;
    }
  | { readonly kind: "comments"; readonly video: string; readonly market: string };

export const dataOf = (target: Target): Data => target.data as Data;

export function plan(context: Context<Config>): readonly Target[] {
  return [...channels(context), ...searches(context)];
}

function channels({ config, creators, markets }: Context<Config>): Target[] {
  const asked = new Set(markets.map(({ code }) => code));
  const registry = creators
    .filter(({ platform, market }) => platform === "youtube" && asked.has(market))
    .map(({ id, handle, market }) =>
      channelTarget(`creator:${id}`, handle.startsWith("UC") ? handle : `@${handle}`, market),
    );
  const others = config.comment_channels
    .filter(({ market }) => asked.has(market))
    .map(({ channel, market }) => channelTarget(`channel:${channel}`, channel, market));
  return [...registry, ...others];
}

const channelTarget = (id: string, channel: string, market: string): Target => ({
  id,
  markets: [market],
  title: channel,
  data: { kind: "channel", channel, market },
});

function searches(context: Context<Config>): Target[] {
  const { config, markets, publication } = context;
  const words = markets.map(({ code }) => ({
    market: code,
    queries: config.queries[code] ?? (publication.hashtags[code] ?? []).slice(0, 5),
  }));
  const asking = words.filter(({ queries }) => queries.length > 0);
  const shares = divide(callsOfRun(config), asking.length);
  const perMarket = asking.map(({ market, queries }, place) => {
    const calls = shares[place] ?? 0;
    const turn = turned(queries, slotOf(context.at, config.every_hours) * calls).slice(0, calls);
    const pages = divide(calls, turn.length);
    return turn.map(
      (query, index): Target => ({
        id: `search:${market}:${query}`,
        markets: [market],
        title: `“${query}” in ${market.toUpperCase()}`,
        data: {
          kind: "search",
          query,
          market,
          shared: words.filter(({ queries: all }) => all.includes(query)).map((other) => other.market),
          pages: Math.min(pages[index] ?? 1, DEEPEST_PAGES, config.most_pages),
        },
      }),
    );
  });
  // One word of each market in turn, so that a run that ends early has cost every market the same.
  const longest = Math.max(0, ...perMarket.map((targets) => targets.length));
  return Array.from({ length: longest }, (_, index) =>
    perMarket.flatMap((targets) => targets[index] ?? []),
  ).flat();
}

/** Search calls of one run: the day's, divided over the runs of a day. */
export const callsOfRun = ({ search_calls_per_day, every_hours }: Config): number =>
  Math.max(1, Math.floor((search_calls_per_day * Math.min(24, every_hours)) / 24));

const slotOf = (at: string, hours: number): number => Math.floor(Date.parse(at) / 3_600_000 / hours);

/** Where there are more words than calls, each run begins where the last one ended. */
const turned = <T>(items: readonly T[], by: number): readonly T[] => {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};

/** A whole into parts that differ by one at most, the larger first. */
const divide = (whole: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, index) => Math.floor(whole / parts) + (index < whole % parts ? 1 : 0));
