// What engagement is left once the size and habits of the account, the format and the time are taken off: the part a caption could have had.
import { ridgeOn } from "../../stats/ridge.ts";
import { shrunkenMeans } from "../../stats/shrunken-means.ts";

export interface Published {
  /** Likes + comments. */
  readonly engagement: number;
  /** Null where the source does not name it. */
  readonly author: string | null;
  readonly followers: number | null;
  /** Platform and format, or what stands for them. */
  readonly format: string | null;
  /** 0-24, and 1-7; null where no time is stated. */
  readonly hour: number | null;
  readonly weekday: number | null;
  /** Milliseconds since 1970. */
  readonly at: number | null;
}

const rounds = 3;

/** Per post, ln(1 + engagement) less a ridge over size, format, hour, weekday and day, and less the author's shrunken level. */
export function leftOver(posts: readonly Published[]): number[] {
  if (posts.length === 0) return [];
  const values = posts.map(({ engagement }) => Math.log1p(engagement));
  const columns = columnsOf(posts);
  const rows = posts.map((post) => columns.map((column) => column(post)));
  const authors = posts.map(({ author }) => author ?? "");
  const fit = ridgeOn(rows);
  let line = fit(values);
  let levels = shrunkenMeans(authors, new Float64Array(values.length));
  for (let round = 0; round < rounds; round++) {
    levels = shrunkenMeans(
      authors,
      values.map((value, i) => value - line.predict(rows[i] as number[])),
    );
    line = fit(values.map((value, i) => value - levels.deviation(authors[i] as string)));
  }
  return values.map(
    (value, i) => value - line.predict(rows[i] as number[]) - levels.deviation(authors[i] as string),
  );
}

function columnsOf(posts: readonly Published[]): ((post: Published) => number)[] {
  const sizes = posts.flatMap(({ followers }) => followers ?? []).sort((a, b) => a - b);
  const middle = Math.log1p(sizes[Math.floor(sizes.length / 2)] ?? 0);
  const days = posts.flatMap(({ at }) => at ?? []);
  const first = days.reduce((least, day) => Math.min(least, day), Infinity);
  const span = days.reduce((most, day) => Math.max(most, day), -Infinity) - first;
  const wave = (turns: number, of: (angle: number) => number) => (post: Published) =>
    post.hour === null ? 0 : of((2 * Math.PI * turns * post.hour) / 24);
  return [
    (post) => (post.followers === null ? middle : Math.log1p(post.followers)),
    (post) => (post.followers === null ? 1 : 0),
    // A level that drifts, in three pieces: straight, and bent once and twice.
    ...[1, 2, 3].map(
      (power) => (post: Published) =>
        post.at === null || span <= 0 ? 0 : ((post.at - first) / span) ** power,
    ),
    wave(1, Math.sin),
    wave(1, Math.cos),
    wave(2, Math.sin),
    wave(2, Math.cos),
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => (post: Published) => (post.weekday === day ? 1 : 0)),
    ...[...new Set(posts.map(({ format }) => format))]
      .slice(0, 40)
      .map((format) => (post: Published) => (post.format === format ? 1 : 0)),
  ];
}
