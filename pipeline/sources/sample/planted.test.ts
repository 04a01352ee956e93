// What the manifest says holds in the answers themselves, and captions name what they are about and nothing else that was planted.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Publication } from "../../../data/contract/publication.ts";
import { Taxonomy } from "../../../data/contract/taxonomy.ts";
import { badLine } from "./bad-lines.ts";
import { brandForms, brandIds } from "./brands.ts";
import { type Collection, collectionOf } from "./collection.ts";
import { handleOf, registry } from "./creators.ts";
import { marketOf, markets } from "./markets.ts";
import { audits, brandGain, campaign, planted, plantedTerms, sizes } from "./planted.ts";
import { postsOfWeek, type SamplePost } from "./posts.ts";
import { worldOf } from "./source.ts";
import { surfaces } from "./vocabulary.ts";
import { mondayDate, weekCount } from "./weeks.ts";

const publication = Publication.parse(
  parse(readFileSync("data/publications/kbeauty/publication.yaml", "utf8")),
);
const taxonomy = Taxonomy.parse(parse(readFileSync("data/reference/taxonomy/beauty.yaml", "utf8")));
const seed = String(publication.sources[0]?.["seed"]);
const world = worldOf(seed, publication);
const weekOf = (monday: string): number =>
  Array.from({ length: weekCount }, (_, week) => mondayDate(week)).indexOf(monday);

const weeks: SamplePost[][] = [];
const seen: Collection[] = [];
beforeAll(() => {
  for (let week = 0; week < weekCount; week++) {
    weeks.push(postsOfWeek(world, week));
    seen.push(collectionOf(world, week, weeks[week - 1] ?? [], weeks[week] as SamplePost[]));
  }
});

/** Share of the posts of weeks [from, to) in the market that satisfy the condition. */
function share(market: string, from: number, to: number, holds: (post: SamplePost) => boolean): number {
  const posts = weeks
    .slice(from, to)
    .flat()
    .filter((post) => post.market === market);
  return posts.filter(holds).length / posts.length;
}
const about = (term: string) => (post: SamplePost) => post.terms.includes(term);

test("sizes are what the manifest says", () => {
  const sightings = seen.flatMap((week) => [
    ...week.instagram_media.map(({ item }) => `instagram ${item.id}`),
    ...week.youtube_videos.map(({ item }) => `youtube ${item.id}`),
  ]);
  const bad = seen.filter((week, index) => badLine(seed, index, week) !== null);
  expect({ posts: new Set(sightings).size, sightings: sightings.length, bad_lines: bad.length }).toEqual(
    sizes,
  );
});

test("five languages, and English in every market", () => {
  const languages = new Set(weeks.flat().map((post) => `${post.market} ${post.language}`));
  expect([...new Set([...languages].map((pair) => pair.split(" ")[1]))].sort()).toEqual([
    "de",
    "en",
    "fr",
    "ja",
    "ko",
  ]);
  for (const { code } of markets) expect(languages).toContain(`${code} en`);
});

test("the exploding term more than doubles year on year in every target market, Japan first", () => {
  const { term, lag_weeks } = planted.terms.exploding;
  const half = (market: keyof typeof lag_weeks): number => {
    const end = share(market, 98, 104, about(term));
    return Array.from({ length: 60 }, (_, index) => 40 + index).find(
      (week) => share(market, week, week + 2, about(term)) > end / 2,
    ) as number;
  };
  for (const market of planted.markets)
    expect(share(market, 52, 104, about(term))).toBeGreaterThan(2 * share(market, 0, 52, about(term)));
  const starts = (["jp", "us", "de", "fr"] as const).map(half);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect((starts[3] as number) - (starts[0] as number)).toBeGreaterThanOrEqual(lag_weeks.fr - 3);
});

test("the emerging term climbs in its market for four weeks and nowhere else", () => {
  const { term, market } = planted.terms.emerging;
  const counts = (code: string) =>
    weeks.slice(96).map((posts) => posts.filter((post) => post.market === code && about(term)(post)).length);
  expect(counts(market)).toEqual([1, 0, 1, 0, 1, 2, 3, 4]);
  for (const other of ["fr", "jp", "us"]) {
    const series = counts(other);
    const later = series.slice(4).reduce((sum, count) => sum + count);
    const before = series.slice(0, 4).reduce((sum, count) => sum + count);
    expect(later).toBeLessThanOrEqual(before + 4);
  }
});

test("peaked, declining, sustained and seasonal terms have their shapes", () => {
  const { peaked, declining, sustained, seasonal } = planted.terms;
  const peak = weekOf(peaked.top_week);
  for (const market of planted.markets) {
    const at = (term: string, from: number, to: number) => share(market, from, to, about(term));
    expect(at(peaked.term, 98, 104)).toBeLessThan(0.7 * at(peaked.term, peak - 3, peak + 3));
    expect(at(peaked.term, 0, 6)).toBeLessThan(0.7 * at(peaked.term, peak - 3, peak + 3));
    expect(at(declining.term, 78, 104)).toBeLessThan(at(declining.term, 52, 78));
    expect(at(declining.term, 52, 78)).toBeLessThan(at(declining.term, 0, 26));
    expect(at(sustained.term, 78, 104)).toBeGreaterThan(at(sustained.term, 52, 78));
    expect(at(sustained.term, 52, 78)).toBeGreaterThan(at(sustained.term, 0, 26));
    // June and July of both years against December and January.
    const summers = at(seasonal.term, 28, 36) + at(seasonal.term, 80, 88);
    const winters = at(seasonal.term, 3, 11) + at(seasonal.term, 55, 63);
    expect(summers).toBeGreaterThan(4 * winters);
  }
});

test("the burst stands far above its baseline in its two weeks, in its market alone", () => {
  const { term, market, weeks: mondays } = planted.terms.burst;
  const [first, last] = [weekOf(mondays[0] as string), weekOf(mondays[1] as string)];
  for (const { code } of markets) {
    const ratio = share(code, first, last + 1, about(term)) / share(code, first - 26, first, about(term));
    if (code === market) expect(ratio).toBeGreaterThan(4);
    else expect(ratio).toBeLessThan(2);
  }
});

test("sentiment falls in France from the week of the event on, for a reason that was rare before", () => {
  const { market, event, date, theme } = planted.sentiment_drop;
  const events = readFileSync("data/reference/events.csv", "utf8");
  expect(events.split("\n").find((line) => line.startsWith(event))).toContain(`,${market},${date},synthetic`);
  const from = weekOf(date);
  const net = (start: number, end: number): number =>
    share(market, start, end, (post) => post.polarity === "positive") -
    share(market, start, end, (post) => post.polarity === "negative");
  expect(net(from - 13, from)).toBeGreaterThan(0.25);
  expect(net(from, 104)).toBeLessThan(0.1);
  expect(share(market, from, 104, (post) => post.theme === theme)).toBeGreaterThan(0.1);
  expect(share(market, 0, from, (post) => post.theme === theme)).toBeLessThan(0.01);
});

test("bought followers jump without a post to explain it and engage too little afterwards; the viral creator has the post", () => {
  const jumpsOf = (creator: string): string[] => {
    const followers = world.accounts.find((account) => account.creator === creator)?.followers ?? [];
    return followers.flatMap((count, week) =>
      week > 0 && Math.log(count / (followers[week - 1] as number)) > 0.1 ? [mondayDate(week)] : [],
    );
  };
  for (const { creator, weeks: mondays } of planted.creators.bought)
    expect(jumpsOf(creator)).toEqual(mondays);
  const { creator, week } = planted.creators.explained_jump;
  expect(jumpsOf(creator)).toEqual([week]);
  const others = registry.filter(
    ({ id }) => id !== creator && !planted.creators.bought.some((one) => one.creator === id),
  );
  expect(others.flatMap(({ id }) => jumpsOf(id))).toEqual([]);

  const rates = (id: string) =>
    weeks
      .slice(95)
      .flat()
      .filter((post) => post.author?.creator === id)
      .map((post) => (post.likes + post.comments) / (post.author?.followers[post.week] as number));
  const peers = weeks
    .slice(95)
    .flat()
    .filter((post) => post.platform === "instagram" && post.author?.creator === null)
    .map((post) => (post.likes + post.comments) / (post.author?.followers[post.week] as number));
  for (const one of planted.creators.bought)
    expect(median(rates(one.creator))).toBeLessThan(0.5 * median(peers));
  const likes = weeks.flat().filter((post) => post.author?.creator === creator);
  const thatWeek = likes.filter((post) => mondayDate(post.week) === week).map((post) => post.likes);
  expect(Math.max(...thatWeek)).toBeGreaterThan(8 * median(likes.map((post) => post.likes)));
});

test("the audited samples hold what was bought, and one in twenty of the rest", () => {
  for (const { creator, n, bot_percentage } of planted.creators.audited) {
    const account = world.accounts.find((one) => one.creator === creator);
    const own = (account?.audience[audits.week] as number) / (account?.followers[audits.week] as number);
    expect(bot_percentage).toBeCloseTo(100 * (1 - 0.95 * own), 0);
    const lines = seen[audits.week]?.followers.filter(({ request }) => request.creator === creator) ?? [];
    expect(lines).toHaveLength(n);
    expect(new Set(lines.map(({ item }) => item.follower_key)).size).toBe(n);
  }
  expect(seen.filter((week) => week.followers.length > 0)).toHaveLength(1);
});

test("the brand gains share of voice in Germany over the last 26 weeks", () => {
  const { brand, market, from_week } = planted.brand_gain;
  const from = weekOf(from_week);
  const voice = (start: number, end: number): number => {
    const named = weeks
      .slice(start, end)
      .flat()
      .filter((post) => post.market === market && post.brands.length > 0);
    return named.filter((post) => post.brands.includes(brand)).length / named.length;
  };
  expect(voice(0, from)).toBeLessThan(0.11);
  expect(voice(91, 104)).toBeGreaterThan(2 * voice(0, from));
  expect(brandGain.brand).toBe(brand);
});

test("the campaign's paid posts carry its tag and a disclosure, by its six creators in its four weeks", () => {
  const posts = weeks.flat().filter((post) => post.tags.includes(planted.campaign.tag));
  expect(new Set(posts.map((post) => post.author?.creator))).toEqual(new Set(campaign.creators));
  expect(new Set(posts.map((post) => mondayDate(post.week)))).toEqual(new Set(planted.campaign.weeks));
  expect(
    posts.every((post) => post.paid && post.tags.includes("ad") && post.brands.includes(campaign.brand)),
  ).toBe(true);
  expect(posts.length).toBeGreaterThanOrEqual(20);
});

test("the hole has no successful run and no post; elsewhere nearly every run succeeds", () => {
  const week = weekOf(planted.hole.week);
  const inHole = (line: { request: { market: string } }) => line.request.market === planted.hole.market;
  const { instagram_media, youtube_videos, instagram_accounts, runs } = seen[week] as Collection;
  expect([...instagram_media, ...youtube_videos, ...instagram_accounts].filter(inHole)).toEqual([]);
  expect(runs.filter(inHole).map(({ item }) => item.succeeded)).toEqual(Array(14).fill(false));
  const others = seen.flatMap((one, index) => one.runs.filter((run) => index !== week || !inHole(run)));
  const rate = others.filter(({ item }) => item.succeeded).length / others.length;
  expect(rate).toBeGreaterThan(0.97);
  expect(rate).toBeLessThan(1);
});

test("likes are hidden at the planted shares", () => {
  const hidden = (platform: string) => {
    const posts = weeks.flat().filter((post) => post.platform === platform);
    return posts.filter((post) => post.likesHidden).length / posts.length;
  };
  expect(hidden("instagram")).toBeCloseTo(planted.hidden_likes.instagram, 2);
  expect(hidden("youtube")).toBeCloseTo(planted.hidden_likes.youtube, 2);
});

test("the taxonomy finds every term a caption is about, and no planted term elsewhere", () => {
  const matchers = taxonomy.terms
    .filter(({ id }) => surfaces[id])
    .map(({ id, variants, not }) => ({
      id,
      other: not.length > 0 ? new RegExp(patternOf(not), "gu") : null,
      pattern: patternOf(Object.values(variants).flat()),
    }));
  const wrong: string[] = [];
  for (const post of weeks.filter((_, week) => week % 13 === 0).flat()) {
    const text = `${post.platform === "youtube" ? post.title : ""} ${post.text}`
      .normalize("NFKC")
      .toLowerCase();
    for (const { id, other, pattern } of matchers) {
      const found = pattern.test(other ? text.replaceAll(other, " ") : text);
      if (found !== post.terms.includes(id) && (!found || plantedTerms.includes(id)))
        wrong.push(`${id}: ${text}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("publication.yaml and the generator know the same creators and brands", () => {
  expect(
    publication.creators.map(({ id, name, platform, market, handle }) => [
      id,
      name,
      platform,
      market,
      handle,
    ]),
  ).toEqual(registry.map(({ id, name, platform, market }) => [id, name, platform, market, handleOf(id)]));
  for (const creator of publication.creators)
    expect(marketOf(creator.market as "de").languages[0]?.[0]).toBe(creator.language);
  expect(publication.brands.map(({ id }) => id)).toEqual(brandIds);
  for (const { id, variants } of publication.brands) {
    const forms = (["en", "ja", "ko"] as const).flatMap((language) => brandForms(id as "okdami", language));
    expect([...new Set(forms.map((form) => form.toLowerCase()))].sort()).toEqual([...variants].sort());
  }
  for (const tags of Object.values(publication.hashtags)) expect(tags.length).toBeLessThanOrEqual(30);
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

// Words in Latin script stand alone; Japanese and Korean know no such border, nor does a Latin word between kana.
function patternOf(variants: readonly string[]): RegExp {
  const alternatives = [...variants]
    .sort((a, b) => b.length - a.length)
    .map((variant) => variant.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .map((variant) =>
      /\p{Script=Latin}/u.test(variant)
        ? `(?<![\\p{Script=Latin}\\p{N}])${variant}(?![\\p{Script=Latin}\\p{N}])`
        : variant,
    );
  return new RegExp(alternatives.join("|"), "u");
}
