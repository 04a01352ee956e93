// The `threads` source: keyword search of the Threads API, for the words and tags of a market. Off until publication.yaml says `enabled: true`:
//   - source: threads
//     enabled: true
//     queries: [{ market: de, q: koreanische hautpflege }, { market: de, q: kbeauty, mode: TAG }]
// LEAP_THREADS_TOKEN is a long-lived token with threads_basic and threads_keyword_search. Without App Review the search finds the app's own posts
// alone, and looks as if it worked; so a word that everybody uses is searched for once a day.
import { z } from "zod";
import { collectedByDesk } from "../../collecting/desk.ts";
import { liveConfig } from "../../collecting/live-config.ts";
import { marketOf } from "../../collecting/market-of.ts";
import type {
  Answer,
  Ask,
  Context,
  Finished,
  Item,
  Json,
  LiveSource,
  Notice,
  PageRead,
  Target,
} from "../../collecting/types.ts";
import { languageOf } from "../../texts/language.ts";
import { people } from "./people.ts";
import { judged, PROBE, PROBE_FIELDS } from "./probe.ts";
import { things } from "./things.ts";
import { fieldsOf } from "./verdict.ts";

const Config = z.strictObject({
  ...liveConfig,
  enabled: z.boolean().default(false),
  version: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default("v1.0"),
  /** Without any, the hashtags of the publication are searched for as tags. */
  queries: z
    .array(
      z.strictObject({
        market: z.string().regex(/^[a-z]{2}$/),
        q: z.string().trim().min(1),
        mode: z.enum(["KEYWORD", "TAG"]).default("KEYWORD"),
      }),
    )
    .default([]),
  /** A word that strangers use every hour. */
  probe: z.string().trim().min(1).default("coffee"),
  /** Account names of the operator, without @: if the probe finds nobody else's posts, the search is not approved. */
  own_usernames: z.array(z.string()).default([]),
  /** How far back the first search reaches; later ones begin where the last ended. */
  first_hours: z.number().positive().max(720).default(168),
});
type Config = z.output<typeof Config>;

const HOUR = 3_600_000;
/** Posts reach the search late: each one looks back so far behind the last. */
const OVERLAP_HOURS = 2;
const FIELDS = "id,text,media_type,permalink,timestamp";

interface Query {
  readonly q: string;
  readonly mode: "KEYWORD" | "TAG";
  readonly listed: readonly string[];
}

interface Progress {
  readonly since: string;
  /** What the next request adds; null behind the last page. */
  readonly query: Readonly<Record<string, string>> | null;
  readonly page: number;
  readonly kept: Json;
}

const json = (value: unknown): Json => value as Json;
const progressOf = (progress: Json) => progress as unknown as Progress;
const queryOf = (target: Target) => target.data as unknown as Query;

export const source: LiveSource<Config> = {
  id: "threads",
  title: "Threads API: keyword search",
  config: Config as z.ZodType<Config>,
  things,
  counted: ["posts"],
  people,
  collect: collectedByDesk,
  live: {
    platform: "threads",
    addresses: () => ({ main: "https://graph.threads.net" }),
    // Not required of a source that is off; what is missing is said in words.
    credentials: [{ name: "token", variable: "LEAP_THREADS_TOKEN", secret: true, required: false }],
    limits: () => [
      {
        id: "queries",
        title: "Searches in 24 hours",
        unit: "searches",
        account: "threads",
        // Searches that find nothing are free; ours are counted all the same, because we know that only afterwards.
        capacity: 2200,
        window: { kind: "rolling", seconds: 86_400 },
      },
    ],
    notices,
    plan,
    begin,
    next,
    read,
    judge: (answer, ask, { config }) => judged(answer, ask, config),
    finish,
  },
};

function notices({ config, publication, has }: Context<Config>): Notice[] {
  if (!config.enabled)
    return [
      {
        severity: "info",
        stops: "off",
        says: "threads is off. Write enabled: true under the source threads in publication.yaml, and set LEAP_THREADS_TOKEN.",
      },
    ];
  if (!has("token"))
    return [
      {
        severity: "error",
        stops: "configuration",
        says: "missing LEAP_THREADS_TOKEN: threads is on and has no token. Set it, or write enabled: false under the source threads in publication.yaml.",
      },
    ];
  return queriesOf({ config, publication }).length === 0
    ? [
        {
          severity: "warning",
          says: "missing queries: threads is on and has nothing to search for. Write queries under the source threads in publication.yaml.",
        },
      ]
    : [];
}

function queriesOf({
  config,
  publication,
}: Pick<Context<Config>, "config" | "publication">): Config["queries"] {
  if (config.queries.length > 0) return config.queries;
  return Object.entries(publication.hashtags).flatMap(([market, tags]) =>
    tags.map((tag) => ({ market, q: tag.replace(/^#/, ""), mode: "TAG" as const })),
  );
}

/** The probe first; a query that several markets have is asked once. */
function plan({ config, publication, markets, has }: Context<Config>): Target[] {
  if (!config.enabled || !has("token")) return [];
  const asked = new Set(markets.map(({ code }) => code));
  const alike = Map.groupBy(
    queriesOf({ config, publication }),
    ({ q, mode }) => `${mode}:${q.toLowerCase()}`,
  );
  const targets = [...alike].flatMap(([id, queries]): Target[] => {
    const [first] = queries;
    const listed = [...new Set(queries.map(({ market }) => market))];
    const here = listed.filter((code) => asked.has(code));
    if (!first || here.length === 0) return [];
    const { q, mode } = first;
    const title = mode === "TAG" ? `#${q}` : q;
    return [{ id: `search:${id}`, markets: here, title, data: json({ q, mode, listed }) }];
  });
  const probe: Target = {
    id: PROBE,
    markets: [],
    title: `a search for ${config.probe}, to see whether searching works`,
    data: json({ q: config.probe, mode: "KEYWORD", listed: [] }),
    essential: false,
  };
  return targets.length === 0 ? [] : [probe, ...targets];
}

function begin(target: Target, kept: Json, { at, config }: Context<Config>): Json | null {
  const { asked_on, until } = fieldsOf(kept);
  if (target.id === PROBE && asked_on === at.slice(0, 10)) return null;
  const last = typeof until === "string" ? Date.parse(until) - OVERLAP_HOURS * HOUR : null;
  const since = new Date(last ?? Date.parse(at) - config.first_hours * HOUR).toISOString();
  return json({ since, query: {}, page: 0, kept } satisfies Progress);
}

function next(target: Target, progress: Json, { config, at }: Context<Config>): Ask | null {
  const { query, since } = progressOf(progress);
  if (query === null) return null;
  const { q, mode } = queryOf(target);
  const probe = target.id === PROBE;
  return {
    path: `/${config.version}/keyword_search`,
    query: {
      q,
      search_type: "RECENT",
      search_mode: mode,
      fields: probe ? PROBE_FIELDS : FIELDS,
      limit: probe ? "25" : "100",
      ...(probe ? {} : { since: seconds(since), until: seconds(at) }),
      ...query,
    },
    secrets: [{ of: "token", in: "query", name: "access_token" }],
    costs: [{ limit: "queries", units: 1 }],
    expect: "json",
  };
}

function read(target: Target, progress: Json, answer: Answer, context: Context<Config>): PageRead {
  const so = progressOf(progress);
  if (target.id === PROBE) return { items: [], progress: json({ ...so, query: null, page: 1 }) };
  const { data, paging } = fieldsOf(answer.json);
  const found = Array.isArray(data) ? data : [];
  const page = so.page + 1;
  const after = fieldsOf(fieldsOf(paging)["cursors"])["after"];
  // The last page may bear a cursor, too; behind it is an empty one, which costs nothing.
  const more = found.length > 0 && typeof after === "string" && after !== "";
  const query = more ? { after: String(after) } : null;
  return {
    items: found.map((post, place) => postItem(fieldsOf(post), `${page}.${place}`, queryOf(target), context)),
    progress: json({ ...so, query, page }),
    ...(query !== null && query.after === so.query?.["after"] ? { fragile: true } : {}),
  };
}

function postItem(
  post: Readonly<Record<string, unknown>>,
  place: string,
  { q, mode, listed }: Query,
  { markets }: Context<Config>,
): Item {
  const candidates = listed.map(
    (code) => markets.find((market) => market.code === code) ?? { code, languages: [] },
  );
  const language = typeof post["text"] === "string" ? languageOf(post["text"]).language : null;
  const kept = FIELDS.split(",").filter((name) => (post[name] ?? null) !== null);
  return {
    thing: "posts",
    id: typeof post["id"] === "string" ? post["id"] : `without id: ${place}`,
    post: true,
    row: {
      request: { market: marketOf(candidates, language), query: q, mode },
      item: Object.fromEntries(kept.map((name) => [name, post[name]])),
    },
  };
}

function finish(target: Target, progress: Json, ended: boolean, { at }: Context<Config>): Finished {
  const { since, kept, page } = progressOf(progress);
  if (target.id === PROBE)
    return { kept: ended ? { asked_on: at.slice(0, 10) } : kept, covers: null, pages_available: null };
  return {
    kept: ended ? { until: at } : kept,
    covers: ended ? { from: since, until: at } : null,
    pages_available: ended ? page : null,
  };
}

const seconds = (instant: string): string => String(Math.floor(Date.parse(instant) / 1000));
