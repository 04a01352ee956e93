// The posts of one market and week, as they truly are: who wrote what about what in which mood. Every market-week has streams of its own,
// so that a week can be written again, or alone, and is always the same.
import { captionOf } from "./captions.ts";
import {
  type BrandId,
  type Language,
  type Market,
  type MarketCode,
  markets,
  polarityWeights,
} from "./markets.ts";
import { mixOf } from "./mix.ts";
import { type Account, codeOf, digitsOf } from "./people.ts";
import type { Polarity, Theme } from "./phrases/phrases.ts";
import { brandGain, brandShare, campaign, hiddenLikes, hole, sentimentDrop, themeShift } from "./planted.ts";
import { type Random, randomOf } from "./random.ts";
import { type Format, reactionsOf } from "./reactions.ts";
import { DAY_MS, lastWeek, mondayOf, yearPhase } from "./weeks.ts";

export interface SamplePost {
  readonly platform: "instagram" | "youtube";
  readonly id: string;
  readonly market: MarketCode;
  readonly week: number;
  readonly postedAt: number;
  /** Null where the hashtag search shows no author. */
  readonly author: Account | null;
  readonly language: Language;
  readonly polarity: Polarity;
  readonly terms: readonly string[];
  readonly brands: readonly BrandId[];
  readonly theme: Theme | null;
  readonly paid: boolean;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly format: Format;
  /** On the Monday after; later counts grow from here. */
  readonly likes: number;
  readonly likesHidden: boolean;
  readonly comments: number;
  readonly views: number | null;
  readonly seconds: number;
}

export interface World {
  readonly seed: string;
  readonly accounts: readonly Account[];
  /** Tags the collectors ask for, per market. */
  readonly hashtags: Readonly<Record<string, readonly string[]>>;
  /** Those of them that name no term: what any caption may carry. */
  readonly captionTags: Readonly<Record<string, readonly string[]>>;
}

export const postsOfWeek = (world: World, week: number): SamplePost[] =>
  markets.flatMap((market) => postsOfMarketWeek(world, market, week));

function postsOfMarketWeek(world: World, market: Market, week: number): SamplePost[] {
  if (market.code === hole.market && week === hole.week) return [];
  const random = randomOf(`${world.seed}|posts|${market.code}|${week}`);
  const authors = random.shuffled(authorsOf(world, market, week, random));
  const mix = mixOf(market, week);
  const terms = mix.first(authors.length, random);
  return random.shuffled(authors).map((author, index) => {
    const first = terms[index] as string;
    return writePost(world, market, week, index, author, [first, ...mix.others(first, random)], random);
  });
}

/** One entry per post; null where the search shows no author. */
function authorsOf(world: World, market: Market, week: number, random: Random): (Account | null)[] {
  const activity = growthAt(market, week) / growthAt(market, lastWeek);
  const own = world.accounts
    .filter((account) => account.market === market.code)
    .flatMap((account) => {
      const rate = account.postsPerWeek * (account.creator ? 1 : Math.max(0.55, activity));
      const extra = isCampaign(account, week) ? 1 : 0;
      return Array.from({ length: Math.max(extra, Math.floor(rate + random.next())) }, () => account);
    });
  const wanted = Math.round(volumeOf(market, week) * Math.exp(0.05 * random.normal()));
  return [...own, ...Array.from({ length: Math.max(5, wanted - own.length) }, () => null)];
}

// A little more talk before Christmas, and a Black Friday week where there is one.
function volumeOf(market: Market, week: number): number {
  const season = 1 + 0.07 * Math.cos(2 * Math.PI * (yearPhase(week) - 0.92));
  const blackFriday = market.code !== "jp" && market.code !== "kr" && week % 52 === 1 ? 1.16 : 1;
  return market.postsPerWeek * growthAt(market, week) * season * blackFriday;
}

/** Exponential growth whose mean over the sample is about 1. */
const growthAt = (market: Market, week: number): number => market.growth ** (week / lastWeek - 0.5);

function writePost(
  world: World,
  market: Market,
  week: number,
  index: number,
  author: Account | null,
  terms: readonly string[],
  random: Random,
): SamplePost {
  const label = `${world.seed}|${market.code}|${week}|${index}`;
  const platform = author?.platform ?? "instagram";
  const inCampaign = author !== null && isCampaign(author, week) && random.next() < 0.55;
  const paid = inCampaign || (author !== null && random.next() < market.paidShare);
  const brands = inCampaign ? [campaign.brand] : brandsOf(market, week, paid, random);
  const language = random.weighted(market.languages);
  const polarity = polarityOf(market, week, brands, paid, random);
  const theme = themeOf(market, week, polarity, random);
  const disclosure = paid && language === market.languages[0]?.[0] ? random.pick(market.disclosures) : "ad";
  const caption = captionOf(
    {
      market,
      language,
      polarity,
      terms,
      brands,
      theme,
      tags: [...(paid ? [disclosure] : []), ...(inCampaign ? [campaign.tag] : [])],
      marketTags: world.captionTags[market.code] ?? [],
    },
    random,
  );
  const format = platform === "youtube" ? "VIDEO" : random.weighted(formats);
  return {
    platform,
    id: platform === "youtube" ? `smpl${codeOf(label, 7)}` : `1799${digitsOf(label, 13)}`,
    market: market.code,
    week,
    postedAt: instantOf(market, week, random),
    author,
    language,
    polarity,
    terms,
    brands,
    theme,
    paid,
    ...caption,
    format,
    likesHidden: random.next() < hiddenLikes[platform],
    ...reactionsOf(platform, format, author, week, index, random),
  };
}

const formats: readonly (readonly [Format, number])[] = [
  ["VIDEO", 45],
  ["CAROUSEL_ALBUM", 30],
  ["IMAGE", 25],
];

const isCampaign = (account: Account, week: number): boolean =>
  account.creator !== null &&
  (campaign.creators as readonly string[]).includes(account.creator) &&
  (campaign.weeks as readonly number[]).includes(week);

function brandsOf(market: Market, week: number, paid: boolean, random: Random): BrandId[] {
  if (!paid && random.next() > 0.34) return [];
  const gains = market.code === brandGain.market;
  const own = gains ? brandShare(week) : 0;
  const total = market.brands.reduce((sum, [, weight]) => sum + weight, 0);
  const weights: (readonly [BrandId, number])[] = market.brands.map(([brand, weight]) => [
    brand,
    (weight / total) * (1 - own),
  ]);
  if (gains) weights.push([brandGain.brand, own]);
  const first = random.weighted(weights);
  if (random.next() > 0.12) return [first];
  const second = random.weighted(weights);
  return second === first ? [first] : [first, second];
}

function polarityOf(
  market: Market,
  week: number,
  brands: readonly BrandId[],
  paid: boolean,
  random: Random,
): Polarity {
  const dropped = market.code === sentimentDrop.market && week >= sentimentDrop.from;
  let positive = dropped ? sentimentDrop.positive : market.positive;
  let negative = dropped ? sentimentDrop.negative : market.negative;
  if (paid) [positive, negative] = [0.74, 0.01];
  else if (brands.includes("pibonu")) [positive, negative] = [positive - 0.14, negative + 0.14];
  else if (brands.includes("gyeolia")) [positive, negative] = [positive + 0.12, negative * 0.6];
  return random.weighted(polarityWeights(positive, negative));
}

function themeOf(market: Market, week: number, polarity: Polarity, random: Random): Theme | null {
  if (polarity === "neutral")
    return random.next() < 0.25 ? random.pick(["price", "delivery", "texture", "packaging"] as const) : null;
  if (polarity === "positive") return random.next() < 0.55 ? random.weighted(market.praise) : null;
  if (random.next() > 0.8) return null;
  const dropped = market.code === sentimentDrop.market && week >= sentimentDrop.from;
  if (dropped && random.next() < 0.62) return sentimentDrop.theme;
  const early = market.code === themeShift.market && week < themeShift.from;
  return random.weighted(market.complaints.filter(([theme]) => !early || theme !== themeShift.theme));
}

// Noon and evening where the market lives. The hour is UTC, so the week stays an ISO week in UTC.
function instantOf(market: Market, week: number, random: Random): number {
  const day = random.weighted(market.weekdays.map((weight, index) => [index, weight] as const));
  const local = random.weighted(hours);
  const hour = (local - market.utcOffset + 24) % 24;
  // The day's collector runs at 23:50.
  const minute = random.below(hour === 23 ? 49 : 60);
  return mondayOf(week) + day * DAY_MS + (hour * 60 + minute) * 60_000 + random.below(60) * 1000;
}

const hours: readonly (readonly [number, number])[] = Array.from({ length: 24 }, (_, hour) => [
  hour,
  hour < 6 ? 0.15 : 0.5 + Math.exp(-((hour - 12) ** 2) / 6) + 1.6 * Math.exp(-((hour - 20) ** 2) / 5),
]);
