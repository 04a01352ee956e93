// The author key: turns account names into keyed hashes inside the database, and leaves no trace of itself there.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LeapError } from "./errors.ts";
import type { StatePaths } from "./state.ts";
import type { OpenWarehouse } from "./warehouse.ts";

const BLOCK_BYTES = 64;
/** Hex digits kept of the 256-bit hash: 128 bits never collide by chance, and fit the database's UUID, which is kept as a number. */
export const KEYED_HASH_DIGITS = 32;

/**
 * The key of a publication: `LEAP_AUTHOR_KEY` of the environment, else one derived from `syntheticSeed` (invented people
 * need no secret, and the same seed must give the same edition anywhere), else `author.key` in the state folder, made
 * once and readable by its owner alone.
 */
export function authorKey(
  state: Pick<StatePaths, "root">,
  syntheticSeed: string | null,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Uint8Array {
  const given = environment["LEAP_AUTHOR_KEY"];
  if (given !== undefined) {
    if (given.length < 16)
      throw new LeapError(
        "invalid LEAP_AUTHOR_KEY: shorter than 16 characters. Unset it, or give a longer secret.",
      );
    return new TextEncoder().encode(given);
  }
  if (syntheticSeed !== null) return sha256(new TextEncoder().encode(`synthetic:${syntheticSeed}`));
  const file = join(state.root, "author.key");
  if (!existsSync(file)) {
    mkdirSync(state.root, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  const hex = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(hex))
    throw new LeapError(
      `invalid author key: ${file}. Restore it from a backup; a new one changes every author's hash.`,
    );
  return Buffer.from(hex, "hex");
}

/** True where a key need not be made: what was hashed before is known again. */
export const hasAuthorKey = (
  state: Pick<StatePaths, "root">,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean => environment["LEAP_AUTHOR_KEY"] !== undefined || existsSync(join(state.root, "author.key"));

/** Stands before the hash of an account whose id and name have gone, in place of its id. */
export const KEYED = "keyed:";

/** 32 hex digits as the database writes them. */
export const asUuid = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/**
 * Defines `keyed_hash(text)` for this connection: the first 32 hex digits of HMAC-SHA-256 (RFC 2104) under `key`, as a UUID; null
 * for null. An account that stands in bronze as its hash alone, `platform:keyed:<hash>`, keeps it. A temporary macro, because one that is
 * kept would write the key into the database file.
 */
export async function defineKeyedHash(
  warehouse: OpenWarehouse,
  key: Uint8Array,
  name = "keyed_hash",
): Promise<void> {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = hex(block.map((byte) => byte ^ 0x36));
  const outer = hex(block.map((byte) => byte ^ 0x5c));
  try {
    await warehouse.execute(`CREATE OR REPLACE TEMP MACRO ${name}(x) AS
      coalesce(
        CASE WHEN contains(x, ':${KEYED}') THEN try_cast(split_part(x, ':${KEYED}', 2) AS uuid) END,
        sha256(unhex('${outer}') || unhex(sha256(unhex('${inner}') || encode(x))))[:${KEYED_HASH_DIGITS}]::uuid)`);
  } catch {
    // The database's own message would quote the statement, and with it the key.
    throw new Error("keyed_hash could not be defined");
  }
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
