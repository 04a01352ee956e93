// How many liked, commented and watched: log-normal around what accounts of the size get, by format.
import type { Account } from "./people.ts";
import { viral } from "./planted.ts";
import type { Random } from "./random.ts";

export type Format = "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";

export interface Reactions {
  readonly likes: number;
  readonly comments: number;
  readonly views: number | null;
  /** Length of a video. */
  readonly seconds: number;
}

/** Reactions by the Monday after the week. An account without a name has a small audience of its own. */
export function reactionsOf(
  platform: "instagram" | "youtube",
  format: Format,
  author: Account | null,
  week: number,
  index: number,
  random: Random,
): Reactions {
  const audience = author ? (author.audience[week] as number) : Math.exp(7.8 + 1.3 * random.normal());
  const lift = (author?.engagement ?? 1) * viralLift(author, week, index);
  const seconds = 20 + Math.floor(700 * random.next() ** 2);
  if (platform === "youtube") {
    const views = audience * 0.16 * lift * Math.exp(0.6 * random.normal()) * (audience / 1e5) ** -0.12;
    const likes = views * 0.042 * Math.exp(0.28 * random.normal());
    return {
      likes: Math.round(likes),
      comments: Math.round(likes * 0.09 * Math.exp(0.4 * random.normal())),
      views: Math.round(views),
      seconds,
    };
  }
  const rate = 0.031 * (audience / 1e4) ** -0.15 * formatLift[format];
  const likes = audience * rate * lift * Math.exp(0.42 * random.normal());
  const comments = likes * 0.022 * Math.exp(0.45 * random.normal());
  const views = format === "VIDEO" ? Math.round(likes * (9 + 8 * random.next())) : null;
  return { likes: Math.round(likes), comments: Math.round(comments), views, seconds };
}

const formatLift: Readonly<Record<Format, number>> = { VIDEO: 1.25, CAROUSEL_ALBUM: 1.08, IMAGE: 0.82 };

// Every third or so of the creator's posts that week: one is enough for a story, two make it sure.
const viralLift = (author: Account | null, week: number, index: number): number =>
  author?.creator === viral.creator && week === viral.week && index % 2 === 0 ? viral.engagement : 1;
