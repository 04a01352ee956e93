// The distinct captions of a market, with who wrote them: a text pasted by many is one text with many authors.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Row, Warehouse } from "../../core/types.ts";
import type { Phrase, PhraseReader } from "../../texts/phrases.ts";
import { ownVoices } from "./voices.ts";

/** A distinct text, ready to be counted. */
export interface CountedText {
  readonly language: string;
  readonly polarity: "positive" | "neutral" | "negative" | null;
  /** Keyed hashes of its authors, as far as the source names them. */
  readonly authors: readonly string[];
  /** Posts with the text whose author the source does not name. */
  readonly unnamed: number;
  readonly provenance: Provenance;
  readonly phrases: readonly Phrase[];
  /** The taxonomy's terms it names: the term is the key, the spelling is what is written. */
  readonly terms: readonly Phrase[];
}

/** A caption as it was posted, with everybody who posted it. */
export interface PostedText {
  readonly text: string;
  readonly language: string;
  readonly polarity: CountedText["polarity"];
  /** `term|language|spelling` of the taxonomy's terms it names. */
  readonly variants: readonly string[];
  readonly authors: readonly string[];
  readonly unnamed: number;
  readonly provenance: Provenance;
}

/** Texts a market that are read at most; beyond it a sample, taken in the order of a hash, says the same. */
const textsRead = 20_000;

/** The texts of the `days` before the end of the last complete week, in the order of a hash of what they say. */
export async function marketTexts(
  warehouse: Warehouse,
  market: string,
  days: number,
  phrasesOf: PhraseReader,
): Promise<CountedText[]> {
  return countedTexts(await warehouse.query<Row & PostedText>(textsOf(market, days)), phrasesOf);
}

/** Near-duplicates once, pods as one voice, and what each text says in phrases. */
export function countedTexts(posted: readonly PostedText[], phrasesOf: PhraseReader): CountedText[] {
  return ownVoices(posted).map(({ text, variants, ...rest }) => ({
    language: rest.language,
    polarity: rest.polarity,
    authors: rest.authors,
    unnamed: rest.unnamed,
    provenance: rest.provenance,
    phrases: phrasesOf(text, rest.language),
    terms: termsOf(variants),
  }));
}

/** Letters alone decide whether two captions are the same: tags, links, emoji, digits and spaces differ from copy to copy. */
const textsOf = (market: string, days: number) => `
  with recent as (
    select p.post_key, p.author_key, p.provenance, t.text, a.language, a.polarity, a.variants,
      md5(regexp_replace(lower(t.text), '[#@]\\S+|https?://\\S+|[^\\p{L}]', '', 'g')) as letters
    from posts p cross join run join post_annotations a using (text_key) join int_texts t using (text_key)
    where p.market = '${market.replaceAll("'", "''")}' and p.posted_at < run.until and p.posted_at >= run.until - interval ${days} day
  )
  select
    arg_min(text, post_key) as text, arg_min(language, post_key) as language, arg_min(polarity, post_key) as polarity,
    arg_min(variants, post_key) as variants,
    coalesce(list_sort(list(distinct author_key::varchar) filter (where author_key is not null)), []) as authors,
    count(*) filter (where author_key is null)::int as unnamed,
    ${weakestProvenanceSql} as provenance
  from recent
  group by letters
  order by letters
  limit ${textsRead}`;

function termsOf(variants: readonly string[]): Phrase[] {
  const terms = new Map<string, Phrase>();
  for (const variant of variants) {
    const [key = "", , written = ""] = variant.split("|");
    if (!terms.has(key)) terms.set(key, { key, written });
  }
  return [...terms.values()];
}
