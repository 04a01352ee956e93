// `leap check`: holds a copy against the claims rules of a market, as the checker page does in the browser; and asks a model, where a key is set, how readers
// there would take it.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Checked } from "../../data/reference/claims/checked.ts";
import { ruleBooks } from "../../data/reference/claims/read-files.ts";
import { ingredientsIn } from "../../data/reference/ingredients/match.ts";
import { annexTable } from "../../data/reference/ingredients/read-files.ts";
import { type AskedCopy, nameOfMarket, type ReadCopy, readCopy } from "../analyses/requests/copy.ts";
import { judgementOf, variantsOf } from "../analyses/requests/judge.ts";
import { askFits, askVariants } from "../analyses/requests/llm.ts";
import { runClock } from "../core/clock.ts";
import { LeapError } from "../core/errors.ts";
import type { UsedAnswer } from "../core/types.ts";
import { openKnowledge } from "../knowledge/open.ts";
import { searchWithVectors } from "../knowledge/vectors.ts";
import type { Engine } from "../llm/engine.ts";
import {
  checkedText,
  fitText,
  ingredientText,
  type ToldModel,
  type ToldPassage,
  variantsText,
} from "./check-text.ts";
import { type EngineWords, openEngine } from "./engine.ts";
import { type Done, type Environment, folders, openEnvironment } from "./environment.ts";

export interface CheckWords {
  readonly text?: string;
  readonly market: string;
  readonly language?: string;
  readonly paid?: boolean;
  readonly ingredients?: string;
  /** Writes variants for the market, too; needs a model. */
  readonly transcreate?: boolean;
  /** What models are asked with; `auto` asks where a key is set. */
  readonly engine?: "offline" | "llm" | "auto";
  /** US dollars; a check asks once or twice, so a slip of price should not cost more than a few cents. */
  readonly budgetUsd?: number;
  readonly frozen?: boolean;
  readonly refresh?: boolean;
  /** Whose notes, models and kept answers are used. */
  readonly publication?: string;
  readonly publications?: string;
  readonly state?: string;
}

const CHECK_USD = 0.1;

/**
 * `words` is the copy itself, or the path of a file of it. `say` gets what the rules found before a model is asked; without it, that opens the text. Throws LeapError on an unknown market, a missing file, and when there is nothing to read.
 * Of the result the keys score, issues, tips, revised_content, approval_status, rules, model, variants and variants_model stay; what the rules said stands at its top, too.
 */
export async function checkCommand(
  words: string | undefined,
  told: CheckWords,
  { say, ...engineWords }: EngineWords & { readonly say?: (text: string) => void } = {},
): Promise<Done> {
  const market = told.market.trim().toLowerCase();
  const book = ruleBooks().get(market);
  if (!book)
    throw new LeapError(`unknown market: ${told.market}. Known: ${[...ruleBooks().keys()].join(", ")}.`);
  const copy = copyOf(words, told);
  const environment = told.engine === "offline" ? null : openEnvironment(commonOptions(told));
  const asked: AskedCopy = {
    item: `check:${market}`,
    ...{ copy, market, language: told.language ?? null, paid: told.paid ?? null, about: "" },
    names: environment?.publication.brands.map(({ title }) => title) ?? [],
  };
  const read = readCopy(asked);
  const rules: Checked = read.rules;
  const reviewed = book.market.reviewed_on;
  const ingredients = told.ingredients === undefined ? null : ingredientsIn(told.ingredients, annexTable());
  const byRules = [checkedText(rules, reviewed), ...(ingredients ? [ingredientText(ingredients)] : [])];
  say?.(`${byRules.join("\n\n")}\n`);
  const found = environment && copy.trim() !== "" ? await ask(read, environment, told, engineWords) : null;
  const judgement = judgementOf(read, found?.fit ?? null);
  const anew = told.transcreate ? variantsOf(read, found?.variants ?? null) : null;
  const titles = found?.titles ?? new Map<string, ToldPassage>();
  const named = <Found extends { readonly knowledge: readonly string[] }>(one: Found) => ({
    ...one,
    knowledge: one.knowledge.flatMap((id) => titles.get(id) ?? []),
  });
  const model = found ? found.told("cultural-fit", judgement.not_answered) : null;
  const variantsModel = found && anew ? found.told("transcreate", anew.not_answered) : null;
  const fit = {
    score: judgement.score,
    issues: judgement.issues.map(named),
    tips: judgement.tips.map(named),
    revised_content: judgement.revised_content,
    revised_by: judgement.revised_by,
    approval_status: judgement.approval_status,
    dropped: [...judgement.dropped, ...(anew?.dropped ?? [])],
  };
  const variants = anew ? anew.variants.map(named) : null;
  return {
    text: [
      ...(say ? [] : byRules),
      ...(copy.trim() === "" ? [] : [fitText(nameOfMarket(market), fit, model)]),
      ...(anew ? [variantsText(nameOfMarket(market), variants ?? [], anew.dropped, variantsModel)] : []),
    ].join("\n\n"),
    gaps: [model, variantsModel].some((one) => one !== null && !one.answered) ? 1 : 0,
    result: {
      ...{ ...rules, reviewed_on: reviewed, not_legal_advice: true, ingredients },
      ...fit,
      ...{ rules, model, variants, variants_model: variantsModel },
    },
  };
}

/** Null when no model can be asked. */
async function ask(read: ReadCopy, environment: Environment, told: CheckWords, words: EngineWords) {
  const begun = environment.effects.now().toISOString();
  const clock = runClock(environment.publication.id, begun);
  const engine = openEngine(environment, clock, words);
  if (engine === null) return null;
  const { passages } = openKnowledge({
    ...{ publication: environment.publication, asOf: clock.as_of },
    ...{ publications: environment.publications, reference: folders.reference },
  });
  const search = await searchWithVectors(passages, engine.embedding);
  const [fit] = await askFits(engine, [read], search);
  const [variants] = told.transcreate ? await askVariants(engine, [read], search) : [];
  return {
    ...{ fit: fit ?? null, variants: variants ?? null },
    titles: new Map(
      passages.map(({ id, title, source }): [string, ToldPassage] => [
        id,
        { id, title, source: `${source.title}, ${source.publisher}`, url: source.url },
      ]),
    ),
    told: (task: string, says: string | null): ToldModel =>
      toldModel(task, says, usedFor(engine, task, read.asked.item), begun),
  };
}

const usedFor = (engine: Engine, task: string, item: string): UsedAnswer | undefined =>
  engine.used().find((used) => used.task === task && used.item === item);

function toldModel(
  task: string,
  says: string | null,
  used: UsedAnswer | undefined,
  begun: string,
): ToldModel {
  const kept = used?.answered_at != null && used.answered_at < begun;
  return {
    task,
    answered: says === null,
    model: used?.model ?? null,
    prompt_version: used?.prompt_version ?? null,
    answered_at: used?.answered_at ?? null,
    cost_usd: kept ? 0 : (used?.cost_micros ?? 0) / 1e6,
    kept,
    says,
  };
}

const commonOptions = (told: CheckWords) => ({
  publication: told.publication ?? "kbeauty",
  ...(told.publications === undefined ? {} : { publications: told.publications }),
  ...(told.state === undefined ? {} : { state: told.state }),
  engine: told.engine ?? "auto",
  budgetUsd: told.budgetUsd ?? CHECK_USD,
  frozen: told.frozen === true,
  refresh: told.refresh === true,
  // Somebody waits for the answer; and what models had to say of themselves is told in the result.
  ...{ batch: false, json: true },
});

/** A word that can only be meant as a path: no blank in it, and a slash or an ending. */
const LIKE_A_FILE = /^[^\s]*(?:[/\\][^\s]*|\.(?:txt|md|csv|json|docx?|html?|rtf))$/i;

function copyOf(words: string | undefined, { text, ingredients }: CheckWords): string {
  if (text !== undefined) return text;
  if (words === undefined) {
    if (ingredients !== undefined) return "";
    throw new LeapError('missing copy: give it as it is in quotes, with --text "…", or as a file.');
  }
  if (!existsSync(words)) {
    if (LIKE_A_FILE.test(words))
      throw new LeapError(
        `missing file: ${path.normalize(words)}. Give the words themselves with --text "…".`,
      );
    return words;
  }
  if (!statSync(words).isFile())
    throw new LeapError(`invalid file: ${words} is a folder. Name a file of copy in it.`);
  return readFileSync(words, "utf8");
}
