// Judges posts by what was learned from others, the way the analysis judges a creator's posts by those of everybody else.
import { readFileSync } from "node:fs";
import path from "node:path";
import { type MiddleHalf, plainLength } from "../../analyses/content-quality/caption.ts";
import { readCaption } from "../../analyses/content-quality/resonance.ts";
import { type Judged, type Quality, qualityOf, teach } from "../../analyses/content-quality/score.ts";
import { quantile } from "../../stats/quantile.ts";
import { languageOf } from "../../texts/language.ts";

export interface Written {
  readonly text: string;
  /** Hashtags of a column of their own, as they stand there. */
  readonly stated: string;
  readonly author: string | null;
  readonly at: number;
  readonly left: number;
}

export interface JudgedPost {
  readonly post: Written;
  readonly place: number;
  readonly quality: Quality;
}

/** The parts a reader sees, from the whole to the smallest. */
export const parts: readonly { readonly name: string; of(quality: Quality): number | null }[] = [
  { name: "overall", of: ({ overall }) => overall },
  { name: "craft", of: ({ craft }) => craft },
  { name: "resonance", of: ({ resonance }) => resonance },
  { name: "caption: length", of: ({ caption }) => caption.length },
  { name: "caption: ease of reading", of: ({ caption }) => caption.readability },
  { name: "caption: call to action", of: ({ caption }) => caption.callToAction },
  { name: "caption: hook", of: ({ caption }) => caption.hook },
  { name: "hashtags: count", of: ({ hashtags }) => hashtags.count },
  { name: "hashtags: not generic", of: ({ hashtags }) => hashtags.generic },
];

/** By authors in five folds from ten authors on, else the later half of the posts in five steps forward. */
export function judgeUnseen(
  posts: readonly Written[],
  language: string | undefined,
  random: (label: string) => () => number,
): JudgedPost[] {
  const judged = posts.map((post): Judged => captionOf(post, language));
  const read = judged.map(readCaption);
  return splitsOf(posts).flatMap(({ fitted, held }, fold) => {
    const taught = teach(
      fitted.map((i) => ({ ...(posts[i] as Written), read: read[i] as (typeof read)[number] })),
      random(`content-quality:${fold}`),
    );
    const spoken = [...new Set(fitted.map((i) => (judged[i] as Judged).language))].filter(
      (code) => code !== "und",
    );
    const rules = {
      usual: middleHalf(fitted.map((i) => (judged[i] as Judged).text)),
      marketLanguages: language ? [language] : spoken,
      isTopic: () => false,
      generic: genericTags(),
      taught,
    };
    return held.map((i) => ({
      post: posts[i] as Written,
      place: i,
      quality: qualityOf(judged[i] as Judged, rules),
    }));
  });
}

function captionOf({ text, stated }: Written, language: string | undefined): Judged {
  const inText = (text.match(/[#＃][\p{L}\p{M}\p{N}_]+/gu) ?? []).map((tag) => tag.slice(1));
  const named = stated === "[none]" ? [] : stated.split(/[#|,;\s]+/).filter(Boolean);
  return {
    text,
    language: language ?? languageOf(text).language,
    tags: [...new Set([...named, ...inText].map((tag) => tag.toLowerCase()))],
  };
}

function splitsOf(posts: readonly Written[]): { fitted: number[]; held: number[] }[] {
  const all = posts.map((_, i) => i);
  const authors = [...new Set(posts.flatMap(({ author }) => author ?? []))].sort();
  if (authors.length >= 10) {
    const fold = new Map(authors.map((author, i) => [author, i % 5]));
    const foldOf = (i: number) => fold.get(posts[i]?.author ?? "") ?? i % 5;
    return [0, 1, 2, 3, 4].map((id) => ({
      fitted: all.filter((i) => foldOf(i) !== id),
      held: all.filter((i) => foldOf(i) === id),
    }));
  }
  const order = all.toSorted((a, b) => (posts[a] as Written).at - (posts[b] as Written).at || a - b);
  const start = Math.floor(order.length / 2);
  const step = Math.max(1, Math.ceil((order.length - start) / 5));
  return [0, 1, 2, 3, 4]
    .map((part) => ({
      fitted: order.slice(0, start + part * step),
      held: order.slice(start + part * step, start + (part + 1) * step),
    }))
    .filter(({ held }) => held.length > 0);
}

function middleHalf(texts: readonly string[]): MiddleHalf {
  const lengths = texts.map(plainLength).filter((length) => length > 0);
  if (lengths.length === 0) return { low: 1, high: 1 };
  return { low: Math.max(1, quantile(lengths, 0.25)), high: Math.max(1, quantile(lengths, 0.75)) };
}

function genericTags(): ReadonlySet<string> {
  const file = path.resolve(import.meta.dirname, "../../../data/reference/generic_tags.csv");
  return new Set(
    readFileSync(file, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => (line.split(",")[0] ?? "").toLowerCase())
      .filter(Boolean),
  );
}
