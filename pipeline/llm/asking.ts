// Asks one model every open question of a task: the first call alone, so that its rules are kept at the provider and its price is known, then several
// at once; what does not hold is asked once more. What was paid for and is not done yet is on the disk, so that a killed run goes on from there.
import type { Log } from "../core/types.ts";
import type { HalfAnswer, KeptAnswer, PaidCall } from "./answers.ts";
import { type Called, callNow, type Desk, type Item, type Line } from "./calls.ts";
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
  keep(kept: readonly (KeptAnswer | HalfAnswer)[]): void;
  keptOf<About extends Pick<KeptAnswer | HalfAnswer, "answer" | "verdict" | "reason" | "calls">>(
    task: Task,
    line: Line,
    item: Item,
    about: About,
  ): Omit<KeptAnswer, "answer" | "verdict" | "reason" | "calls"> & About;
  /** What was paid for the item at this model and is not done. */
  half(task: Task, line: Line, item: Item): HalfAnswer | null;
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
  const { log } = books;
  const endings = new Map<Open, Ending>();
  const halves = new Map(open.map((one) => [one, books.half(task, line, one)]));
  const of = (verdict: HalfAnswer["verdict"] | undefined) =>
    open.filter((one) => halves.get(one)?.verdict === verdict);
  for (const one of of("lost")) endings.set(one, refused(line));
  const packs: (() => Promise<Map<Open, Ending>>)[] = [
    ...chunks(of("to_repair"), task.pack).map(
      (pack) => () =>
        repairedPack(
          ...([books, task, line] as const),
          pack.map((one) => ({ one, half: halves.get(one) as HalfAnswer })),
        ),
    ),
    ...chunks(of(undefined), task.pack).map((pack) => () => askPack(books, task, line, pack)),
  ];
  const next = async (): Promise<void> => {
    const pack = packs.shift();
    if (!pack) return;
    for (const [one, ending] of await pack()) endings.set(one, ending);
    log.progress(`asking ${task.id}`, endings.size, open.length);
  };
  await next();
  const worker = async () => {
    while (packs.length > 0) await next();
  };
  await Promise.all(Array.from({ length: books.concurrency }, worker));
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
    keepRefused(books, task, line, pack, called.paid);
    return all(pack, refused(line));
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

const refused = ({ model }: Line): Ending => ({
  reason: "refused",
  says: `${nameOf(model)} refuses to answer`,
});

/** Keeps that the model refused these items: it is not asked about them again, and the next one is. */
export function keepRefused(
  books: Pick<Books, "keep" | "keptOf" | "half" | "enter">,
  task: Task,
  line: Line,
  items: readonly Item[],
  paid: readonly PaidCall[],
): void {
  const lost = items.map((one, place) => {
    const before = books.half(task, line, one)?.calls ?? [];
    return books.keptOf(task, line, one, {
      ...{ answer: null, verdict: "lost" as const, reason: "refused" },
      calls: [...before, paid[place] as PaidCall],
    });
  });
  books.keep(lost);
  books.enter(task, line, items, paid, () => "lost");
}

/** Keeps what holds as answered and what does not as half done. */
export function keepJudged(
  books: Pick<Books, "keep" | "keptOf" | "enter">,
  task: Task,
  line: Line,
  items: readonly Item[],
  called: Pick<Extract<Called, { state: "answered" }>, "judged" | "paid">,
): (KeptAnswer | HalfAnswer)[] {
  const kept = items.map((one, place) => {
    const judged = called.judged[place] as Judgement;
    const calls = [called.paid[place] as PaidCall];
    return "problem" in judged
      ? books.keptOf(task, line, one, {
          ...{ answer: null, verdict: "to_repair" as const, reason: judged.problem, calls },
        })
      : books.keptOf(task, line, one, {
          ...{ answer: judged.answer, verdict: "accepted" as const, reason: null, calls },
        });
  });
  books.keep(kept);
  books.enter(task, line, items, called.paid, (place) => kept[place]?.verdict ?? "to_repair");
  return kept;
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
  const kept = keepJudged(books, task, line, pack, called);
  const broken = pack.flatMap((one, place) => {
    const found = kept[place] as KeptAnswer | HalfAnswer;
    if (isHalf(found)) return [{ one, half: found }];
    endings.set(one, { kept: found });
    return [];
  });
  if (broken.length > 0)
    for (const [one, ending] of await repairedPack(books, task, line, broken)) endings.set(one, ending);
  return endings;
}

const isHalf = (found: KeptAnswer | HalfAnswer): found is HalfAnswer =>
  found.verdict === "to_repair" || found.verdict === "lost";

type Judgement = Extract<Called, { state: "answered" }>["judged"][number];

async function repairedPack(
  books: Books,
  task: Task,
  line: Line,
  broken: readonly { one: Open; half: HalfAnswer }[],
): Promise<Map<Open, Ending>> {
  const again = broken.map(({ one }) => one);
  const gone = goneOf(books, line);
  if (gone !== undefined) return all(again, { reason: "unavailable", says: gone });
  const problems: Problems = new Map(broken.map(({ half }, place) => [place, half.reason]));
  const called = await callNow(task, line, again, books.desk, problems);
  if (called.state !== "answered") return unanswered(books, task, line, again, called);
  const mended = broken.map(({ one, half }, place) => {
    const judged = called.judged[place] as Judgement;
    const calls = [...half.calls, called.paid[place] as PaidCall];
    return books.keptOf(
      task,
      line,
      one,
      "answer" in judged
        ? { answer: judged.answer, verdict: "repaired" as const, reason: null, calls }
        : { answer: null, verdict: "dropped" as const, reason: judged.problem, calls },
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
