// Judges one line of a follower sample: keeps the numbers that the scorecard reads and a keyed hash of the name. A LineModule of core's
// ingestion.
import { createHmac } from "node:crypto";
import { accountFields } from "../../accounts/account.ts";
import { type AccountMap, accountReader } from "../../accounts/columns.ts";
import type { FollowerRow } from "../../accounts/follower-row.ts";
import { KEYED_HASH_DIGITS } from "../../core/key.ts";
import type { LineParser, Row } from "../../core/types.ts";

export interface ParseOptions {
  readonly file: string;
  readonly columns: readonly string[];
  readonly map: AccountMap | null;
  /** Of the publication, in hex. */
  readonly key: string;
  readonly audit: Pick<FollowerRow, "creator" | "auditor" | "audited_on" | "consent">;
}

export function prepare(options: unknown): LineParser {
  const { file, columns, map, key, audit } = options as ParseOptions;
  const reader = accountReader(file, columns, map);
  const secret = Buffer.from(key, "hex");
  return (record) => {
    if (typeof record !== "object" || record === null || Array.isArray(record))
      return { ok: false, reason: "not_a_record: a row is an object with named fields" };
    const { account, username } = reader.read(record as Row);
    if (accountFields.every((field) => account[field] === null))
      return { ok: false, reason: "no_field: nothing is known of this account" };
    const follower_key =
      username === null || username === ""
        ? null
        : createHmac("sha256", secret)
            .update(`follower:${username.replace(/^@/, "").toLowerCase()}`)
            .digest("hex")
            .slice(0, KEYED_HASH_DIGITS);
    return { ok: true, row: { ...audit, follower_key, ...account } };
  };
}
