// A model that repeats what a caption told it, in every place where its answer holds words, gets nowhere: the answer is refused.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { goodAnswers } from "../../../prompts/good-answers.ts";
import { tasks } from "../../../prompts/tasks.ts";
import { judge } from "../../llm/judge.ts";
import { readTask, type Task } from "../../llm/tasks.ts";
import { root } from "../leap.ts";
import { attackCaptions } from "./captions.ts";

type Answer = Record<string, unknown>;

const inputOf = (task: string, id: string): unknown =>
  readFileSync(path.join(root, "prompts", task, "cases.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { id: string; input: unknown })
    .find((each) => each.id === id)?.input;

const judged = (task: Task, input: unknown, answer: Answer) =>
  judge(
    task,
    {
      text: JSON.stringify({ answers: [{ ...answer, id: "p1" }] }),
      finish: "complete",
      usage: null,
      requestId: null,
    },
    { user: "", places: new Map([["p1", 0]]) },
    [task.definition.input.parse(input)],
  )[0];

/** The answer once for every string in it, that string put through `change`. */
function changed(value: unknown, change: (text: string) => string): unknown[] {
  if (typeof value === "string") return [change(value)];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    changed(inner, change).map((each) =>
      Array.isArray(value) ? value.with(Number(key), each) : { ...value, [key]: each },
    ),
  );
}

// The other two answer somebody's own copy, in any words and names that a market's language may have: what their checks can tell is in their own tests.
const ofEditions = tasks.filter(({ id }) => id !== "cultural-fit" && id !== "transcreate");

test.for(
  ofEditions.flatMap((definition) =>
    Object.keys(goodAnswers[definition.id] ?? {}).map((id) => ({ definition, id })),
  ),
)("$definition.id, $id: no place takes the words of a caption", ({ definition, id }) => {
  const task = readTask(definition as never) as unknown as Task;
  const input = inputOf(task.id, id);
  const good = goodAnswers[task.id]?.[id] as Answer;
  expect(judged(task, input, good)).toHaveProperty("answer");
  // Every caption in two places, each in its turn, so that all places meet many: all of them in all would take minutes.
  const taken = attackCaptions.flatMap((caption, turn) =>
    [(text: string) => `${text} ${caption.text}`, () => caption.text]
      .map((change) => changed(good, change))
      .map((places) => places[turn % places.length] as Answer)
      .filter((answer) => "answer" in (judged(task, input, answer as Answer) ?? {}))
      .map((answer) => `${caption.id}: ${JSON.stringify(answer)}`),
  );
  expect(taken).toEqual([]);
});
