// What to change, in plain words: one instruction per rule the post breaks, the costliest first.
import type { CaptionScores, MiddleHalf } from "./caption.ts";
import { fewestTags, type HashtagScores, mostTags } from "./hashtags.ts";

export interface Judged {
  readonly caption: CaptionScores;
  readonly hashtags: HashtagScores;
  readonly length: number;
  readonly usual: MiddleHalf;
  readonly tags: number;
  readonly language: string;
  readonly marketLanguages: readonly string[];
}

/** A part under this many points gets an instruction; ease of reading, where 60 is plain and 30 difficult, under half of it. */
export const improvable = 60;

export function improvementsOf(post: Judged): string[] {
  const { caption, hashtags } = post;
  const broken: { points: number; words: string }[] = [
    {
      points: caption.language ?? 100,
      words: `Write in ${listed(post.marketLanguages.map(languageName))}, the language of the market.`,
    },
    { points: caption.callToAction, words: "Ask the reader to do something: save, comment, tag, tell." },
    { points: caption.hook, words: "Open with a question or one short sentence." },
    { points: caption.length, words: lengthWords(post) },
    { points: 2 * (caption.readability ?? 100), words: "Write shorter sentences and plainer words." },
    {
      points: hashtags.count,
      words:
        post.tags < fewestTags
          ? `Use at least ${fewestTags} hashtags.`
          : `Keep to ${mostTags} hashtags or fewer.`,
    },
    {
      points: post.tags === 0 ? 100 : hashtags.topic,
      words: "Name the product, ingredient or brand in the hashtags.",
    },
    {
      points: post.tags === 0 ? 100 : hashtags.generic,
      words: "Drop hashtags that fit any picture, such as #love or #instagood.",
    },
  ];
  return broken
    .filter(({ points }) => points < improvable)
    .sort((a, b) => a.points - b.points)
    .map(({ words }) => words);
}

const lengthWords = ({ length, usual }: Judged): string =>
  length < usual.low
    ? `Write more: the middle half of captions in the market has ${Math.round(usual.low)} to ${Math.round(usual.high)} characters.`
    : `Write less: the middle half of captions in the market has ${Math.round(usual.low)} to ${Math.round(usual.high)} characters.`;

const names = new Intl.DisplayNames(["en"], { type: "language" });
const languageName = (code: string): string => names.of(code) ?? code;
const listed = (words: readonly string[]): string =>
  new Intl.ListFormat("en", { type: "disjunction" }).format(words);
