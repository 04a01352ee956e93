// What a run asks of Bluesky: registry creators, then each tag once, however many markets list it, then the stream.
import type { Context, Target } from "../../collecting/types.ts";
import type { Config } from "./config.ts";

export type Data =
  | { readonly kind: "creator"; readonly handle: string; readonly market: string }
  | { readonly kind: "tag"; readonly tag: string; readonly markets: readonly string[] }
  | { readonly kind: "stream" };

export const dataOf = (target: Target): Data => target.data as Data;

export function plan(context: Context<Config>): readonly Target[] {
  const stream: Target = {
    id: "jetstream",
    markets: context.markets.map(({ code }) => code),
    title: "stream of new and deleted posts",
    data: { kind: "stream" },
    essential: false,
  };
  return [...creators(context), ...tags(context), ...(context.config.jetstream ? [stream] : [])];
}

function creators({ creators, markets }: Context<Config>): Target[] {
  const asked = new Set(markets.map(({ code }) => code));
  return creators
    .filter(({ platform, market }) => platform === "bluesky" && asked.has(market))
    .map(({ id, handle, market }) => ({
      id: `creator:${id}`,
      markets: [market],
      title: `@${handle}`,
      data: { kind: "creator", handle, market },
    }));
}

/** Tag in lower case → the markets that list it, in their order. */
export function wantedTags({
  config,
  markets,
  publication,
}: Context<Config>): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, string[]>();
  const lists = markets.map(({ code }) => ({
    code,
    tags: (config.tags[code] ?? publication.hashtags[code] ?? []).map(tagOf),
  }));
  // The first tag of each market before the second of any: a run that ends early has seen the most important of all.
  const longest = Math.max(0, ...lists.map(({ tags }) => tags.length));
  for (let place = 0; place < longest; place += 1)
    for (const { code, tags } of lists) {
      const tag = tags[place];
      if (!tag) continue;
      const listed = wanted.get(tag) ?? [];
      if (!listed.includes(code)) wanted.set(tag, [...listed, code]);
    }
  return wanted;
}

export const tagOf = (word: string): string => word.replace(/^#/, "").normalize("NFC").toLowerCase();

const tags = (context: Context<Config>): Target[] =>
  [...wantedTags(context)].map(([tag, markets]) => ({
    id: `hashtag:${tag}`,
    markets,
    title: `#${tag}`,
    data: { kind: "tag", tag, markets },
  }));
