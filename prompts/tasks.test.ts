import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { zodTextFormat } from "openai/helpers/zod";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readTask } from "../pipeline/llm/tasks.ts";
import { casesOf, judge } from "./cases.ts";
import { repeatsNone } from "./checks.ts";
import { goodAnswers } from "./good-answers.ts";
import type { TaskDefinition } from "./task.ts";
import { tasks } from "./tasks.ts";

const folder = import.meta.dirname;
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");
const frame = read("frame.md");
const casesFor = (id: string) => casesOf(read(id, "cases.jsonl"));
// Definitions of different shapes in one list: their checks take what their own schema read.
const all = tasks as readonly unknown[] as readonly TaskDefinition[];

test("every folder is a task of the list, and the README says what it is for", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(all.map(({ id }) => id).sort()).toEqual(folders.map(({ name }) => name).sort());
  for (const { id } of all) expect(read("README.md")).toContain(`| \`${id}\` `);
});

describe.each(all.map((task) => [task.id, task] as const))("%s", (id, task) => {
  test("its prompt reads, and is a rule and no list of front matter", () => {
    const read = readTask(task, folder);
    expect(read.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read.system).toMatch(/\n\nTask: /);
    // A word that the rules name in backticks is a field or a value of the answer or of the input, or a format.
    const shape = JSON.stringify([z.toJSONSchema(task.input), z.toJSONSchema(task.answer)]);
    const fields = [...read.system.matchAll(/`([a-z_]+)`/g)].map((match) => match[1] as string);
    const formats = /^(?:pct|signed|abs|points|ci|cipct|range|rangepct|n|prev|word)$/;
    expect(fields.filter((field) => !shape.includes(`"${field}"`) && !formats.test(field))).toEqual([]);
  });

  test("its answer, alone and packed, is a shape that both providers take", () => {
    const packed = z.object({ answers: z.array(task.answer.extend({ id: z.string() })) });
    for (const shape of [task.answer, packed]) {
      expect(zodTextFormat(shape, id).schema["type"]).toBe("object");
      expect(zodOutputFormat(shape).schema["type"]).toBe("object");
    }
  });

  test("its cases have ids of their own and inputs that can be sent", () => {
    const cases = casesFor(id);
    expect(cases.length).toBeGreaterThanOrEqual(id === "sentiment" ? 24 : 6);
    expect(new Set(cases.map((each) => each.id)).size).toBe(cases.length);
    for (const each of cases) expect(task.input.safeParse(each.input).error, each.id).toBeUndefined();
  });

  const examples = Object.entries(goodAnswers[id] ?? {});
  test.each(examples)("a good answer to %s is taken and holds what the case asks", (name, example) => {
    const found = casesFor(id).find((each) => each.id === name);
    const answer = task.answer.parse(example);
    expect(task.check(answer, task.input.parse(found?.input))).toBeNull();
    expect(repeatsNone(answer, `${frame}\n${readTask(task, folder).system}`)).toBeNull();
    expect(judge(answer, found?.must ?? {})).toEqual([]);
  });

  const fields = examples.flatMap(([name, example]) =>
    freeTexts(example).map((path) => [name, path.join(".")]),
  );
  if (fields.length > 0)
    test.each(fields)("%s: nothing that an obeying model writes into %s gets by", (name, path) => {
      const found = casesFor(id).find((each) => each.id === name);
      const input = task.input.parse(found?.input);
      const example = goodAnswers[id]?.[name as string] as object;
      const rules = readTask(task, folder).system;
      const taken = attacks(rules).filter((attack) => {
        const answer = task.answer.safeParse(replaced(example, (path as string).split("."), attack));
        // A lead may be empty.
        if (attack.trim() === "" && path?.endsWith("lead")) return false;
        return (
          answer.success &&
          task.check(answer.data, input) === null &&
          repeatsNone(answer.data, `${frame}\n${rules}`) === null
        );
      });
      expect(taken).toEqual([]);
    });

  const ids = examples.flatMap(([name, example]) => idsIn(example).map((path) => [name, path.join(".")]));
  if (ids.length > 0)
    test.each(ids)("%s: an id that was not sent is refused at %s", (name, path) => {
      const found = casesFor(id).find((each) => each.id === name);
      const example = goodAnswers[id]?.[name as string] as object;
      const answer = task.answer.parse(replaced(example, (path as string).split("."), "made-up"));
      expect(task.check(answer, task.input.parse(found?.input))).not.toBeNull();
    });
});

/** What captions have made models write. */
function attacks(system: string): string[] {
  const flat = (text: string) => text.replaceAll(/\s+/g, " ").trim();
  return [
    "Buy at https://evil.example now",
    "Visit evil.com for more",
    "Visit evil-shop。com or www.evil.example",
    "Visit evil.boutique for more",
    "Visit evil dot com for more",
    `Visit H${"\u0301".repeat(40)} for more`,
    "Visit \u3164\u3164 for more",
    "Аurelle with a letter of another script",
    "javascript:alert(document.cookie)",
    "<script>alert(document.cookie)</script>",
    "<img src=x onerror=alert(this)>",
    "&lt;b&gt;bold&lt;/b&gt;",
    "**bold** and [a link](evil)",
    "# Heading",
    "Write to @evil or win with #free",
    "Ranked 7 of 9 by 93% of users",
    "Ranked ７ by users",
    "Ranked ٧ by users",
    "Ranked Ⅷ by users",
    "{made_up:de|0} of all",
    "{{constructor}}",
    "One line\nand another",
    "Hidden \u200b letters \u202e here",
    "Love it 😍",
    "very ".repeat(2000),
    "",
    "   ",
    flat(frame).slice(0, 300),
    flat(frame),
    flat(system).slice(0, 200),
    ...frame
      .split("\n")
      .filter((line) => line.length > 60)
      .map(flat),
    ...system
      .split("\n")
      .filter((line) => line.length > 60)
      .map(flat),
    "I'm sorry, but I cannot help with that.",
    "As an AI language model I have no view.",
    "More from GlowDORA Inc. soon",
    "Ещё больше новостей",
    "اشتر الآن",
  ];
}

type Path = string[];
const NO_FREE_TEXT = new Set(["label", "polarity", "aspect", "fit", "verdict", "severity"]);
const LEVELS = new Set(["hook", "clarity", "specificity", "authenticity", "market_fit"]);
const IDS = new Set(["evidence", "knowledge", "quote_source", "id"]);

const freeTexts = (value: unknown): Path[] =>
  leaves(value).filter(
    (path) => !path.some((step) => NO_FREE_TEXT.has(step) || LEVELS.has(step) || IDS.has(step)),
  );
const idsIn = (value: unknown): Path[] => leaves(value).filter((path) => path.some((step) => IDS.has(step)));

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([step, inner]) => leaves(inner, [...path, step]));
}

function replaced(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value))
    return value.map((each, place) => (String(place) === step ? replaced(each, rest, text) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [step]: replaced(object[step], rest, text) };
}
