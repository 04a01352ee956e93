// Lets a model write what rules cannot: what a report should say first, what drives a trend, what a reader would ask. Each answer was checked against what was
// sent; where one is missing, or does not fill, the rules' sentences stand.
import { type Claim, sentenceOf } from "../../../prompts/claims.ts";
import { task as creatorFit } from "../../../prompts/creator-fit/answer.ts";
import { task as editionSummary } from "../../../prompts/edition-summary/answer.ts";
import { task as marketReport } from "../../../prompts/market-report/answer.ts";
import { task as questionsTask } from "../../../prompts/questions/answer.ts";
import { task as trendDrivers } from "../../../prompts/trend-drivers/answer.ts";
import type { AnsweredBy, Asked, Log, Models } from "../../core/types.ts";
import type { SearchByMeaning } from "../../knowledge/vectors.ts";
import { type Draft, type Facts, notableTrends, type Written } from "./facts.ts";
import { eventsNear } from "./near.ts";
import { factsOf, factsOfCreator, factsOfEdition, factsOfTerm, namesOf, sentPassages } from "./sent.ts";
import { fill } from "./template.ts";

export interface WritingContext {
  readonly facts: Facts;
  readonly models: Models;
  /** Over the knowledge of the publication. */
  readonly search: SearchByMeaning;
  readonly log: Log;
}

const PASSAGES = 8;
const TERMS_A_MARKET = 3;

/** The rules' drafts with the model's in their place, and after them what only a model writes. */
export async function writtenDrafts(rules: readonly Draft[], context: WritingContext): Promise<Draft[]> {
  const written = [
    ...(await reports(context)),
    ...(await summary(context)),
    ...(await drivers(context)),
    ...(await questions(context)),
    ...(await fits(context)),
  ].filter((section) => holds(section, context));
  const replaced = new Set(written.map(({ page, section }) => `${page} ${section}`));
  return [
    ...rules.filter(({ page, section }) => !replaced.has(`${page} ${section}`)),
    ...written.flatMap(({ drafts }) => drafts),
  ];
}

/** The sentences that a model wrote for one section of a page. */
interface Section {
  readonly page: string;
  readonly section: string;
  readonly drafts: readonly Draft[];
}

/** A section whose sentences cannot all be filled is left out whole: half an argument may say the opposite. */
function holds({ page, section, drafts }: Section, { facts, log }: WritingContext): boolean {
  try {
    for (const draft of drafts) {
      fill(draft.lead, facts);
      fill(draft.template, facts);
    }
    return drafts.length > 0;
  } catch (error) {
    log.warn(
      `${page}, ${section}: what a model wrote cannot be printed, the rules' words stand: ${(error as Error).message}`,
    );
    return false;
  }
}

const sectionOf = (
  page: string,
  section: string,
  claims: readonly Claim[],
  about: Pick<Written, "by" | "task">,
): Section => ({
  page,
  section,
  drafts: claims.map((claim) => draftOf(page, section, claim, about)),
});

function draftOf(page: string, section: string, claim: Claim, about: Pick<Written, "by" | "task">): Draft {
  const lead = claim.lead.trim();
  return {
    page,
    section,
    lead,
    template: lead === "" ? claim.template : ` ${claim.template}`,
    written: { ...about, evidence: claim.evidence, quote: claim.quote, quote_source: claim.quote_source },
  };
}

/** One question a market: its facts, its names, and the notes that answer the query. */
const ofMarkets = ({ facts, search }: WritingContext, query: string) =>
  Promise.all(
    facts.markets.map(async ({ code, name }) => ({
      item: code,
      input: {
        market: name,
        facts: factsOf(facts, code),
        knowledge: sentPassages(await search({ query, market: code, limit: PASSAGES })),
        names: namesOf(facts, [code]),
      },
    })),
  );

async function reports(context: WritingContext): Promise<Section[]> {
  const { facts, models } = context;
  const answers = await models.ask(
    marketReport,
    await ofMarkets(context, "entering the market rules channels culture season"),
  );
  return facts.markets.flatMap(({ code }, index) => {
    const found = answers[index];
    if (!found?.answer) return [];
    const about = { by: found.by, task: marketReport.id };
    const { bottom_line, drivers: driven, risks, recommendations } = found.answer;
    const page = `market/${code}`;
    return [
      sectionOf(page, "bottom_line", bottom_line, about),
      sectionOf(page, "drivers", driven, about),
      sectionOf(page, "risks", risks, about),
      sectionOf(page, "recommendations", recommendations, about),
    ];
  });
}

async function summary({ facts, models }: WritingContext): Promise<Section[]> {
  const codes = facts.markets.map(({ code }) => code);
  const [found] = await models.ask(editionSummary, [
    {
      item: facts.edition,
      input: {
        markets: facts.markets.map(({ name }) => name),
        facts: factsOfEdition(facts),
        knowledge: [],
        names: namesOf(facts, codes),
      },
    },
  ]);
  if (!found?.answer) return [];
  const about = { by: found.by, task: editionSummary.id };
  return [
    sectionOf("home", "title", [found.answer.title], about),
    sectionOf("home", "bottom_line", found.answer.points, about),
  ];
}

async function drivers({ facts, models, search }: WritingContext): Promise<Section[]> {
  const asked = facts.markets.flatMap(({ code, name }) =>
    notableTrends(facts, code)
      .slice(0, TERMS_A_MARKET)
      .map((row) => ({ code, name, term: row["term"] as string, title: row["title"] as string })),
  );
  const answers = await models.ask(
    trendDrivers,
    await Promise.all(
      asked.map(async ({ code, name, term, title }) => ({
        item: `${code}:${term}`,
        input: {
          term: title,
          market: name,
          facts: factsOfTerm(facts, code, term),
          events: eventsNear(facts, code, term),
          co_terms: notableTrends(facts, code)
            .filter((row) => row["term"] !== term)
            .slice(0, 5)
            .map((row) => row["title"] as string),
          knowledge: sentPassages(await search({ query: title, market: code, limit: 4 })),
        },
      })),
    ),
  );
  // One section a term holds what was said of it in every market.
  return [...Map.groupBy(asked.keys(), (index) => asked[index]?.term as string)].map(([term, places]) => ({
    page: `trend/${term}`,
    section: "drivers",
    drafts: places.flatMap((place) => claimsOf(answers[place], trendDrivers.id, `trend/${term}`, "drivers")),
  }));
}

function claimsOf(
  found: Asked<{ claims: readonly Claim[] }> | undefined,
  task: string,
  page: string,
  section: string,
): readonly Draft[] {
  return found?.answer
    ? found.answer.claims.map((claim) => draftOf(page, section, claim, { by: found.by, task }))
    : [];
}

async function questions(context: WritingContext): Promise<Section[]> {
  const { facts, models } = context;
  const answers = await models.ask(questionsTask, await ofMarkets(context, "rules claims channels prices"));
  return facts.markets.flatMap(({ code }, index) => {
    const found = answers[index];
    if (!found?.answer) return [];
    const page = `market/${code}`;
    return [
      {
        page,
        section: "questions",
        drafts: found.answer.questions.flatMap(({ question, answer }) =>
          answered(page, question, answer, found.by),
        ),
      },
    ];
  });
}

/** The question stands before the first sentence of its answer. */
const answered = (page: string, question: string, claims: readonly Claim[], by: AnsweredBy): Draft[] =>
  claims.map((claim, place) => ({
    ...draftOf(page, "questions", { ...claim, lead: "" }, { by, task: questionsTask.id }),
    lead: place === 0 ? question.trim() : "",
    template: `${place === 0 ? " " : ""}${sentenceOf(claim)}`,
  }));

async function fits({ facts, models }: WritingContext): Promise<Section[]> {
  const asked = facts.creators.filter((row) =>
    facts.markets.some(({ code }) => code === (row["market"] as string)),
  );
  const answers = await models.ask(
    creatorFit,
    asked.map((row) => {
      const market = row["market"] as string;
      return {
        item: row["creator"] as string,
        input: {
          creator: row["name"] as string,
          market: facts.markets.find(({ code }) => code === market)?.name ?? market,
          brief: "",
          facts: factsOfCreator(facts, row["creator"] as string),
          knowledge: [],
          names: namesOf({ ...facts, creators: [] }, [market]),
        },
      };
    }),
  );
  return asked.flatMap((row, index) => {
    const found = answers[index];
    if (!found?.answer) return [];
    const page = `creator/${row["creator"]}`;
    const about = { by: found.by, task: creatorFit.id };
    const [first, ...rest] = found.answer.reasons.map((claim) => draftOf(page, "fit", claim, about));
    if (!first) return [];
    const verdict = `${found.answer.fit.charAt(0).toUpperCase()}${found.answer.fit.slice(1)}.`;
    const opening = {
      ...first,
      lead: verdict,
      template: ` ${first.lead}${first.template}`.replace(/^ {2}/, " "),
    };
    return [{ page, section: "fit", drafts: [opening, ...rest] }];
  });
}
