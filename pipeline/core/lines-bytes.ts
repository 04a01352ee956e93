// Bytes of an input file: its head, its chunks, decompressed when gzipped, and whether the compression ends too early.
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip } from "node:zlib";
import { LeapError } from "./errors.ts";

const HEAD_BYTES = 1 << 20;

export interface Head {
  readonly size: number;
  readonly gzip: boolean;
  /** The first bytes, decompressed; all of the file when `whole`. */
  readonly bytes: Buffer;
  readonly whole: boolean;
}

export async function readHead(path: string): Promise<Head> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR")
      throw new LeapError(`missing file: ${path}. Check the path; quote it when it holds spaces or *.`);
    throw new LeapError(`invalid file: ${path} cannot be read (${error.code}).`);
  });
  if (facts.isDirectory())
    throw new LeapError(`invalid file: ${path} is a directory. Name the files in it: ${path}/*.csv`);
  if (!facts.isFile())
    throw new LeapError(`invalid file: ${path} is not a regular file. Save it to disk first.`);
  if (facts.size === 0)
    throw new LeapError(`invalid file: ${path} is empty (0 bytes). Export it again, or leave it out.`);
  const magic = Buffer.alloc(2);
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new LeapError(`invalid file: ${path} cannot be read (${error.code}). Check its permissions.`);
  });
  await handle.read(magic, 0, 2, 0);
  await handle.close();
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of decompressed(path, gzip)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0)
    throw new LeapError(
      `invalid file: ${path} holds nothing once unpacked. Export it again, or leave it out.`,
    );
  return { size: facts.size, gzip, bytes, whole: length < HEAD_BYTES };
}

/** Chunks of the file, unpacked. A truncated gzip ends quietly here; `isTruncated` tells. */
export async function* decompressed(
  path: string,
  gzip: boolean,
  onRaw: (chunk: Buffer) => void = () => {},
): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  raw.on("data", (chunk) => onRaw(chunk as Buffer));
  if (!gzip) {
    for await (const chunk of raw) yield chunk as Buffer;
    return;
  }
  const unpacked = raw.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 18 }));
  try {
    for await (const chunk of unpacked) yield chunk as Buffer;
  } catch (error) {
    throw new LeapError(
      `invalid gzip: ${path} is damaged (${(error as Error).message}). Download or pack it again.`,
    );
  } finally {
    raw.destroy();
  }
}

/** Whether a gzip file is cut off. Its last four bytes state the unpacked length, so a whole file is told without unpacking twice. */
export async function isTruncated(path: string, unpackedBytes: number): Promise<boolean> {
  const handle = await open(path);
  const trailer = Buffer.alloc(4);
  const { size } = await handle.stat();
  await handle.read(trailer, 0, 4, Math.max(0, size - 4));
  await handle.close();
  if (trailer.readUInt32LE() === unpackedBytes % 2 ** 32) return false;
  // Members packed one after another state only the last one's length: unpack strictly to be sure.
  try {
    await pipeline(createReadStream(path), createGunzip(), async (unpacked) => {
      for await (const _ of unpacked);
    });
    return false;
  } catch {
    return true;
  }
}
