// Pre-written questions: the sentences of one section, gathered under the questions they answer.
import type { Finding } from "./sentence.ts";

export interface Question {
  readonly question: string;
  readonly answer: readonly Finding[];
}

/** A question is the lead of its answer's first sentence; the sentences after it have none. */
export function questionsOf(findings: readonly Finding[]): Question[] {
  const questions: { question: string; answer: Finding[] }[] = [];
  for (const finding of findings) {
    const last = questions.at(-1);
    if (last && finding.lead === "") last.answer.push(finding);
    else questions.push({ question: finding.lead, answer: [finding] });
  }
  return questions;
}
