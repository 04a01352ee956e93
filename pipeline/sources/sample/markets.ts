// How the five markets differ: volume, growth, languages, mood, what people praise and complain about, which brands they name.
import type { Polarity, Theme } from "./phrases/phrases.ts";

export type MarketCode = "de" | "fr" | "jp" | "us" | "kr";
export type Language = "en" | "de" | "fr" | "ja" | "ko";
export type BrandId =
  | "haruvelle"
  | "moonseolle"
  | "okdami"
  | "nabiyeon"
  | "lumiseon"
  | "gyeolia"
  | "sorabit"
  | "pibonu";

export interface Market {
  readonly code: MarketCode;
  /** Posts in a mean week. */
  readonly postsPerWeek: number;
  /** Volume of the last week over that of the first. */
  readonly growth: number;
  readonly languages: readonly (readonly [Language, number])[];
  readonly positive: number;
  readonly negative: number;
  readonly praise: readonly (readonly [Theme, number])[];
  readonly complaints: readonly (readonly [Theme, number])[];
  readonly brands: readonly (readonly [BrandId, number])[];
  /** Professional accounts beside the registry, read as peers of the same size. */
  readonly peers: { readonly instagram: number; readonly youtube: number };
  /** Hours to add to UTC, without summer time: posting hours need no more. */
  readonly utcOffset: number;
  /** Monday to Sunday. */
  readonly weekdays: readonly number[];
  readonly price: (units: number) => string;
  readonly paidShare: number;
  readonly disclosures: readonly string[];
}

const tens = (units: number): string => {
  const text = String(units);
  return text.length > 3 ? `${text.slice(0, -3)},${text.slice(-3)}` : text;
};

export const markets: readonly Market[] = [
  {
    code: "de",
    postsPerWeek: 106,
    growth: 1.9,
    languages: [
      ["de", 0.9],
      ["en", 0.1],
    ],
    positive: 0.43,
    negative: 0.18,
    praise: [
      ["texture", 5],
      ["calming", 3],
      ["price", 2],
      ["scent", 2],
      ["glow", 1],
    ],
    complaints: [
      ["price", 6],
      ["irritation", 3],
      ["packaging", 2],
      ["delivery", 2],
      ["texture", 2],
      ["customs", 1],
    ],
    brands: [
      ["haruvelle", 23],
      ["moonseolle", 20],
      ["nabiyeon", 16],
      ["lumiseon", 14],
      ["okdami", 12],
      ["sorabit", 8],
      ["pibonu", 7],
    ],
    peers: { instagram: 20, youtube: 14 },
    utcOffset: 1,
    weekdays: [1, 0.95, 1, 1, 0.9, 0.95, 1.3],
    price: (units) => `${units} €`,
    paidShare: 0.1,
    disclosures: ["werbung", "anzeige"],
  },
  {
    code: "fr",
    postsPerWeek: 88,
    growth: 1.4,
    languages: [
      ["fr", 0.91],
      ["en", 0.09],
    ],
    positive: 0.47,
    negative: 0.13,
    praise: [
      ["glow", 5],
      ["scent", 3],
      ["calming", 3],
      ["texture", 2],
      ["packaging", 1],
    ],
    complaints: [
      ["scent", 3],
      ["irritation", 3],
      ["price", 3],
      ["texture", 2],
      ["packaging", 1],
    ],
    brands: [
      ["nabiyeon", 37],
      ["moonseolle", 25],
      ["okdami", 12],
      ["haruvelle", 9],
      ["lumiseon", 7],
      ["gyeolia", 5],
      ["sorabit", 3],
      ["pibonu", 2],
    ],
    peers: { instagram: 16, youtube: 11 },
    utcOffset: 1,
    weekdays: [0.95, 1, 1.1, 1, 0.9, 0.9, 1.15],
    price: (units) => `${units} €`,
    paidShare: 0.07,
    disclosures: ["collaborationcommerciale"],
  },
  {
    code: "jp",
    postsPerWeek: 142,
    growth: 1.12,
    languages: [
      ["ja", 0.95],
      ["en", 0.04],
      ["ko", 0.01],
    ],
    positive: 0.42,
    negative: 0.09,
    praise: [
      ["texture", 5],
      ["glow", 3],
      ["price", 3],
      ["scent", 1],
      ["packaging", 1],
    ],
    complaints: [
      ["texture", 6],
      ["irritation", 4],
      ["scent", 2],
      ["price", 1],
    ],
    brands: [
      ["okdami", 46],
      ["haruvelle", 19],
      ["sorabit", 12],
      ["lumiseon", 8],
      ["moonseolle", 6],
      ["nabiyeon", 4],
      ["gyeolia", 3],
      ["pibonu", 2],
    ],
    peers: { instagram: 30, youtube: 22 },
    utcOffset: 9,
    weekdays: [0.9, 0.9, 0.95, 0.95, 1.05, 1.2, 1.2],
    price: (units) => `${tens(units * 110)}円`,
    paidShare: 0.09,
    disclosures: ["PR"],
  },
  {
    code: "us",
    postsPerWeek: 168,
    growth: 1.18,
    languages: [
      ["en", 0.97],
      ["ko", 0.03],
    ],
    positive: 0.49,
    negative: 0.16,
    praise: [
      ["glow", 5],
      ["price", 3],
      ["texture", 3],
      ["delivery", 1],
      ["calming", 1],
    ],
    complaints: [
      ["customs", 5],
      ["price", 3],
      ["texture", 3],
      ["irritation", 2],
      ["delivery", 2],
    ],
    brands: [
      ["haruvelle", 16],
      ["lumiseon", 15],
      ["moonseolle", 14],
      ["okdami", 13],
      ["nabiyeon", 12],
      ["sorabit", 11],
      ["gyeolia", 10],
      ["pibonu", 9],
    ],
    peers: { instagram: 34, youtube: 24 },
    utcOffset: -5,
    weekdays: [1.05, 1.1, 1.05, 1, 0.9, 0.85, 1.05],
    price: (units) => `$${units}`,
    paidShare: 0.08,
    disclosures: ["ad"],
  },
  {
    code: "kr",
    postsPerWeek: 84,
    growth: 1.03,
    languages: [
      ["ko", 0.95],
      ["en", 0.05],
    ],
    positive: 0.46,
    negative: 0.14,
    praise: [
      ["price", 4],
      ["texture", 4],
      ["calming", 3],
      ["delivery", 2],
      ["glow", 2],
    ],
    complaints: [
      ["texture", 4],
      ["irritation", 4],
      ["price", 2],
      ["packaging", 2],
    ],
    brands: [
      ["sorabit", 18],
      ["okdami", 17],
      ["pibonu", 14],
      ["haruvelle", 13],
      ["gyeolia", 12],
      ["lumiseon", 10],
      ["moonseolle", 9],
      ["nabiyeon", 7],
    ],
    peers: { instagram: 14, youtube: 10 },
    utcOffset: 9,
    weekdays: [1, 1, 1, 1, 0.95, 1, 1.1],
    price: (units) => `${tens(units * 1000)}원`,
    paidShare: 0.12,
    disclosures: ["광고", "협찬"],
  },
];

export const marketOf = (code: MarketCode): Market =>
  markets.find((market) => market.code === code) as Market;

/** English posts of a market quote its own prices, so only the words change. */
export const polarityWeights = (
  positive: number,
  negative: number,
): readonly (readonly [Polarity, number])[] => [
  ["positive", positive],
  ["neutral", Math.max(0, 1 - positive - negative)],
  ["negative", negative],
];
