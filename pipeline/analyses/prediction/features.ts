// What is known of a post before it is published, as columns a model can weigh. Nothing here may be an outcome.
import type { Planned } from "./post.ts";

export interface Encoder {
  readonly names: readonly string[];
  encode(post: Planned): Float64Array;
}

/** Rows a category needs before it gets a column of its own. */
export const fewestOfCategory = 4;
export const mostCategories = 40;

/** Learns columns from posts: medians for what is missing, categories that occur, the first day. */
export function encoderOf(posts: readonly Planned[]): Encoder {
  const columns = [
    ...numberColumns(posts, "followers", (post) => logOf(post.followers)),
    ...numberColumns(posts, "day", (post) => (post.at === null ? null : post.at / 86_400_000)),
    ...hourColumns(posts),
    ...categoryColumns(posts, "weekday", (post) => (post.weekday === null ? null : String(post.weekday))),
    ...categoryColumns(posts, "format", (post) => post.format),
    ...namesOf(posts, "numbers").flatMap((name) => featureColumns(posts, name)),
    ...namesOf(posts, "categories").flatMap((name) =>
      categoryColumns(posts, name, (post) => post.categories[name] ?? null),
    ),
  ];
  return {
    names: columns.map(({ name }) => name),
    encode: (post) => Float64Array.from(columns, (column) => column.of(post)),
  };
}

interface Column {
  readonly name: string;
  of(post: Planned): number;
}

const logOf = (value: number | null): number | null =>
  value === null ? null : Math.log1p(Math.max(0, value));

/** The value with its median where missing, and a mark of what was missing, if some was. */
function numberColumns(
  posts: readonly Planned[],
  name: string,
  of: (post: Planned) => number | null,
): Column[] {
  const known = posts
    .map(of)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (known.length === 0 || known[0] === known.at(-1)) return [];
  const middle = known[Math.floor(known.length / 2)] as number;
  const value = { name, of: (post: Planned) => of(post) ?? middle };
  return known.length === posts.length
    ? [value]
    : [value, { name: `${name} missing`, of: (post) => (of(post) === null ? 1 : 0) }];
}

/** Counts that span orders of magnitude are read in logarithms. */
function featureColumns(posts: readonly Planned[], name: string): Column[] {
  const values = posts
    .map((post) => post.numbers[name] ?? null)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  const low = values[0] ?? 0;
  const wide =
    low >= 0 && (values.at(-1) ?? 0) > 20 * Math.max(1, values[Math.floor(values.length / 2)] ?? 0);
  const of = (post: Planned) => post.numbers[name] ?? null;
  return numberColumns(posts, name, wide ? (post) => logOf(of(post)) : of);
}

/** An hour is a place on a circle; the plain hour lets trees cut the day. */
function hourColumns(posts: readonly Planned[]): Column[] {
  const of = (post: Planned) => post.hour;
  const wave = (turns: number, wave: (angle: number) => number) => (post: Planned) =>
    post.hour === null ? null : wave((2 * Math.PI * turns * post.hour) / 24);
  return [
    ...numberColumns(posts, "hour", of),
    ...numberColumns(posts, "hour sin", wave(1, Math.sin)).slice(0, 1),
    ...numberColumns(posts, "hour cos", wave(1, Math.cos)).slice(0, 1),
    ...numberColumns(posts, "hour sin 2", wave(2, Math.sin)).slice(0, 1),
    ...numberColumns(posts, "hour cos 2", wave(2, Math.cos)).slice(0, 1),
  ];
}

function categoryColumns(
  posts: readonly Planned[],
  name: string,
  of: (post: Planned) => string | null,
): Column[] {
  const counts = new Map<string, number>();
  for (const post of posts) {
    const value = of(post);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (counts.size < 2) return [];
  return [...counts]
    .filter(([, count]) => count >= fewestOfCategory)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostCategories)
    .map(([value]) => ({ name: `${name} ${value}`, of: (post) => (of(post) === value ? 1 : 0) }));
}

function namesOf(posts: readonly Planned[], part: "numbers" | "categories"): string[] {
  return [...new Set(posts.flatMap((post) => Object.keys(post[part])))].sort();
}
