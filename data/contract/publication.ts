// publication.yaml: one masthead. An unknown key is an error, because a misspelt one would silently do nothing.
import { z } from "zod";
import { Freshness } from "./edition.ts";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const marketCode = z.string().regex(/^[a-z]{2}$/);

export const Brand = z.strictObject({
  id: slug,
  title: z.string(),
  /** Words that name the brand in captions, in any script; matched whole and without case. */
  variants: z.array(z.string().min(2)).min(1),
});

export const Creator = z.strictObject({
  id: slug,
  name: z.string(),
  platform: z.enum(["instagram", "youtube", "tiktok", "bluesky", "mastodon", "other"]),
  /** Account name without @, as the platform writes it. */
  handle: z.string(),
  market: marketCode,
  language: z.string(),
  category: z.string(),
  registered_on: z.iso.date(),
  /** Why this public professional account is on the registry. */
  reason: z.string(),
  /** On what ground a page may speak about the account: its own consent, or the public's interest in a public professional; printed, too. */
  basis: z.strictObject({
    kind: z.enum(["consent", "public_interest"]),
    /** Who agreed to what and how, or what was weighed. */
    note: z.string().trim().min(3),
    /** Day on which it was given or weighed. */
    date: z.iso.date(),
  }),
});

/** A sample of a creator's followers that somebody drew and takes responsibility for. */
export const Audit = z.strictObject({
  /** Id of a creator on the registry. */
  creator: slug,
  /** Who drew the sample; printed beside the result. */
  auditor: z.string().trim().min(2),
  /** Day on which it was drawn. */
  date: z.iso.date("write the day on which the sample was drawn, such as 2026-10-14"),
  /** One follower a row, in any format that `leap import` reads; relative to the publication's folder. Read once, then never needed again. */
  file: z.string().min(1),
  /** On what ground the followers' data may be looked at: the creator's consent, a contract, a legal basis. Printed, too. */
  consent: z
    .string()
    .trim()
    .min(3, "say on what ground the followers' data may be looked at, such as consent of the creator"),
  /** Field of an account → column, where the usual names do not fit. */
  columns: z.record(z.string(), z.string()).optional(),
});
export type Audit = z.output<typeof Audit>;

const modelName = z
  .string()
  .regex(/^(openai|anthropic):\S+$/, "write provider:model, such as openai:gpt-6-luna");
const dollars = z.number().nonnegative();

/** Which models are asked, and what they may cost. */
export const ModelSettings = z.strictObject({
  /** Reads posts. The first is asked; the others in their order where one before fails, refuses or has no key. */
  small: z.array(modelName).min(1).default(["openai:gpt-6-luna", "anthropic:claude-haiku-5-5"]),
  /** Writes reports from validated rows. */
  large: z.array(modelName).min(1).default(["anthropic:claude-sonnet-5-5", "openai:gpt-6-sol"]),
  /** Minutes that a run waits for what it handed over as a batch; the next run fetches what was not done. */
  batch_wait_minutes: z.number().min(0).default(30),
  /** Prices of models that data/reference/llm-prices.json does not list, such as one's own server: dollars per million tokens. */
  prices: z
    .array(z.strictObject({ model: modelName, input: dollars, output: dollars, source: z.string().min(3) }))
    .default([]),
});

/** US dollars; what is reached stops the asking, and the edition says so. */
export const BudgetSettings = z.strictObject({
  run_usd: dollars.default(5),
  day_usd: dollars.default(10),
  task_usd: z.record(slug, dollars).default({}),
});

/** Somebody who read what a model wrote on a page, and answers for it. */
export const Review = z.strictObject({
  edition: z.string().regex(/^\d{4}-W\d{2}$/),
  /** Page as in the dataset findings: home, market/<code>, trend/<term>, creator/<id>; or request/<id>. */
  page: z.string().min(1),
  by: z.string().trim().min(2),
  on: z.iso.date(),
});

export const Publication = z.strictObject({
  id: slug,
  title: z.string(),
  tagline: z.string(),
  site_url: z.url().default("https://globalleap.example"),
  language: z.string().default("en"),
  category: z.string(),
  home_market: marketCode.nullable().default(null),
  markets: z.array(marketCode).min(1),
  /** Fixes the clock when --as-of does not. Without both, the clock is the last collection of live sources, or the Monday after the last post of files. */
  as_of: z.iso.date().nullable().default(null),
  /** How many weekly editions `leap run` publishes, ending with the one of as_of. */
  editions: z.int().min(1).max(520).default(1),
  cadence: z
    .strictObject({
      every: z.literal("week").default("week"),
      publish_weekday: z.int().min(1).max(7).default(5),
      hour_utc: z.int().min(0).max(23).default(8),
    })
    .prefault({}),
  /**
   * What readers are promised: hours after which a market that nobody has seen is late, and too late. A day of schedule and what it may slip;
   * a source that is asked less than daily has as many hours more.
   */
  freshness: Freshness,
  /** `offline` asks no model; `llm` asks and says what it could not; `auto` asks where a key is set. */
  engine: z.enum(["offline", "llm", "auto"]).default("offline"),
  models: ModelSettings.prefault({}),
  budget: BudgetSettings.prefault({}),
  reviews: z.array(Review).default([]),
  /** Each source validates its own entry; see pipeline/sources/<source>/source.ts. */
  sources: z.array(z.looseObject({ source: slug })).min(1),
  /** Tags the collectors ask for, per market. */
  hashtags: z.record(marketCode, z.array(z.string())).default({}),
  /** Files of data/reference/taxonomy whose terms are looked for. */
  taxonomies: z.array(slug).default([]),
  /** How many of the most used hashtags get a trend page beside the taxonomy's terms. */
  hashtag_terms: z.int().min(0).max(500).default(20),
  brands: z.array(Brand).default([]),
  competitor_set: z
    .strictObject({ version: z.string(), brands: z.array(slug) })
    .nullable()
    .default(null),
  creators: z.array(Creator).default([]),
  /** Follower samples; without one the share of bots is not observable, and null. */
  audits: z.array(Audit).default([]),
  /**
   * Posts of this category that people labelled, text and label a row, relative to the publication's folder: the engine's errors are counted on
   * them, and net sentiment is corrected by those. At least thirty posts a class and language.
   */
  gold_sentiment: z
    .strictObject({
      file: z.string().min(1),
      /** Who labelled them and how; printed beside the result. */
      labelled_by: z.string().trim().min(3),
      date: z.iso.date(),
    })
    .nullable()
    .default(null),
  /** Stops the run before publishing when more than this share of the received rows is bad. */
  quarantine_limit_pct: z.number().min(0).max(100).default(2),
  notices: z.array(z.string()).default([]),
  /** Where people ask to be corrected or left out: an address of mail or of a page; printed. */
  contact: z
    .union([z.email(), z.url({ protocol: /^https$/ })])
    .nullable()
    .default(null),
  /** How long texts, addresses and account names of posts are kept after they were collected; see leap retain. */
  retention: z
    .strictObject({
      days: z.int().min(1).max(30).default(30),
      /** Imported files, too: what an operator brought is theirs to delete, unless this says otherwise. */
      imports: z.boolean().default(false),
    })
    .prefault({}),
});
export type Publication = z.output<typeof Publication>;
