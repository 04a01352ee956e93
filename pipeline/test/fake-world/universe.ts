// The invented public of the fake world: who has an account, what is posted at which second, how many like it by when, what is taken down
// again. A function of seed and day: the same world whenever and in whatever order it is asked.
import { createHash } from "node:crypto";
import { captionOf } from "../../sources/sample/captions.ts";
import { type Language, type Market, markets as sampleMarkets } from "../../sources/sample/markets.ts";
import { hash32, randomOf } from "../../sources/sample/random.ts";
import { surfaces } from "../../sources/sample/vocabulary.ts";

export const hour = 3_600_000;
export const day = 24 * hour;

export type Platform = "instagram" | "youtube" | "bluesky" | "mastodon" | "threads";

/** What of a publication the world lives by. */
export interface Scene {
  readonly markets: readonly string[];
  /** Tags by market; the first are used most. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly creators: readonly SceneCreator[];
}

export interface SceneCreator {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  readonly handle: string;
  readonly market: string;
}

export interface Account {
  readonly platform: Platform;
  readonly label: string;
  readonly handle: string;
  readonly name: string;
  readonly market: string;
  readonly creator: string | null;
  readonly followers: number;
}

export interface Post {
  readonly platform: Platform;
  /** The same in every world of this seed. */
  readonly label: string;
  readonly market: string;
  readonly language: Language;
  readonly author: Account;
  readonly title: string;
  readonly text: string;
  /** Without #, lower case. */
  readonly tags: readonly string[];
  readonly bornAt: number;
  readonly media: "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";
  readonly likesHidden: boolean;
  readonly commentsOff: boolean;
  /** In the end. */
  readonly reach: { readonly likes: number; readonly comments: number; readonly views: number };
  /** Its author takes it down again; purges come on top. */
  readonly takenDownAt: number | null;
}

export interface Universe {
  readonly scene: Scene;
  readonly seed: string;
  /** Born after `from`, up to and with `until`, oldest first; also those that are gone. */
  born(platform: Platform, from: number, until: number): Post[];
  /** Null while it stands. */
  goneAt(post: Post): number | null;
  stands(post: Post, at: number): boolean;
  accounts(platform: Platform, market: string): readonly Account[];
  accountGoneAt(account: Account): number | null;
  counts(post: Post, at: number): { likes: number; comments: number; views: number };
  /** From now on every so many of the posts before that instant are gone, and a few accounts with all they wrote. */
  purge(at: number): void;
  /** The operator's own posts, one every two days. */
  own(from: number, until: number): Post[];
}

const authorsPerMarket = 40;
const terms = Object.keys(surfaces);

export function universeOf(scene: Scene, seed: string, postsPerDay: number): Universe {
  const days = new Map<string, readonly Post[]>();
  const people = new Map<string, readonly Account[]>();
  const purges: number[] = [];

  const accounts = (platform: Platform, market: string): readonly Account[] => {
    const key = `${platform} ${market}`;
    const known = people.get(key);
    if (known) return known;
    const made = peopleOf(scene, seed, platform, market);
    people.set(key, made);
    return made;
  };

  const dayOf = (platform: Platform, index: number): readonly Post[] => {
    const key = `${platform} ${index}`;
    const known = days.get(key);
    if (known) return known;
    const made = scene.markets
      .flatMap((market) => postsOf({ scene, seed, platform, market, index, postsPerDay, accounts }))
      .sort((a, b) => a.bornAt - b.bornAt || (a.label < b.label ? -1 : 1));
    days.set(key, made);
    return made;
  };

  const accountGoneAt = (account: Account): number | null =>
    account.creator !== null
      ? null
      : (purges.find((at) => shareOf(`${account.label} ${at}`, seed) < 0.06) ?? null);

  const goneAt = (post: Post): number | null => {
    const account = accountGoneAt(post.author);
    const moments = [
      ...(post.takenDownAt === null ? [] : [post.takenDownAt]),
      ...(account === null ? [] : [Math.max(account, post.bornAt)]),
      // Not all in the same second: in the hour before.
      ...purges
        .filter((at) => post.bornAt < at - hour && shareOf(`${post.label} ${at}`, seed) < 0.25)
        .map((at) => at - Math.floor(hour * shareOf(`${at} ${post.label}`, seed))),
    ];
    return moments.length === 0 ? null : Math.min(...moments);
  };

  const born = (platform: Platform, from: number, until: number): Post[] => {
    const found: Post[] = [];
    for (let index = Math.floor(from / day); index <= Math.floor(until / day); index++)
      for (const post of dayOf(platform, index))
        if (post.bornAt > from && post.bornAt <= until) found.push(post);
    return found;
  };

  return {
    scene,
    seed,
    born,
    goneAt,
    accounts,
    accountGoneAt,
    stands: (post, at) => post.bornAt <= at && (goneAt(post) ?? Number.POSITIVE_INFINITY) > at,
    counts(post, at) {
      const share = 1 - Math.exp(-Math.max(0, at - post.bornAt) / (18 * hour));
      const { likes, comments, views } = post.reach;
      return {
        likes: Math.floor(likes * share),
        comments: Math.floor(comments * share),
        views: Math.floor(views * share),
      };
    },
    purge: (at) => void purges.push(at),
    own: (from, until) =>
      dayIndexes(from, until)
        .filter((index) => index % 2 === 0)
        .map((index) => ownPost(scene, seed, index))
        .filter(({ bornAt }) => bornAt > from && bornAt <= until),
  };
}

/** In [0, 1), the same for the same label. */
export const shareOf = (label: string, seed: string): number => hash32(`${seed} ${label}`, 7) / 4294967296;

/** Ids are asked for again and again. */
const known = new Map<string, string>();
const remembered = (key: string, make: () => string): string => {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
};

/** So many decimal digits, the same for the same label. */
export const digitsOf = (label: string, count: number): string =>
  remembered(`${count} ${label}`, () => newDigits(label, count));

/** So many letters of an alphabet, the same for the same label. */
export const lettersOf = (label: string, count: number, alphabet: string): string =>
  remembered(`${alphabet} ${count} ${label}`, () => newLetters(label, count, alphabet));

function newDigits(label: string, count: number): string {
  const number = BigInt(`0x${createHash("sha256").update(label).digest("hex")}`);
  return (number % 10n ** BigInt(count)).toString().padStart(count, "0");
}

function newLetters(label: string, count: number, alphabet: string): string {
  return [...createHash("sha512").update(label).digest()]
    .slice(0, count)
    .map((byte) => alphabet[byte % alphabet.length])
    .join("");
}

const dayIndexes = (from: number, until: number): number[] =>
  Array.from(
    { length: Math.floor(until / day) - Math.floor(from / day) + 1 },
    (_, at) => Math.floor(from / day) + at,
  );

function peopleOf(scene: Scene, seed: string, platform: Platform, market: string): Account[] {
  const registered = scene.creators.filter((each) => each.platform === platform && each.market === market);
  const ordinary = Array.from({ length: authorsPerMarket }, (_, at) => `${platform} ${market} author ${at}`);
  return [
    ...registered.map(({ id, name, handle }) => ({
      platform,
      label: `${platform} creator ${id}`,
      handle,
      name,
      market,
      creator: id,
      followers: 8_000 + Math.floor(180_000 * shareOf(`followers ${id}`, seed) ** 2),
    })),
    ...ordinary.map((label, at) => ({
      platform,
      label,
      handle: `${market}.${lettersOf(label, 6, "aeioulmnrst")}.${at}.sample`,
      name: `Invented ${market.toUpperCase()} ${at}`,
      market,
      creator: null,
      followers: 40 + Math.floor(4_000 * shareOf(label, seed) ** 3),
    })),
  ];
}

interface DayOfMarket {
  readonly scene: Scene;
  readonly seed: string;
  readonly platform: Platform;
  readonly market: string;
  readonly index: number;
  readonly postsPerDay: number;
  accounts(platform: Platform, market: string): readonly Account[];
}

function postsOf({ scene, seed, platform, market, index, postsPerDay, accounts }: DayOfMarket): Post[] {
  const authors = accounts(platform, market);
  const registered = authors.filter(({ creator }) => creator !== null);
  const ordinary = authors.slice(registered.length);
  return Array.from({ length: postsPerDay }, (_, at) => {
    const label = `${platform} ${market} ${index} ${at}`;
    const random = randomOf(`${seed} ${label}`);
    const author = random.pick(registered.length > 0 && random.next() < 0.08 ? registered : ordinary);
    const bornAt = index * day + Math.floor(random.next() * 86_400) * 1_000;
    return {
      ...written(scene, market, label, random),
      author,
      bornAt,
      platform,
      ...fate(bornAt, author, random),
    };
  });
}

function written(scene: Scene, code: string, label: string, random: ReturnType<typeof randomOf>) {
  const market = (sampleMarkets.find((each) => each.code === code) ??
    sampleMarkets.find((each) => each.code === "us")) as Market;
  const language = random.weighted(market.languages);
  const { positive, negative } = market;
  const polarity = random.weighted([
    ["positive", positive],
    ["negative", negative],
    ["neutral", 1 - positive - negative],
  ] as const);
  const complaints = polarity === "negative" ? market.complaints : market.praise;
  const caption = captionOf(
    {
      market,
      language,
      polarity,
      terms: [random.pick(terms)],
      brands: random.next() < 0.45 ? [random.weighted(market.brands)] : [],
      theme: random.next() < 0.5 && polarity !== "neutral" ? random.weighted(complaints) : null,
      tags: someTags(scene.tags[code] ?? [], random),
      marketTags: [],
    },
    random,
  );
  return {
    label,
    market: code,
    language,
    title: caption.title,
    text: caption.text,
    tags: caption.tags.map((tag) => tag.normalize("NFC").toLowerCase()),
  };
}

/** One to three; the n-th of the list is used 1/n times as often as the first. */
function someTags(tags: readonly string[], random: ReturnType<typeof randomOf>): string[] {
  if (tags.length === 0) return [];
  const weights = tags.map((tag, at) => [tag, 1 / (at + 1)] as const);
  const chosen = Array.from({ length: 1 + random.below(3) }, () => random.weighted(weights));
  return [...new Set(chosen)];
}

function fate(bornAt: number, author: Account, random: ReturnType<typeof randomOf>) {
  const fame = author.followers ** 0.45;
  const likes = Math.round(fame * Math.exp(0.6 + 0.9 * random.normal()));
  return {
    media: random.weighted([
      ["IMAGE", 5],
      ["VIDEO", 3],
      ["CAROUSEL_ALBUM", 2],
    ] as const),
    likesHidden: random.next() < 0.06,
    commentsOff: random.next() < 0.08,
    reach: {
      likes,
      comments: Math.round(likes * 0.06 * random.next()),
      views: Math.round(likes * (8 + 30 * random.next())) + 20,
    },
    takenDownAt: random.next() < 0.05 ? bornAt + Math.floor((1 + 60 * random.next()) * hour) : null,
  };
}

function ownPost(scene: Scene, seed: string, index: number): Post {
  const label = `own ${index}`;
  const random = randomOf(`${seed} ${label}`);
  const market = scene.markets[0] as string;
  const bornAt = index * day + 9 * hour + random.below(3_600) * 1_000;
  const author: Account = {
    platform: "instagram",
    label: "instagram operator",
    handle: "operator.sample",
    name: "The operator",
    market,
    creator: null,
    followers: 5_200,
  };
  return {
    ...written(scene, market, label, random),
    author,
    bornAt,
    platform: "instagram",
    ...fate(bornAt, author, random),
    takenDownAt: null,
  };
}
