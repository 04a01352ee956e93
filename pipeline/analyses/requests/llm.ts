// What a model is asked about a copy: how readers of its market would take it, and what it could say there. The rules' findings and the notes travel with it.
import { type CulturalFitAnswer, task as culturalFit } from "../../../prompts/cultural-fit/answer.ts";
import { type TranscreateAnswer, task as transcreate } from "../../../prompts/transcreate/answer.ts";
import type { Asked, Models } from "../../core/types.ts";
import type { Passage } from "../../knowledge/passages.ts";
import type { SearchByMeaning } from "../../knowledge/vectors.ts";
import { nameOfMarket, type ReadCopy } from "./copy.ts";

export const tasks = { "cultural-fit": culturalFit, transcreate } as const;

/** Characters beyond which no model is asked: what it writes anew may have so many, and half a revised copy is none. */
export const longestAsked = 2_000;
const MOST_PASSAGES = 8;

/** How each copy fits its market, as a model sees it; one entry a copy, in their order. */
export const askFits = (
  models: Models,
  copies: readonly ReadCopy[],
  search: SearchByMeaning,
): Promise<Asked<CulturalFitAnswer>[]> =>
  askThose(copies, async (few) =>
    models.ask(
      culturalFit,
      await Promise.all(
        few.map(async (one) => ({
          item: one.asked.item,
          input: { ...(await sentOf(one, search)), language: one.language, hits: hitsOf(one) },
        })),
      ),
    ),
  );

/** Each copy made anew in its market's first language. */
export const askVariants = (
  models: Models,
  copies: readonly ReadCopy[],
  search: SearchByMeaning,
): Promise<Asked<TranscreateAnswer>[]> =>
  askThose(copies, async (few) =>
    models.ask(
      transcreate,
      await Promise.all(
        few.map(async (one) => ({
          item: one.asked.item,
          input: { ...(await sentOf(one, search)), language: languageThere(one) },
        })),
      ),
    ),
  );

/** The language that variants are written in. */
export const languageThere = ({ reader }: ReadCopy): string => reader.market.languages[0] as string;

/** Asks about the copies that can be asked about; the others get the reason. */
async function askThose<Answer>(
  copies: readonly ReadCopy[],
  ask: (few: readonly ReadCopy[]) => Promise<Asked<Answer>[]>,
): Promise<Asked<Answer>[]> {
  const reasons = copies.map(reasonNotToAsk);
  const answers = await ask(copies.filter((_, place) => reasons[place] === null));
  let next = 0;
  return reasons.map((says) =>
    says === null
      ? (answers[next++] as Asked<Answer>)
      : { answer: null, reason: "unavailable", says, by: null },
  );
}

function reasonNotToAsk({ asked: { copy } }: ReadCopy): string | null {
  if (copy.trim() === "") return "there is no copy";
  return Array.from(copy).length > longestAsked
    ? `a copy above ${longestAsked} characters is read by rules alone`
    : null;
}

const sentOf = async (one: ReadCopy, search: SearchByMeaning) => ({
  copy: one.asked.copy,
  market: nameOfMarket(one.asked.market),
  knowledge: (await passagesFor(one, search)).map(({ id, text }) => ({ id, text })),
  names: [...new Set(one.asked.names)].sort((a, b) => (a < b ? -1 : 1)),
});

/** What the rules found in the wording. A missing label of advertising is not a matter of words: it is put in front afterwards. */
const hitsOf = ({ rules }: ReadCopy) => [
  ...rules.hits
    .filter(({ kind, quote }) => kind !== "disclosure" && quote !== "")
    .map(({ rule, title, why, quote, severity }) => ({ rule, says: `${title}. ${why}`, quote, severity })),
  ...rules.sensitivity_issues.map(({ group, title, why, quote, severity }) => ({
    ...{ rule: group, says: `${title}. ${why}`, quote, severity },
  })),
];

/** Notes that speak of what the rules found and of the copy's own words, and beside them what holds for any copy in the market. */
async function passagesFor({ asked, rules }: ReadCopy, search: SearchByMeaning): Promise<Passage[]> {
  const { market } = asked;
  const found = rules.hits.map(({ title, kind }) => `${title} ${kind}`).join(" ");
  const told = [
    ...(found === "" ? [] : await search({ query: found, market, limit: 2 })),
    ...(await search({ query: `${asked.copy} ${asked.about}`, market, limit: 4 })),
    ...(await search({
      ...{ query: "how readers take copy: tone, words, address, proof", market, topic: "culture" },
      limit: 2,
    })),
    ...(await search({ query: "claims wording cosmetics", market, topic: "regulation", limit: 1 })),
  ];
  return [...new Map(told.map((passage) => [passage.id, passage])).values()].slice(0, MOST_PASSAGES);
}
