// What the warehouse says about each component of entry readiness, per target market, as a value with an interval or a reason.
import {
  minimumAuthors,
  minimumPosts,
  type Provenance,
  type Reason,
} from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Row, Warehouse } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import {
  brandIntensity,
  creatorSupply,
  demandRate,
  type Effort,
  growthOfDemand,
  growthWindow,
} from "./raw-values.ts";
import type { Component, Measured } from "./readiness.ts";

export const demandWeeks = 13;
/** A creator with a post in so many days is active. */
export const activeDays = 28;

export interface Input {
  readonly measured: Measured | null;
  readonly n: number;
  readonly unit: string;
  readonly reason: Reason | null;
}

export type MarketInputs = Readonly<Record<Component, Input>>;

export interface Inputs {
  readonly markets: ReadonlyMap<string, MarketInputs>;
  readonly provenance: Provenance;
}

export const tables = ["run", "pub_markets", "posts", "post_terms", "all_runs"] as const;
export const datasets = ["out.sentiment", "out.share_of_voice", "out.creators", "out.claim_hits"] as const;

export const units: Readonly<Record<Component, string>> = {
  demand: "posts naming a term per 100 hashtags asked",
  growth: "log ratio",
  sentiment: "ratio −1 to 1",
  competition: "0 to 2",
  creator_supply: "creators at par",
  claims_readiness: "points 0-100",
  cultural_risk: "points 0-100",
};

export async function readInputs(
  warehouse: Warehouse,
  random: (label: string) => () => number,
): Promise<Inputs> {
  const markets = (
    await warehouse.query<{ market: string }>(
      "select distinct market from pub_markets where role = 'target' order by market",
    )
  ).map(({ market }) => market);
  const efforts = grouped(await warehouse.query<Row & Effort & { market: string }>(weeklyEffort));
  const tones = grouped(await warehouse.query<Tone>(tone));
  const voices = grouped(await warehouse.query<Voice>(voice));
  const paid = grouped(await warehouse.query<PaidPosts>(paidPosts));
  const keeping = grouped(await warehouse.query<Keeping>(rulesKept));
  const supply = grouped(await warehouse.query<ActiveCreator>(activeCreators));
  const window = growthWindow(markets.map((market) => efforts.get(market) ?? []));
  const [{ provenance } = { provenance: "observed" as Provenance }] = await warehouse.query<{
    provenance: Provenance;
  }>(provenances);
  return {
    markets: new Map(
      markets.map((market) => {
        const weeks = efforts.get(market) ?? [];
        return [
          market,
          {
            demand: demandInput(weeks, random(`market-entry:demand:${market}`)),
            growth: growthInput(weeks, window, random(`market-entry:growth:${market}`)),
            sentiment: toneInput(tones.get(market)?.[0]),
            competition: competitionInput(voices.get(market) ?? [], paid.get(market)?.[0]),
            creator_supply: supplyInput(supply.get(market) ?? [], random(`market-entry:supply:${market}`)),
            claims_readiness: claimsInput(keeping.get(market)?.[0]),
            cultural_risk: missing("cultural_risk", "not_collected"),
          },
        ];
      }),
    ),
    provenance,
  };
}

const missing = (component: Component, reason: Reason, n = 0): Input => ({
  measured: null,
  n,
  unit: units[component],
  reason,
});

const present = (component: Component, measured: Measured, n: number): Input => ({
  measured,
  n,
  unit: units[component],
  reason: null,
});

/** Imported posts come without a schedule, so what was missed and what was not there look the same. */
function demandInput(weeks: readonly Effort[], random: () => number): Input {
  const recent = weeks.filter((week) => week.effort > 0).slice(-demandWeeks);
  const posts = recent.reduce((sum, week) => sum + week.posts, 0);
  if (recent.length === 0) return missing("demand", "not_observable", posts);
  const measured = posts >= minimumPosts ? demandRate(recent, random) : null;
  return measured ? present("demand", measured, posts) : missing("demand", "too_few", posts);
}

function growthInput(weeks: readonly Effort[], window: number | null, random: () => number): Input {
  if (!weeks.some((week) => week.effort > 0)) return missing("growth", "not_observable");
  if (window === null) return missing("growth", "too_few");
  const growth = growthOfDemand(weeks, window, random);
  if (!growth || growth.basePosts < minimumPosts) return missing("growth", "too_few", growth?.basePosts ?? 0);
  return present("growth", growth.measured, growth.posts);
}

type Tone = Row & {
  market: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  reason: Reason | null;
};

function toneInput(row: Tone | undefined): Input {
  if (!row) return missing("sentiment", "not_collected");
  if (row.value === null) return missing("sentiment", row.reason ?? "too_few", row.n);
  return present(
    "sentiment",
    { value: row.value, low: row.low ?? row.value, high: row.high ?? row.value },
    row.n,
  );
}

type Voice = Row & { market: string; share: number | null; n: number; reason: Reason | null };
type PaidPosts = Row & { market: string; posts: number; paid: number };

function competitionInput(voices: readonly Voice[], posts: PaidPosts | undefined): Input {
  const first = voices[0];
  if (!first || voices.length < 2) return missing("competition", "not_collected");
  const shares = voices.flatMap(({ share }) => share ?? []);
  if (shares.length < voices.length || !posts || posts.posts < minimumPosts) {
    return missing("competition", first.reason ?? "too_few", first.n);
  }
  const paid = { value: posts.paid / posts.posts, ...wilson(posts.paid, posts.posts) };
  return present("competition", brandIntensity(shares, first.n, paid), first.n);
}

type Keeping = Row & {
  market: string;
  share: number | null;
  low: number | null;
  high: number | null;
  posts: number;
  reason: Reason | null;
};

/** How far paid posts already keep to the market's rules: where they do, labels and wording are settled custom. */
function claimsInput(row: Keeping | undefined): Input {
  if (!row) return missing("claims_readiness", "not_collected");
  if (row.share === null) return missing("claims_readiness", row.reason ?? "too_few", row.posts);
  const kept = (share: number) => 100 * (1 - share);
  const measured = {
    value: kept(row.share),
    low: kept(row.high ?? row.share),
    high: kept(row.low ?? row.share),
  };
  return present("claims_readiness", measured, row.posts);
}

type ActiveCreator = Row & { market: string; percentile: number };

/** Fewer than five creators would tell more about persons than about a market. */
function supplyInput(creators: readonly ActiveCreator[], random: () => number): Input {
  if (creators.length === 0) return missing("creator_supply", "not_collected");
  if (creators.length < minimumAuthors) return missing("creator_supply", "too_few", creators.length);
  const percentiles = creators.map(({ percentile }) => percentile);
  return present("creator_supply", creatorSupply(percentiles, random), creators.length);
}

function grouped<T extends { market: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.market, [...(groups.get(row.market) ?? []), row]);
  return groups;
}

// Posts that name a term, and what was done to find them: hashtags asked in runs that succeeded, each times the share of its pages that were read.
// Posts of registry creators are left out: they are here because we follow them, not because somebody talks about the category.
const weeklyEffort = `
  with named as (
    select p.market, p.week, count(distinct p.post_key)::int as posts
    from posts p
    join post_terms pt using (post_key)
    cross join run r
    where p.posted_at < r.until and p.creator is null and pt.kind <> 'hashtag'
    group by p.market, p.week
  ),
  asked as (
    select market, date_trunc('week', scheduled_at)::date as week,
      sum(coalesce(hashtags_used, 1) * case when pages_available > 0 then least(1, pages_fetched / pages_available::double) else 1 end
        order by scheduled_at, platform) as effort
    from all_runs a cross join run r
    where succeeded and a.scheduled_at < r.until
    group by all
  )
  select market, week, coalesce(posts, 0)::int as posts, coalesce(effort, 0)::double as effort
  from named full join asked using (market, week)
  order by market, week`;

const tone = `
  select market, net_sentiment as value, net_sentiment_low as low, net_sentiment_high as high, n, reason
  from out.sentiment where "window" = '90d' order by market`;

const voice = "select market, share, n, reason from out.share_of_voice order by market, brand";

const paidPosts = `
  select market, count(*)::int as posts, count(*) filter (where is_paid)::int as paid
  from posts p cross join run r
  where p.posted_at < r.until and p.posted_at >= r.until - interval ${demandWeeks * 7} day
  group by market order by market`;

const rulesKept = `
  select market, share, share_low as low, share_high as high, posts, reason
  from out.claim_hits where scope = 'paid' and rule = 'any' order by market`;

const activeCreators = `
  with active as (
    select distinct creator from posts p cross join run r
    where creator is not null and p.posted_at < r.until and p.posted_at >= r.until - interval ${activeDays} day
  )
  select market, size_peer_percentile as percentile
  from out.creators semi join active using (creator)
  where size_peer_percentile is not null
  order by market, creator`;

const provenances = `
  select ${weakestProvenanceSql} as provenance
  from posts p cross join run r where p.posted_at < r.until`;
