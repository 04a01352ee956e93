// Judges captions and hashtags of registry creators' posts by rules of craft. The text is read here and stays here: only scores leave.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Analysis, AnalysisContext, Row, Warehouse } from "../../core/types.ts";
import { bootstrap } from "../../stats/bootstrap.ts";
import { captionScores, type MiddleHalf, plainLength } from "./caption.ts";
import { hashtagScores, topicTest } from "./hashtags.ts";
import { improvementsOf } from "./improvements.ts";

export const windowDays = 60;
/** SPEC c.2 weighs visual 0.4, caption 0.3 and hashtags 0.3; the visual part is not judged, so the other two share the whole. */
export const partWeights = { caption: 0.3, hashtag: 0.3 };
/** Captions below which a market's lengths are pooled with those of all markets. */
export const minimumCaptions = 30;
/** Posts below which a creator's mean is not printed, as for the engagement rate. */
export const minimumPosts = 10;

export const analysis: Analysis = {
  id: "content-quality",
  version: "1.0.0",
  reads: [
    "run",
    "posts",
    "int_texts",
    "post_annotations",
    "post_hashtags",
    "pub_creators",
    "pub_markets",
    "pub_terms",
    "pub_brands",
    "pub_settings",
    "ref_generic_tags",
  ],
  writes: ["content_quality", "metrics"],
  async run(context) {
    const { warehouse, run } = context;
    const posts = await warehouse.query<CaptionedPost>(captionedPosts);
    const usual = await middleHalves(warehouse);
    const languages = await marketLanguages(warehouse);
    const isTopic = topicTest(await topicWords(context));
    const generic = new Set((await warehouse.query<{ tag: string }>(genericTags)).map(({ tag }) => tag));
    const rows = posts.map((post) => {
      const half = usual.get(post.market) ?? usual.get("all") ?? { low: 1, high: 1 };
      const spoken = languages.get(post.market) ?? [];
      const caption = captionScores(post.text, post.language, spoken, half);
      const hashtags = hashtagScores(post.tags, isTopic, generic);
      return {
        edition: run.edition,
        post: post.post_key,
        creator: post.creator,
        market: post.market,
        published_on: post.published_on,
        overall_score: overallScore(caption.effectiveness, hashtags.relevance),
        caption_effectiveness: caption.effectiveness,
        caption_length: caption.length,
        caption_call_to_action: caption.callToAction,
        caption_hook: caption.hook,
        caption_language: caption.language,
        hashtag_relevance: hashtags.relevance,
        hashtag_count: hashtags.count,
        hashtag_topic: hashtags.topic,
        hashtag_generic: hashtags.generic,
        visual_quality: null,
        estimated_reach: null,
        improvements: improvementsOf({
          caption,
          hashtags,
          length: plainLength(post.text),
          usual: half,
          tags: post.tags.length,
          language: post.language,
          marketLanguages: spoken,
        }),
        provenance: post.provenance,
      };
    });
    return { content_quality: rows, metrics: await creatorMetrics(context, rows) };
  },
};

/** Weighted mean of the two parts that are judged. */
export function overallScore(caption: number, hashtag: number): number {
  const { caption: c, hashtag: h } = partWeights;
  return (c * caption + h * hashtag) / (c + h);
}

type CaptionedPost = Row & {
  post_key: string;
  creator: string;
  market: string;
  published_on: string;
  text: string;
  language: string;
  tags: string[];
  provenance: Provenance;
};

// The creator's market, not that of the hashtag under which the post was first seen: captions are held to the audience they are written for.
const captionedPosts = `
  with recent as (
    select p.post_key, p.creator, c.market, p.posted_at::date as published_on, t.text, p.text_key, p.provenance
    from posts p
    join int_texts t using (text_key)
    join pub_creators c using (creator)
    cross join run r
    where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day
  ),
  tags as (
    select post_key, list(tag order by tag) as tags from post_hashtags semi join recent using (post_key) group by post_key
  )
  select r.post_key, r.creator, r.market, r.published_on, r.text, r.provenance,
    coalesce(a.language, 'und') as language, coalesce(t.tags, []) as tags
  from recent r
  left join post_annotations a using (text_key)
  left join tags t using (post_key)
  order by r.post_key`;

const genericTags = "select distinct lower(tag) as tag from ref_generic_tags order by tag";

/** First and third quartile of caption length per market; under 30 captions a market falls back on `all`. */
async function middleHalves(warehouse: Warehouse): Promise<Map<string, MiddleHalf>> {
  const rows = await warehouse.query<{ market: string; low: number; high: number }>(`
    with captions as (
      select p.market, length(trim(regexp_replace(regexp_replace(regexp_replace(
        t.text, 'https?://\\S+', ' ', 'g'), '[#＃][\\p{L}\\p{M}\\p{N}_]+', ' ', 'g'), '[ \\t]+', ' ', 'g'))) as length
      from posts p
      join int_texts t using (text_key)
      cross join run r
      where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day
    )
    select coalesce(market, 'all') as market, quantile_cont(length, 0.25)::double as low, quantile_cont(length, 0.75)::double as high
    from captions
    where length > 0
    group by grouping sets ((market), ())
    having count(*) >= ${minimumCaptions} or market is null
    order by market`);
  return new Map(
    rows.map(({ market, low, high }) => [market, { low: Math.max(1, low), high: Math.max(1, high) }]),
  );
}

async function marketLanguages(warehouse: Warehouse): Promise<Map<string, string[]>> {
  const rows = await warehouse.query<{ market: string; language: string }>(
    "select distinct market, language from pub_markets where language <> 'und' order by market, language",
  );
  const languages = new Map<string, string[]>();
  for (const { market, language } of rows)
    languages.set(market, [...(languages.get(market) ?? []), language]);
  return languages;
}

/** What the publication is about: its terms, brands, category and the tags it collects. */
async function topicWords({ warehouse, publication }: AnalysisContext): Promise<string[]> {
  const rows = await warehouse.query<{ word: string }>(`
    select variant as word from pub_terms
    union select title from pub_terms
    union select variant from pub_brands
    union select title from pub_brands
    union select category from pub_settings
    order by word`);
  const collected = Object.values((publication["hashtags"] ?? {}) as Record<string, string[]>).flat();
  return [...rows.map(({ word }) => word), ...collected];
}

interface Scored {
  readonly creator: string;
  readonly overall_score: number;
  readonly provenance: Provenance;
}

async function creatorMetrics(context: AnalysisContext, rows: readonly Scored[]): Promise<Row[]> {
  const { warehouse, run } = context;
  const before = new Map((await context.previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
  const creators = await warehouse.query<{ creator: string; market: string; start: string }>(
    `select creator, market, (r.until - interval ${windowDays} day)::date as start from pub_creators cross join run r order by creator`,
  );
  return creators.map(({ creator, market, start }) => {
    const own = rows.filter((row) => row.creator === creator);
    const scores = own.map((row) => row.overall_score);
    const enough = scores.length >= minimumPosts;
    const interval = enough ? bootstrap(scores, mean, context.random(`content-quality:${creator}`)) : null;
    const id = `content_quality:${market}:${creator}`;
    return {
      edition: run.edition,
      metric_id: id,
      metric: "content_quality",
      market,
      entity: creator,
      period_start: start,
      period_end: run.week_end,
      value: enough ? mean(scores) : null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      text_value: null,
      unit: "points 0-100",
      n: scores.length,
      previous_value: before.get(id) ?? null,
      reason: enough ? null : "too_few",
      method_version: analysis.version,
      provenance: own[0]?.provenance ?? rows[0]?.provenance ?? "observed",
    };
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
