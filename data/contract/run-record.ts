// What a command leaves of itself in `<state>/runs.jsonl`: that it began, how long its steps took, how it ended. About the machine, not about the data.
import { z } from "zod";

const instant = z.iso.datetime();
const rows = z.int().min(0).nullable();

export const RunLine = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("started"), run: z.string(), verb: z.string(), at: instant }),
  z.object({
    kind: z.literal("step"),
    run: z.string(),
    step: z.string(),
    /** Edition that the step worked on; null for steps that serve all. */
    edition: z.string().nullable(),
    milliseconds: z.int().min(0),
    rows_in: rows,
    rows_out: rows,
    /** False for the step in which the command broke off. */
    done: z.boolean(),
  }),
  z.object({
    kind: z.literal("ended"),
    run: z.string(),
    at: instant,
    /** 0 done, 1 refused or broken, 2 published with named gaps. */
    exit: z.int(),
    /** The error, without secrets. It may name folders of the machine and is never published. */
    says: z.string().nullable(),
  }),
]);
export type RunLine = z.output<typeof RunLine>;

export const RunStep = z.strictObject({
  step: z.string(),
  edition: z.string().nullable(),
  milliseconds: z.int(),
  rows_in: rows,
  rows_out: rows,
});

export const CommandRun = z.strictObject({
  run: z.string(),
  verb: z.string(),
  started_at: instant,
  ended_at: instant.nullable(),
  exit: z.int().nullable(),
  /** `broken_off`: killed, or the machine went down. `under_way`: the last one, when this was written. */
  state: z.enum(["done", "done_with_gaps", "failed", "broken_off", "under_way"]),
  steps: z.array(RunStep),
});
export type CommandRun = z.output<typeof CommandRun>;

/** Runs of a journal, the last one first. Lines that do not read are left out: the journal of a killed process may hold a torn one. */
export function commandRuns(lines: readonly unknown[]): CommandRun[] {
  const read = lines.flatMap((line) => {
    const parsed = RunLine.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
  const byRun = [...Map.groupBy(read, ({ run }) => run).values()].flatMap((own) => {
    const start = own.find((line) => line.kind === "started");
    return start ? [{ start, own, end: own.find((line) => line.kind === "ended") }] : [];
  });
  return byRun
    .map(({ start, own, end }, index): CommandRun => {
      const state =
        end === undefined
          ? index === byRun.length - 1
            ? "under_way"
            : "broken_off"
          : end.exit === 0
            ? "done"
            : end.exit === 2
              ? "done_with_gaps"
              : "failed";
      return {
        ...{ run: start.run, verb: start.verb, started_at: start.at },
        ...{ ended_at: end?.at ?? null, exit: end?.exit ?? null, state },
        steps: own.flatMap((line) =>
          line.kind === "step"
            ? [
                {
                  ...{ step: line.step, edition: line.edition, milliseconds: line.milliseconds },
                  ...{ rows_in: line.rows_in, rows_out: line.rows_out },
                },
              ]
            : [],
        ),
      };
    })
    .reverse();
}
