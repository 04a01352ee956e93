// The fake world: one server that behaves like each API that is collected from, counts like it, refuses like it, and goes wrong by a script.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { LeapError } from "../../core/errors.ts";
import { bluesky } from "./bluesky.ts";
import { ecb } from "./ecb.ts";
import { gdelt } from "./gdelt.ts";
import { instagram } from "./instagram.ts";
import { mastodon, mastodonHosts } from "./mastodon.ts";
import { pinterest } from "./pinterest.ts";
import { type DayName, dayNames, days, laid } from "./script.ts";
import { type Entry, serveWorld } from "./server.ts";
import { threads } from "./threads.ts";
import { type Scene, type SceneCreator, universeOf } from "./universe.ts";
import { wikimedia } from "./wikimedia.ts";
import {
  type FakeVendor,
  iso,
  type Obtainable,
  type Secrets,
  type Settings,
  type Stage,
  type VendorName,
} from "./wire.ts";
import { youtube } from "./youtube.ts";

export interface WorldOptions extends Partial<Settings> {
  readonly seed?: string;
  /** A publication.yaml: its markets, hashtags and creators are the world's. Default: kbeauty. */
  readonly publication?: string;
  /** Instead of, or beside, what the publication says. */
  readonly scene?: Partial<Scene>;
  /** Of each platform and market. */
  readonly postsPerDay?: number;
  /** ISO instant. */
  readonly now?: string;
  readonly day?: DayName | readonly DayName[];
}

export interface World {
  /** `http://127.0.0.1:4711`. */
  readonly root: string;
  /** Base address of each vendor; Jetstream is `ws:`, Mastodon's instances stand under their hosts. */
  readonly urls: Readonly<Record<VendorName | "jetstream", string>>;
  readonly mastodon: Readonly<Record<(typeof mastodonHosts)[number], string>>;
  readonly secrets: Secrets;
  /** Sets the clock, which then goes on with real time, and begins a day of the script. */
  set(now: string, day?: DayName | readonly DayName[]): void;
  now(): string;
  /** Lets so many milliseconds pass at once: whoever waits by the world's clock need not wait. */
  pass(ms: number): void;
  /** Every request, in order. */
  ledger(): readonly Entry[];
  /** What a careful client would not have done. */
  violations(): readonly Entry[];
  /** What could be had under the key at some time in the span; without a span, at this moment. */
  truth(
    vendor: VendorName,
    key: string,
    span?: { readonly from: string; readonly until: string },
  ): readonly Truth[];
  /** Hashtags, terms, or instance and tag, that the truth is told of; on Instagram and YouTube also of `@handle` of a creator. */
  keys(vendor: VendorName): readonly string[];
  /** Variables of the environment that lead a collector here. */
  env(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Truth {
  readonly key: string;
  /** As the API names it. */
  readonly id: string;
  /** ISO instants; null: for good. */
  readonly from: string;
  readonly until: string | null;
}

const kbeauty = path.resolve(import.meta.dirname, "../../../data/publications/kbeauty/publication.yaml");

/** Invented, and told apart from anything else in a log. */
const secrets: Secrets = {
  instagramToken: "canary-instagram-token-7f3a9c",
  instagramUser: "17841400000000001",
  appId: "424242424242",
  appSecret: "canary-app-secret-51d0ee",
  threadsToken: "canary-threads-token-b81c04",
  pinterestToken: "canary-pinterest-token-3e77d2",
  youtubeKey: "canary-youtube-key-90ab1f",
  blueskyHandle: "operator.sample",
  blueskyPassword: "canary-bluesky-password-2c6e",
  mastodonToken: "canary-mastodon-token-c4d95b",
};

const standard: Settings = {
  pageSize: 10,
  hashtags: 30,
  instagramCallsPerHour: 200,
  instagramBusinessCalls: 400,
  youtubeSearches: 100,
  youtubeUnits: 10_000,
  gdeltPaceSeconds: 5,
  wikimediaPerSecond: 10,
  threadsApproved: true,
  banned: [],
  slowMs: 3_000,
};

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { seed = "fake-world", publication = kbeauty, postsPerDay = 40 } = options;
  const universe = universeOf(sceneOf(publication, options.scene ?? {}), seed, postsPerDay);
  let zero = 0;
  let startedAt = 0;
  let epoch = 0;
  let today = laid([]);
  const settings = { ...standard, ...given(options) };
  const now = (): number => zero + (performance.now() - startedAt);
  const stage: Stage = {
    universe,
    settings,
    secrets,
    has: (flag) => today.flags.includes(flag),
    epoch: () => epoch,
    begunAt: () => zero,
  };

  function set(instant: string, day: DayName | readonly DayName[] = "normal"): void {
    const names = typeof day === "string" ? [day] : day;
    const unknown = names.find((name) => !(name in days));
    if (unknown !== undefined)
      throw new LeapError(`unknown day: ${unknown}. Known are ${dayNames.join(", ")}.`);
    const at = Date.parse(instant);
    if (Number.isNaN(at)) throw new LeapError(`invalid instant: ${instant}. Write 2026-11-16T06:00:00Z.`);
    zero = at;
    startedAt = performance.now();
    epoch += 1;
    today = laid(names);
    if (today.flags.includes("purge")) universe.purge(zero);
  }
  set(options.now ?? "2026-11-16T06:00:00Z", options.day);

  const vendors: Readonly<Record<VendorName, FakeVendor>> = {
    instagram: instagram(stage),
    threads: threads(stage),
    pinterest: pinterest(stage),
    youtube: youtube(stage),
    bluesky: bluesky(stage),
    mastodon: mastodon(stage),
    wikimedia: wikimedia(stage),
    gdelt: gdelt(stage),
    ecb: ecb(stage),
  };

  const truth: World["truth"] = (vendor, key, span) => {
    const from = span ? Date.parse(span.from) : now();
    const until = span ? Date.parse(span.until) : now();
    return (vendors[vendor].obtainable?.(key, from, until) ?? []).map(told);
  };

  const server = await serveWorld({
    stage,
    now,
    vendors,
    meets: (vendor, number, at) => today.meets({ vendor, number, now: at }),
    control(method, name, query, body) {
      if (name === "now" && method === "POST") {
        const said = JSON.parse(body) as { now: string; day?: DayName | readonly DayName[] };
        set(said.now, said.day);
        return { now: iso(now()) };
      }
      if (name === "now") return { now: iso(now()) };
      if (name === "days") return days;
      if (name !== "truth") return null;
      const span = { from: query.get("from") ?? iso(now()), until: query.get("until") ?? iso(now()) };
      const asked = query.get("vendor");
      return Object.fromEntries(
        (Object.keys(vendors) as VendorName[])
          .filter((vendor) => asked === null || vendor === asked)
          .map((vendor) => {
            const key = query.get("key");
            const keys = key === null ? (vendors[vendor].keys?.() ?? []) : [key];
            return [vendor, keys.flatMap((each) => truth(vendor, each, span))];
          }),
      );
    },
  });

  const { root } = server;
  const urls: World["urls"] = {
    instagram: `${root}/instagram`,
    threads: `${root}/threads`,
    pinterest: `${root}/pinterest`,
    youtube: `${root}/youtube`,
    bluesky: `${root}/bluesky`,
    mastodon: `${root}/mastodon`,
    wikimedia: `${root}/wikimedia`,
    gdelt: `${root}/gdelt`,
    ecb: `${root}/ecb`,
    jetstream: `${root.replace("http:", "ws:")}/bluesky/jetstream`,
  };
  return {
    root,
    urls,
    mastodon: Object.fromEntries(
      mastodonHosts.map((host) => [host, `${urls.mastodon}/${host}`]),
    ) as World["mastodon"],
    secrets,
    set,
    now: () => iso(now()),
    pass(ms) {
      zero += ms;
    },
    ledger: () => server.ledger,
    violations: server.violations,
    truth,
    keys: (vendor) => vendors[vendor].keys?.() ?? [],
    env: () => environmentOf(urls),
    close: server.close,
  };
}

const environmentOf = (urls: World["urls"]): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(urls)
      .filter(([name]) => name !== "jetstream")
      .map(([name, url]) => [`LEAP_${name.toUpperCase()}_BASE_URL`, url]),
  ),
  LEAP_INSTAGRAM_DIALOG_BASE_URL: urls.instagram,
  LEAP_BLUESKY_JETSTREAM_BASE_URL: urls.jetstream,
  LEAP_INSTAGRAM_TOKEN: secrets.instagramToken,
  LEAP_INSTAGRAM_USER_ID: secrets.instagramUser,
  LEAP_INSTAGRAM_APP_ID: secrets.appId,
  LEAP_INSTAGRAM_APP_SECRET: secrets.appSecret,
  LEAP_THREADS_TOKEN: secrets.threadsToken,
  LEAP_PINTEREST_TOKEN: secrets.pinterestToken,
  LEAP_YOUTUBE_KEY: secrets.youtubeKey,
  LEAP_BLUESKY_HANDLE: secrets.blueskyHandle,
  LEAP_BLUESKY_APP_PASSWORD: secrets.blueskyPassword,
  LEAP_MASTODON_TOKEN: secrets.mastodonToken,
  LEAP_TOKEN_KEY: Buffer.alloc(32, 7).toString("base64"),
});

function sceneOf(file: string, said: Partial<Scene>): Scene {
  const read = parse(readFileSync(file, "utf8")) as {
    markets: string[];
    home_market?: string | null;
    hashtags?: Record<string, string[]>;
    creators?: SceneCreator[];
  };
  return {
    markets: [...read.markets, ...(read.home_market ? [read.home_market] : [])],
    tags: read.hashtags ?? {},
    creators: read.creators ?? [],
    ...said,
  };
}

const given = (options: WorldOptions): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(options).filter(([name, value]) => name in standard && value !== undefined),
  );

const told = ({ key, id, from, until }: Obtainable): Truth => ({
  key,
  id,
  from: iso(from),
  until: until === null || until === Number.POSITIVE_INFINITY ? null : iso(until),
});
