// Which words, in which language, count as a term.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const termVariants = defineDataset("term_variants", {
  title: "Term variants",
  description: "Spellings that count as a term, per language, with the posts each one found.",
  grain: "One row per edition, term, language and variant.",
  key: ["edition", "term", "language", "variant"],
  version: "1.0.0",
  limits: ["A post that uses two spellings counts for both here, and once in the term."],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    language: c.text("Language of the spelling, BCP 47; “und” where the term is a hashtag."),
    variant: c.text("The spelling."),
    posts: c.count("Posts of the last 52 weeks that use the spelling."),
    provenance: c.provenance,
  },
});
