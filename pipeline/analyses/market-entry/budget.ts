// What it would cost to be seen: posts needed for a number of views, priced by a dated table, and the weeks the active creators would take.

/** Views a first campaign is planned for, spread evenly over the channels that can be priced. An assumption, ours, and printed. */
export const targetViews = 1_000_000;
/** Posts of the channel whose views are known, below which their median is not used. */
export const minimumViewedPosts = 30;
/** One in so many posts of a creator is sold to one brand at most, and at least. */
export const soldPosts = { most: 2, least: 6 };

export interface Price {
  readonly price: string;
  /** The market, or `all` where the source names no country. */
  readonly market: string;
  readonly platform: string;
  readonly kind: "advertising" | "creator";
  readonly format: string;
  readonly low_usd: number;
  readonly mid_usd: number;
  readonly high_usd: number;
  readonly period_end: string;
  readonly source: string;
}

/** What creators of a market do on a channel. */
export interface Channel {
  readonly platform: string;
  readonly format: string;
  /** Posts with known views in 60 days, and their median. */
  readonly viewed: number;
  readonly medianViews: number | null;
  /** Creators with a post in 28 days, and posts a week of all of them. */
  readonly creators: number;
  readonly postsPerWeek: number;
}

export interface Line {
  readonly platform: string;
  readonly format: string;
  readonly kind: "advertising" | "creator";
  readonly price: Price | null;
  readonly views: number | null;
  readonly medianViews: number | null;
  readonly viewed: number;
  /** Posts needed = views ÷ median views, rounded up. Null for advertising, which is bought by the thousand. */
  readonly posts: number | null;
  readonly low: number | null;
  readonly mid: number | null;
  readonly high: number | null;
  /** Weeks until that many posts are out, when the active creators sell one post in two, or one in six. */
  readonly weeksLow: number | null;
  readonly weeksHigh: number | null;
  readonly reason: "not_collected" | "too_few" | null;
}

/** The price that fits best: of the market before one that names no country, of the format before all formats, then the latest. */
export function priceFor(
  prices: readonly Price[],
  market: string,
  { platform, format, kind }: { platform: string; format: string; kind: Price["kind"] },
): Price | null {
  const rank = (price: Price) => (price.market === market ? 2 : 0) + (price.format === format ? 1 : 0);
  return (
    prices
      .filter((price) => price.platform === platform && price.kind === kind)
      .filter((price) => [market, "all"].includes(price.market) && [format, "all"].includes(price.format))
      .toSorted(
        (a, b) =>
          rank(b) - rank(a) || b.period_end.localeCompare(a.period_end) || a.price.localeCompare(b.price),
      )[0] ?? null
  );
}

/** Creator posts on every channel with views, each for an equal part of the target; beside them the same views bought as advertising. */
export function budgetLines(
  market: string,
  channels: readonly Channel[],
  prices: readonly Price[],
  views = targetViews,
): Line[] {
  const priced = channels.map((channel) => ({
    channel,
    price: priceFor(prices, market, { ...channel, kind: "creator" }),
    known: channel.viewed >= minimumViewedPosts && (channel.medianViews ?? 0) > 0,
  }));
  const count = priced.filter(({ price, known }) => price !== null && known).length;
  const creators = priced.map(({ channel, price, known }): Line => {
    const shared = { platform: channel.platform, format: channel.format, kind: "creator" as const, price };
    if (price === null || !known)
      return {
        ...shared,
        ...nothing,
        medianViews: channel.medianViews,
        viewed: channel.viewed,
        reason: price === null ? "not_collected" : "too_few",
      };
    const medianViews = channel.medianViews as number;
    const posts = Math.ceil(views / count / medianViews);
    const perPost = (cpm: number) => (medianViews * cpm) / 1000;
    const weeks = (oneIn: number) =>
      channel.postsPerWeek > 0 ? Math.ceil((posts * oneIn) / channel.postsPerWeek) : null;
    return {
      ...shared,
      views: views / count,
      medianViews,
      viewed: channel.viewed,
      posts,
      low: posts * perPost(price.low_usd),
      mid: posts * perPost(price.mid_usd),
      high: posts * perPost(price.high_usd),
      weeksLow: weeks(soldPosts.most),
      weeksHigh: weeks(soldPosts.least),
      reason: null,
    };
  });
  const advertising = [...new Set(channels.map(({ platform }) => platform))].map((platform): Line => {
    const price = priceFor(prices, market, { platform, format: "all", kind: "advertising" });
    const shared = {
      platform,
      format: "all",
      kind: "advertising" as const,
      price,
      viewed: 0,
      medianViews: null,
    };
    if (price === null) return { ...shared, ...nothing, reason: "not_collected" };
    const cost = (cpm: number) => (views * cpm) / 1000;
    return {
      ...shared,
      ...nothing,
      views,
      low: cost(price.low_usd),
      mid: cost(price.mid_usd),
      high: cost(price.high_usd),
      reason: null,
    };
  });
  return [...creators, ...advertising];
}

const nothing = {
  views: null,
  posts: null,
  low: null,
  mid: null,
  high: null,
  weeksLow: null,
  weeksHigh: null,
};
