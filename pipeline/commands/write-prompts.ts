// Puts what every model was asked beside the edition: the words of each prompt, the shapes of question and answer, and the code that an answer must pass.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { tasks } from "../../prompts/tasks.ts";
import { repository } from "./publication.ts";

/**
 * Writes `frame.md` (rules that stand before those of every task) and, per task, `<task>.md` (settings and rules), `<task>.schema.json` (`input` and
 * `answer` as JSON Schema) and `<task>.checks.ts` (what the shape cannot say) into `folder`.
 */
export async function writePrompts(
  folder: string,
  prompts = path.join(repository, "prompts"),
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "frame.md"), await readFile(path.join(prompts, "frame.md")));
  for (const { id, input, answer } of tasks) {
    const shapes = { input: z.toJSONSchema(input), answer: z.toJSONSchema(answer) };
    await writeFile(path.join(folder, `${id}.md`), await readFile(path.join(prompts, id, "prompt.md")));
    await writeFile(path.join(folder, `${id}.schema.json`), `${JSON.stringify(shapes, null, 2)}\n`);
    await writeFile(
      path.join(folder, `${id}.checks.ts`),
      await readFile(path.join(prompts, id, "answer.ts")),
    );
  }
}
