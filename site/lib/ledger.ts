// The ledger of models, added up: what an edition asked, what became of it, what it cost. Money in micro-dollars, as the rows have it.
import { type DatasetRow, rows } from "./data.ts";

export type Question = DatasetRow<"analyses">;

export interface Totals {
  readonly questions: number;
  /** Held, at once or after one repair. */
  readonly answered: number;
  readonly repaired: number;
  readonly dropped: number;
  readonly notAnswered: number;
  /** Answers of an earlier edition that were used again. */
  readonly kept: number;
  readonly tokensIn: number;
  /** Of what was sent, tokens that the provider kept or had kept. */
  readonly tokensCached: number;
  readonly tokensOut: number;
  /** Paid for this edition. */
  readonly paidMicros: number;
  /** What the answers used again had cost in their time. */
  readonly keptMicros: number;
}

export function totalsOf(questions: readonly Question[]): Totals {
  const sum = (value: (question: Question) => number) =>
    questions.reduce((total, question) => total + value(question), 0);
  const having = (holds: (question: Question) => boolean) => questions.filter(holds).length;
  return {
    questions: questions.length,
    answered: having(({ verdict }) => verdict === "accepted" || verdict === "repaired"),
    repaired: having(({ verdict }) => verdict === "repaired"),
    dropped: having(({ verdict }) => verdict === "dropped"),
    notAnswered: having(({ verdict }) => verdict === "not_answered"),
    kept: having(({ reused }) => reused === "kept"),
    tokensIn: sum(
      ({ tokens_in, tokens_cache_write, tokens_cached }) => tokens_in + tokens_cache_write + tokens_cached,
    ),
    tokensCached: sum(({ tokens_cache_write, tokens_cached }) => tokens_cache_write + tokens_cached),
    tokensOut: sum(({ tokens_out }) => tokens_out),
    paidMicros: sum(({ reused, cost_micros }) => (reused === "kept" ? 0 : cost_micros)),
    keptMicros: sum(({ reused, cost_micros }) => (reused === "kept" ? cost_micros : 0)),
  };
}

export const ledgerOf = (edition: string): readonly Question[] => rows("analyses", edition);

/** Groups in the order of what they were paid, most first; then by name. */
export function ledgerBy(
  questions: readonly Question[],
  name: (question: Question) => string,
): [string, Totals][] {
  return [...Map.groupBy(questions, name)]
    .map(([group, found]): [string, Totals] => [group, totalsOf(found)])
    .sort(([a, one], [b, two]) => two.paidMicros - one.paidMicros || a.localeCompare(b, "en"));
}

/** `openai:gpt-x`, or what stands for a question that nobody answered. */
export const modelOf = ({ provider, model }: Question, nobody: string): string =>
  model === null ? nobody : provider === null ? model : `${provider}:${model}`;

/** Why answers were dropped or never came, with how often, most often first. */
export function reasonsOf(questions: readonly Question[]): { verdict: string; reason: string; n: number }[] {
  const lost = questions.filter(({ verdict }) => verdict === "dropped" || verdict === "not_answered");
  return [...Map.groupBy(lost, ({ verdict, reason }) => `${verdict}\n${reason ?? ""}`).values()]
    .map((found) => ({
      verdict: found[0]?.verdict ?? "",
      reason: found[0]?.reason ?? "",
      n: found.length,
    }))
    .sort((a, b) => b.n - a.n || a.reason.localeCompare(b.reason, "en"));
}

/** `$0.001234`: to the micro-dollar, because answers cost less than a cent. */
export const dollars = (micros: number): string =>
  `$${(micros / 1e6).toLocaleString("en-US", { minimumFractionDigits: 6, maximumFractionDigits: 6 })}`;
