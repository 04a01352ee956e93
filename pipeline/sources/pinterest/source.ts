// The `pinterest` source: what people search for on Pinterest, by region. Off until publication.yaml says `enabled: true`:
//   - source: pinterest
//     enabled: true
//     interests: [beauty]
// LEAP_PINTEREST_TOKEN is an access token of an app whose tier has Trends. Only today is given, so the worth of it is in asking every day.
import { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import { daily } from "../../collecting/live-config.ts";
import type {
  Answer,
  Context,
  Item,
  Json,
  LiveSource,
  Notice,
  PageRead,
  Target,
  Usage,
  Verdict,
} from "../../collecting/types.ts";
import { TREND_TYPES, things } from "./things.ts";
import { seriesOf } from "./time-series.ts";

/** Regions are Pinterest's own: some are a country, some a group of them. Markets that it does not report on, such as jp and kr, have none. */
const regions: Readonly<Record<string, string>> = {
  us: "US",
  ca: "CA",
  de: "DE",
  fr: "FR",
  es: "ES",
  it: "IT",
  at: "DE+AT+CH",
  ch: "DE+AT+CH",
  gb: "GB+IE",
  ie: "GB+IE",
  nl: "NL+BE+LU",
  be: "NL+BE+LU",
  pl: "PL+RO+HU+SK+CZ",
  se: "SE+DK+FI+NO",
  dk: "SE+DK+FI+NO",
  fi: "SE+DK+FI+NO",
  no: "SE+DK+FI+NO",
  br: "BR",
  mx: "MX",
  ar: "AR",
  co: "CO",
  au: "AU+NZ",
  nz: "AU+NZ",
};

const Config = z.strictObject({
  ...daily,
  enabled: z.boolean().default(false),
  /** Market → region, where Pinterest's list has grown or another group is wanted. */
  regions: z.record(z.string().regex(/^[a-z]{2}$/), z.string().regex(/^[A-Z]{2}(\+[A-Z]{2})*$/)).default({}),
  trend_types: z
    .array(z.enum(TREND_TYPES))
    .min(1)
    .default([...TREND_TYPES]),
  /** Pinterest's interests, such as beauty. */
  interests: z.array(z.string().min(1)).default([]),
  /** Only keywords that hold one of these words. */
  include_keywords: z.array(z.string().min(1)).max(50).default([]),
  calls_a_minute: z.int().positive().default(60),
});
type Config = z.output<typeof Config>;

interface TrendsData {
  readonly region: string;
  readonly trend_type: (typeof TREND_TYPES)[number];
  readonly markets: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const dataOf = (target: Target) => target.data as unknown as TrendsData;

export const source: LiveSource<Config> = {
  id: "pinterest",
  title: "Pinterest Trends by region",
  config: Config as z.ZodType<Config>,
  things,
  counted: [],
  collect: collectedByDesk,
  live: {
    platform: "pinterest",
    addresses: () => ({ main: "https://api.pinterest.com" }),
    // Not required of a source that is off; what is missing is said in words.
    credentials: [{ name: "token", variable: "LEAP_PINTEREST_TOKEN", secret: true, required: false }],
    limits: ({ config }) => [
      {
        id: "calls",
        title: "Calls in a minute",
        unit: "calls",
        account: "pinterest",
        capacity: config.calls_a_minute,
        window: { kind: "rolling", seconds: 60 },
      },
    ],
    notices,
    plan,
    begin: () => ({ done: false }),
    next(target, progress, { config }) {
      if (fieldsOf(progress)["done"] === true) return null;
      const { region, trend_type } = dataOf(target);
      return {
        path: `/v5/trends/keywords/${encodeURIComponent(region)}/top/${trend_type}`,
        query: {
          limit: "50",
          ...(config.interests.length === 0 ? {} : { interests: config.interests }),
          ...(config.include_keywords.length === 0 ? {} : { include_keywords: config.include_keywords }),
        },
        secrets: [{ of: "token", in: "header", name: "authorization", prefix: "Bearer " }],
        costs: [{ limit: "calls", units: 1 }],
        expect: "json",
      };
    },
    judge,
    usage,
    read,
    // A list is a look at one moment, and looks back on weeks: it has no window of hours that could be seen or lost.
    finish: () => ({ kept: null, covers: null, pages_available: 1 }),
  },
};

function notices(context: Context<Config>): Notice[] {
  const { config, has, markets } = context;
  if (!config.enabled)
    return [
      {
        severity: "info",
        stops: "off",
        says: "pinterest is off. Write enabled: true under the source pinterest in publication.yaml, and set LEAP_PINTEREST_TOKEN.",
      },
    ];
  if (!has("token"))
    return [
      {
        severity: "error",
        stops: "configuration",
        says: "missing LEAP_PINTEREST_TOKEN: pinterest is on and has no token. Set it, or write enabled: false under the source pinterest in publication.yaml.",
      },
    ];
  const without = markets.map(({ code }) => code).filter((code) => regionOf(code, config) === null);
  return without.length === 0
    ? []
    : [
        {
          severity: "info",
          says: `Pinterest reports no trends for ${without.join(", ")}. If it does by now, name the region under regions of the source pinterest.`,
        },
      ];
}

const regionOf = (market: string, { regions: named }: Config): string | null =>
  named[market] ?? regions[market] ?? null;

/** Markets of one region share its lists. */
function plan({ config, markets, has }: Context<Config>): Target[] {
  if (!config.enabled || !has("token")) return [];
  const byRegion = Map.groupBy(markets, ({ code }) => regionOf(code, config));
  byRegion.delete(null);
  return [...byRegion].flatMap(([region, here]) =>
    config.trend_types.map((trend_type): Target => {
      const codes = here.map(({ code }) => code);
      return {
        id: `trends:${region}:${trend_type}`,
        markets: codes,
        title: `${trend_type} searches in ${region}`,
        data: { region, trend_type, markets: codes } as unknown as Json,
      };
    }),
  );
}

/** Errors are `{code, message}`; what the codes mean depends on the call, so the status decides where it says enough. */
function judge(answer: Answer): Verdict | null {
  if (answer.status === 401)
    return {
      is: "stop-account",
      why: "the token is not accepted",
      act: "Get a new access token with the scope user_accounts:read, and set LEAP_PINTEREST_TOKEN.",
    };
  if (answer.status === 403)
    return { is: "configuration", why: "the tier of the app does not have Trends; ask Pinterest for access" };
  if (answer.status !== 200 || trendsOf(answer.json) !== null) return null;
  return { is: "retry", why: "an answer without trends" };
}

const trendsOf = (json: unknown): readonly unknown[] | null => {
  const trends = Array.isArray(json) ? json : fieldsOf(json)["trends"];
  return Array.isArray(trends) ? trends : null;
};

/** Seconds until the limit is full again, where it is said. */
function usage({ headers, at }: Answer): readonly Usage[] {
  const remaining = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  if (!Number.isFinite(remaining) || !Number.isFinite(reset) || reset < 0 || reset > 86_400) return [];
  return [{ limit: "calls", remaining, resets_at: new Date(Date.parse(at) + reset * 1000).toISOString() }];
}

function read(target: Target, _progress: Json, answer: Answer): PageRead {
  const trends = trendsOf(answer.json) ?? [];
  return {
    items: trends.flatMap((trend, place) => trendItems(fieldsOf(trend), place, dataOf(target))),
    progress: { done: true },
  };
}

function trendItems(trend: Fields, place: number, { region, trend_type, markets }: TrendsData): Item[] {
  const { keyword, time_series } = trend;
  const growths = ["pct_growth_wow", "pct_growth_mom", "pct_growth_yoy"].filter(
    (name) => (trend[name] ?? null) !== null,
  );
  const item = {
    ...(keyword === undefined ? {} : { keyword }),
    ...Object.fromEntries(growths.map((name) => [name, trend[name]])),
    ...((time_series ?? null) === null ? {} : { time_series: seriesOf(time_series) }),
  };
  return markets.map((market) => ({
    thing: "trends",
    id: `${market}:${region}:${trend_type}:${typeof keyword === "string" ? keyword : `without keyword ${place}`}`,
    post: false,
    row: { request: { market, region, trend_type }, item },
  }));
}
