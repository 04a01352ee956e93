// One follower of an audited sample as it stands in bronze: what the scorecard reads and a keyed hash, no name, no text.
import { z } from "zod";
import { duckdbType } from "../../data/contract/dataset.ts";
import { Account } from "./account.ts";

export const FollowerRow = z.object({
  creator: z.string(),
  auditor: z.string(),
  audited_on: z.iso.date(),
  consent: z.string(),
  /** HMAC of the username; null where the sample names nobody. */
  follower_key: z.string().nullable(),
  ...Account.shape,
});
export type FollowerRow = z.output<typeof FollowerRow>;

/** Columns of `stg_<source>__followers` and their DuckDB types. */
export const stagedFollowers: Readonly<Record<string, string>> = {
  source: "VARCHAR",
  ...Object.fromEntries(
    Object.entries(FollowerRow.shape).map(([name, type]) => [name, duckdbType(type as z.ZodType)]),
  ),
  provenance: "VARCHAR",
  receipt: "VARCHAR",
};
