// Turns what truly is into what the two APIs would have answered: hashtag media without names, likes left out where hidden, counts as strings.
import type { Account } from "./people.ts";
import { codeOf } from "./people.ts";
import type { SamplePost } from "./posts.ts";
import type { Line } from "./things.ts";
import { isoOf } from "./weeks.ts";

/** `grown`: how much the counts have grown since the first Monday. */
export function hashtagMedia(
  post: SamplePost,
  hashtag: string,
  at: number,
  grown: number,
): Line<"instagram_media"> {
  return {
    request: { edge: "hashtag", market: post.market, hashtag, account_id: null, username: null },
    collected_at: isoOf(at),
    item: media(post, grown),
  };
}

export function discoveryMedia(
  post: SamplePost,
  author: Account,
  at: number,
  grown: number,
): Line<"instagram_media"> {
  const item = media(post, grown);
  return {
    request: {
      edge: "discovery",
      market: post.market,
      hashtag: null,
      account_id: author.id,
      username: author.handle,
    },
    collected_at: isoOf(at),
    item: {
      ...item,
      media_product_type: post.format === "VIDEO" ? "REELS" : "FEED",
      ...(post.views === null ? {} : { view_count: Math.round(post.views * grown) }),
    },
  };
}

function media(post: SamplePost, grown: number): Line<"instagram_media">["item"] {
  return {
    id: post.id,
    caption: post.text,
    media_type: post.format,
    ...(post.likesHidden ? {} : { like_count: Math.round(post.likes * grown) }),
    comments_count: Math.round(post.comments * grown),
    // Real short codes are 64-bit numbers and cannot begin with S: these addresses lead to nobody's post.
    permalink: `https://www.instagram.com/p/SAMPLE${codeOf(post.id, 5)}/`,
    timestamp: isoOf(post.postedAt).replace("Z", "+0000"),
  };
}

export function accountAnswer(account: Account, week: number, at: number): Line<"instagram_accounts"> {
  return {
    request: { edge: "discovery", market: account.market, username: account.handle },
    collected_at: isoOf(at),
    item: {
      id: account.id,
      username: account.handle,
      name: account.name,
      followers_count: account.followers[week] as number,
      follows_count: account.following,
      media_count: account.postsBefore + Math.round(account.postsPerWeek * (week + 1)),
    },
  };
}

export function videoAnswer(
  post: SamplePost,
  author: Account,
  at: number,
  grown: number,
): Line<"youtube_videos"> {
  const times = (value: number) => String(Math.round(value * grown));
  return {
    request: { edge: author.creator ? "channel" : "search", market: post.market, channel_id: author.id },
    collected_at: isoOf(at),
    item: {
      kind: "youtube#video",
      id: post.id,
      snippet: {
        publishedAt: isoOf(post.postedAt),
        channelId: author.id,
        channelTitle: author.name,
        title: post.title,
        description: post.text,
        tags: [...post.tags],
        categoryId: "26",
        liveBroadcastContent: "none",
        ...(post.likes % 5 < 3 ? { defaultAudioLanguage: post.language } : {}),
      },
      contentDetails: { duration: `PT${Math.floor(post.seconds / 60)}M${post.seconds % 60}S` },
      statistics: {
        viewCount: times(post.views ?? 0),
        ...(post.likesHidden ? {} : { likeCount: times(post.likes) }),
        favoriteCount: "0",
        commentCount: times(post.comments),
      },
    },
  };
}

export function channelAnswer(account: Account, week: number, at: number): Line<"youtube_channels"> {
  const followers = account.followers[week] as number;
  return {
    request: { edge: "channel", market: account.market, channel_id: account.id },
    collected_at: isoOf(at),
    item: {
      kind: "youtube#channel",
      id: account.id,
      snippet: { title: account.name, customUrl: `@${account.handle}`, publishedAt: "2019-03-01T09:00:00Z" },
      statistics: {
        viewCount: String(followers * 60),
        subscriberCount: String(threeDigits(followers)),
        hiddenSubscriberCount: false,
        videoCount: String(account.postsBefore + Math.round(account.postsPerWeek * (week + 1))),
      },
    },
  };
}

/** Rounded down to three digits, as the API does for channels above 1,000 subscribers. */
function threeDigits(count: number): number {
  const step = 10 ** Math.max(0, String(count).length - 3);
  return Math.floor(count / step) * step;
}
