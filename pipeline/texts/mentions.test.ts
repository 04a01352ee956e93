// A spelling names its term wherever readers would say it does, and nowhere else.
import { expect, test } from "vitest";
import { lineOf } from "./line.ts";
import { mentionFinder } from "./mentions.ts";

const term = (id: string, language: string, variants: string[], not: string[] = []) =>
  variants.map((variant) => ({ term: id, language, variant, not }));

const find = mentionFinder(
  [
    ...term("serum", "en", ["serum"]),
    ...term("serum", "de", ["serum", "seren"]),
    ...term("serum", "fr", ["sérum"]),
    ...term("serum", "ja", ["美容液"]),
    ...term("serum", "ko", ["세럼"]),
    ...term("glass-skin", "en", ["glass skin"]),
    ...term("glass-skin", "ko", ["글래스 스킨"]),
    ...term("cream", "en", ["cream"], ["ice cream"]),
    ...term("cream", "ko", ["크림"], ["아이스크림"]),
    ...term("lip", "ja", ["リップ"]),
    ...term("vitamin-c", "ko", ["비타민c"]),
    ...term("toner", "en", ["toner"], ["toner pads"]),
    ...term("toner-pads", "en", ["toner pads"]),
  ],
  [
    { brand: "aurelle", variant: "aurelle" },
    { brand: "aurelle", variant: "오렐르" },
    { brand: "dr-lune", variant: "dr. lune+" },
    { brand: "cream-co", variant: "cream co" },
  ],
);
const terms = (text: string) => find(lineOf(text), "en").terms;
const brands = (text: string) => find(lineOf(text), "en").brands;

test("a tag without spaces names the term", () => {
  expect(terms("new in #GlassSkin")).toEqual(["glass-skin"]);
  expect(terms("#glass_skin")).toEqual(["glass-skin"]);
  expect(terms("#glassskinroutine")).toEqual([]);
});

test("세럼을 counts as 세럼: particles attach", () => {
  expect(terms("이 세럼을 발랐어요")).toEqual(["serum"]);
  expect(terms("#수분세럼추천")).toEqual(["serum"]);
});

test("where words have spaces, a part of a word is not the word", () => {
  expect(terms("serumology is no creamery")).toEqual([]);
  expect(terms("serum, cream!")).toEqual(["cream", "serum"]);
});

test("accents, case, width and a plural s do not matter", () => {
  expect(terms("SÉRUM")).toEqual(["serum"]);
  expect(terms("ｓｅｒｕｍ")).toEqual(["serum"]);
  expect(terms("two creams")).toEqual(["cream"]);
});

test("a phrase that means something else does not count", () => {
  expect(terms("ice cream in the sun")).toEqual([]);
  expect(terms("아이스크림 먹고")).toEqual([]);
  expect(terms("ice cream, then face cream")).toEqual(["cream"]);
});

test("the longest spelling wins", () => {
  expect(terms("my toner pads")).toEqual(["toner-pads"]);
  expect(terms("my toner, my pads")).toEqual(["toner"]);
});

test("beside Hangul writers space as they like", () => {
  expect(terms("비타민 C 앰플")).toEqual(["vitamin-c"]);
  expect(terms("비타민C앰플")).toEqual(["vitamin-c"]);
  expect(terms("글래스스킨")).toEqual(["glass-skin"]);
});

test("クリップ is no リップ: a short foreign word starts where a foreign word starts", () => {
  expect(terms("新しいクリップ")).toEqual([]);
  expect(terms("新しいリップを買った")).toEqual(["lip"]);
});

test("a brand is named in words, in tags, as an account and with its marks", () => {
  expect(brands("Aurelle's new line")).toEqual(["aurelle"]);
  expect(brands("thanks @aurelle_official")).toEqual(["aurelle"]);
  expect(brands("오렐르는 처음")).toEqual(["aurelle"]);
  expect(brands("Dr.Lune+ and dr lune")).toEqual(["dr-lune"]);
  expect(find(lineOf("Cream Co opened"), "en")).toMatchObject({ brands: ["cream-co"], terms: [] });
});

test("links and e-mail addresses name nothing", () => {
  expect(terms("https://shop.example/serum?x=cream www.serum.example")).toEqual([]);
  expect(brands("write to aurelle@mail.example")).toEqual([]);
});

test("a spelling that several languages share counts for the post's language", () => {
  expect(find(lineOf("das serum"), "de").variants).toEqual(["serum|de|serum"]);
  expect(find(lineOf("le serum"), "fr").variants).toEqual(["serum|fr|sérum"]);
  expect(find(lineOf("#serum"), "und").variants).toEqual(["serum|en|serum"]);
});

test("a text asked about twice gets the same answer, whatever was asked in between", () => {
  const before = find(lineOf("serum and cream"), "en");
  find(lineOf("글래스 스킨 ".repeat(2_000)), "ko");
  expect(find(lineOf("serum and cream"), "en")).toEqual(before);
});
