// One post's quality: rules of craft, and, where a market's posts prove it, what resonated there.
import { type CaptionScores, captionScores, type MiddleHalf } from "./caption.ts";
import { type HashtagScores, hashtagScores } from "./hashtags.ts";
import {
  learnedWiden,
  learnResonance,
  type Read,
  type Resonance,
  readCaption,
  unseenResonance,
  type Validity,
  validityOf,
} from "./resonance.ts";

/** SPEC c.2 weighs visual 0.4, caption 0.3 and hashtags 0.3; the visual part is not judged, so the other two share the whole. */
export const partWeights = { caption: 0.3, hashtag: 0.3 };
/** Craft and resonance count half each; craft counts alone where resonance has not been proven. */
export const resonanceWeight = 0.5;

export interface Rules {
  readonly usual: MiddleHalf;
  readonly marketLanguages: readonly string[];
  isTopic(tag: string): boolean;
  readonly generic: ReadonlySet<string>;
  readonly taught: Taught;
}

/** What a market's posts taught, and whether it holds for posts it was not learned from. */
export interface Taught {
  readonly resonance: Resonance | null;
  readonly validity: Validity | null;
  /** The whole interval of Spearman's ρ lies above 0. */
  readonly proven: boolean;
}

export interface Quality {
  readonly overall: number;
  readonly craft: number;
  /** Null where it was not proven: nothing is printed that did not hold. */
  readonly resonance: number | null;
  readonly caption: CaptionScores;
  readonly hashtags: HashtagScores;
}

export interface Judged {
  readonly text: string;
  readonly language: string;
  readonly tags: readonly string[];
}

export function qualityOf(post: Judged, rules: Rules): Quality {
  const caption = captionScores(post.text, post.language, rules.marketLanguages, rules.usual);
  const hashtags = hashtagScores(post.tags, rules.isTopic, rules.generic);
  const craft = craftScore(caption.effectiveness, hashtags.relevance);
  const { resonance, proven } = rules.taught;
  const place = resonance && proven ? resonance.score(readCaption(post)) : null;
  return {
    overall: place === null ? craft : (1 - resonanceWeight) * craft + resonanceWeight * place,
    craft,
    resonance: place,
    caption,
    hashtags,
  };
}

/** Weighted mean of the two parts that are judged. */
export function craftScore(caption: number, hashtag: number): number {
  const { caption: c, hashtag: h } = partWeights;
  return (c * caption + h * hashtag) / (c + h);
}

export interface Lesson {
  readonly read: Read;
  readonly left: number;
  readonly author: string | null;
  /** Order of publication. */
  readonly at: number;
}

/** Learns from posts, and asks posts of authors it did not learn from whether it holds. */
export function teach(lessons: readonly Lesson[], random: () => number): Taught {
  const captions = lessons.map(({ read }) => read);
  const left = lessons.map((lesson) => lesson.left);
  const resonance = learnResonance(captions, left);
  if (resonance === null) return { resonance, validity: null, proven: false };
  const unseen = unseenResonance(
    captions,
    left,
    lessons.map(({ author }) => author),
    lessons.map(({ at }) => at),
  );
  const judged = unseen.flatMap((score, i) =>
    score === null ? [] : [{ score, lesson: lessons[i] as Lesson, i }],
  );
  const validity = validityOf(
    judged.map(({ score }) => score),
    judged.map(({ lesson }) => lesson.left),
    judged.map(({ lesson, i }) => lesson.author ?? `post ${i}`),
    random,
    learnedWiden,
  );
  return { resonance, validity, proven: validity !== null && validity.low > 0 };
}
