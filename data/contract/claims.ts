// What a claims rule is: the files in data/reference/claims, and the rule book that the pipeline and the browser read copy by.
import { z } from "zod";

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

export const claimLanguages = ["en", "de", "fr", "ja", "ko"] as const;
export type ClaimLanguage = (typeof claimLanguages)[number];

const language = z.enum(claimLanguages);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** `wording/<language>.yaml`: how a kind of claim is worded in a language, whatever a market makes of it. */
export const Wording = z.strictObject({
  language,
  /** Alternatives with a name, used in patterns as {name}; a name may use names above it. */
  words: z.record(z.string(), z.string()),
  kinds: z.record(
    slug,
    z.strictObject({
      /** See claims/pattern.ts for the notation. */
      patterns: z.array(z.string()).min(1),
      /** Wordings that look like the claim and are none. */
      except: z.array(z.string()).default([]),
      /** Wordings that anywhere in the copy make the claim lawful, such as 医薬部外品 beside 美白. */
      unless: z.array(z.string()).default([]),
      /** “No side effects” is a claim because of its “no”: `part` keeps negation from exempting it. */
      negation: z.enum(["exempts", "part"]).default("exempts"),
      /** “Recommended by doctors” is a claim because of its doctors. */
      agent: z.enum(["exempts", "part"]).default("exempts"),
      /** What to write instead: a sentence without its full stop. */
      say: z.string(),
    }),
  ),
  context: z.strictObject({
    /** Negation that stands before what it negates, and after it. */
    negated_before: z.array(z.string()),
    negated_after: z.array(z.string()),
    /** Looks like negation and is none, such as “not only”. */
    not_negation: z.array(z.string()),
    /** The sentence speaks about a claim instead of making it: rules, myths, quotations. */
    spoken_about: z.array(z.string()),
    /** Someone else treats: a doctor, a medicine, a diagnosis. */
    other_agent: z.array(z.string()),
    /** A question that only asks. Matched at the start of a sentence that ends in a question mark. */
    asks: z.array(z.string()),
    /** An answer that turns the question before it into a claim. */
    affirms: z.array(z.string()),
  }),
});
export type Wording = z.output<typeof Wording>;

/** `wording/<language>-<part>.yaml`: more wordings of kinds that the language's own file describes, so that no file grows past reading. */
export const WordingMore = z.strictObject({
  adds_to: language,
  /** Further names; none of the language's own may be named again. */
  words: z.record(z.string(), z.string()).default({}),
  kinds: z
    .record(
      slug,
      z.strictObject({
        patterns: z.array(z.string()).default([]),
        except: z.array(z.string()).default([]),
        unless: z.array(z.string()).default([]),
      }),
    )
    .default({}),
  context: Wording.shape.context.partial().default({}),
});
export type WordingMore = z.output<typeof WordingMore>;

export const ClaimRule = z.strictObject({
  id: slug,
  title: z.string(),
  severity: z.enum(severities),
  /** How sure a hit is a breach where the wording is found, 0 to 1. */
  confidence: z.number().gt(0).max(1),
  /** Kinds of wording that break the rule. */
  kinds: z.array(slug).min(1),
  cites: z.array(z.strictObject({ source: slug, article: z.string() })).min(1),
  reviewed_on: z.iso.date(),
  /** Why it is a breach here, in a sentence. */
  why: z.string(),
  /** A wording that breaks it, in the market's language, and what to say instead; for the guide. */
  dont: z.string(),
  do: z.string(),
});
export type ClaimRule = z.output<typeof ClaimRule>;

/** `<market>.yaml`: what a market allows nobody to say about a cosmetic, with the law it stands on. */
export const MarketClaims = z.strictObject({
  market: z.string().regex(/^[a-z]{2}$/),
  languages: z.array(language).min(1),
  reviewed_on: z.iso.date(),
  sources: z.record(slug, z.strictObject({ short: z.string(), act: z.string(), url: z.url() })),
  rules: z.array(ClaimRule).min(1),
  disclosure: z.strictObject({
    rule: slug,
    title: z.string(),
    severity: z.enum(severities),
    confidence: z.number().gt(0).max(1),
    cites: z.array(z.strictObject({ source: slug, article: z.string() })).min(1),
    reviewed_on: z.iso.date(),
    why: z.string(),
    /** Labels that make advertising recognisable, as patterns; the first is the one to suggest. */
    labels: z.array(z.string()).min(1),
    suggest: z.string(),
    /** Labels the market does not accept by themselves. */
    weak: z.array(z.string()),
    /** How many characters may stand before the label. */
    within: z.int().positive(),
  }),
  /** Rules of thumb for writing in this market; our own editorial judgement. */
  tips: z.array(z.string()).min(1),
});
export type MarketClaims = z.output<typeof MarketClaims>;

/** `taboo/<market>.yaml`: words and themes that harm a brand there, whatever the law says. */
export const TabooList = z.strictObject({
  market: z.string().regex(/^[a-z]{2}$/),
  reviewed_on: z.iso.date(),
  groups: z
    .array(
      z.strictObject({
        id: slug,
        title: z.string(),
        severity: z.enum(severities),
        confidence: z.number().gt(0).max(1),
        why: z.string(),
        source: z.string(),
        language,
        patterns: z.array(z.string()).min(1),
        except: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});
export type TabooList = z.output<typeof TabooList>;

/** All that reading copy for one market takes; plain JSON, compiled where it is used. */
export interface RuleBook {
  readonly market: MarketClaims;
  readonly taboo: TabooList;
  readonly wordings: Readonly<Partial<Record<ClaimLanguage, Wording>>>;
}
