// The truths the generator plants, and the manifest that tests hold the analyses against: same constants, so they cannot drift apart.
// Weeks are counted from 0 (2024-11-18) to 103 (2026-11-09); the manifest names them by their Mondays.
import type { BrandId, MarketCode } from "./markets.ts";
import { lastWeek, mondayDate, yearPhase } from "./weeks.ts";

/** Explodes in every target market, Japan first; the home market had its smaller rise a year before. */
export const rising = {
  term: "pdrn",
  base: 0.016,
  ceiling: { de: 0.14, fr: 0.15, jp: 0.13, us: 0.13, kr: 0.045 },
  /** Week in which half of the rise is done. */
  midpoint: { jp: 86, us: 89, de: 92, fr: 95, kr: 40 },
  width: 1.5,
} as const;

/** Small and growing in one market only. The counts of the last four weeks are exact, because so few posts leave no room for noise. */
export const emerging = { term: "exosome", market: "de", counts: [1, 2, 3, 4], elsewhere: 0.009 } as const;

export const peaked = { term: "snail-mucin", base: 0.03, top: 0.1, week: 74, before: 45, after: 20 } as const;
export const declining = { term: "ten-step-routine", first: 0.08, last: 0.02 } as const;
export const sustained = { term: "skin-barrier", first: 0.03, last: 0.105 } as const;
/** Late June. */
export const seasonal = { term: "sunscreen", low: 0.018, high: 0.14, phase: 0.48 } as const;
export const burst = {
  term: "lip-tint",
  market: "us",
  weeks: [102, 103],
  usual: 0.022,
  share: 0.15,
} as const;

/** Posts of France turn sour once carriers charge for parcels: the complaint is about customs. */
export const sentimentDrop = {
  market: "fr",
  event: "sample-fr-parcel-fee",
  from: 95,
  positive: 0.3,
  negative: 0.36,
  theme: "customs",
} as const;

/** Buyers in the United States complain about customs only after the duty-free allowance ended (2025-08-29). */
export const themeShift = { market: "us", theme: "customs", from: 40 } as const;

export interface Jump {
  readonly week: number;
  /** Followers added that week over those there were. */
  readonly gain: number;
}

export const bought: readonly { creator: string; jumps: readonly Jump[]; engagement: number }[] = [
  {
    creator: "yun-seifenkiste",
    jumps: [
      { week: 58, gain: 0.28 },
      { week: 71, gain: 0.34 },
      { week: 90, gain: 0.22 },
    ],
    engagement: 0.35,
  },
  {
    creator: "priya-petalskin",
    jumps: [
      { week: 64, gain: 0.45 },
      { week: 65, gain: 0.2 },
      { week: 93, gain: 0.3 },
    ],
    engagement: 0.35,
  },
];

/**
 * Follower samples of 400, drawn in week 99: one of a creator who bought followers three times (shown over own audience by then: 2.09, so
 * half of the followers are bought; one in twenty of the rest is fake as well), one of a creator who bought none.
 */
export const audits = {
  week: 99,
  sampled: 400,
  auditor: "Musterprüfung & Söhne (invented)",
  consent: "Invented: the creator agreed to the sample",
  fakes: { "yun-seifenkiste": 218, "mina-glasshaut": 20 },
} as const;

/** One post goes viral and followers come with it: a jump with a reason. */
export const viral = { creator: "momo-parepare", week: 86, gain: 0.16, engagement: 24 } as const;

export const brandGain = { brand: "gyeolia", market: "de", from: 78, first: 0.06, last: 0.34 } as const;

export const campaign = {
  brand: "lumiseon",
  market: "us",
  tag: "lumiseonlab",
  weeks: [94, 95, 96, 97],
  creators: [
    "dewy-delphine",
    "marlo-glowwell",
    "toby-tapsin",
    "wren-sundayface",
    "cleo-barrierbabe",
    "imani-softfocus",
  ],
} as const;

/** No run succeeded in this market and week: a hole, not a zero. */
export const hole = { market: "jp", week: 68 } as const;

export const hiddenLikes = { instagram: 0.09, youtube: 0.04 } as const;
/** Chance that a daily run fails, outside the hole. */
export const runFailure = 0.012;
export const resighted = {
  secondHashtag: 0.08,
  alsoUnderHashtag: 0.05,
  discoveryNextWeek: 0.15,
  videoNextWeek: 0.1,
} as const;

/** Share of a market-week's posts that name a planted term; null where the term has no planted share there. */
export function plantedShare(term: string, market: MarketCode, week: number): number | null {
  switch (term) {
    case rising.term: {
      const done = 1 / (1 + Math.exp((rising.midpoint[market] - week) / rising.width));
      return rising.base + (rising.ceiling[market] - rising.base) * done;
    }
    case emerging.term:
      return market === emerging.market ? null : emerging.elsewhere;
    case peaked.term: {
      const distance = (week - peaked.week) / (week < peaked.week ? peaked.before : peaked.after);
      return peaked.base + (peaked.top - peaked.base) * Math.exp(-distance * distance);
    }
    case declining.term:
      return declining.first + ((declining.last - declining.first) * week) / lastWeek;
    case sustained.term:
      return sustained.first + ((sustained.last - sustained.first) * week) / lastWeek;
    case seasonal.term: {
      const warmth = 0.5 + 0.5 * Math.cos(2 * Math.PI * (yearPhase(week) - seasonal.phase));
      return seasonal.low + (seasonal.high - seasonal.low) * warmth ** 1.6;
    }
    case burst.term:
      return market === burst.market && (burst.weeks as readonly number[]).includes(week)
        ? burst.share
        : burst.usual;
    default:
      return null;
  }
}

/** All planted shares together: what they take from the background, which others in the same posts give back. */
export const plantedTotal = (market: MarketCode, week: number): number =>
  plantedTerms.reduce((sum, term) => sum + (plantedShare(term, market, week) ?? 0), 0);

/** Exact posts of the emerging term in its market: one every second week, then the last four weeks. */
export function emergingPosts(week: number): number {
  const from = lastWeek + 1 - emerging.counts.length;
  return week >= from ? (emerging.counts[week - from] as number) : week % 2 === 0 ? 1 : 0;
}

export const plantedTerms: readonly string[] = [
  rising.term,
  emerging.term,
  peaked.term,
  declining.term,
  sustained.term,
  seasonal.term,
  burst.term,
];

/** Share of voice of the brand that gains, by week. */
export function brandShare(week: number): number {
  const done = Math.max(0, (week - brandGain.from + 1) / (lastWeek - brandGain.from + 1));
  return brandGain.first + (brandGain.last - brandGain.first) * done;
}

const targets = ["de", "fr", "jp", "us"] as const;

/** What must be found, for the publication `kbeauty` with its own seed. */
export const planted = {
  first_week: mondayDate(0),
  last_week: mondayDate(lastWeek),
  markets: [...targets],
  home_market: "kr",
  terms: {
    /** Class of the last edition in every target market and, but for Emerging, in `all`. */
    exploding: {
      term: rising.term,
      markets: [...targets],
      /** Weeks behind the first market. */
      lag_weeks: { jp: 0, us: 3, de: 6, fr: 9 },
    },
    emerging: { term: emerging.term, market: emerging.market },
    peaked: { term: peaked.term, top_week: mondayDate(peaked.week) },
    declining: { term: declining.term },
    sustained: { term: sustained.term },
    seasonal: { term: seasonal.term, peak_months: [6, 7] },
    burst: { term: burst.term, market: burst.market, weeks: burst.weeks.map(mondayDate) },
  },
  sentiment_drop: {
    market: sentimentDrop.market,
    event: sentimentDrop.event,
    date: mondayDate(sentimentDrop.from),
    theme: sentimentDrop.theme,
  },
  theme_shift: { market: themeShift.market, theme: themeShift.theme, from_week: mondayDate(themeShift.from) },
  creators: {
    bought: bought.map(({ creator, jumps }) => ({
      creator,
      weeks: jumps.map(({ week }) => mondayDate(week)),
    })),
    explained_jump: { creator: viral.creator, week: mondayDate(viral.week) },
    /** Fakes over all in the follower samples. */
    audited: Object.entries(audits.fakes).map(([creator, fakes]) => ({
      creator,
      n: audits.sampled,
      bot_percentage: (100 * fakes) / audits.sampled,
    })),
  },
  brand_gain: {
    brand: brandGain.brand satisfies BrandId,
    market: brandGain.market,
    from_week: mondayDate(brandGain.from),
    first: brandGain.first,
    last: brandGain.last,
  },
  campaign: {
    brand: campaign.brand,
    market: campaign.market,
    tag: campaign.tag,
    weeks: campaign.weeks.map(mondayDate),
    creators: [...campaign.creators],
  },
  hole: { market: hole.market, week: mondayDate(hole.week) },
  hidden_likes: hiddenLikes,
} as const;

/** What the seed of `kbeauty` gives: distinct posts, sightings of them (duplicates = sightings − posts), bad lines. */
export const sizes = { posts: 61_250, sightings: 69_464, bad_lines: 58 } as const;
