// What one question to a model is, beside its words in prompt.md: what is sent, what comes back, and what an answer must hold.
import type { z } from "zod";

/**
 * `input` is what is sent of one item, `answer` what comes back for it: objects of strings, numbers, booleans, enums, arrays and nullable
 * values, because that is what both providers take (no optional keys, records, tuples or dates). Bounds are kept by `answer` after the fact.
 */
export interface TaskDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodObject = z.ZodObject,
> {
  /** Also the folder's name. */
  readonly id: string;
  readonly input: Input;
  readonly answer: Answer;
  /** What the shape cannot say: null when the answer may be used, else what is wrong with it, in words that the model is sent to repair it. */
  check(answer: z.output<Answer>, input: z.output<Input>): string | null;
}

export const defineTask = <Input extends z.ZodObject, Answer extends z.ZodObject>(
  definition: TaskDefinition<Input, Answer>,
): TaskDefinition<Input, Answer> => definition;
