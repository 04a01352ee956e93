// What is kept of a measurement: the result with data set, checksum, engine version and day.
import type { Given, Measured } from "../core/evaluation.ts";

/** One measurement with all that is needed to repeat it. */
export interface Kept {
  readonly evaluation: string;
  readonly engine: string;
  /** Day, UTC. */
  readonly measuredOn: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  readonly given: Given;
  readonly result: Measured;
}
