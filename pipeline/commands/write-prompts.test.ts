// What is published of a prompt is the prompt: every task, its words letter by letter, its shapes as JSON Schema.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { tasks } from "../../prompts/tasks.ts";
import { repository } from "./publication.ts";
import { writePrompts } from "./write-prompts.ts";

test("every task goes out with its words, its shapes and its checks, and the rules that stand before all", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "leap-prompts-"));
  await writePrompts(folder);
  const expected = tasks.flatMap(({ id }) => [`${id}.md`, `${id}.schema.json`, `${id}.checks.ts`]);
  expect((await readdir(folder)).toSorted()).toEqual([...expected, "frame.md"].toSorted());
  for (const { id } of tasks) {
    const published = await readFile(path.join(folder, `${id}.md`), "utf8");
    expect(published).toBe(await readFile(path.join(repository, "prompts", id, "prompt.md"), "utf8"));
    const shapes = JSON.parse(await readFile(path.join(folder, `${id}.schema.json`), "utf8"));
    expect(shapes).toMatchObject({ input: { type: "object" }, answer: { type: "object" } });
  }
  await rm(folder, { recursive: true });
});
