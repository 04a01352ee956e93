// Asks one model every open question of a task: the first call alone, so that its rules are kept at the provider and its price is known, then several
// at once; what does not hold is asked once more.
import type { Log } from "../core/types.ts";
import type { KeptAnswer, PaidCall } from "./answers.ts";
import { type Called, callNow, type Desk, type Item, type Line, prepare } from "./calls.ts";
import type { Ending } from "./endings.ts";
import type { Problems } from "./fence.ts";
import type { LedgerEntry } from "./ledger.ts";
import { nameOf } from "./prices.ts";
import type { Task } from "./tasks.ts";

/** A question that waits for an answer, at its places in what was asked. */
export interface Open extends Item {
  readonly places: number[];
}

export interface Books {
  readonly desk: Desk;
  readonly log: Log;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Models and providers that gave up for this run, and why. */
  readonly down: Map<string, string>;
  /** Calls of refused items by task and input; they are paid like any other. */
  readonly refusals: Map<string, PaidCall[]>;
  keep(kept: readonly KeptAnswer[]): void;
  keptOf(
    task: Task,
    line: Line,
    item: Item,
    about: Pick<KeptAnswer, "answer" | "verdict" | "reason" | "calls">,
  ): KeptAnswer;
  enter(
    task: Task,
    line: Line,
    items: readonly Item[],
    paid: readonly PaidCall[],
    verdict: (place: number) => LedgerEntry["verdict"],
  ): void;
}

/** One ending a question. */
export async function askLine(
  books: Books,
  task: Task,
  line: Line,
  open: readonly Open[],
): Promise<Map<Open, Ending>> {
  const { desk, log } = books;
  const endings = new Map<Open, Ending>();
  const packs = chunks(open, task.pack);
  let done = 0;
  const run = async (pack: readonly Open[]) => {
    for (const [one, ending] of await askPack(books, task, line, pack)) endings.set(one, ending);
    done += pack.length;
    log.progress(`asking ${task.id}`, done, open.length);
  };
  const first = packs.shift();
  if (first) await run(first);
  while (packs.length > 0) {
    const size = prepare(task, line, packs[0] as Open[], desk).mostMicros;
    await Promise.all(packs.splice(0, desk.budget.slots(task.id, size, books.concurrency)).map(run));
  }
  return endings;
}

/** Why a model is not asked in this run any more; undefined while it is. */
export const goneOf = ({ down }: Books, { model }: Line): string | undefined =>
  down.get(nameOf(model)) ?? down.get(model.provider);

async function askPack(
  books: Books,
  task: Task,
  line: Line,
  pack: readonly Open[],
): Promise<Map<Open, Ending>> {
  const gone = goneOf(books, line);
  if (gone !== undefined) return all(pack, { reason: "unavailable", says: gone });
  const called = await callNow(task, line, pack, books.desk);
  if (called.state === "answered") return judgedPack(books, task, line, pack, called);
  if (called.state === "failed" && called.failure.kind === "request" && pack.length > 1) {
    // One of them may be what the provider does not take.
    const half = Math.ceil(pack.length / 2);
    const found = await askPack(books, task, line, pack.slice(0, half));
    for (const [one, ending] of await askPack(books, task, line, pack.slice(half))) found.set(one, ending);
    return found;
  }
  return unanswered(books, task, line, pack, called);
}

function unanswered(
  books: Books,
  task: Task,
  line: Line,
  pack: readonly Open[],
  called: Exclude<Called, { state: "answered" }>,
): Map<Open, Ending> {
  const name = nameOf(line.model);
  if (called.state === "budget")
    return all(pack, {
      reason: "budget",
      says: `the ceiling of the ${books.desk.budget.stopped()} is reached`,
    });
  if (called.state === "refused") {
    books.enter(task, line, pack, called.paid, () => "lost");
    for (const [place, one] of pack.entries()) {
      const key = `${task.id} ${one.inputSha256}`;
      books.refusals.set(key, [...(books.refusals.get(key) ?? []), called.paid[place] as PaidCall]);
    }
    return all(pack, { reason: "refused", says: `${name} refuses to answer` });
  }
  const { failure } = called;
  const says = `${name}: ${failure.code}`;
  if (failure.kind !== "request") {
    // A missing model leaves its siblings; a key, a quota or a dead line does not.
    const gone = failure.code === "model" ? name : line.model.provider;
    if (!books.down.has(gone))
      books.log.warn(`${says}: ${failure.message}; it is not asked any more in this run`);
    books.down.set(gone, says);
  }
  return all(pack, { reason: "unavailable", says });
}

/** Keeps what holds, and asks once more about what does not. */
async function judgedPack(
  books: Books,
  task: Task,
  line: Line,
  pack: readonly Open[],
  called: Extract<Called, { state: "answered" }>,
): Promise<Map<Open, Ending>> {
  const endings = new Map<Open, Ending>();
  const broken: { one: Open; problem: string; paid: PaidCall }[] = [];
  const held: [Open, KeptAnswer][] = [];
  for (const [place, one] of pack.entries()) {
    const judged = called.judged[place] as Judgement;
    const paid = called.paid[place] as PaidCall;
    if ("problem" in judged) broken.push({ one, problem: judged.problem, paid });
    else
      held.push([
        one,
        books.keptOf(task, line, one, {
          ...{ answer: judged.answer, verdict: "accepted" as const, reason: null },
          calls: [paid],
        }),
      ]);
  }
  books.keep(held.map(([, kept]) => kept));
  books.enter(task, line, pack, called.paid, (place) =>
    "problem" in (called.judged[place] as Judgement) ? "to_repair" : "accepted",
  );
  for (const [one, kept] of held) endings.set(one, { kept });
  if (broken.length > 0)
    for (const [one, ending] of await repairedPack(books, task, line, broken)) endings.set(one, ending);
  return endings;
}

type Judgement = Extract<Called, { state: "answered" }>["judged"][number];

async function repairedPack(
  books: Books,
  task: Task,
  line: Line,
  broken: readonly { one: Open; problem: string; paid: PaidCall }[],
): Promise<Map<Open, Ending>> {
  const again = broken.map(({ one }) => one);
  const problems: Problems = new Map(broken.map(({ problem }, place) => [place, problem]));
  const called = await callNow(task, line, again, books.desk, problems);
  if (called.state !== "answered") return unanswered(books, task, line, again, called);
  const mended = broken.map(({ one, paid }, place) => {
    const judged = called.judged[place] as Judgement;
    const calls = [paid, called.paid[place] as PaidCall];
    return books.keptOf(
      task,
      line,
      one,
      "answer" in judged
        ? { answer: judged.answer, verdict: "repaired", reason: null, calls }
        : { answer: null, verdict: "dropped", reason: judged.problem, calls },
    );
  });
  books.keep(mended);
  books.enter(task, line, again, called.paid, (place) => mended[place]?.verdict ?? "dropped");
  return new Map(again.map((one, place) => [one, { kept: mended[place] as KeptAnswer }]));
}

const all = (pack: readonly Open[], ending: Ending): Map<Open, Ending> =>
  new Map(pack.map((one) => [one, ending]));

/** In lists of at most `size`. */
export const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
