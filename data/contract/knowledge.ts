// A note of the knowledge base: what analyses may cite of a market beside its posts. The front matter of one Markdown file;
// an unknown key is an error, because a misspelt one would silently do nothing.
import { z } from "zod";

export const topics = ["culture", "channels", "regulation", "calendar"] as const;
export type Topic = (typeof topics)[number];

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "small letters, digits and hyphens");
const pageAddress = z.url({ protocol: /^https$/, error: "an address that starts with https://" });

export const KnowledgeNote = z.strictObject({
  /** Also the file's name; part of every citation, so it never changes. */
  id: slug,
  title: z.string().trim().min(3).max(120),
  /** A market's code, a group of markets (`eu`), or `all`. */
  market: z.string().regex(/^([a-z]{2}|all)$/, "a market's code such as de, eu, or all"),
  topic: z.enum(topics),
  /** Where a reader finds the original. The note itself is in our own words. */
  source: z.strictObject({
    title: z.string().trim().min(3),
    url: pageAddress,
    publisher: z.string().trim().min(2),
  }),
  /** Day of the source, or of the state of it that the note tells; null when it bears none. */
  date: z.iso.date().nullable(),
  /** Day somebody last held its main facts against the source or public pages that report it; null when nobody has. */
  checked: z.iso.date().nullable(),
  /** Last day on which the note may be cited; null when nothing is known to end it. */
  valid_until: z.iso.date().nullable(),
  /** Languages the note is written in and quotes words of, ISO 639-1. */
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
});
export type KnowledgeNote = z.output<typeof KnowledgeNote>;

/** Groups that a note may name instead of a market, with the markets in them: https://european-union.europa.eu/principles-countries-history/eu-countries_en */
export const marketGroups: Readonly<Record<string, readonly string[]>> = {
  eu: "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split(" "),
};

/** Whether a note about `told` speaks of `market`: of itself, of a group it is in, or of all. */
export const speaksOf = (told: string, market: string): boolean =>
  told === "all" || told === market || (marketGroups[told]?.includes(market) ?? false);
