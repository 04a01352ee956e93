// Who posts: the registry's creators and the professional accounts of the same sizes, with their followers week by week.
import { handleOf, registry } from "./creators.ts";
import { type MarketCode, markets } from "./markets.ts";
import { bought, type Jump, viral } from "./planted.ts";
import { hash32, type Random, randomOf } from "./random.ts";
import { weekCount } from "./weeks.ts";

export interface Account {
  readonly id: string;
  readonly platform: "instagram" | "youtube";
  readonly handle: string;
  readonly name: string;
  readonly market: MarketCode;
  /** Registry id; null for a peer. */
  readonly creator: string | null;
  readonly postsPerWeek: number;
  /** Engagement over that of accounts of the same size. */
  readonly engagement: number;
  /** On the Monday after each week. */
  readonly followers: readonly number[];
  /** Those who came by themselves, week by week: only they like and comment. */
  readonly audience: readonly number[];
  readonly following: number;
  readonly postsBefore: number;
}

const words = [
  "mori",
  "lune",
  "salle",
  "tofu",
  "kanto",
  "miel",
  "nebel",
  "pluie",
  "sora",
  "haus",
  "peach",
  "linden",
  "maru",
  "cove",
  "nuage",
  "kiesel",
];

export function people(seed: string): Account[] {
  const creators = registry.map((creator) => {
    const random = randomOf(`${seed}|creator|${creator.id}`);
    const trick = bought.find((entry) => entry.creator === creator.id);
    const jumps: readonly Jump[] = trick?.jumps ?? (creator.id === viral.creator ? [viral] : []);
    const path = followerPath(random, creator.followers, creator.growthPct, jumps, trick !== undefined);
    return {
      ...identity(creator.platform, creator.id),
      platform: creator.platform,
      handle: handleOf(creator.id),
      name: creator.name,
      market: creator.market,
      creator: creator.id,
      postsPerWeek: creator.postsPerWeek,
      engagement: creator.engagement * (trick?.engagement ?? 1),
      ...path,
      following: 180 + random.below(700),
      postsBefore: 200 + random.below(1800),
    };
  });
  const peers = markets.flatMap((market) =>
    (["instagram", "youtube"] as const).flatMap((platform) =>
      Array.from({ length: market.peers[platform] }, (_, index) =>
        peerOf(seed, market.code, platform, index),
      ),
    ),
  );
  return [...creators, ...peers];
}

function peerOf(seed: string, market: MarketCode, platform: "instagram" | "youtube", index: number): Account {
  const label = `${market}-${platform}-${index}`;
  const random = randomOf(`${seed}|peer|${label}`);
  const size = Math.exp(10.7 + 1.25 * random.normal());
  const followers = Math.round(Math.max(2600, Math.min(1_600_000, size)));
  const handle = `${random.pick(words)}.${random.pick(words)}.${market}${index + 1}${platform === "youtube" ? "v" : ""}.sample`;
  return {
    ...identity(platform, label),
    platform,
    handle,
    name: handle.replace(".sample", "").replaceAll(".", " "),
    market,
    creator: null,
    postsPerWeek: 1.5 + 0.5 * random.next(),
    engagement: Math.exp(0.3 * random.normal()),
    ...followerPath(random, followers, 0.1 + 0.4 * random.next(), [], false),
    following: 120 + random.below(900),
    postsBefore: 100 + random.below(1500),
  };
}

// Growth varies around its mean by a third, so that a bought jump stands out and nothing else does.
function followerPath(
  random: Random,
  start: number,
  growthPct: number,
  jumps: readonly Jump[],
  fake: boolean,
): { followers: number[]; audience: number[] } {
  const followers: number[] = [];
  const audience: number[] = [];
  let shown = start;
  let real = start;
  for (let week = 0; week < weekCount; week++) {
    const growth = 1 + (growthPct / 100) * (1 + 0.35 * random.normal());
    const jump = 1 + (jumps.find((entry) => entry.week === week)?.gain ?? 0);
    shown *= growth * jump;
    real *= growth * (fake ? 1 : jump);
    followers.push(Math.round(shown));
    audience.push(Math.round(real));
  }
  return { followers, audience };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A code of `length` letters from a label. */
export function codeOf(label: string, length: number): string {
  let code = "";
  for (let index = 0; code.length < length; index++)
    code += letters[hash32(label, 101 + index * 7919) % letters.length];
  return code;
}

/** Digits from a label, as the Graph API's ids are strings of digits. */
export const digitsOf = (label: string, length: number): string =>
  Array.from({ length }, (_, index) => hash32(label, 31 + index * 104729) % 10).join("");

const identity = (platform: "instagram" | "youtube", label: string): { id: string } => ({
  id:
    platform === "instagram"
      ? `17841${digitsOf(`account|${label}`, 12)}`
      : `UCsample${codeOf(`channel|${label}`, 16)}`,
});
