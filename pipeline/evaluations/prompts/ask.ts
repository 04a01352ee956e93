// Asks a model the cases of one task, each alone, so that no case's score depends on another: the same call, shapes and money as in a run.
import type { Case } from "../../../prompts/cases.ts";
import { chunks } from "../../llm/asking.ts";
import { callNow, type Desk, type Line } from "../../llm/calls.ts";
import { nameOf } from "../../llm/prices.ts";
import type { Task } from "../../llm/tasks.ts";
import type { Reply } from "../../llm/types.ts";
import { drawnFrom, hashOf, type Recorded } from "./recorded.ts";

const AT_ONCE = 4;

export interface AskedCases {
  readonly answered: ReadonlyMap<string, Recorded>;
  /** Case → why there is no answer. */
  readonly unanswered: ReadonlyMap<string, string>;
}

/** The first case goes alone, so that the rules are kept at the provider before the others come. */
export async function askCases(
  task: Task,
  cases: readonly Case[],
  line: Line,
  desk: Desk,
): Promise<AskedCases> {
  const answered = new Map<string, Recorded>();
  const unanswered = new Map<string, string>();
  let gone: string | null = null;
  const ask = async (one: Case) => {
    if (gone !== null) {
      unanswered.set(one.id, gone);
      return;
    }
    const { line: listening, heard } = listened(line);
    const input = task.definition.input.parse(one.input);
    const inputSha256 = hashOf(task, one);
    const called = await callNow(task, listening, [{ item: one.id, input, inputSha256 }], {
      ...desk,
      random: drawnFrom(task, one),
    });
    const reply = heard();
    if (called.state === "budget") unanswered.set(one.id, "the ceiling of --budget-usd is reached");
    else if (called.state === "failed") {
      const says = `${nameOf(line.model)}: ${called.failure.code}`;
      // A key, a quota or a dead line will not answer the next case either.
      if (called.failure.kind !== "request") gone = says;
      unanswered.set(one.id, says);
    } else if (reply)
      answered.set(one.id, {
        ...{ case: one.id, input_sha256: inputSha256, prompt_version: task.version, digest: task.digest },
        model: nameOf(line.model),
        answered_on: desk.world.now().toISOString().slice(0, 10),
        ...{ text: reply.text, finish: reply.finish, usage: reply.usage },
        latency_ms: called.paid[0]?.latency_ms ?? null,
        cost_micros: called.paid[0]?.cost_micros ?? null,
      });
  };
  const [first, ...rest] = cases;
  if (first) await ask(first);
  for (const some of chunks(rest, AT_ONCE)) await Promise.all(some.map(ask));
  return { answered, unanswered };
}

/** The line, and what its provider last said, word for word. */
function listened(line: Line): { line: Line; heard: () => Reply | null } {
  let last: Reply | null = null;
  const provider = {
    ...line.provider,
    ask: async (...words: Parameters<typeof line.provider.ask>) => {
      last = await line.provider.ask(...words);
      return last;
    },
  };
  return { line: { ...line, provider }, heard: () => last };
}
