// What a run asks of each instance: how it is set, registry creators, and each tag once, however many markets list it.
import type { Context, Notice, Target } from "../../collecting/types.ts";
import type { Config, Instance } from "./config.ts";

export type Data =
  | { readonly kind: "instance"; readonly host: string }
  | { readonly kind: "creator"; readonly host: string; readonly acct: string; readonly market: string }
  | {
      readonly kind: "tag";
      readonly host: string;
      readonly tag: string;
      readonly markets: readonly string[];
      /** Known posts that this run looks at again. */
      readonly looks: number;
    };

export const dataOf = (target: Target): Data => target.data as Data;

export function plan(context: Context<Config>): readonly Target[] {
  const instances = openTo(context);
  const codes = context.markets.map(({ code }) => code);
  const tags = [...wantedTags(context)];
  return [
    ...creators(context, instances),
    // A tag on every instance before the next tag: a run that ends early has seen the most important ones everywhere.
    ...tags.flatMap(([tag, markets], place) =>
      instances.map(
        ({ host }): Target => ({
          id: `hashtag:${host}:${tag}`,
          markets,
          title: `#${tag} on ${host}`,
          data: { kind: "tag", host, tag, markets, looks: looksOf(place, tags.length, context) },
        }),
      ),
    ),
    ...instances.map(
      ({ host }): Target => ({
        id: `instance:${host}`,
        markets: codes,
        title: host,
        data: { kind: "instance", host },
        essential: false,
      }),
    ),
  ];
}

/** What the division leaves over goes to other tags in each run. */
function looksOf(place: number, tags: number, { config, at }: Context<Config>): number {
  const run = Math.floor(Date.parse(at) / 3_600_000 / config.every_hours);
  const turn = (place + run * config.refresh_posts) % tags;
  return Math.floor(config.refresh_posts / tags) + (turn < config.refresh_posts % tags ? 1 : 0);
}

/** Without a token a locked instance answers nothing: it is not asked, and the run says so. */
const openTo = (context: Context<Config>): readonly Instance[] =>
  context.config.instances.filter(({ locked }) => !locked || context.has("token"));

export const notices = (context: Context<Config>): readonly Notice[] =>
  context.config.instances
    .filter(({ locked }) => locked && !context.has("token"))
    .map(({ host }) => ({
      severity: "warning",
      says: `${host} is marked as locked and was not asked: set LEAP_MASTODON_TOKEN to a token of an application there with read:statuses, or take it off the list of instances.`,
    }));

function creators(context: Context<Config>, instances: readonly Instance[]): Target[] {
  const asked = new Set(context.markets.map(({ code }) => code));
  return context.creators
    .filter(({ platform, market }) => platform === "mastodon" && asked.has(market))
    .flatMap(({ id, handle, market }): Target[] => {
      const acct = handle.replace(/^@/, "").toLowerCase();
      const home = instances.find(({ host }) => acct.endsWith(`@${host}`));
      const host = (home ?? instances[0])?.host;
      if (host === undefined) return [];
      const data = { kind: "creator", host, acct, market } as const;
      return [{ id: `creator:${id}`, markets: [market], title: `@${acct}`, data }];
    });
}

export const tagOf = (word: string): string => word.replace(/^#/, "").normalize("NFC").toLowerCase();

/** Tag in lower case → the markets that list it, in their order. */
function wantedTags({
  config,
  markets,
  publication,
}: Context<Config>): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, readonly string[]>();
  const lists = markets.map(({ code }) => ({
    code,
    tags: (config.tags[code] ?? publication.hashtags[code] ?? []).map(tagOf),
  }));
  const longest = Math.max(0, ...lists.map(({ tags }) => tags.length));
  for (let place = 0; place < longest; place += 1)
    for (const { code, tags } of lists) {
      const tag = tags[place];
      const listed = tag === undefined ? [] : (wanted.get(tag) ?? []);
      if (tag !== undefined && !listed.includes(code)) wanted.set(tag, [...listed, code]);
    }
  return wanted;
}
