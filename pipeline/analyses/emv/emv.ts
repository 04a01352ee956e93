// Views times a price: the whole of earned media value, and what it leaves out on purpose.

/** A post with known views that names brands of the set. */
export interface ViewedPost {
  readonly brands: readonly string[];
  readonly views: number;
  readonly paid: boolean;
}

export interface CpmBand {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

export interface Value {
  /** Views of unpaid and of paid posts, the brand's share of each. */
  readonly views: number;
  readonly paidViews: number;
  readonly emv: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly paidEmv: number | null;
}

/**
 * EMV of one brand = Σ views / k · CPM / 1,000 over unpaid posts, k = brands the post names, so that brands add up to the whole. Paid posts stand
 * apart. Nothing for a comment or a like, no bonus for credibility, nothing for posts without views. Null values without a price.
 */
export function earnedMediaValue(brand: string, posts: readonly ViewedPost[], cpm: CpmBand | null): Value {
  const seen = (paid: boolean) =>
    posts
      .filter((post) => post.paid === paid && post.brands.includes(brand))
      .reduce((sum, { views, brands }) => sum + views / brands.length, 0);
  return priced(seen(false), seen(true), cpm);
}

export function priced(views: number, paidViews: number, cpm: CpmBand | null): Value {
  const at = (price: number | undefined, seen: number) =>
    price === undefined ? null : (seen * price) / 1000;
  return {
    views,
    paidViews,
    emv: at(cpm?.mid, views),
    low: at(cpm?.low, views),
    high: at(cpm?.high, views),
    paidEmv: at(cpm?.mid, paidViews),
  };
}
