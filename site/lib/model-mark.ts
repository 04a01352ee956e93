// Who wrote a sentence, as readers and machines are told: sentences of one mark are gathered, and every block of a model bears its label.
import type { DatasetRow } from "./data.ts";
import { day } from "./format.ts";
import type { Finding } from "./sentence.ts";
import { fill, words } from "./words.ts";

/** What stands on every row that a model wrote or translated. */
export type Mark = Pick<
  DatasetRow<"translations">,
  "model" | "prompt_version" | "answered_on" | "reviewed_by"
>;

/** The mark of a finding; null for one that rules wrote. */
export function markOf(finding: Finding): Mark | null {
  if (finding.written_by !== "model") return null;
  const { model, prompt_version, answered_on, reviewed_by } = finding;
  return {
    model: model ?? words.model.unnamed,
    prompt_version: prompt_version ?? words.model.unnamed,
    answered_on: answered_on ?? "",
    reviewed_by,
  };
}

export interface Block {
  readonly mark: Mark | null;
  readonly findings: readonly Finding[];
}

/** Adjacent sentences of one mark, in their order. */
export function blocksOf(findings: readonly Finding[]): Block[] {
  const blocks: { mark: Mark | null; findings: Finding[] }[] = [];
  for (const finding of findings) {
    const mark = markOf(finding);
    const last = blocks.at(-1);
    if (last && keyOf(last.mark) === keyOf(mark)) last.findings.push(finding);
    else blocks.push({ mark, findings: [finding] });
  }
  return blocks;
}

/** Each mark once, in the order they are met; null, the rules', is none. */
export function distinctMarks(marks: readonly (Mark | null)[]): Mark[] {
  const found = new Map<string, Mark>();
  for (const mark of marks) if (mark && !found.has(keyOf(mark))) found.set(keyOf(mark), mark);
  return [...found.values()];
}

const keyOf = (mark: Mark | null): string =>
  mark ? JSON.stringify([mark.model, mark.prompt_version, mark.answered_on, mark.reviewed_by]) : "";

/** What machines read on the element that holds a model's words; nothing on the rules'. */
export const markAttributes = (mark: Mark | null): Record<string, string> =>
  mark
    ? {
        "data-written-by": "model",
        "data-model": mark.model,
        "data-prompt": mark.prompt_version,
        "data-answered-on": mark.answered_on,
        "data-reviewed-by": mark.reviewed_by ?? "",
      }
    : {};

/** `openai:gpt-x, prompt market-report 1.0.0, 21 Nov 2026, not reviewed`. */
export const markWords = (mark: Mark): string =>
  [
    mark.model,
    fill(words.model.prompt, { prompt: mark.prompt_version }),
    ...(mark.answered_on ? [day(mark.answered_on)] : []),
    mark.reviewed_by === null
      ? words.model.not_reviewed
      : fill(words.model.reviewed, { by: mark.reviewed_by }),
  ].join(", ");

/** `market-report` of `market-report 1.0.0`. */
export const taskOf = (mark: Pick<Mark, "prompt_version">): string => mark.prompt_version.split(" ")[0] ?? "";
