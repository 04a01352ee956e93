// What a preset says: how to recognise one tool's export by its columns, and where the fields stand in it.
import type { z } from "zod";
import type { PostMapping } from "../mapping.ts";

export interface Preset {
  readonly id: string;
  /** The tool, as people know it. */
  readonly title: string;
  /** Columns that must all be there; a list inside means one of them. */
  readonly columns: readonly (string | readonly string[])[];
  /** Fields by where they stand; a field whose columns are missing in the file is left out. */
  readonly mapping: z.input<typeof PostMapping>;
}
