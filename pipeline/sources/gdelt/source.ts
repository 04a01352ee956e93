// The `gdelt` source: how many news articles of a country name something, day by day (GDELT DOC 2.0). Free and without a key; attribution is asked
// for. In publication.yaml:
//   - source: gdelt
//     queries:
//       - { term: k-beauty, market: de, query: '"k-beauty" OR "koreanische Kosmetik"' }
import { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import { daily } from "../../collecting/live-config.ts";
import type { Answer, Context, Json, LiveSource, PageRead, Target, Verdict } from "../../collecting/types.ts";
import { retryAfter } from "../../collecting/verdict.ts";
import { readAnswer } from "./answer.ts";
import { things } from "./things.ts";

const Query = z.strictObject({
  /** What is asked about; a term of a taxonomy where there is one. */
  term: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  market: z.string().regex(/^[a-z]{2}$/),
  /** Words, phrases in quotes, OR between alternatives. A word of fewer than three letters is refused by GDELT. */
  query: z
    .string()
    .trim()
    .min(3)
    .max(500)
    .refine((query) => (query.match(/"/g)?.length ?? 0) % 2 === 0, "a quotation mark is left open")
    .refine(
      // Scripts without letters say as much in two signs.
      (query) => words(query).every((word) => !/^[a-z]{1,2}$/i.test(word)),
      "a word is shorter than three letters",
    ),
  /** Country of the papers as GDELT names it: the English name without spaces. Default: the market's own; null asks the whole world. */
  sourcecountry: z
    .string()
    .regex(/^[A-Za-z]+$/)
    .nullable()
    .optional(),
  /** Language of the papers, such as german. Default: any. */
  sourcelang: z
    .string()
    .regex(/^[A-Za-z]+$/)
    .optional(),
});
type Query = z.output<typeof Query>;

function words(query: string): string[] {
  const bare = query.replace(/"[^"]*"/g, " ").replace(/\b(OR|AND|NOT)\b/g, " ");
  const phrases = [...query.matchAll(/"([^"]*)"/g)].map(([, phrase]) => (phrase as string).trim());
  return [...phrases, ...bare.split(/[\s()]+/).filter((word) => word !== "" && !word.includes(":"))];
}

const Config = z.strictObject({
  ...daily,
  /** Without any, nothing is asked: tags are written as nobody writes in a newspaper. */
  queries: z.array(Query).default([]),
  /** How far the first run reaches back. */
  look_back_days: z.int().min(14).max(3650).default(90),
  /** One request in five seconds is allowed; faster ones end in a ban of the address, so there is some distance. */
  pace_seconds: z.number().min(0).default(6.5),
  /** Breaches of the pace are banned for hours, and nobody says how many requests a day are welcome. */
  requests_a_day: z.int().min(1).default(500),
});
export type GdeltConfig = z.output<typeof Config>;

/** Shorter spans come by the hour; a fortnight comes by the day, and late articles of the last days come in with it. */
const LEAST_SPAN_DAYS = 14;
/** After a refusal for speed, this many times the pace. */
const PATIENCE = 3;

interface Asked {
  readonly market: string;
  readonly term: string;
  /** The whole query, with country and language. */
  readonly asked: string;
}

interface Progress {
  readonly from: string;
  readonly to: string;
  readonly last: string | null;
  readonly done: boolean;
}

export const source: LiveSource<GdeltConfig> = {
  id: "gdelt",
  title: "News articles that name something (The GDELT Project, DOC 2.0)",
  config: Config as z.ZodType<GdeltConfig>,
  things,
  counted: [],
  collect: collectedByDesk,
  live: {
    platform: "gdelt",
    addresses: () => ({ main: "https://api.gdeltproject.org" }),
    credentials: [],
    limits: ({ config }) => [
      {
        id: "requests",
        title: "News volume requests a day",
        unit: "requests",
        account: "no account",
        capacity: config.requests_a_day,
        window: { kind: "day", zone: "UTC" },
        pace_seconds: config.pace_seconds,
      },
    ],
    plan,
    notices: ({ config }) =>
      config.queries.length > 0
        ? []
        : [
            {
              severity: "info",
              stops: "off",
              says: `gdelt names no query and asks nothing. Write queries: [{ term: k-beauty, market: de, query: '"k-beauty"' }] under it in publication.yaml.`,
            },
          ],
    begin(_, kept, { config, at }) {
      const to = dayBefore(at.slice(0, 10), 1);
      const found = (kept as { last?: unknown } | null)?.last;
      const last = typeof found === "string" && /^\d{4}-\d\d-\d\d$/.test(found) && found <= to ? found : null;
      const shortest = dayBefore(to, LEAST_SPAN_DAYS - 1);
      const wanted = last ? dayBefore(last, 2) : dayBefore(at.slice(0, 10), config.look_back_days);
      return { from: [wanted, shortest].sort()[0] as string, to, last, done: false };
    },
    next(target, progress) {
      const { from, to, done } = progress as unknown as Progress;
      if (done) return null;
      return {
        path: "/api/v2/doc/doc",
        query: {
          query: (target.data as unknown as Asked).asked,
          mode: "timelinevolraw",
          format: "json",
          startdatetime: `${from.replaceAll("-", "")}000000`,
          enddatetime: `${to.replaceAll("-", "")}235959`,
        },
        costs: [{ limit: "requests", units: 1 }],
        // Throttling and bad queries are answered in words.
        expect: "text",
      };
    },
    judge,
    read,
    finish(_, progress, ended) {
      const { from, to, last } = progress as unknown as Progress;
      return {
        kept: last === null ? null : { last },
        covers: ended ? { from: `${from}T00:00:00Z`, until: `${dayBefore(to, -1)}T00:00:00Z` } : null,
        pages_available: 1,
      };
    },
  },
};

function plan({ config, markets }: Context<GdeltConfig>): readonly Target[] {
  return config.queries
    .filter(({ market }) => markets.some(({ code }) => code === market))
    .map((query) => ({
      id: `news:${query.market}:${query.term}:${asked(query)}`,
      markets: [query.market],
      title: query.query,
      data: { market: query.market, term: query.term, asked: asked(query) },
    }));
}

/** Alternatives stand in brackets, or GDELT refuses them. */
export function asked({ query, market, sourcecountry, sourcelang }: Query): string {
  const words = / OR /.test(query) && !query.includes("(") ? `(${query})` : query;
  const country = sourcecountry === undefined ? countryName(market) : sourcecountry;
  return [words, country && `sourcecountry:${country}`, sourcelang && `sourcelang:${sourcelang}`]
    .filter(Boolean)
    .join(" ");
}

const countryName = (market: string): string =>
  (new Intl.DisplayNames(["en"], { type: "region" }).of(market.toUpperCase()) ?? "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");

/** With status 200 the words say what is wrong; any other status but 429 speaks for itself. */
function judge(answer: Answer, _: unknown, { config }: Context<GdeltConfig>): Verdict | null {
  const said = answer.status === 200 ? readAnswer(answer.text) : null;
  if (said?.is === "throttle" || answer.status === 429) {
    const asked = retryAfter(answer.headers, Date.parse(answer.at)) ?? 0;
    return {
      is: "retry",
      why: "GDELT asks for more time between requests",
      after_ms: Math.max(asked, Math.round(config.pace_seconds * PATIENCE * 1000)),
    };
  }
  if (said?.is === "broken") return { is: "retry", why: "GDELT answered with something that is no timeline" };
  if (said?.is === "complaint") return { is: "configuration", why: `GDELT refuses the query: ${said.text}` };
  return null;
}

function read(target: Target, progress: Json, answer: Answer): PageRead {
  const so = progress as unknown as Progress;
  const { market, term, asked: query } = target.data as unknown as Asked;
  const said = readAnswer(answer.text);
  const points = said.is === "timeline" ? said.points : [];
  const days = points.map(({ date }) => dayOf(date)).filter((day) => day !== null && day <= so.to);
  return {
    items: points.map((item, index) => ({
      thing: "volume",
      id: `${market}:${term}:${query}:${String(item.date ?? `no day ${index}`)}`,
      post: false,
      row: { request: { market, term, query }, item },
    })),
    progress: {
      ...so,
      last:
        [so.last, ...days]
          .filter((day) => day !== null)
          .sort()
          .at(-1) ?? null,
      done: true,
    } as unknown as Json,
    ...(points.length === 0 ? { note: `no articles for ${target.title} from ${so.from} to ${so.to}` } : {}),
  };
}

function dayOf(date: unknown): string | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)T/.exec(String(date)) ?? [];
  return year ? `${year}-${month}-${day}` : null;
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
