// A prompt's front matter is read strictly, and whatever it says is part of what an answer is kept under.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { defineTask } from "../../prompts/task.ts";
import { answerKey } from "./answers.ts";
import { readTask } from "./tasks.ts";

const root = mkdtempSync(join(tmpdir(), "leap-prompts-"));
afterAll(() => rmSync(root, { recursive: true }));

const definition = defineTask({
  id: "colour",
  input: z.object({ text: z.string() }),
  answer: z.object({ colour: z.string() }),
  check: () => null,
});
const head = `task: colour
tier: small
version: 1.2.0
time_to_live: 7d
max_output: 40
languages: [en]`;
let folders = 0;

function prompts(
  matter: string | null,
  body = "Say which colour it is.",
  frame: string | null = "The frame.",
) {
  const folder = join(root, String(folders++));
  mkdirSync(join(folder, "colour"), { recursive: true });
  const text = matter === null ? body : `---\n${matter}\n---\n${body}\n`;
  writeFileSync(join(folder, "colour", "prompt.md"), text);
  if (frame !== null) writeFileSync(join(folder, "frame.md"), `${frame}\n`);
  return folder;
}
const read = (...about: Parameters<typeof prompts>) => readTask(definition, prompts(...about));

test("a task is its settings and its rules behind the frame; one item a call and no waiting unless it says so", () => {
  expect(read(head)).toMatchObject({
    ...{ id: "colour", tier: "small", version: "1.2.0", timeToLiveMs: 7 * 86_400_000, maxOutputTokens: 40 },
    ...{ pack: 1, mayWait: false, system: "The frame.\n\nSay which colour it is." },
  });
  expect(read(head.replace("7d", "24h")).timeToLiveMs).toBe(86_400_000);
});

test("front matter that says too little, too much or nonsense is refused by file", () => {
  const wrong = [
    head.replace("tier: small", "tier: medium"),
    head.replace("1.2.0", "1.2"),
    head.replace("7d", "soon"),
    head.replace("max_output: 40", "max_output: 4"),
    head.replace("[en]", "[]"),
    `${head}\npack: 0`,
    `${head}\ntemperature: 1`,
    "",
  ];
  for (const matter of wrong) expect(() => read(matter)).toThrow(/^invalid prompt: .*colour\/prompt\.md/);
});

test("a prompt without front matter, of another task, without its file or its frame is refused with what to do", () => {
  expect(() => read(null)).toThrow(/no front matter\. Begin it with ---/);
  expect(() => read(head.replace("colour", "shape"))).toThrow(/says task shape\. Name it colour/);
  expect(() => readTask(definition, join(root, "nowhere"))).toThrow(/^missing prompt: .*prompt\.md/);
  expect(() => read(head, "Rules.", null)).toThrow(/^missing prompt: .*frame\.md/);
});

test("changed rules, frame or shapes make other keys, even under the same version; settings that no model sees do not", () => {
  const model = { provider: "openai", model: "m" } as const;
  const keyOf = (task: ReturnType<typeof read>) => answerKey(task as never, model, { text: "red" });
  const key = keyOf(read(head));
  expect(keyOf(read(head.replace("7d", "1h")))).toBe(key);
  const wider = { ...definition, answer: definition.answer.extend({ sure: z.boolean() }) };
  const others = [
    keyOf(read(head, "Say which colour it is, please.")),
    keyOf(read(head, undefined, "Another frame.")),
    keyOf(read(head.replace("1.2.0", "1.2.1"))),
    keyOf(readTask(wider, prompts(head)) as never),
    answerKey(read(head) as never, { ...model, model: "n" }, { text: "red" }),
    answerKey(read(head) as never, model, { text: "blue" }),
  ];
  expect(new Set([key, ...others]).size).toBe(others.length + 1);
});

test("an input is the same question whatever the order of its keys", () => {
  const task = read(head) as never;
  const model = { provider: "openai", model: "m" } as const;
  expect(answerKey(task, model, { a: 1, b: { c: 2, d: 3 } })).toBe(
    answerKey(task, model, { b: { d: 3, c: 2 }, a: 1 }),
  );
});
