// Market reports in other languages: which there are, where they stand, and their sentences.
import { marketDated, marketIn } from "./addresses.ts";
import { type DatasetRow, latestEditionId, rowsOf } from "./data.ts";
import { words } from "./words.ts";

export type Translation = DatasetRow<"translations">;
export type Language = Translation["language"];

/** Languages in the order readers are offered them. */
const languages = Object.keys(words.translation.languages) as Language[];

/** Sections of a report that are translated, in reading order; the title is the page's. */
export const translatedSections = ["bottom_line", "drivers", "risks", "recommendations"] as const;

/** The sentences of a market's report in a language, in order; empty when nobody translated it. */
export const translationOf = (
  market: string,
  language: Language,
  edition: string = latestEditionId(),
): Translation[] =>
  rowsOf("translations", "page", `market/${market}`, edition)
    .filter((row) => row.language === language)
    .toSorted((a, b) => a.section.localeCompare(b.section, "en") || a.position - b.position);

export const translatedInto = (market: string, edition: string): Language[] =>
  languages.filter((language) => translationOf(market, language, edition).length > 0);

/** The report in all its languages, for search engines; English is what others fall back on. */
export const alternatesOf = (market: string, edition: string): { language: string; href: string }[] => [
  { language: "en", href: marketDated(market, edition) },
  ...translatedInto(market, edition).map((language) => ({
    language,
    href: marketIn(market, edition, language),
  })),
  { language: "x-default", href: marketDated(market, edition) },
];

/** A country in the words of a language: `de`, `ko` → `독일`. */
export const countryIn = (market: string, language: string): string =>
  new Intl.DisplayNames([language], { type: "region" }).of(market.toUpperCase()) ?? market;
