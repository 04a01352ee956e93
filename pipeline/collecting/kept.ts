// What a source remembers from one run to the next: `<state>/collecting/<source>/kept.json`, written whole when the receipt of a run stands.
import { join } from "node:path";
import { z } from "zod";
import { readWhole, writeWhole } from "./files.ts";

const KeptTarget = z.strictObject({
  /** What `finish` left. */
  kept: z.json(),
  covered_until: z.iso.datetime().nullable(),
  /** Not asked again before. */
  stopped: z.strictObject({ mark: z.string(), why: z.string(), until: z.iso.datetime() }).nullable(),
  /** The last run whose plan had it. */
  seen: z.iso.datetime(),
});

export const Kept = z.strictObject({
  /** The last run that was closed. */
  run: z.string().nullable(),
  /** Last slot of each market that was collected; the key is empty for what belongs to no market. */
  slots: z.record(z.string(), z.iso.datetime()),
  /** Last slot of each market that has a row of its own, collected or not: slots after it were missed. */
  told: z.record(z.string(), z.iso.datetime()),
  targets: z.record(z.string(), KeptTarget),
});
export type Kept = z.output<typeof Kept>;

const Etags = z.record(
  z.string(),
  z.strictObject({ etag: z.string().nullable(), last_modified: z.string().nullable() }),
);
export type Etags = z.output<typeof Etags>;

export const collectingFolder = (root: string, source: string): string => join(root, "collecting", source);

export const readKept = (folder: string): Kept =>
  readWhole(join(folder, "kept.json"), Kept) ?? { run: null, slots: {}, told: {}, targets: {} };

export const writeKept = (folder: string, kept: Kept): void =>
  writeWhole(join(folder, "kept.json"), `${JSON.stringify(kept, null, 2)}\n`, 0o600);

export const readEtags = (folder: string): Etags => readWhole(join(folder, "etags.json"), Etags) ?? {};

export const writeEtags = (folder: string, etags: Etags): void =>
  writeWhole(join(folder, "etags.json"), `${JSON.stringify(etags, null, 2)}\n`, 0o600);
