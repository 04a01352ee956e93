import { expect, test } from "vitest";
import type { Claim } from "./claims.ts";
import { task as contentQuality } from "./content-quality/answer.ts";
import { task as creatorFit } from "./creator-fit/answer.ts";
import { type CulturalFitAnswer, task as culturalFit } from "./cultural-fit/answer.ts";
import { task as editionSummary } from "./edition-summary/answer.ts";
import { task as marketReport } from "./market-report/answer.ts";
import { task as questions } from "./questions/answer.ts";
import { task as sentiment } from "./sentiment/answer.ts";
import { task as themes } from "./themes/answer.ts";
import { task as transcreate } from "./transcreate/answer.ts";
import { task as trendDrivers } from "./trend-drivers/answer.ts";

const claim = (template: string, evidence: string[], rest: Partial<Claim> = {}): Claim => ({
  lead: "",
  template,
  evidence,
  quote: null,
  quote_source: null,
  ...rest,
});
const fact = { id: "sentiment_score:de", says: "Sentiment in Germany: 62 of a hundred", formats: ["ci"] };
const base = { market: "Germany", facts: [fact], knowledge: [], names: [] as string[] };
const steady = claim("Sentiment stands at {sentiment_score:de|ci}.", [fact.id]);

test("sentiment: an aspect stands once, and a label does not contradict every aspect", () => {
  const post = { text: "…", language: "en", market: "Germany" };
  const answer = { label: "positive" as const, irony: false, unsure: false };
  const negative = { aspect: "price" as const, polarity: "negative" as const };
  const positive = { aspect: "scent" as const, polarity: "positive" as const };
  expect(sentiment.check({ ...answer, aspects: [positive, negative] }, post)).toBeNull();
  expect(sentiment.check({ ...answer, aspects: [negative] }, post)).toContain("every aspect is negative");
  expect(sentiment.check({ ...answer, aspects: [positive, positive] }, post)).toContain("twice");
});

test("sentiment: five aspects and a label outside the scheme are no answer", () => {
  const aspects = ["price", "scent", "effect", "texture", "other"].map((aspect) => ({
    aspect,
    polarity: "neutral",
  }));
  const answer = { label: "neutral", irony: false, unsure: false };
  expect(sentiment.answer.safeParse({ ...answer, aspects }).success).toBe(false);
  expect(sentiment.answer.safeParse({ ...answer, aspects: aspects.slice(1) }).success).toBe(true);
  expect(sentiment.answer.safeParse({ ...answer, aspects: [], label: "great" }).success).toBe(false);
});

test("themes: a name is a few words, a description one sentence, and both name only what phrases name", () => {
  const input = {
    market: "Germany",
    language: "de",
    polarity: "negative" as const,
    phrases: [{ phrase: "klebt", posts: "most" as const }],
  };
  const check = (name: string, description: string) => themes.check({ name, description }, input);
  expect(check("Stickiness", "Complaints say that it sticks (“klebt”).")).toBeNull();
  expect(check("It sticks.", "Complaints say that it sticks.")).toContain("not a sentence");
  expect(check("Stickiness", "Complaints say that it sticks. They dislike it.")).toContain("one sentence");
  expect(check("Stickiness", "Complaints about Glowdora say that it sticks.")).toContain("name");
  expect(check("Stickiness of a cream that people of this market use", "It sticks.")).toContain("longer");
});

test("trend-drivers: an event may be cited, but is neither a cause nor a number", () => {
  const input = {
    term: "PDRN",
    market: "Germany",
    facts: [{ ...fact, id: "term_index:de:pdrn" }],
    events: [{ id: "expo", says: "Cosmoprof in Bologna" }],
    co_terms: ["collagen"],
    knowledge: [],
  };
  const check = (template: string, rest: Partial<Claim> = {}) =>
    trendDrivers.check({ claims: [claim(template, ["expo"], rest)] }, input);
  expect(check("The rise of PDRN coincides with Cosmoprof.")).toBeNull();
  expect(check("The rise of PDRN is due to Cosmoprof.")).toContain("cause");
  expect(check("It stands at {expo|0}.")).toContain("format");
  expect(check("It rose.", { quote: "Cosmoprof in Bologna", quote_source: "expo" })).toContain("no passage");
  expect(trendDrivers.check({ claims: [] }, input)).toBeNull();
});

test("content-quality: a caption without words earns nothing above weak", () => {
  const levels = {
    clarity: "absent",
    specificity: "absent",
    authenticity: "absent",
    market_fit: "fair",
  } as const;
  const input = { text: "#glow #skin ✨ 100", language: "en", market: "Germany", market_language: "de" };
  const check = (hook: "good" | "weak", text = input.text) =>
    contentQuality.check({ ...levels, hook, unsure: false }, { ...input, text });
  expect(check("weak")).toBeNull();
  expect(check("good")).toContain("without words");
  expect(check("good", "Why does it pill? #glow")).toBeNull();
  // Thirty thousand tags end at once, too.
  expect(check("good", "#1".repeat(30_000))).toContain("without words");
});

test("creator-fit: a reason accuses nobody, unless a fact uses the word", () => {
  const input = { creator: "Kai Rehm", brief: "", ...base };
  const check = (template: string, says = fact.says) =>
    creatorFit.check(
      { fit: "unclear", reasons: [claim(template, [fact.id])] },
      { ...input, facts: [{ ...fact, says }] },
    );
  expect(check("The account of Kai Rehm shows a jump.")).toBeNull();
  expect(check("Kai Rehm bought followers.")).toContain("accuses");
  expect(check("Kai Rehm has bots among followers.", "Share of bots: 3 %")).toBeNull();
  expect(check("Kai Rehm and Lena Mohn are alike.")).toContain("name");
});

const copy = "Whitening cream for perfect skin, day and night.";
const issue = {
  quote: "perfect skin",
  why: "Many readers take it for an unrealistic promise.",
  knowledge: ["note"],
  severity: "medium" as const,
  suggestion: "calm skin",
};
const fit: CulturalFitAnswer = {
  score: 60,
  issues: [issue],
  tips: [],
  revised: "Moisturising cream for calm skin, day and night.",
  verdict: "revise",
};

test.each<[string | null, Partial<CulturalFitAnswer>]>([
  [null, {}],
  ["does not stand in its source", { issues: [{ ...issue, quote: "perfect hair" }] }],
  ["names no passage", { issues: [{ ...issue, knowledge: [] }] }],
  ["was not sent", { issues: [{ ...issue, knowledge: ["other"] }] }],
  ["one passage twice", { issues: [{ ...issue, knowledge: ["note", "note"] }] }],
  ["speaks of law", { issues: [{ ...issue, why: "This wording is illegal." }] }],
  ["name", { issues: [{ ...issue, why: "Readers prefer Glowdora." }] }],
  ["names no passage", { tips: [{ text: "Name the season.", knowledge: [] }] }],
  ["number", { revised: "Cream for calm skin, 24 hours." }],
  ["name", { revised: "Cream by GlowDora for calm skin." }],
  ["still holds words", { revised: "Whitening cream for calm skin." }],
  ["changes nothing", { revised: copy.replace("Whitening ", "whitening "), issues: [issue] }],
  ["approves a copy with a grave", { verdict: "approve" }],
])("cultural-fit: %s: %j", (complaint, change) => {
  const hit = { rule: "de-whitening", says: "No lightening", quote: "Whitening", severity: "high" as const };
  const input = {
    copy,
    market: "Germany",
    language: "en",
    hits: complaint === "changes nothing" ? [] : [hit],
    knowledge: [{ id: "note", text: "Perfect skin is read as an unrealistic promise." }],
    names: [],
  };
  const said = culturalFit.check({ ...fit, ...change }, input);
  if (complaint === null) expect(said).toBeNull();
  else expect(said).toContain(complaint);
});

test("cultural-fit: a score outside 0 to 100 is no answer", () => {
  for (const score of [-1, 101, 50.5, Number.NaN])
    expect(culturalFit.answer.safeParse({ ...fit, score }).success).toBe(false);
  expect(culturalFit.answer.safeParse(fit).success).toBe(true);
});

test("transcreate: variants differ, keep the source's numbers, and are in the language asked for", () => {
  const input = { copy: "Soft for 24 hours.", market: "Japan", language: "ja", knowledge: [], names: [] };
  const variant = (text: string, back = "Soft for 24 hours.") => ({
    text,
    rationale: "Keeps the promise plain.",
    back_translation: back,
    knowledge: [] as string[],
  });
  const check = (...variants: ReturnType<typeof variant>[]) => transcreate.check({ variants }, input);
  expect(check(variant("24時間しっとり。"), variant("一日中やわらか。"))).toBeNull();
  expect(check(variant("24時間しっとり。"), variant("24時間しっとり。 "))).toContain("the same");
  expect(check(variant("48時間しっとり。"), variant("一日中やわらか。"))).toContain("number");
  expect(check(variant("Soft for long."), variant("一日中やわらか。"))).toContain("language");
  expect(check(variant("24時間しっとり。", "Soft by Glowdora."), variant("一日中。"))).toContain("name");
  expect(check({ ...variant("しっとり。"), knowledge: ["x"] }, variant("一日中。"))).toContain("not sent");
});

test("market-report: one sentence stands in one place", () => {
  const report = { bottom_line: [steady], drivers: [], risks: [], recommendations: [] };
  expect(marketReport.check(report, base)).toBeNull();
  expect(marketReport.check({ ...report, risks: [steady] }, base)).toContain("two places");
});

test("edition-summary: a title is a clause without lead, quote or full stop", () => {
  const input = { markets: ["Germany"], facts: [fact], knowledge: [], names: [] };
  const points = ["One is steady.", "Two is steady.", "Three is steady."].map((each) =>
    claim(each, [fact.id]),
  );
  const check = (title: Claim) => editionSummary.check({ title, points }, input);
  expect(check(claim("Sentiment in Germany is steady", [fact.id]))).toBeNull();
  expect(check(claim("Sentiment in Germany is steady.", [fact.id]))).toContain("full stop");
  expect(check(claim("It is steady", [fact.id], { lead: "News:" }))).toContain("no lead");
  expect(check(claim(`It is ${"very ".repeat(40)}steady`, [fact.id]))).toContain("too long");
});

test("questions: each is one question, asked once", () => {
  const ask = (question: string) => ({ question, answer: [steady] });
  const check = (...asked: string[]) => questions.check({ questions: asked.map(ask) }, base);
  expect(check("Is it warm?", "Is it steady?")).toBeNull();
  expect(check("Is it warm?", "is it warm? ")).toContain("twice");
  expect(check("It is warm.")).toContain("question mark");
  expect(check("Is it warmer than Glowdora?")).toContain("name");
  expect(check("Did half of them complain?")).toContain("number in words");
});
