// Runs a verb that changes the state, and leaves its record: when it began, how long its steps took, how it ended.
import { openRunRecord, runsFile, type StepRows } from "../core/run-record.ts";
import { redacted } from "../core/secrets.ts";
import type { Done, Environment } from "./environment.ts";

/** Does the work in an environment that records it. What changes nothing, such as a dry run, leaves no record. */
export async function recorded(
  environment: Environment,
  verb: string,
  work: (environment: Environment) => Promise<Done>,
  options: { readonly changesNothing?: boolean | undefined } = {},
): Promise<Done> {
  if (options.changesNothing) return work(environment);
  const { effects, run, state } = environment;
  const record = openRunRecord(runsFile(state.root), { id: run, verb, now: effects.now, log: effects.log });
  try {
    const within = { ...environment, record };
    // `run` names its own steps; every other verb is one.
    const done =
      verb === "run"
        ? await work(within)
        : await record.step(verb, () => work(within), {
            rows: (result) => result.rows ?? {},
            edition: (result) => result.edition ?? null,
          });
    record.end(done.gaps > 0 ? 2 : 0);
    return done;
  } catch (error) {
    record.end(1, redacted(error instanceof Error ? error.message : String(error)));
    throw error;
  }
}

/** Rows that came in and were kept, over all things of some receipts. */
export function receiptRows(
  receipts: readonly { things: Readonly<Record<string, { received: number; kept: number }>> }[],
): StepRows {
  const counts = receipts.flatMap(({ things }) => Object.values(things));
  const sum = (field: "received" | "kept") => counts.reduce((total, count) => total + count[field], 0);
  return { rows_in: sum("received"), rows_out: sum("kept") };
}
