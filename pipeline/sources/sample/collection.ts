// One week as the collectors saw it: daily hashtag runs, some of which fail, the Monday look at known accounts, and posts seen again.
import { accountAnswer, channelAnswer, discoveryMedia, hashtagMedia, videoAnswer } from "./answers.ts";
import { followerSamples } from "./followers.ts";
import { type MarketCode, markets } from "./markets.ts";
import { audits, hole, resighted, runFailure } from "./planted.ts";
import { postsOfWeek, type SamplePost, type World } from "./posts.ts";
import { type Random, randomOf } from "./random.ts";
import type { Line, Thing } from "./things.ts";
import { collectedAt, DAY_MS, isoOf, mondayOf, runAt } from "./weeks.ts";

export type Collection = { readonly [T in Thing]: readonly Line<T>[] };

/** `before` are the posts of the week before, some of which are seen again with higher counts. */
export function collectionOf(
  world: World,
  week: number,
  before: readonly SamplePost[],
  posts: readonly SamplePost[],
): Collection {
  const random = randomOf(`${world.seed}|collection|${week}`);
  const monday = collectedAt(week);
  const instagram: Line<"instagram_media">[] = [];
  const videos: Line<"youtube_videos">[] = [];
  for (const post of posts) {
    const grown = 1 + 0.06 * random.next();
    const chance = random.next();
    if (post.author === null) {
      if (!succeeded(world, post.market, "instagram", week, dayOf(post))) continue;
      const at = runAt(week, dayOf(post));
      const tags = tagsOf(world, post, random);
      instagram.push(hashtagMedia(post, tags[0], at, 1));
      if (chance < resighted.secondHashtag) instagram.push(hashtagMedia(post, tags[1], at, grown));
    } else if (post.platform === "instagram") {
      if (chance < resighted.alsoUnderHashtag)
        instagram.push(hashtagMedia(post, tagsOf(world, post, random)[0], runAt(week, dayOf(post)), 0.8));
      instagram.push(discoveryMedia(post, post.author, monday, 1));
    } else videos.push(videoAnswer(post, post.author, monday, 1));
  }
  for (const post of before) {
    const grown = 1.03 + 0.2 * random.next();
    const chance = random.next();
    if (post.author === null || isHole(post.market, week)) continue;
    if (post.platform === "instagram" && chance < resighted.discoveryNextWeek)
      instagram.push(discoveryMedia(post, post.author, monday, grown));
    if (post.platform === "youtube" && chance < resighted.videoNextWeek)
      videos.push(videoAnswer(post, post.author, monday, grown));
  }
  const accounts = world.accounts.filter((account) => !isHole(account.market, week));
  return {
    instagram_media: instagram,
    instagram_accounts: accounts
      .filter((account) => account.platform === "instagram")
      .map((account) => accountAnswer(account, week, monday)),
    youtube_videos: videos,
    youtube_channels: accounts
      .filter((account) => account.platform === "youtube")
      .map((account) => channelAnswer(account, week, monday)),
    runs: runsOf(world, week, posts),
    followers: week === audits.week ? followerSamples(world.seed, monday) : [],
  };
}

/** Collections one after the other, each with the week before at hand. */
export function* collections(
  world: World,
  weeks: readonly number[],
): Generator<{ week: number; collection: Collection }> {
  let known: { week: number; posts: SamplePost[] } | null = null;
  for (const week of weeks) {
    const before: SamplePost[] =
      week === 0 ? [] : known?.week === week - 1 ? known.posts : postsOfWeek(world, week - 1);
    const posts = postsOfWeek(world, week);
    yield { week, collection: collectionOf(world, week, before, posts) };
    known = { week, posts };
  }
}

const isHole = (market: MarketCode, week: number): boolean => market === hole.market && week === hole.week;

const dayOf = (post: SamplePost): number => Math.floor((post.postedAt - mondayOf(post.week)) / DAY_MS);

function succeeded(world: World, market: MarketCode, platform: string, week: number, day: number): boolean {
  return (
    !isHole(market, week) &&
    randomOf(`${world.seed}|run|${market}|${platform}|${week}|${day}`).next() >= runFailure
  );
}

// The tag under which the search found the post: one of its own that the collectors ask for, or one in its first comment.
function tagsOf(world: World, post: SamplePost, random: Random): [string, string] {
  const asked = world.hashtags[post.market] ?? ["kbeauty"];
  const own = post.tags.filter((tag) => asked.includes(tag));
  return [own[0] ?? random.pick(asked), own[1] ?? random.pick(asked)];
}

function runsOf(world: World, week: number, posts: readonly SamplePost[]): Line<"runs">[] {
  return markets.flatMap(({ code }) =>
    (["instagram", "youtube"] as const).flatMap((platform) =>
      Array.from({ length: 7 }, (_, day): Line<"runs"> => {
        const done = succeeded(world, code, platform, week, day);
        const found = posts.filter(
          (post) => post.market === code && post.platform === platform && dayOf(post) === day,
        ).length;
        const random = randomOf(`${world.seed}|pages|${code}|${platform}|${week}|${day}`);
        const hashtags = platform === "instagram" ? (world.hashtags[code]?.length ?? 1) : null;
        const pages = (hashtags ?? 4) + Math.ceil(found / 25);
        return {
          request: { market: code, platform },
          collected_at: isoOf(collectedAt(week)),
          item: {
            scheduled_at: isoOf(runAt(week, day)),
            succeeded: done,
            pages_available: done ? pages : null,
            pages_fetched: done ? pages - (random.next() < 0.06 ? 1 : 0) : null,
            hashtags_used: done ? hashtags : null,
            posts_fetched: done ? found : null,
          },
        };
      }),
    ),
  );
}
