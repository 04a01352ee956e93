// The language of a caption and how sure we are. Script first, then n-grams (eld), because captions are short and full of tags.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { eld } from "eld/medium";
import { commonWords } from "./common-words.ts";

export interface Language {
  /** ISO 639-1; `und` where the text does not tell. */
  readonly language: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Languages that n-grams choose among: the six we read, and those that posts beside them are written in, so that "other" is an answer. */
const candidates = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "da", "cs", "ro", "hu", "vi"];

let ready: ReturnType<(typeof eld)["newInstance"]> | null = null;

/** Two megabytes of n-grams, read by the first caption that needs them: most commands never do. */
function detector() {
  if (ready) return ready;
  const found = createRequire(import.meta.url)(fileURLToPath(import.meta.resolve("eld/medium"))) as {
    eld: typeof eld;
  };
  ready = found.eld.newInstance();
  ready.setLanguageSubset(candidates);
  return ready;
}

/** Scripts that one language of the web owns by far. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Thai}/gu, "th"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Hebrew}/gu, "he"],
  [/\p{Script=Devanagari}/gu, "hi"],
  [/[іїєґ]/giu, "uk"],
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/[پچژگ]/gu, "fa"],
  [/\p{Script=Arabic}/gu, "ar"],
];

const unknown: Language = { language: "und", confidence: 0 };

/** Detects the language of a raw caption. Hashtags alone, or fewer than three letters, say nothing. */
export function languageOf(caption: string): Language {
  const prose = proseOf(caption);
  const hangul = count(prose, /[\uac00-\ud7a3]/g);
  const kana = count(prose, /[\u3041-\u3096\u30a1-\u30fa]/g);
  const han = count(prose, /[\u3400-\u9fff々]/g);
  const latin = count(prose, /[a-z\u00c0-\u024f\u1e00-\u1eff]/gi);
  // A syllable or a kanji says what two Latin letters say, so a Korean caption may carry an English product name.
  if (hangul >= 2 && 2 * hangul >= latin && hangul >= kana) return sure("ko", 2 * hangul, latin);
  if (kana >= 2 && 2 * (kana + han) >= latin) return sure("ja", 2 * (kana + han), latin);
  if (han >= 2 && 2 * han >= latin) return hanLanguage(prose);
  if (latin >= 3 && latin >= 0.3 * count(prose, /\p{L}/gu)) return latinLanguage(prose);
  const other = otherScript(prose);
  return other === unknown ? sentenceInTags(caption) : other;
}

/** #ich #will #heute #nicht: a sentence with a sign before each word. Topics are no sentence, so only small words count. */
function sentenceInTags(caption: string): Language {
  const tagged = caption.slice(0, 1_000).match(tag) ?? [];
  if (tagged.length < 4) return unknown;
  let first = 0;
  let second = 0;
  let language = "und";
  for (const [code, count] of votesOf(tagged.join(" ").replaceAll("#", ""))) {
    if (count > first) {
      second = first;
      first = count;
      language = code;
    } else if (count > second) second = count;
  }
  return first >= 3 && second <= first / 2 ? { language, confidence: 0.6 } : unknown;
}
const tag = /#[\p{L}\p{M}]+/gu;

/** The caption without URLs, addresses, @names, #tags, numbers and emoji; its first characters are enough to tell a language. */
export function proseOf(caption: string, characters = 200): string {
  return caption
    .slice(0, characters + 800)
    .replace(noise, " ")
    .slice(0, characters)
    .replace(pictures, " ");
}

const noise =
  /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+|[@#＠＃][\p{L}\p{N}\p{M}_.]+|(?<![\p{L}\p{N}])(?:https?|rt|via|&(?:amp|lt|gt|quot);)(?![\p{L}\p{N}])/giu;
const pictures = /[\p{Extended_Pictographic}\p{N}]/gu;

function count(text: string, pattern: RegExp): number {
  pattern.lastIndex = 0;
  let found = 0;
  while (pattern.test(text)) found++;
  return found;
}

function sure(language: string, own: number, foreign: number): Language {
  return { language, confidence: round(own / (own + foreign)) };
}

/** Kanji without kana: simplified or everyday Chinese characters mean Chinese, forms made in Japan mean Japanese. */
function hanLanguage(prose: string): Language {
  if (/[们这为来时会个对见说谁让给还过发爱护肤红头脸觉买卖的是了吗呢妳們這個還嗎說會]/u.test(prose))
    return { language: "zh", confidence: 0.9 };
  if (/[気対単円楽薬変発読売駅歯桜匂込働応実験国図団広残帰戻円黒糸潤沢検乾燥肌購入々]/u.test(prose))
    return { language: "ja", confidence: 0.7 };
  return unknown;
}

function otherScript(prose: string): Language {
  let best: Language = unknown;
  let most = 2;
  for (const [pattern, language] of scripts) {
    const letters = count(prose, pattern);
    const enough = language === "uk" || language === "fa" ? letters >= 1 && best === unknown : letters > most;
    if (enough) {
      best = { language, confidence: 0.9 };
      most = Math.max(most, language === "uk" || language === "fa" ? 10_000 : letters);
    }
  }
  return best;
}

/** A post that a market's collectors bring is likelier in a language of a market than in a neighbour's; it tips what is in doubt, no more. */
const readLanguages = new Set(["en", "de", "fr", "es"]);
const expected = 0.06;

function latinLanguage(prose: string): Language {
  const votes = votesOf(prose);
  const decided = decidedBy(votes);
  if (decided) return decided;
  let first = 0;
  let second = 0;
  let language = "und";
  for (const [code, score] of Object.entries(detector().detect(prose).getScores())) {
    const total =
      score + Math.min(0.24, 0.04 * (votes.get(code) ?? 0)) + (readLanguages.has(code) ? expected : 0);
    if (total > first) {
      second = first;
      first = total;
      language = code;
    } else if (total > second) second = total;
  }
  const confidence = round(Math.min(1, 0.5 + 2.5 * (first - second)));
  // A single foreign word is as likely a product's name as a language.
  return confidence < 0.52 ? unknown : { language, confidence };
}

/** Small words of each language in the caption: they give it away where n-grams of two or three words cannot. */
function votesOf(prose: string): Map<string, number> {
  const votes = new Map<string, number>();
  for (const word of prose.toLowerCase().match(latinWord) ?? []) {
    const languages = commonWords.get(word);
    if (languages) for (const language of languages) votes.set(language, (votes.get(language) ?? 0) + 1);
  }
  return votes;
}

const latinWord = /[a-z\u00c0-\u024f]+/g;

/** Five small words, and no other language with half as many, need no n-grams: that is most captions, and ten times as fast. */
function decidedBy(votes: ReadonlyMap<string, number>): Language | null {
  let first = 0;
  let second = 0;
  let language = "";
  for (const [code, count] of votes) {
    if (count > first) {
      second = first;
      first = count;
      language = code;
    } else if (count > second) second = count;
  }
  return first >= 5 && second <= first / 2 ? { language, confidence: round(1 - second / (2 * first)) } : null;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
