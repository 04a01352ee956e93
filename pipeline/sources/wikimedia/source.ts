// The `wikimedia` source: how often people opened an article of a Wikipedia, day by day, in the language of a market. Free and without a key; the
// figures are CC0. In publication.yaml:
//   - source: wikimedia
//     articles:
//       - { term: pdrn, market: de, project: de.wikipedia, article: Polydesoxyribonukleotid }
import { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import { daily } from "../../collecting/live-config.ts";
import type { Answer, Context, Json, LiveSource, PageRead, Target, Verdict } from "../../collecting/types.ts";
import { things } from "./things.ts";
import { addressTitle, articleTitle } from "./title.ts";

const Article = z.strictObject({
  /** What the article is about; a term of a taxonomy where there is one. */
  term: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  market: z.string().regex(/^[a-z]{2}$/),
  /** `de.wikipedia`. Views are those of a language, wherever its readers sit. */
  project: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z]+(\.org)?$/, "write language and project, such as de.wikipedia")
    .transform((project) => project.replace(/\.org$/, "")),
  /** Title of the article as its page bears it; a redirect is counted for itself. */
  article: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .refine((title) => !/^\.{1,2}$/.test(title) && !/[[\]{}|#<>\n]/.test(title), "no such title can exist"),
});

const Config = z.strictObject({
  ...daily,
  /** Nobody can tell from a hashtag what its article is called: without any, nothing is asked. */
  articles: z.array(Article).default([]),
  /** How far the first run reaches back. Page views begin in July 2015. */
  look_back_days: z.int().min(1).max(3650).default(120),
  access: z.enum(["all-access", "desktop", "mobile-app", "mobile-web"]).default("all-access"),
  /** At most this often is asked; Wikimedia asks for politeness and names no number that holds. */
  pace_seconds: z.number().min(0).default(0.75),
  /** Who may be written to when our requests disturb: an address or a page, sent as Wikimedia's policy demands. */
  contact: z.string().min(3).optional(),
});
export type WikimediaConfig = z.output<typeof Config>;

/** Days before the last known one that are asked again: the figures of the last days are corrected for a while. */
const ASKED_AGAIN_DAYS = 3;
const FIRST_DAY = "2015-07-01";

interface Progress {
  readonly from: string;
  readonly to: string;
  /** Latest day with a figure, in this run or kept. */
  readonly last: string | null;
  readonly done: boolean;
}

interface Series {
  readonly project: string;
  readonly article: string;
  readonly wanted: readonly { readonly market: string; readonly term: string }[];
}

export const source: LiveSource<WikimediaConfig> = {
  id: "wikimedia",
  title: "Page views of Wikipedia articles (Wikimedia Analytics API, CC0)",
  config: Config as z.ZodType<WikimediaConfig>,
  things,
  counted: [],
  collect: collectedByDesk,
  live: {
    platform: "wikimedia",
    addresses: () => ({ main: "https://wikimedia.org" }),
    credentials: [],
    limits: ({ config }) => [
      {
        id: "requests",
        title: "Page view requests a day",
        unit: "requests",
        account: "no account",
        capacity: 5000,
        window: { kind: "day", zone: "UTC" },
        pace_seconds: config.pace_seconds,
      },
    ],
    plan,
    notices: ({ config }) =>
      config.articles.length > 0
        ? []
        : [
            {
              severity: "info",
              stops: "off",
              says: "wikimedia names no article and asks nothing. Write articles: [{ term: pdrn, market: de, project: de.wikipedia, article: Polydesoxyribonukleotid }] under it in publication.yaml.",
            },
          ],
    begin(_, kept, { config, at }) {
      const yesterday = dayBefore(at.slice(0, 10), 1);
      const last = lastOf(kept);
      const from = last
        ? dayBefore(last, ASKED_AGAIN_DAYS - 1)
        : dayBefore(at.slice(0, 10), config.look_back_days);
      if (from > yesterday) return null;
      return { from: from < FIRST_DAY ? FIRST_DAY : from, to: yesterday, last, done: false };
    },
    next(target, progress, { config, publication }) {
      const { from, to, done } = progress as unknown as Progress;
      if (done) return null;
      const { project, article } = target.data as unknown as Series;
      const span = `${from.replaceAll("-", "")}/${to.replaceAll("-", "")}`;
      return {
        path: `/api/rest_v1/metrics/pageviews/per-article/${project}/${config.access}/user/${addressTitle(article)}/daily/${span}`,
        headers: {
          accept: "application/json",
          "user-agent": `GlobalLeap/1.0 (${[publication.site_url, config.contact].filter(Boolean).join("; ")})`,
        },
        costs: [{ limit: "requests", units: 1 }],
        expect: "json",
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

/** An article that several markets watch is asked for once. */
function plan({ config, markets }: Context<WikimediaConfig>): readonly Target[] {
  const asked = new Set(markets.map(({ code }) => code));
  const wanted = config.articles.filter(({ market }) => asked.has(market));
  const series = Map.groupBy(
    wanted,
    ({ project, article }) => `${project}/${articleTitle(project, article)}`,
  );
  return [...series].map(([title, watchers]) => ({
    id: `views:${title}`,
    markets: [...new Set(watchers.map(({ market }) => market))].sort(),
    title,
    data: {
      project: title.slice(0, title.indexOf("/")),
      article: title.slice(title.indexOf("/") + 1),
      wanted: watchers.map(({ market, term }) => ({ market, term })),
    },
  }));
}

/** 404 says that there is no figure: no views, not counted yet, or no such title. Another 404 is another server. */
function judge(answer: Answer): Verdict | null {
  if (answer.status !== 404) return null;
  return isProblem(answer) ? { is: "good" } : null;
}

const isProblem = ({ headers, json }: Answer): boolean =>
  /problem\+json/.test(headers["content-type"] ?? "") ||
  (typeof json === "object" && json !== null && ("detail" in json || "title" in json));

function read(target: Target, progress: Json, answer: Answer): PageRead {
  const so = progress as unknown as Progress;
  const { project, article, wanted } = target.data as unknown as Series;
  const given = (answer.json as { items?: unknown } | undefined)?.items;
  const points = answer.status === 404 || !Array.isArray(given) ? [] : given.map(pointOf);
  // A day beyond what was asked is no day, and must not move where the next run begins.
  const days = points.map(({ timestamp }) => dayOf(timestamp)).filter((day) => day !== null && day <= so.to);
  const last =
    [so.last, ...days]
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null;
  return {
    items: points.flatMap((item, index) =>
      wanted.map(({ market, term }) => ({
        thing: "views",
        id: `${market}:${term}:${project}:${article}:${String(item.timestamp ?? `no day ${index}`)}`,
        post: false,
        row: { request: { market, term, project, article }, item },
      })),
    ),
    progress: { ...so, last, done: true } as unknown as Json,
    ...(points.length === 0 ? { note: `no page views of ${target.title} from ${so.from} to ${so.to}` } : {}),
  };
}

/** The two fields that are kept, as they came: what they are worth the parser judges, line by line. */
function pointOf(item: unknown): { timestamp?: unknown; views?: unknown } {
  const { timestamp, views } = (typeof item === "object" && item !== null ? item : {}) as Record<
    string,
    unknown
  >;
  return { ...(timestamp === undefined ? {} : { timestamp }), ...(views === undefined ? {} : { views }) };
}

/** `2026111900` → `2026-11-19`. */
function dayOf(timestamp: unknown): string | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(String(timestamp)) ?? [];
  return year ? `${year}-${month}-${day}` : null;
}

const lastOf = (kept: Json): string | null => {
  const last = (kept as { last?: unknown } | null)?.last;
  return typeof last === "string" && /^\d{4}-\d\d-\d\d$/.test(last) ? last : null;
};

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
