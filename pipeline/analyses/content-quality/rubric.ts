// What a model's levels say of a creator, and how far they go with the rules of craft.
import { rubricCriteria, rubricLevels } from "../../../data/contract/datasets/content_rubric.ts";
import { type ContentQualityAnswer, task } from "../../../prompts/content-quality/answer.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { JudgedCaption } from "./llm.ts";
import { type Validity, validityOf } from "./resonance.ts";

type Criterion = (typeof rubricCriteria)[number];
type Level = (typeof rubricLevels)[number];
type Answered = JudgedCaption & {
  readonly answer: ContentQualityAnswer;
  readonly by: NonNullable<JudgedCaption["by"]>;
};

/** Rows of `content_rubric`: five for each creator of whom a model judged a caption. Captions below `fewest` have counts and no level. */
export function rubricRows(edition: string, judged: readonly JudgedCaption[], fewest: number) {
  return [...Map.groupBy(judged, ({ post }) => post.creator).values()].flatMap((asked) => {
    const answered = ofOneModel(asked);
    const last = answered
      .map(({ by }) => by.answered_at)
      .sort()
      .at(-1);
    const [first] = answered;
    if (!first || !last) return [];
    const sure = answered.filter(({ answer }) => !answer.unsure);
    return rubricCriteria.map((criterion) => ({
      edition,
      creator: first.post.creator,
      market: first.post.market,
      criterion,
      asked: asked.length,
      posts: sure.length,
      unsure: answered.length - sure.length,
      ...levelsOf(criterion, sure, fewest),
      ...againOf(criterion, sure),
      model: first.by.model,
      prompt_version: `${task.id} ${first.by.prompt_version}`,
      answered_on: last.slice(0, 10),
      reason: sure.length < fewest ? ("too_few" as const) : null,
      provenance: weakestProvenance(asked.map(({ post }) => post)),
    }));
  });
}

/** The answers of the model that gave most of them: two models on one scale would be two scales. */
function ofOneModel(judged: readonly JudgedCaption[]): Answered[] {
  const answered = judged.filter((one): one is Answered => one.answer !== null && one.by !== null);
  const [most] = [...Map.groupBy(answered, ({ by }) => `${by.model} ${by.prompt_version}`)].sort(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  );
  return most?.[1] ?? [];
}

function levelsOf(criterion: Criterion, sure: readonly Answered[], fewest: number) {
  const places = sure.map(({ answer }) => rubricLevels.indexOf(answer[criterion])).sort((a, b) => a - b);
  const at = (share: number): Level | null =>
    places.length < fewest
      ? null
      : (rubricLevels[places[Math.ceil(share * places.length) - 1] as number] as Level);
  const counts = rubricLevels.map((level, place) => [level, places.filter((each) => each === place).length]);
  return {
    ...(Object.fromEntries(counts) as Record<Level, number>),
    ...{ median_level: at(0.5), low_level: at(0.25), high_level: at(0.75) },
  };
}

/** How the same model's answers of earlier editions to the same captions differ from these. */
function againOf(criterion: Criterion, sure: readonly Answered[]) {
  const steps = sure.flatMap(({ answer, before }) =>
    before && !before.unsure
      ? [Math.abs(rubricLevels.indexOf(answer[criterion]) - rubricLevels.indexOf(before[criterion]))]
      : [],
  );
  return {
    judged_before: steps.length,
    same_before: steps.filter((each) => each === 0).length,
    steps_before: steps.length === 0 ? null : steps.reduce((sum, each) => sum + each, 0) / steps.length,
  };
}

/** Offline sub-scores of one caption, as in `content_quality`. */
export interface SubScores {
  readonly caption_effectiveness: number;
  readonly caption_hook: number;
  readonly caption_readability: number | null;
  readonly caption_language: number | null;
}

const nearest: Readonly<Record<string, keyof SubScores>> = {
  overall: "caption_effectiveness",
  hook: "caption_hook",
  clarity: "caption_readability",
  market_fit: "caption_language",
};

export interface Agreement {
  readonly market: string;
  /** `overall` or a criterion. */
  readonly entity: string;
  /** Captions with both. */
  readonly n: number;
  /** Null under thirty captions, or where one of the two is the same for all. */
  readonly validity: Validity | null;
}

/** Spearman's ρ of level and nearest sub-score in each market, over captions that the market's most heard model was sure of. */
export function agreements(
  judged: readonly JudgedCaption[],
  scoresOf: (post: string) => SubScores | undefined,
  random: (label: string) => () => number,
): Agreement[] {
  return [...Map.groupBy(judged, ({ post }) => post.market)].flatMap(([market, own]) => {
    const sure = ofOneModel(own).filter(({ answer }) => !answer.unsure);
    if (sure.length === 0) return [];
    return Object.entries(nearest).map(([entity, column]) => {
      const pairs = sure.flatMap(({ post, answer }) => {
        const score = scoresOf(post.post_key)?.[column] ?? null;
        return score === null ? [] : [{ score, level: levelOf(entity, answer), post: post.post_key }];
      });
      const validity = validityOf(
        pairs.map(({ level }) => level),
        pairs.map(({ score }) => score),
        pairs.map(({ post }) => post),
        random(`content-rubric:${market}:${entity}`),
      );
      return { market, entity, n: pairs.length, validity };
    });
  });
}

function levelOf(entity: string, answer: ContentQualityAnswer): number {
  const of = (criterion: Criterion) => rubricLevels.indexOf(answer[criterion]);
  return entity === "overall"
    ? rubricCriteria.reduce((sum, criterion) => sum + of(criterion), 0) / rubricCriteria.length
    : of(entity as Criterion);
}
