// What the report of one market says first, drives, risks and recommends: claims over the edition's facts.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkClaims, claim, fact, passage, sentenceOf } from "../claims.ts";
import { defineTask } from "../task.ts";

export const input = z.object({
  market: z.string().meta({ description: "Name of the market as readers know it: Germany." }),
  facts: z.array(fact),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands, terms, creators and events that may be named." }),
});

export const answer = z.object({
  bottom_line: z.array(claim).min(1).max(4).meta({ description: "What the reader must know, two to four." }),
  drivers: z.array(claim).max(4).meta({ description: "What speaks for the market." }),
  risks: z.array(claim).max(4).meta({ description: "What could make entry fail." }),
  recommendations: z.array(claim).max(4).meta({ description: "What to do next, and why." }),
});

export type MarketReportInput = z.output<typeof input>;
export type MarketReportAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "market-report",
  input,
  answer,
  check(written, { market, facts, knowledge, names }) {
    const sources = { facts, knowledge, names: [...names, market] };
    const all = [...written.bottom_line, ...written.drivers, ...written.risks, ...written.recommendations];
    const sentences = new Set(all.map((each) => sentenceOf(each).toLowerCase()));
    return firstOf(
      checkClaims(written.bottom_line, sources),
      checkClaims(written.drivers, sources),
      checkClaims(written.risks, sources),
      checkClaims(written.recommendations, sources, { advice: true }),
      sentences.size === all.length ? null : "one sentence stands in two places of the report",
    );
  },
});
