// What YouTube's Data API says of a video, a channel, a comment: counts as strings, or not at all.
import { type Account, day, hour, lettersOf, type Post, shareOf } from "./universe.ts";
import { isoSeconds, type Stage } from "./wire.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const videoId = (post: Post): string => lettersOf(post.label, 11, letters);
export const channelId = (account: Account): string => `UC${lettersOf(account.label, 22, letters)}`;

export function videoItem(post: Post, { universe, has }: Stage, now: number): object {
  const { likes, comments, views } = universe.counts(post, now);
  const hidden = post.likesHidden || (has("hiddenLikes") && shareOf(post.label, "hides") < 0.6);
  return {
    kind: "youtube#video",
    etag: videoId(post),
    id: videoId(post),
    snippet: {
      ...snippet(post),
      description: post.text,
      categoryId: "26",
      ...(post.tags.length > 1 ? { tags: post.tags } : {}),
      ...(shareOf(post.label, "audio") < 0.6 ? { defaultAudioLanguage: post.language } : {}),
    },
    contentDetails: {
      duration: post.media === "VIDEO" ? "PT48S" : `PT${1 + (post.reach.views % 9)}M3S`,
      definition: "hd",
      caption: "false",
    },
    statistics: {
      viewCount: String(views),
      ...(hidden ? {} : { likeCount: String(likes) }),
      favoriteCount: "0",
      ...(post.commentsOff ? {} : { commentCount: String(comments) }),
    },
  };
}

const snippet = (post: Post) => ({
  publishedAt: isoSeconds(post.bornAt),
  channelId: channelId(post.author),
  channelTitle: post.author.name,
  title: post.title,
  thumbnails: { default: { url: `https://media.sample/${videoId(post)}.jpg`, width: 120, height: 90 } },
  liveBroadcastContent: "none",
});

export const searchItem = (post: Post) => ({
  kind: "youtube#searchResult",
  etag: videoId(post),
  id: { kind: "youtube#video", videoId: videoId(post) },
  snippet: { ...snippet(post), description: post.text.slice(0, 80), publishTime: isoSeconds(post.bornAt) },
});

export const playlistItem = (post: Post, playlist: string, at: number) => ({
  kind: "youtube#playlistItem",
  etag: videoId(post),
  id: `${playlist}.${videoId(post)}`,
  snippet: {
    ...snippet(post),
    description: post.text,
    playlistId: playlist,
    position: at,
    resourceId: { kind: "youtube#video", videoId: videoId(post) },
  },
  contentDetails: { videoId: videoId(post), videoPublishedAt: isoSeconds(post.bornAt) },
});

export function channelItem(account: Account, now: number): object {
  const hidden = shareOf(account.label, "subscribers") < 0.1;
  const exact = Math.floor(account.followers * (1 + 0.002 * ((now / day) % 365)));
  const magnitude = 10 ** Math.max(0, String(exact).length - 3);
  return {
    kind: "youtube#channel",
    etag: channelId(account),
    id: channelId(account),
    snippet: {
      title: account.name,
      description: "Invented channel",
      customUrl: `@${account.handle}`,
      publishedAt: "2021-03-04T10:00:00Z",
      country: account.market.toUpperCase(),
    },
    contentDetails: { relatedPlaylists: { likes: "", uploads: channelId(account).replace(/^UC/, "UU") } },
    statistics: {
      viewCount: String(exact * 40),
      ...(hidden ? {} : { subscriberCount: String(Math.floor(exact / magnitude) * magnitude) }),
      hiddenSubscriberCount: hidden,
      videoCount: "120",
    },
  };
}

const remarks: Readonly<Record<string, readonly string[]>> = {
  de: ["Danke für den ehrlichen Test!", "Bei mir hat es leider gebrannt.", "Welche Sonnencreme ist das?"],
  fr: ["Merci pour cette revue honnête !", "Trop cher pour moi.", "Je l'adore aussi."],
  ja: ["参考になりました！", "肌に合わなかったです。", "私も使っています"],
  ko: ["좋은 리뷰 감사합니다!", "저는 자극이 있었어요.", "저도 잘 쓰고 있어요"],
  en: ["Thanks for the honest review!", "It stung on my skin.", "Where did you buy it?"],
};

export function commentItem(post: Post, at: number, { universe }: Stage, now: number): object {
  const id = lettersOf(`${post.label} comment ${at}`, 26, letters);
  const authors = universe.accounts("youtube", post.market);
  const author = authors[(at * 7 + post.reach.views) % authors.length] as Account;
  const bornAt = Math.min(now, post.bornAt + (at + 1) * 0.4 * hour);
  const words = remarks[post.language] ?? (remarks["en"] as readonly string[]);
  const snippetOf = {
    videoId: videoId(post),
    textDisplay: words[at % words.length],
    textOriginal: words[at % words.length],
    authorDisplayName: `@${author.handle}`,
    authorChannelId: { value: channelId(author) },
    likeCount: Math.floor(9 * shareOf(id, "likes")),
    publishedAt: isoSeconds(bornAt),
    updatedAt: isoSeconds(bornAt),
  };
  return {
    kind: "youtube#commentThread",
    etag: id,
    id,
    snippet: {
      videoId: videoId(post),
      canReply: true,
      isPublic: true,
      totalReplyCount: at % 3,
      topLevelComment: { kind: "youtube#comment", etag: id, id, snippet: snippetOf },
    },
  };
}
