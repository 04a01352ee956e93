// The model engine: kept answers first, then the models of the task's tier in their order, until each question is answered or has a reason.
import type { z } from "zod";
import type { TaskDefinition } from "../../prompts/task.ts";
import { LeapError } from "../core/errors.ts";
import type { Asked, Log, Models, Question, UsedAnswer } from "../core/types.ts";
import {
  type Answers,
  answerKey,
  type HalfAnswer,
  inputHash,
  type KeptAnswer,
  type PaidCall,
} from "./answers.ts";
import { askLine, type Books, chunks, goneOf, keepJudged, keepRefused, type Open } from "./asking.ts";
import type { Judged, Waiting } from "./batch.ts";
import { type Desk, type Item, type Line, prepare } from "./calls.ts";
import { askedOf, type Ending, notUsed, usedOf } from "./endings.ts";
import type { Ledger } from "./ledger.ts";
import { nameOf } from "./prices.ts";
import { readTask, type Task } from "./tasks.ts";

export interface EngineOptions {
  /** The models of each tier, first choice first. */
  readonly tiers: Readonly<Record<Task["tier"], readonly Line[]>>;
  readonly answers: Answers;
  readonly ledger: Ledger;
  readonly desk: Desk;
  /** The edition it works for. */
  readonly run: string;
  readonly log: Log;
  /** Asks nothing, and throws on a question that has no kept answer. */
  readonly frozen?: boolean;
  /** Takes no answer that was kept before this run. */
  readonly refresh?: boolean;
  /** Takes kept answers however old they are: labelled data do not age. */
  readonly anyAge?: boolean;
  /** Asks nothing and counts what would be asked. */
  readonly estimate?: boolean;
  /** Calls under way at once. */
  readonly concurrency?: number;
  /** Null asks everything at once, at full price. */
  readonly waiting?: Waiting | null;
  /** Models that gave up, and why; handed over by a run that makes several editions. */
  readonly down?: Map<string, string>;
  /** Keys of the answers that were asked for in this run. */
  readonly askedNow?: Set<string>;
  /** Folder of the prompts, for tests. */
  readonly prompts?: string;
}

/** What a run would ask, per task. */
export interface Estimate {
  readonly task: string;
  readonly model: string;
  readonly items: number;
  readonly kept: number;
  readonly calls: number;
  /** At most; what is billed is usually a third of it. */
  readonly most_micros: number;
}

export interface Engine extends Models {
  estimates(): readonly Estimate[];
}

export function openModels(options: EngineOptions): Engine {
  const { tiers, answers, ledger, desk } = options;
  const askedNow = options.askedNow ?? new Set<string>();
  const used = new Map<string, UsedAnswer>();
  const estimates = new Map<string, Estimate>();

  const lines = (task: Task): readonly Line[] => tiers[task.tier];

  function find(task: Task, input: unknown, anyAge: boolean): KeptAnswer | null {
    for (const { model } of lines(task)) {
      const key = answerKey(task, model, input);
      const kept = answers.find(task.id, key);
      if (!kept || (options.refresh && !anyAge && !askedNow.has(key))) continue;
      const age = desk.world.now().getTime() - Date.parse(kept.answered_at);
      if (anyAge || options.anyAge || options.frozen || age < task.timeToLiveMs) return kept;
    }
    return null;
  }

  function earlier(task: Task, input: unknown, before: string): KeptAnswer | null {
    for (const { model } of lines(task)) {
      const kept = answers.before(task.id, answerKey(task, model, input), before);
      if (kept) return kept;
    }
    return null;
  }

  async function ask<Input extends z.ZodObject, Answer extends z.ZodObject>(
    definition: TaskDefinition<Input, Answer>,
    questions: readonly Question<z.input<Input>>[],
  ): Promise<Asked<z.output<Answer>>[]> {
    const task = readTask(definition, options.prompts) as Task;
    if (!options.frozen && !options.estimate)
      await options.waiting?.collect(task, lines(task), fromBatch(task));
    const items = questions.map(({ item, input }) => itemOf(definition, item, input));
    const endings: Ending[] = new Array(items.length);
    const open = new Map<string, Open>();
    for (const [place, item] of items.entries()) {
      const kept = find(task, item.input, false);
      const same = open.get(item.inputSha256);
      if (kept) endings[place] = { kept };
      else if (same) same.places.push(place);
      else open.set(item.inputSha256, { ...item, places: [place] });
    }
    const missing = [...open.values()];
    if (missing.length > 0 && options.frozen)
      throw new LeapError(
        `missing answer: task ${task.id}, item ${missing[0]?.item}, and --frozen forbids to ask. Run once without it.`,
      );
    const ended = options.estimate
      ? estimated(task, missing, items.length - missing.length)
      : await askAll(task, missing);
    for (const [index, ending] of ended.entries())
      for (const place of (missing[index] as Open).places) endings[place] = ending;
    for (const [place, item] of items.entries()) note(task, item, endings[place] as Ending);
    return endings.map((ending) => askedOf<z.output<Answer>>(ending));
  }

  /** Asks every open question of the first model, what it leaves of the next. */
  async function askAll(task: Task, missing: readonly Open[]): Promise<Ending[]> {
    const endings = new Map<Open, Ending>();
    let left = missing;
    for (const line of lines(task)) {
      if (left.length === 0) break;
      const gone = goneOf(books, line);
      if (gone !== undefined) {
        for (const one of left)
          if (!endings.has(one)) endings.set(one, { reason: "unavailable", says: gone });
        continue;
      }
      for (const [one, ending] of await inBatch(task, line, left)) endings.set(one, ending);
      const now = left.filter((one) => !endings.has(one) || givesWay(endings.get(one)));
      for (const [one, ending] of await askLine(books, task, line, now)) endings.set(one, ending);
      left = left.filter((one) => givesWay(endings.get(one)));
    }
    for (const one of missing) {
      const ending = endings.get(one);
      if (!ending || "kept" in ending || ending.reason !== "refused") continue;
      const unasked = lines(task).find((line) => books.half(task, line, one)?.verdict !== "lost");
      if (unasked) {
        // Not reached today, it may answer tomorrow.
        endings.set(one, { reason: "unavailable", says: goneOf(books, unasked) ?? ending.says });
        continue;
      }
      const kept = keptOf(task, lines(task).at(-1) as Line, one, {
        ...{ answer: null, verdict: "dropped" as const, reason: "refused: no model answers this" },
        calls: lines(task).flatMap((line) => books.half(task, line, one)?.calls ?? []),
      });
      keep([kept]);
      endings.set(one, { kept });
    }
    return missing.map(
      (one) =>
        endings.get(one) ?? { reason: "unavailable", says: `no model is set for the tier ${task.tier}` },
    );
  }

  /** What a batch answered, or will. */
  async function inBatch(task: Task, line: Line, open: readonly Open[]): Promise<Map<Open, Ending>> {
    const endings = new Map<Open, Ending>();
    if (!options.waiting || !task.mayWait) return endings;
    const fresh = open.filter((one) => !books.half(task, line, one));
    const waited = await options.waiting.ask(task, line, fresh, fromBatch(task));
    for (const one of open) {
      const kept = answers.find(task.id, answerKey(task, line.model, one.input));
      const says = waited.get(one);
      if (says !== undefined) endings.set(one, { reason: "waiting", says });
      else if (kept && askedNow.has(kept.key)) endings.set(one, { kept });
    }
    return endings;
  }

  function keep(kept: readonly (KeptAnswer | HalfAnswer)[]): void {
    // Before its ledger entry: a run that is killed in between must not ask, and pay, again.
    answers.keep(kept);
    for (const { key } of kept) askedNow.add(key);
  }

  const keptOf: Books["keptOf"] = (task, line, { item, input, inputSha256 }, about) => ({
    key: answerKey(task, line.model, input),
    task: task.id,
    item,
    prompt_version: task.version,
    model: nameOf(line.model),
    input_sha256: inputSha256,
    ...about,
    run: options.run,
    answered_at: about.calls.at(-1)?.at ?? desk.world.now().toISOString(),
  });

  const enter: Books["enter"] = (task, line, items, paid, verdict) =>
    ledger.add(
      items.map(({ item, inputSha256 }, place) => ({
        ...(paid[place] as PaidCall),
        run: options.run,
        task: task.id,
        item,
        model: nameOf(line.model),
        prompt_version: task.version,
        input_sha256: inputSha256,
        verdict: verdict(place),
      })),
    );

  const books: Books = {
    ...{ desk, keep, keptOf, enter, log: options.log, concurrency: options.concurrency ?? 4 },
    down: options.down ?? new Map(),
    half(task, line, { input }) {
      const found = answers.half(task.id, answerKey(task, line.model, input));
      if (!found || (options.refresh && !askedNow.has(found.key))) return null;
      const age = desk.world.now().getTime() - Date.parse(found.answered_at);
      return options.anyAge || age < task.timeToLiveMs ? found : null;
    },
  };

  /** What a batch brought: kept when it holds, half done when it does not; what was booked already, before a kill, is not booked twice. */
  const fromBatch =
    (task: Task): Judged =>
    (line, items, called) => {
      const fresh = [...items.keys()].filter((place) => {
        const { call } = called.paid[place] as PaidCall;
        return !ledger.knows(call, (items[place] as Item).item);
      });
      const of = <T>(list: readonly T[]): T[] => fresh.map((place) => list[place] as T);
      if (called.state === "refused") keepRefused(books, task, line, of(items), of(called.paid));
      else keepJudged(books, task, line, of(items), { judged: of(called.judged), paid: of(called.paid) });
    };

  function estimated(task: Task, missing: readonly Open[], kept: number): Ending[] {
    const line = lines(task)[0];
    if (line) {
      const packs = chunks(missing, task.pack);
      const batch = Boolean(options.waiting) && task.mayWait && missing.length > 1;
      const most = packs.reduce(
        (sum, pack) => sum + prepare(task, line, pack, desk, { batch }).mostMicros,
        0,
      );
      const before = estimates.get(task.id);
      estimates.set(task.id, {
        task: task.id,
        model: nameOf(line.model),
        items: (before?.items ?? 0) + missing.length + kept,
        kept: (before?.kept ?? 0) + kept,
        calls: (before?.calls ?? 0) + packs.length,
        most_micros: (before?.most_micros ?? 0) + most,
      });
    }
    return missing.map(() => ({ reason: "estimate", says: "nothing is asked in an estimate" }));
  }

  function note(task: Task, item: Item, ending: Ending): void {
    // Questions that say the same share one answer, which is told and paid once.
    const told = "kept" in ending ? usedOf(ending.kept) : notUsed(task, item, ending);
    used.set(`${told.task} ${told.item}`, told);
  }

  return {
    ask,
    recall(definition, questions, { before } = {}) {
      const task = readTask(definition, options.prompts) as Task;
      return questions.map(({ item, input }) => {
        const parsed = itemOf(definition, item, input).input;
        const kept = before === undefined ? find(task, parsed, true) : earlier(task, parsed, before);
        return kept ? askedOf({ kept }) : null;
      });
    },
    used: () => [...used.values()].sort((a, b) => (a.task + a.item < b.task + b.item ? -1 : 1)),
    estimates: () => [...estimates.values()],
  };
}

function itemOf(definition: TaskDefinition, item: string, input: unknown): Item {
  const parsed = definition.input.parse(input);
  return { item, input: parsed, inputSha256: inputHash(parsed) };
}

/** What a model refused or could not be asked gives way to the next; a ceiling and a broken check do not. */
const givesWay = (ending: Ending | undefined): boolean =>
  ending !== undefined && !("kept" in ending) && ["refused", "unavailable"].includes(ending.reason);
