// The edition in a title and three to five sentences, over all its markets.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkClaims, claim, fact, passage } from "../claims.ts";
import { defineTask } from "../task.ts";

export const longestTitle = 140;

export const input = z.object({
  markets: z.array(z.string()).meta({ description: "Names of the markets of the edition." }),
  facts: z.array(fact),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands, terms, creators and events that may be named." }),
});

export const answer = z.object({
  title: claim.meta({ description: "The edition in one clause; no lead, no full stop." }),
  points: z.array(claim).min(3).max(5).meta({ description: "What a reader should know, three to five." }),
});

export type EditionSummaryInput = z.output<typeof input>;
export type EditionSummaryAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "edition-summary",
  input,
  answer,
  check({ title, points }, { markets, facts, knowledge, names }) {
    return firstOf(
      title.lead.trim() === "" && title.quote === null ? null : "the title has no lead and no quote",
      // A placeholder is longer than the number that will stand there.
      title.template.replaceAll(/\{[^{}]*\}/g, "").length > longestTitle ? "the title is too long" : null,
      /\.$/u.test(title.template.trim()) ? "the title ends with a full stop" : null,
      checkClaims([title, ...points], { facts, knowledge, names: [...markets, ...names] }),
    );
  },
});
