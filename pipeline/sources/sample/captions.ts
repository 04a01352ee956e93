// Composes a caption from phrases: opening, body, perhaps a reason, more terms, another brand, a closing, emojis, hashtags.
import { brandForms, brandTag } from "./brands.ts";
import type { BrandId, Language, Market } from "./markets.ts";
import { de } from "./phrases/de.ts";
import { en } from "./phrases/en.ts";
import { fr } from "./phrases/fr.ts";
import { ja } from "./phrases/ja.ts";
import { ko } from "./phrases/ko.ts";
import type { Phrases, Polarity, Theme } from "./phrases/phrases.ts";
import type { Random } from "./random.ts";
import { frames, surfaces } from "./vocabulary.ts";

export const phrases: Readonly<Record<Language, Phrases>> = { en, de, fr, ja, ko };

export interface CaptionPlan {
  readonly market: Market;
  readonly language: Language;
  readonly polarity: Polarity;
  /** At least one; the first is what the post is about. */
  readonly terms: readonly string[];
  /** The first is the product's, a second stands beside it. */
  readonly brands: readonly BrandId[];
  readonly theme: Theme | null;
  /** Tags the caption must carry, such as #ad or a campaign's. */
  readonly tags: readonly string[];
  /** Tags the market's collectors ask for. */
  readonly marketTags: readonly string[];
}

export interface Caption {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
}

const emojis: Readonly<Record<Polarity, readonly string[]>> = {
  positive: ["✨", "💕", "😍", "🌿", "🥰", "💧", "🫶", "🤍"],
  neutral: ["🧴", "📝", "👀", "🔎", "🗓️", "🧺"],
  negative: ["😕", "💸", "🙄", "😩", "👎"],
};

export function captionOf(plan: CaptionPlan, random: Random): Caption {
  const words = phrases[plan.language];
  const term = framedSurface(plan.terms[0] as string, plan.language, random);
  const product = productOf(plan, words, random);
  const fill = fillerOf(plan, product, term, random);

  const opening = random.pick(words.openings[plan.polarity]);
  const body = random.pick(words.bodies[plan.polarity]);
  const named = opening.includes("{t}") || body.includes("{t}");
  const sentences = [fill(opening), fill(body)];
  if (!named) sentences.push(random.pick(words.pairs).replace("{u}", product));
  if (plan.theme) {
    const reasons = words.themes[plan.polarity][plan.theme];
    if (reasons) sentences.push(fill(random.pick(reasons)));
  }
  for (const other of plan.terms.slice(1))
    sentences.push(random.pick(words.pairs).replace("{u}", framedSurface(other, plan.language, random)));
  const second = plan.brands[1];
  if (second)
    sentences.push(
      random.pick(words.otherBrand).replace("{b}", random.pick(brandForms(second, plan.language))),
    );
  if (random.next() < 0.4) sentences.push(random.pick(words.closings));

  const mood = random.next() < 0.55 ? ` ${random.pick(emojis[plan.polarity])}` : "";
  const tags = tagsOf(plan, random);
  const hashtags = tags.map((tag) => `#${tag}`).join(" ");
  return {
    title: capitalised(
      opening.includes("{t}")
        ? opening.replace("{t}", product)
        : `${product} – ${fill(opening).replace(/[:.]$/, "")}`,
    ).replaceAll("{n}", "2"),
    text: `${sentences.map(capitalised).join(words.space)}${mood}${random.next() < 0.5 ? "\n\n" : " "}${hashtags}`,
    tags,
  };
}

function productOf(plan: CaptionPlan, words: Phrases, random: Random): string {
  const term = framedSurface(plan.terms[0] as string, plan.language, random);
  const brand = plan.brands[0];
  if (!brand) return term;
  const name = random.pick(brandForms(brand, plan.language));
  return random.pick(words.product).replace("{b}", name).replace("{t}", term);
}

// The product is named in full once; after that people write the bare word.
function fillerOf(
  plan: CaptionPlan,
  product: string,
  term: string,
  random: Random,
): (phrase: string) => string {
  let first = true;
  const weeks = String(2 + random.below(7));
  const millilitres = String(random.pick([30, 50, 75, 100, 150]));
  const price = plan.market.price(9 + random.below(44));
  return (phrase) =>
    phrase
      .replaceAll("{t}", () => {
        const name = first ? product : term;
        first = false;
        return name;
      })
      .replaceAll("{n}", weeks)
      .replaceAll("{m}", millilitres)
      .replaceAll("{p}", price);
}

function tagsOf(plan: CaptionPlan, random: Random): string[] {
  const wanted = 2 + random.below(4);
  const own = plan.terms
    .filter(() => random.next() < 0.5)
    .map((term) => tagged(surfaces[term]?.[plan.language][0] ?? term));
  const brands = plan.brands.filter(() => random.next() < 0.4).map(brandTag);
  const market = random.shuffled(plan.marketTags).slice(0, wanted);
  return [...new Set([...plan.tags, ...market, ...own, ...brands])];
}

const surfaceOf = (term: string, language: Language, random: Random): string => {
  const forms = surfaces[term]?.[language];
  if (!forms) throw new Error(`no surface for ${term} in ${language}`);
  // The usual form half of the time, as people do.
  return random.next() < 0.5 ? (forms[0] as string) : random.pick(forms);
};

/** `fine lines` are cared for, `glass skin` has a routine; nobody applies either. */
function framedSurface(term: string, language: Language, random: Random): string {
  const surface = surfaceOf(term, language, random);
  const frame = frames[term];
  return frame ? phrases[language].frames[frame].replace("{t}", surface) : surface;
}

const tagged = (surface: string): string => surface.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const termTags = [
  ...new Set(Object.values(surfaces).flatMap((forms) => Object.values(forms).flat().map(tagged))),
];

/** A tag that names a term would give the term posts that are not about it, so such tags come with their term only. */
export const namesTerm = (tag: string): boolean => termTags.some((term) => tag.toLowerCase().includes(term));
