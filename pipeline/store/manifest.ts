// A manifest names every file of a part of the record by its hash. It is a blob itself, and one pointer says which manifest stands.
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { checkPath, type Files, type Part } from "./record.ts";
import { blobName, isSha256, pointerName, pointerOf, type Store, sha256 } from "./store.ts";

const hash = z.string().refine(isSha256, "a sha256 in 64 small hex digits");

export const Manifest = z.strictObject({
  version: z.literal(1),
  publication: z.string(),
  part: z.enum(["private", "public"]),
  written_at: z.iso.datetime(),
  /** Which machine; null in public, where it is nobody's business. */
  written_by: z.string().nullable(),
  /** The manifest that stood before: no two are ever the same, so a pointer never comes back to where it was. */
  previous: hash.nullable(),
  /** Set while blobs that nobody names are being deleted: until then nothing may be put that could be taken for one of them. */
  pruning: z.string().nullable(),
  files: z.record(z.string(), hash),
});
export type Manifest = z.output<typeof Manifest>;

/** Where a part of a publication's record lies in any store. */
export interface Place {
  readonly store: Store;
  readonly publication: string;
  readonly part: Part;
}

export const spaceOf = ({ part, publication }: Place): string => `${part}/${publication}`;
export const recordPointer = (place: Place): string => pointerName(spaceOf(place), "record");

export interface Standing {
  readonly pointer: string;
  readonly manifest: Manifest;
}

/** What the store's pointer names; null where nothing was ever pushed. Throws LeapError on a manifest that is damaged or leads out of its folders. */
export async function standingIn(place: Place): Promise<Standing | null> {
  const pointer = await pointerOf(place.store, recordPointer(place));
  if (pointer === null) return null;
  const body = await place.store.get(blobName(spaceOf(place), pointer));
  if (body === null)
    throw new LeapError(
      `missing manifest: ${place.store.title} points at ${pointer} and does not hold it. Push again from a machine that has the record: leap store push --anew`,
    );
  return {
    pointer,
    manifest: parsed(new TextDecoder().decode(body), place, `${place.store.title}: ${pointer}`),
  };
}

function parsed(text: string, place: Place, where: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LeapError(`invalid manifest: ${where} is no JSON. Was it written by another program?`);
  }
  const found = Manifest.safeParse(json);
  if (!found.success)
    throw new LeapError(
      `invalid manifest: ${where}: ${found.error.issues[0]?.path.join(".")}: ${found.error.issues[0]?.message}. Was it written by a newer version?`,
    );
  if (found.data.part !== place.part || found.data.publication !== place.publication)
    throw new LeapError(
      `invalid manifest: ${where} is the ${found.data.part} part of ${found.data.publication}, not the ${place.part} part of ${place.publication}.`,
    );
  for (const file of Object.keys(found.data.files)) checkPath(place.part, file);
  return found.data;
}

/** A manifest of these files, put into the store; returns its hash, which no pointer names yet. */
export async function putManifest(
  place: Place,
  files: Files,
  at: Date,
  previous: string | null,
  pruning: string | null = null,
): Promise<Standing> {
  const manifest: Manifest = {
    version: 1,
    publication: place.publication,
    part: place.part,
    written_at: at.toISOString(),
    written_by: place.part === "private" ? hostname().slice(0, 60) : null,
    previous,
    pruning,
    files,
  };
  const body = new TextEncoder().encode(`${JSON.stringify(manifest)}\n`);
  const pointer = sha256(body);
  await place.store.putIfAbsent(blobName(spaceOf(place), pointer), body);
  return { pointer, manifest };
}

export const sameFiles = (one: Files, other: Files): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

const Last = z.strictObject({ store: z.string(), pointer: hash, manifest: Manifest });

/** What this machine and the store last had in common; what changed since then changed here or there. */
export function lastSeen(state: string, place: Place) {
  const file = path.join(state, "store", `${place.part}-${sha256(place.store.title).slice(0, 16)}.json`);
  return {
    async read(): Promise<Standing | null> {
      let text: string;
      try {
        text = await readFile(file, "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
      const found = Last.safeParse(JSON.parse(text));
      if (!found.success) throw new LeapError(`invalid file: ${file}. Remove it and run leap store pull.`);
      return { pointer: found.data.pointer, manifest: found.data.manifest };
    },
    async write({ pointer, manifest }: Standing): Promise<void> {
      await mkdir(path.dirname(file), { recursive: true });
      await writeDurably(file, JSON.stringify({ store: place.store.title, pointer, manifest }));
    },
  };
}

/** Beside, flushed, renamed: the old file or the new one, never half of either. */
export async function writeDurably(file: string, body: string | Uint8Array): Promise<void> {
  const beside = path.join(path.dirname(file), `.staged-${process.pid}-${path.basename(file)}`);
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(body);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}
