// Groups of phrases that a model named from the phrases alone: name, sentence, phrases, and its mark.
import type { DatasetRow } from "./data.ts";
import type { Mark } from "./model-mark.ts";

export interface ThemeGroup {
  readonly name: string;
  readonly description: string;
  readonly phrases: readonly string[];
  readonly mark: Mark;
}

/** The groups of each list that hold one of its first five phrases, in their order; empty when no model named any. */
export function themeGroups(themes: readonly DatasetRow<"themes">[]): ThemeGroup[] {
  const shown = themes.filter(({ rank, model_name }) => rank <= 5 && model_name);
  const groups = Map.groupBy(shown, ({ polarity, theme_group }) => `${polarity} ${theme_group}`);
  return [...groups.values()].flatMap((found) => {
    const [{ model_name, model_description, model, prompt_version, answered_on } = {}] = found;
    return model_name && model && prompt_version
      ? {
          name: model_name,
          description: model_description ?? "",
          phrases: found.map(({ phrase }) => phrase),
          mark: { model, prompt_version, answered_on: answered_on ?? "", reviewed_by: null },
        }
      : [];
  });
}
