// Who wrote how many posts of which verdict: authors with equal output counted together, so that intervals can treat an author as one voice.
import type { Row } from "../../core/types.ts";
import type { Cluster } from "../../stats/clustered-shares.ts";

/** Equal authors (or single posts whose author no source names) of a place and time. */
export type AuthorProfile = Row & {
  market: string;
  /** Window, or Monday of the week. */
  span: string;
  /** `de 3 0 1;en 1 0 0`: language, then positive, neutral and negative posts. */
  profile: string;
  authors: number;
};

/** Verdicts of a cluster are counted in this order. */
export const polarities = ["positive", "neutral", "negative"] as const;

/** Profiles by `market span`. */
export function profilesByPlace(rows: readonly AuthorProfile[]): Map<string, AuthorProfile[]> {
  return Map.groupBy(rows, (row) => placeKey(row.market, row.span));
}

export const placeKey = (market: string, span: string): string => `${market} ${span}`;

/** Clusters whose counts are one block of three verdicts for each of the languages, in their order; posts in other languages are left out. */
export function clustersOf(profiles: readonly AuthorProfile[], languages: readonly string[]): Cluster[] {
  return profiles.map(({ profile, authors }) => {
    const counts = new Array<number>(3 * languages.length).fill(0);
    for (const { language, verdicts } of cellsOf(profile)) {
      const block = languages.indexOf(language);
      if (block >= 0) counts.splice(3 * block, 3, ...verdicts);
    }
    return { counts, times: authors };
  });
}

/** Clusters of the three verdicts, whatever the language. */
export function pooledClusters(profiles: readonly AuthorProfile[]): Cluster[] {
  return profiles.map(({ profile, authors }) => {
    const counts = [0, 0, 0];
    for (const { verdicts } of cellsOf(profile))
      for (const [verdict, count] of verdicts.entries())
        counts[verdict] = (counts[verdict] as number) + count;
    return { counts, times: authors };
  });
}

/** Classified posts of each language, most first. */
export function postsByLanguage(profiles: readonly AuthorProfile[]): [language: string, posts: number][] {
  const posts = new Map<string, number>();
  for (const { profile, authors } of profiles)
    for (const { language, verdicts } of cellsOf(profile)) {
      const written = authors * verdicts.reduce((sum, count) => sum + count, 0);
      posts.set(language, (posts.get(language) ?? 0) + written);
    }
  return [...posts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function cellsOf(profile: string): { language: string; verdicts: number[] }[] {
  return profile.split(";").map((cell) => {
    const [language = "", ...counts] = cell.split(" ");
    return { language, verdicts: counts.map(Number) };
  });
}

const LANGUAGE_AND_COUNTS = `language || ${polarities
  .map((polarity) => `' ' || coalesce(sum(posts) filter (where polarity = '${polarity}'), 0)`)
  .join(" || ")}`;

// A post whose author no source names is an author of its own: nothing ties it to another. Posts are counted before they are pooled and laid over
// windows, because most of them share all that matters with others.
const PROFILES = `
  pooled as (
    select * from counted
    union all by name
    select * replace ('all' as market) from counted
    where market in (select market from pub_markets where role = 'target')
  ),
  placed as (
    select c.market, s.span, c.author_key, c.language, c.polarity, c.posts
    from pooled c join spans s using (part)
  ),
  cells as (
    select market, span, author_key, ${LANGUAGE_AND_COUNTS} as cell
    from placed where author_key is not null
    group by market, span, author_key, language
  ),
  authors as (
    select market, span, array_to_string(list_sort(list(cell)), ';') as profile, 1 as authors
    from cells group by market, span, author_key
  ),
  unnamed as (
    select market, span,
      language || ' ' || (polarity = 'positive')::int || ' ' || (polarity = 'neutral')::int || ' ' || (polarity = 'negative')::int as profile,
      posts as authors
    from placed where author_key is null
  )
  select market, span, profile, sum(authors)::int as authors
  from (from authors union all by name from unnamed)
  group by market, span, profile
  order by market, span, profile`;

/**
 * Profiles per market and window of so many days before the run's end (null reaches back to the first post), windows from short to long; `all`
 * pools the target markets.
 */
export function windowProfiles(windows: Readonly<Record<string, number | null>>): string {
  const spans = Object.entries(windows);
  const parts = spans.map(([, days], part) =>
    days === null ? `else ${part}` : `when p.posted_at >= run.until - interval ${days} day then ${part}`,
  );
  // The spans a part belongs to: its own window and every longer one.
  const members = spans.flatMap(([name], reach) =>
    spans.slice(0, reach + 1).map((_, part) => `('${name}', ${part})`),
  );
  return `
  with spans (span, part) as (values ${members.join(", ")}),
  counted as (
    select p.market, p.author_key, coalesce(a.language, 'und') as language, a.polarity, case ${parts.join(" ")} end as part, count(*)::int as posts
    from posts p cross join run join post_annotations a using (text_key)
    where a.polarity is not null and p.posted_at < run.until
    group by all
  ),
  ${PROFILES}`;
}

/** Profiles per market and ISO week, languages put together; `all` pools the target markets. */
export const weekProfiles = `
  with counted as (
    select p.market, p.author_key, 'any' as language, a.polarity, p.week as part, count(*)::int as posts
    from posts p cross join run join post_annotations a using (text_key)
    where a.polarity is not null and p.posted_at < run.until
    group by all
  ),
  spans as (select distinct part::varchar as span, part from counted),
  ${PROFILES}`;
