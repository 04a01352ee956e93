// Whether a creator fits a brief in a market, and why: claims over the registry's facts.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkClaims, claim, fact, passage, sentenceOf } from "../claims.ts";
import { defineTask } from "../task.ts";

export const fits = ["fits", "unclear", "does not fit"] as const;

export const input = z.object({
  creator: z.string().meta({ description: "Public name of the creator." }),
  market: z.string().meta({ description: "Name of the market: Germany." }),
  brief: z.string().meta({ description: "What the brand looks for; may be empty." }),
  facts: z.array(fact),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands and terms that may be named." }),
});

export const answer = z.object({
  fit: z.enum(fits),
  reasons: z.array(claim).min(1).max(4).meta({ description: "Why, the weightiest first; one to four." }),
});

export type CreatorFitInput = z.output<typeof input>;
export type CreatorFitAnswer = z.output<typeof answer>;

// A page about a named person accuses nobody of what no fact says.
const ACCUSATION =
  /(?<!\p{L})(?:fakes?|faked|bots?|frauds?|fraudulent|cheat\p{L}*|bought|buys|paid for followers|scam\p{L}*|dishonest\p{L}*|manipulat\p{L}*|suspicious\p{L}*|inflat\p{L}*|liars?|lies|lied)(?!\p{L})/giu;

export const task = defineTask({
  id: "creator-fit",
  input,
  answer,
  check({ reasons }, { creator, market, facts, knowledge, names }) {
    const said = facts.map(({ says }) => says.toLowerCase()).join(" \n ");
    const accuses = reasons.some((each) =>
      [...sentenceOf(each).matchAll(ACCUSATION)].some(([word]) => !said.includes(word.toLowerCase())),
    );
    return firstOf(
      checkClaims(reasons, { facts, knowledge, names: [creator, market, ...names] }),
      accuses
        ? "a reason accuses the creator of what no fact says: state the signal and what it cannot show"
        : null,
    );
  },
});
