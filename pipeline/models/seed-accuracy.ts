// Lays the accuracy register before the analyses: what `leap eval all` measured, one row an entry, in the words of its contract.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AccuracyRegister } from "../../data/contract/accuracy.ts";
import { LeapError } from "../core/errors.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";

/** `entry` is the JSON of an AccuracyEntry: its figures have names of their own, which are no columns. */
const COLUMNS = { evaluation: "VARCHAR", case: "VARCHAR", entry: "VARCHAR" };

/** Creates `ref_accuracy`; without a register it is empty. Throws a LeapError for a file that is no register. */
export async function seedAccuracy(warehouse: OpenWarehouse, reference: string): Promise<void> {
  const folder = join(reference, "accuracy");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const entries = files.sort().flatMap((name) => readAccuracyFile(join(folder, name)));
  await warehouse.insertRows(
    "ref_accuracy",
    COLUMNS,
    entries.map((entry) => ({
      evaluation: entry.evaluation,
      case: entry.case,
      entry: JSON.stringify(entry),
    })),
  );
}

/** The entries of one file of the register. Throws a LeapError for a file that is no register. */
export function readAccuracyFile(file: string): AccuracyRegister {
  const parsed = AccuracyRegister.safeParse(jsonOf(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LeapError(
    `invalid accuracy register: ${file}: ${issue?.path.join(".") || "file"}: ${issue?.message}. ${nextStep}`,
  );
}

// Entries of other cases are kept when one is written, so that a broken file has to go first.
const nextStep = "Delete the file and write it again: leap eval all --datasets DIR";

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new LeapError(`invalid accuracy register: ${file}: ${(error as Error).message}. ${nextStep}`);
  }
}
