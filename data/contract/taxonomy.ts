// A taxonomy: the terms we look for in posts, with the words that name them in each language. One YAML file in data/reference/taxonomy.
import { z } from "zod";

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const phrase = z
  .string()
  .min(2)
  .refine((word) => word === word.trim().normalize("NFKC").toLowerCase(), {
    error: "invalid phrase: write it in lower case, NFKC, without spaces around it",
  });

export const termLanguages = ["en", "de", "fr", "ja", "ko"] as const;
export const termKinds = ["product", "ingredient", "theme"] as const;

export const Term = z.strictObject({
  /** The last part of the address /trends/<id>/. */
  id: slug,
  title: z.string(),
  kind: z.enum(termKinds),
  /** Words and phrases that name the term, inflections included; whole words in Latin script, anywhere in Japanese and Korean text. */
  variants: z.strictObject(
    Object.fromEntries(termLanguages.map((language) => [language, z.array(phrase).default([])])) as Record<
      (typeof termLanguages)[number],
      z.ZodDefault<z.ZodArray<typeof phrase>>
    >,
  ),
  /** Phrases inside which a variant does not count: a printer's toner, a petrol station's essence. */
  not: z.array(phrase).default([]),
});
export type Term = z.output<typeof Term>;

export const Taxonomy = z
  .strictObject({
    id: slug,
    title: z.string(),
    source: z.string(),
    date: z.iso.date(),
    terms: z.array(Term).min(1),
  })
  .superRefine((taxonomy, context) => {
    const owners = new Map<string, string>();
    for (const [index, term] of taxonomy.terms.entries()) {
      for (const [language, variants] of Object.entries(term.variants)) {
        for (const variant of variants) {
          const owner = owners.get(`${language} ${variant}`);
          if (owner !== undefined) {
            context.addIssue({
              code: "custom",
              path: ["terms", index, "variants", language],
              message: `invalid variant: ${variant} names ${owner} already in ${language}`,
            });
          }
          owners.set(`${language} ${variant}`, term.id);
        }
      }
    }
    const ids = taxonomy.terms.map((term) => term.id);
    for (const twice of ids.filter((id, index) => ids.indexOf(id) !== index)) {
      context.addIssue({
        code: "custom",
        path: ["terms"],
        message: `invalid term: ${twice} is listed twice`,
      });
    }
  });
export type Taxonomy = z.output<typeof Taxonomy>;
