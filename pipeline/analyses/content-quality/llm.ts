// Lets a model judge the latest captions of each registry creator by a rubric. What is sent of a caption is its words, without accounts, links and
// long numbers; what comes back is levels, never text.
import { type ContentQualityAnswer, task } from "../../../prompts/content-quality/answer.ts";
import type { AnsweredBy, Models } from "../../core/types.ts";
import { sendable } from "../../texts/sendable.ts";
import type { CaptionedPost } from "./captions.ts";

/** Latest captions of a creator that are judged: two more than a mean needs, so that one or two unsure ones leave enough. */
export const captionsJudged = 12;

export interface JudgedCaption {
  readonly post: CaptionedPost;
  /** Null when no answer came that holds. */
  readonly answer: ContentQualityAnswer | null;
  readonly by: AnsweredBy | null;
  /** What the same model said of the same words for an earlier edition. */
  readonly before: ContentQualityAnswer | null;
}

export interface Audience {
  readonly name: string;
  readonly language: string;
}

/** One entry for each of a creator's latest captions, creators in order; those of markets that nobody names are left out. */
export async function judgedCaptions(
  posts: readonly CaptionedPost[],
  audiences: ReadonlyMap<string, Audience>,
  { models, edition }: { readonly models: Models; readonly edition: string },
): Promise<JudgedCaption[]> {
  const latest = [...Map.groupBy(posts, ({ creator }) => creator)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => own.toSorted(latestFirst).slice(0, captionsJudged))
    .filter(({ market }) => audiences.has(market));
  const questions = latest.map((post) => {
    const audience = audiences.get(post.market) as Audience;
    return {
      item: `post-${post.post_key}`,
      input: {
        text: sendable(post.text),
        language: post.language,
        market: audience.name,
        market_language: audience.language,
      },
    };
  });
  const found = await models.ask(task, questions);
  const earlier = models.recall(task, questions, { before: edition });
  return latest.map((post, place) => {
    const { answer = null, by = null } = found[place] ?? {};
    const then = earlier[place];
    // An answer that is still reused is no second opinion.
    const isSecond = then?.answer && then.by.model === by?.model && then.by.answered_at !== by?.answered_at;
    return { post, answer, by, before: isSecond ? then.answer : null };
  });
}

const latestFirst = (one: CaptionedPost, other: CaptionedPost): number =>
  one.published_on === other.published_on
    ? one.post_key < other.post_key
      ? -1
      : 1
    : one.published_on < other.published_on
      ? 1
      : -1;
