// Judges captions and hashtags of registry creators' posts: by rules of craft, and by what resonated in the market. The text is read here and
// stays here: only scores leave.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Analysis, AnalysisContext, Row, Warehouse } from "../../core/types.ts";
import { bootstrap } from "../../stats/bootstrap.ts";
import { plainLength } from "./caption.ts";
import { middleHalves, readJudged, readLessons, type TaughtPost, tables, windowDays } from "./captions.ts";
import { topicTest } from "./hashtags.ts";
import { improvementsOf } from "./improvements.ts";
import { leftOver } from "./left-over.ts";
import { type Audience, judgedCaptions } from "./llm.ts";
import { readCaption } from "./resonance.ts";
import { agreements, rubricRows, type SubScores } from "./rubric.ts";
import { qualityOf, type Taught, teach } from "./score.ts";

/** Posts below which a creator's mean is not printed, as for the engagement rate. */
export const minimumPosts = 10;

export const analysis: Analysis = {
  id: "content-quality",
  version: "2.0.0",
  reads: [...tables, "pub_markets", "pub_terms", "pub_brands", "pub_settings", "ref_generic_tags"],
  writes: ["content_quality", "content_rubric", "metrics"],
  async run(context) {
    const { warehouse, run, random, models } = context;
    const posts = await readJudged(warehouse);
    const lessons = await readLessons(warehouse);
    const usual = middleHalves([...lessons.filter(({ recent }) => recent), ...posts]);
    const languages = await marketLanguages(warehouse);
    const isTopic = topicTest(await topicWords(context));
    const generic = new Set((await warehouse.query<{ tag: string }>(genericTags)).map(({ tag }) => tag));
    const taught = new Map(
      [...Map.groupBy(lessons, ({ market }) => market)].map(([market, own]) => [
        market,
        taughtBy(own, random(`content-quality:resonance:${market}`)),
      ]),
    );
    const rows = posts.map((post) => {
      const half = usual.get(post.market) ?? usual.get("all") ?? { low: 1, high: 1 };
      const spoken = languages.get(post.market) ?? [];
      const { overall, craft, resonance, caption, hashtags } = qualityOf(post, {
        usual: half,
        marketLanguages: spoken,
        isTopic,
        generic,
        taught: taught.get(post.market) ?? untaught,
      });
      return {
        edition: run.edition,
        post: post.post_key,
        creator: post.creator,
        market: post.market,
        published_on: post.published_on,
        overall_score: overall,
        craft_score: craft,
        resonance,
        caption_effectiveness: caption.effectiveness,
        caption_length: caption.length,
        caption_call_to_action: caption.callToAction,
        caption_hook: caption.hook,
        caption_language: caption.language,
        caption_readability: caption.readability,
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
    const judged = models
      ? await judgedCaptions(posts, await audiences(warehouse), { models, edition: run.edition })
      : [];
    return {
      content_quality: rows,
      content_rubric: rubricRows(run.edition, judged, minimumPosts),
      metrics: [
        ...(await creatorMetrics(context, rows)),
        ...(await validityMetrics(context, taught, rows[0]?.provenance)),
        ...(await agreementMetrics(context, judged, rows)),
      ],
    };
  },
};

const untaught: Taught = { resonance: null, validity: null, proven: false };

/** Posts with visible counts teach; what is left of them is taken within the market. */
function taughtBy(posts: readonly TaughtPost[], random: () => number): Taught {
  const counted = posts.filter(({ engagement }) => engagement !== null);
  const left = leftOver(counted);
  return teach(
    counted.map((post, i) => ({
      read: readCaption(post),
      left: left[i] as number,
      author: post.author,
      at: post.at ?? i,
    })),
    random,
  );
}

const genericTags = "select distinct lower(tag) as tag from ref_generic_tags order by tag";

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
  const creators = await context.warehouse.query<{ creator: string; market: string }>(
    "select creator, market from pub_creators order by creator",
  );
  const fields = await metricFields(context, windowDays);
  return creators.map(({ creator, market }) => {
    const own = rows.filter((row) => row.creator === creator);
    const scores = own.map((row) => row.overall_score);
    const enough = scores.length >= minimumPosts;
    const interval = enough ? bootstrap(scores, mean, context.random(`content-quality:${creator}`)) : null;
    return fields("content_quality", market, creator, {
      value: enough ? mean(scores) : null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      unit: "points 0-100",
      n: scores.length,
      reason: enough ? null : "too_few",
      provenance: own[0]?.provenance ?? rows[0]?.provenance ?? "observed",
    });
  });
}

/** Whether what a market taught holds for posts it was not learned from. */
async function validityMetrics(
  context: AnalysisContext,
  taught: ReadonlyMap<string, Taught>,
  provenance: Provenance = "observed",
): Promise<Row[]> {
  const fields = await metricFields(context, 180);
  return [...taught].map(([market, { validity, proven }]) =>
    fields("content_resonance_validity", market, "", {
      value: validity?.rho ?? null,
      low: validity?.low ?? null,
      high: validity?.high ?? null,
      text_value: validity === null ? null : proven ? "counts" : "does not count",
      unit: "ratio",
      n: validity?.n ?? 0,
      reason: validity === null ? "too_few" : null,
      provenance,
    }),
  );
}

/** Markets by code, as a model is told of them. */
async function audiences(warehouse: Warehouse): Promise<Map<string, Audience>> {
  const rows = await warehouse.query<{ market: string; name: string; language: string }>(
    "select market, any_value(name) as name, min(language) as language from pub_markets where language <> 'und' group by market",
  );
  return new Map(rows.map(({ market, ...audience }) => [market, audience]));
}

/** How far a model's levels go with the rules; none where no model was asked. */
async function agreementMetrics(
  context: AnalysisContext,
  judged: Parameters<typeof agreements>[0],
  rows: readonly (SubScores & { readonly post: string; readonly provenance: Provenance })[],
): Promise<Row[]> {
  const fields = await metricFields(context, windowDays);
  const scores = new Map(rows.map((row) => [row.post, row]));
  return agreements(judged, (post) => scores.get(post), context.random).map(
    ({ market, entity, n, validity }) =>
      fields("content_rubric_agreement", market, entity, {
        value: validity?.rho ?? null,
        low: validity?.low ?? null,
        high: validity?.high ?? null,
        unit: "ratio",
        n,
        reason: validity !== null ? null : n < 30 ? "too_few" : "not_observable",
        provenance: rows[0]?.provenance ?? "observed",
      }),
  );
}

async function metricFields({ run, previous }: AnalysisContext, days: number) {
  const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
  return (metric: string, market: string, entity: string, row: Row): Row => {
    const id = [metric, market, entity].filter(Boolean).join(":");
    return {
      edition: run.edition,
      metric_id: id,
      metric,
      market,
      entity,
      period_start: new Date(Date.parse(run.until) - days * 86_400_000).toISOString().slice(0, 10),
      period_end: run.week_end,
      text_value: null,
      previous_value: before.get(id) ?? null,
      method_version: analysis.version,
      ...row,
    };
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
