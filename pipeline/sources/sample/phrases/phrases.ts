// What the captions of one language are composed of. Openings and bodies carry the polarity; a theme sentence says why.
// `{t}` is the product or ingredient (with its brand, where one is named), `{u}` a second term, `{b}` another brand, `{n}` a number of
// weeks, `{m}` millilitres, `{p}` a price in the market's currency. No phrase may name a term of the taxonomy except through a
// slot or in a theme sentence, or the planted series would no longer be what the manifest says.

export const polarities = ["positive", "neutral", "negative"] as const;
export type Polarity = (typeof polarities)[number];

export const themes = [
  "texture",
  "price",
  "delivery",
  "customs",
  "scent",
  "irritation",
  "packaging",
  "glow",
  "calming",
] as const;
export type Theme = (typeof themes)[number];

export interface Phrases {
  readonly openings: Readonly<Record<Polarity, readonly string[]>>;
  readonly bodies: Readonly<Record<Polarity, readonly string[]>>;
  readonly themes: Readonly<Record<Polarity, Readonly<Partial<Record<Theme, readonly string[]>>>>>;
  /** Brings in a second or third term. */
  readonly pairs: readonly string[];
  /** Names a brand beside the one of the product. */
  readonly otherBrand: readonly string[];
  readonly closings: readonly string[];
  /** Product with its brand: `{b}` and `{t}`. */
  readonly product: readonly string[];
  /** What stands for a term that is no product: a skin concern is cared for, a look has its routine. */
  readonly frames: Readonly<Record<"concern" | "routine", string>>;
  /** Between the sentences of a caption; Japanese has none. */
  readonly space: string;
}
