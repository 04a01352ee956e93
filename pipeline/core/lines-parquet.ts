// Parquet through DuckDB: rows become NDJSON in a scratch file, so that they pass the same border as any other line.
import { createWriteStream, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { LeapError } from "./errors.ts";
import { decompressed } from "./lines-bytes.ts";

export async function parquetAsNdjson(
  path: string,
  gzip: boolean,
  scratch: string,
  limit: number | null = null,
): Promise<{ path: string; bytes: number; remove(): Promise<void> }> {
  const target = join(scratch, `.parquet-${process.pid}-${counter++}.ndjson`);
  const unpacked = `${target}.parquet`;
  if (gzip) await pipeline(Readable.from(decompressed(path, true)), createWriteStream(unpacked));
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    await connection.run("set preserve_insertion_order = true; set timezone = 'UTC'");
    await connection.run(
      `copy (select * from read_parquet(${quoted(gzip ? unpacked : path)})${limit === null ? "" : ` limit ${limit}`}) to ${quoted(target)} (format json)`,
    );
  } catch (error) {
    throw new LeapError(
      `invalid parquet: ${path} (${(error as Error).message.split("\n")[0]}). Write it again, or save it as CSV.`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
    if (gzip) await rm(unpacked, { force: true });
  }
  return { path: target, bytes: statSync(target).size, remove: () => rm(target, { force: true }) };
}

let counter = 0;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
