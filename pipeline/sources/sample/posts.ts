// The posts of one market and week, as they truly are: who wrote what about what in which mood. Every market-week has streams of its own,
// so that a week can be written again, or alone, and is always the same.
import { captionOf, termTags } from "./captions.ts";
import {
  type BrandId,
  type Language,
  type Market,
  type MarketCode,
  markets,
  polarityWeights,
} from "./markets.ts";
import { type Account, codeOf, digitsOf } from "./people.ts";
import type { Polarity, Theme } from "./phrases/phrases.ts";
import {
  brandGain,
  brandShare,
  campaign,
  emerging,
  emergingPosts,
  hiddenLikes,
  hole,
  plantedShare,
  plantedTerms,
  sentimentDrop,
  themeShift,
  viral,
} from "./planted.ts";
import { type Random, randomOf } from "./random.ts";
import { background } from "./vocabulary.ts";
import { DAY_MS, lastWeek, mondayOf, yearPhase } from "./weeks.ts";

export type Format = "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";

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
}

export const postsOfWeek = (world: World, week: number): SamplePost[] =>
  markets.flatMap((market) => postsOfMarketWeek(world, market, week));

function postsOfMarketWeek(world: World, market: Market, week: number): SamplePost[] {
  if (market.code === hole.market && week === hole.week) return [];
  const random = randomOf(`${world.seed}|posts|${market.code}|${week}`);
  const authors = random.shuffled(authorsOf(world, market, week, random));
  const terms = primaryTerms(market, week, authors.length, random);
  return random
    .shuffled(authors)
    .map((author, index) => writePost(world, market, week, index, author, terms[index] as string, random));
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

function primaryTerms(market: Market, week: number, posts: number, random: Random): string[] {
  const quotas = plantedTerms.flatMap((term) => {
    const share = plantedShare(term, market.code, week);
    const expected = share === null ? 0 : share * posts * Math.exp(0.12 * random.normal());
    const count =
      term === emerging.term && market.code === emerging.market
        ? emergingPosts(week)
        : Math.floor(expected + random.next());
    return Array.from({ length: count }, () => term);
  });
  const weights = backgroundWeights(market, week);
  const rest = Array.from({ length: Math.max(0, posts - quotas.length) }, () => random.weighted(weights));
  return random.shuffled([...quotas, ...rest].slice(0, posts));
}

const backgroundWeights = (market: Market, week: number): [string, number][] =>
  background.map(([term, weight, factors], index) => {
    // Slow swells of no meaning, so that the background is not a flat line.
    const swell =
      1 + 0.12 * Math.sin((2 * Math.PI * week) / (23 + ((index * 7) % 19)) + index + market.utcOffset);
    return [term, weight * (factors[market.code] ?? 1) * swell];
  });

function writePost(
  world: World,
  market: Market,
  week: number,
  index: number,
  author: Account | null,
  term: string,
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
  const terms = [term, ...otherTerms(market, week, term, random)];
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
      marketTags: neutralTags(world.hashtags[market.code] ?? []),
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
    ...reactions(platform, format, author, week, index, random),
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

// A market's tag that names a term would give the term posts that are not about it, so such tags come with their term only.
const neutralTags = (tags: readonly string[]): string[] =>
  tags.filter((tag) => ![...termTags].some((term) => tag.toLowerCase().includes(term)));

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

function otherTerms(market: Market, week: number, first: string, random: Random): string[] {
  const count = random.next() < 0.68 ? (random.next() < 0.35 ? 2 : 1) : 0;
  const weights = backgroundWeights(market, week);
  const others = Array.from({ length: count }, () => random.weighted(weights));
  return [...new Set(others)].filter((term) => term !== first);
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

function reactions(
  platform: "instagram" | "youtube",
  format: Format,
  author: Account | null,
  week: number,
  index: number,
  random: Random,
): { likes: number; comments: number; views: number | null; seconds: number } {
  const audience = author ? (author.audience[week] as number) : Math.exp(7.8 + 1.3 * random.normal());
  const lift = (author?.engagement ?? 1) * viralLift(author, week, index);
  const seconds = 20 + Math.floor(700 * random.next() ** 2);
  if (platform === "youtube") {
    const views = audience * 0.16 * lift * Math.exp(0.6 * random.normal()) * (audience / 1e5) ** -0.12;
    const likes = views * 0.042 * Math.exp(0.28 * random.normal());
    return {
      likes: Math.round(likes),
      comments: Math.round(likes * 0.09 * Math.exp(0.4 * random.normal())),
      views: Math.round(views),
      seconds,
    };
  }
  const rate = 0.031 * (audience / 1e4) ** -0.15 * formatLift[format];
  const likes = audience * rate * lift * Math.exp(0.42 * random.normal());
  const comments = likes * 0.022 * Math.exp(0.45 * random.normal());
  const views = format === "VIDEO" ? Math.round(likes * (9 + 8 * random.next())) : null;
  return { likes: Math.round(likes), comments: Math.round(comments), views, seconds };
}

const formatLift: Readonly<Record<Format, number>> = { VIDEO: 1.25, CAROUSEL_ALBUM: 1.08, IMAGE: 0.82 };

// Every third or so of the creator's posts that week: one is enough for a story, two make it sure.
const viralLift = (author: Account | null, week: number, index: number): number =>
  author?.creator === viral.creator && week === viral.week && index % 2 === 0 ? viral.engagement : 1;
