// The labelled posts of the sample: captions with the mood they were written in, so that the engine's errors on them can be counted as an operator
// would count them on posts that people labelled. `data/publications/kbeauty/sample/gold.csv` is what this writes.
import type { World } from "./posts.ts";
import { postsOfWeek } from "./posts.ts";
import { randomOf } from "./random.ts";
import { weekCount } from "./weeks.ts";

export interface GoldPost {
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

/** Equally many of each mood and language: error rates of complaints need complaints, which are few among posts. */
const eachMood = 60;

export function goldPosts(world: World): GoldPost[] {
  const all = Array.from({ length: weekCount }, (_, week) => postsOfWeek(world, week)).flat();
  const groups = Map.groupBy(all, (post) => `${post.language} ${post.polarity}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([group, posts]) =>
      randomOf(`${world.seed}|gold|${group}`)
        .shuffled(posts)
        .slice(0, eachMood)
        .map(({ language, polarity, platform, title, text }) => ({
          language,
          label: polarity,
          text: platform === "youtube" ? `${title}\n${text}` : text,
        })),
    );
}

/** The file's bytes. */
export function goldCsv(posts: readonly GoldPost[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `language,label,text\n${posts.map((post) => `${post.language},${post.label},${cell(post.text)}\n`).join("")}`;
}
