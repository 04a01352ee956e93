// What stands behind a term's movement in one market, as far as facts, events and knowledge tell.
import { z } from "zod";
import { checkClaims, claim, fact, passage } from "../claims.ts";
import { defineTask } from "../task.ts";

export const input = z.object({
  term: z.string().meta({ description: "Name of the term as readers know it." }),
  market: z.string().meta({ description: "Name of the market: Germany." }),
  facts: z.array(fact),
  events: z
    .array(z.object({ id: z.string(), says: z.string() }))
    .meta({ description: "Dated events near the movement. An event is no proof of a cause." }),
  co_terms: z.array(z.string()).meta({ description: "Terms that are named beside it." }),
  knowledge: z.array(passage),
});

export const answer = z.object({
  claims: z.array(claim).max(4).meta({ description: "What drives the term, at most four; may be empty." }),
});

export type TrendDriversInput = z.output<typeof input>;
export type TrendDriversAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "trend-drivers",
  input,
  answer,
  check({ claims }, { term, market, facts, events, co_terms: coTerms, knowledge }) {
    // As facts without formats, events may be cited, but neither quoted nor taken for a cause.
    const dated = events.map(({ id, says }) => ({ id, says, formats: [] }));
    return checkClaims(claims, { facts: [...facts, ...dated], knowledge, names: [term, market, ...coTerms] });
  },
});
