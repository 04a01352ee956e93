// Lets a model give each group of phrases an English name and a sentence. It is sent the phrases alone, which are published anyway; never a post.
import { type ThemesAnswer, type ThemesInput, task } from "../../../prompts/themes/answer.ts";
import type { AnsweredBy, Models } from "../../core/types.ts";

/** Phrases that belong together, surest first. */
export interface PhraseGroup {
  readonly market: string;
  /** As an English reader calls it. */
  readonly marketName: string;
  readonly polarity: ThemesInput["polarity"];
  readonly language: string;
  readonly number: number;
  readonly phrases: readonly { readonly phrase: string; readonly posts: number }[];
  /** Texts that use at least one of the phrases. */
  readonly posts: number;
}

export interface NamedBy {
  readonly model_name: string | null;
  readonly model_description: string | null;
  readonly model: string | null;
  readonly prompt_version: string | null;
  readonly answered_on: string | null;
}

export const unnamed: NamedBy = {
  model_name: null,
  model_description: null,
  model: null,
  prompt_version: null,
  answered_on: null,
};

/** One entry a group, in their order; a group without an answer that holds stays without a name. */
export async function namesOf(groups: readonly PhraseGroup[], models: Models): Promise<NamedBy[]> {
  const found = await models.ask(
    task,
    groups.map(({ market, marketName, polarity, language, number, phrases, posts }) => ({
      item: `${market}:${polarity}:${number}`,
      input: {
        market: marketName,
        language,
        polarity,
        phrases: phrases.map((each) => ({ phrase: each.phrase, posts: wordFor(each.posts / posts) })),
      },
    })),
  );
  return found.map(({ answer, by }) => (answer && by ? namedBy(answer, by) : unnamed));
}

/** Words, not counts: a number that is not sent cannot come back, and the same words next week are the same question. */
const wordFor = (share: number): ThemesInput["phrases"][number]["posts"] =>
  share >= 0.5 ? "most" : share >= 0.25 ? "many" : share >= 0.1 ? "some" : "few";

const namedBy = ({ name, description }: ThemesAnswer, by: AnsweredBy): NamedBy => ({
  model_name: name.trim(),
  model_description: description.trim(),
  model: by.model,
  prompt_version: `${task.id} ${by.prompt_version}`,
  answered_on: by.answered_at.slice(0, 10),
});
