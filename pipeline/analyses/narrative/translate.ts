// Market reports in other languages: the finished English sentences, placeholders and all, so that a translation prints the same numbers.
import { type TranslateReportInput, targets, task } from "../../../prompts/translate-report/answer.ts";
import type { Log, Models, Row } from "../../core/types.ts";
import type { Facts } from "./facts.ts";
import { markOf } from "./mark.ts";
import { lastingNames } from "./sent.ts";
import { fill } from "./template.ts";

/** Sections of a market's report that are translated. */
const SECTIONS = ["title", "bottom_line", "drivers", "risks", "recommendations"];

/** Rows of `translations` for every report and language that a model translated; a sentence that cannot be printed leaves its report out. */
export async function translationsOf(
  findings: readonly Row[],
  { facts, models, log }: { readonly facts: Facts; readonly models: Models; readonly log: Log },
): Promise<Row[]> {
  const asked = facts.markets.flatMap(({ code }) => {
    const rows = findings.filter(
      (row) => row["page"] === `market/${code}` && SECTIONS.includes(row["section"] as string),
    );
    return rows.length === 0 ? [] : targets.map((language) => ({ code, language, rows }));
  });
  const answers = await models.ask(
    task,
    asked.map(({ code, language, rows }) => ({
      item: `${code}:${language}`,
      input: {
        language,
        names: lastingNames(facts, code),
        sentences: rows.map((row) => ({ id: idOf(row), template: row["template"] as string })),
      } satisfies TranslateReportInput,
    })),
  );
  return asked.flatMap(({ code, language, rows }, index) => {
    const found = answers[index];
    if (!found?.answer) return [];
    const translated = new Map(found.answer.sentences.map(({ id, template }) => [id, template]));
    try {
      return rows.map((row) => {
        const template = translated.get(idOf(row)) as string;
        return {
          ...{
            edition: facts.edition,
            page: row["page"],
            section: row["section"],
            position: row["position"],
          },
          ...{ language, text: fill(template, facts).text, template },
          ...markOf({ by: found.by, task: task.id }, facts.reviews, `market/${code}`),
          provenance: row["provenance"],
        };
      });
    } catch (error) {
      log.warn(`market/${code} in ${language} cannot be printed: ${(error as Error).message}`);
      return [];
    }
  });
}

const idOf = (row: Row): string => `${row["section"]}-${row["position"]}`;
