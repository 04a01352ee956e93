// Carries a part of the record between a state folder and a store. Only what changed travels; a pointer that another machine moved is never moved
// over; a process that is killed leaves the old record standing.
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import {
  lastSeen,
  type Place,
  putManifest,
  recordPointer,
  type Standing,
  sameFiles,
  spaceOf,
  standingIn,
} from "./manifest.ts";
import { type Files, filesOf, isJournal, mergedJournal } from "./record.ts";
import { blobName, pointerOf, type Store, sha256 } from "./store.ts";

export interface Carried {
  readonly part: string;
  readonly pointer: string | null;
  /** Files that travelled, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files that are gone on the other side of the journey. */
  readonly removed: number;
  readonly says: string;
}

const AT_ONCE = 8;

/** Pushes what changed here. Throws LeapError, having moved nothing, when the store holds what this machine has not seen. */
export async function push(state: string, place: Place, now: Date, anew = false): Promise<Carried> {
  const { store, part } = place;
  const seen = lastSeen(state, place);
  const base = await seen.read();
  const there = anew ? await standingIn(place).catch(() => null) : await standingIn(place);
  if (there?.manifest.pruning && !anew) throw pruningRefusal(place, there);
  if (
    !anew &&
    there !== null &&
    there.pointer !== base?.pointer &&
    !(base && sameFiles(base.manifest.files, there.manifest.files))
  )
    throw refusal(place, there);
  const files = await filesOf(state, part);
  if (!anew && there !== null && sameFiles(files, there.manifest.files)) {
    await seen.write(there);
    return {
      part,
      pointer: there.pointer,
      files: 0,
      bytes: 0,
      removed: 0,
      says: "nothing to push: the store has it all",
    };
  }
  if (Object.keys(files).length === 0) {
    if (there === null)
      return { part, pointer: null, files: 0, bytes: 0, removed: 0, says: "nothing to push yet" };
    throw new LeapError(
      `missing files: nothing of the ${part} part is in ${state}, and ${store.title} holds ${Object.keys(there.manifest.files).length} files. Run leap store pull first; an empty folder is not pushed over a full one.`,
    );
  }
  // A blob that the standing manifest names is there, and stays: pruning would have moved the pointer first.
  const known = new Set(anew ? [] : Object.values(there?.manifest.files ?? {}));
  const missing = new Map(
    Object.entries(files).flatMap(([file, hash]) => (known.has(hash) ? [] : [[hash, file]])),
  );
  let bytes = 0;
  await each([...missing], async ([hash, file]) => {
    const body = await readFile(path.join(state, file));
    await store.putIfAbsent(blobName(spaceOf(place), hash), body);
    bytes += body.length;
  });
  const from = anew ? await pointerOf(store, recordPointer(place)) : (there?.pointer ?? null);
  const next = await putManifest(place, files, now, from);
  if (!(await store.casPointer(recordPointer(place), from, next.pointer))) {
    const winner = await standingIn(place);
    throw winner === null
      ? new LeapError(`lost pointer: ${store.title} was emptied while this was pushed. Push again.`)
      : refusal(place, winner);
  }
  await seen.write(next);
  const removed = Object.keys(there?.manifest.files ?? {}).filter((file) => !(file in files)).length;
  return {
    part,
    pointer: next.pointer,
    files: missing.size,
    bytes,
    removed,
    says: `pushed ${missing.size} new blobs (${bytes} bytes) to ${store.title}`,
  };
}

const who = ({ manifest }: Standing): string =>
  `${manifest.written_by === null ? "somebody" : `the machine ${manifest.written_by}`} pushed at ${manifest.written_at}`;

const refusal = (place: Place, winner: Standing): LeapError =>
  new LeapError(
    `refused push: ${who(winner)} to ${place.store.title} what this machine has not seen. Nothing was changed there. Run leap store pull${place.part === "public" ? " --only public" : ""}, then push again.`,
  );

const pruningRefusal = (place: Place, standing: Standing): LeapError =>
  new LeapError(
    `refused push: ${place.store.title} is being pruned since ${standing.manifest.pruning}. Nothing was changed there. Wait for it, or finish one that was killed with leap store prune.`,
  );

/** How a file that was changed on both sides is decided, where its lines cannot be put together. */
export type Preference = "ours" | "theirs";

/**
 * Brings what changed in the store, keeps what changed here, and takes away here what was taken away there. Every blob is verified before
 * any file is replaced. Throws LeapError naming the files when both sides changed the same ones and nobody said which to take.
 */
export async function pull(state: string, place: Place, prefer?: Preference): Promise<Carried> {
  const { store, part } = place;
  const seen = lastSeen(state, place);
  const there = await standingIn(place);
  if (there === null)
    return {
      part,
      pointer: null,
      files: 0,
      bytes: 0,
      removed: 0,
      says: `nothing to pull: ${store.title} holds no ${part} part yet`,
    };
  const base = (await seen.read())?.manifest.files ?? {};
  const here = await filesOf(state, part);
  const theirs = there.manifest.files;
  const plan = planOf(base, here, theirs, prefer);
  if (plan.conflicts.length > 0)
    throw new LeapError(
      `changed on both sides: ${plan.conflicts.slice(0, 5).join(", ")}${plan.conflicts.length > 5 ? ` and ${plan.conflicts.length - 5} more` : ""}. Nothing was changed here. Say --prefer theirs or --prefer ours.`,
    );
  const mode = part === "private" ? 0o600 : 0o644;
  const staging = path.join(state, "store", `.staging-${part}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  let bytes = 0;
  const fetched = async (hash: string): Promise<Uint8Array> => {
    const body = await store.get(blobName(spaceOf(place), hash));
    if (body === null)
      throw new LeapError(
        `missing blob: ${hash}, which the manifest of ${store.title} names. Nothing was changed here. Push it again from a machine that has it: leap store push --anew`,
      );
    bytes += body.length;
    return body;
  };
  try {
    await each(plan.take, async (file) => {
      const body = await fetched(theirs[file] as string);
      await writeFile(path.join(staging, sha256(file)), body, { mode, flush: true });
    });
    await each(plan.merge, async (file) => {
      const before =
        base[file] === undefined
          ? ""
          : await store.get(blobName(spaceOf(place), base[file])).then(text, () => "");
      const merged = mergedJournal(
        before,
        await readFile(path.join(state, file), "utf8"),
        text(await fetched(theirs[file] as string)),
      );
      await writeFile(path.join(staging, sha256(file)), merged, { mode, flush: true });
    });
    // What says which editions there are comes after the editions.
    for (const file of [...plan.take, ...plan.merge].sort((one, other) => depth(other) - depth(one))) {
      const target = path.join(state, file);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(path.join(staging, sha256(file)), target);
    }
    for (const file of plan.remove) await removeFile(state, file);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await seen.write(there);
  const files = plan.take.length + plan.merge.length;
  return {
    part,
    pointer: there.pointer,
    files,
    bytes,
    removed: plan.remove.length,
    says: `pulled ${files} files (${bytes} bytes) from ${store.title}${plan.remove.length > 0 ? `; ${plan.remove.length} that are gone there are gone here` : ""}${plan.kept > 0 ? `; ${plan.kept} changed here alone were kept` : ""}`,
  };
}

const text = (body: Uint8Array | null): string => (body === null ? "" : new TextDecoder().decode(body));
const depth = (file: string): number => file.split("/").length;

interface Plan {
  readonly take: string[];
  readonly merge: string[];
  readonly remove: string[];
  readonly conflicts: string[];
  /** Files that changed here alone. */
  kept: number;
}

/** Each file as it was when both sides agreed, as it is here, and as it is there. */
function planOf(base: Files, here: Files, theirs: Files, prefer: Preference | undefined): Plan {
  const plan: Plan = { take: [], merge: [], remove: [], conflicts: [], kept: 0 };
  for (const file of new Set([...Object.keys(base), ...Object.keys(here), ...Object.keys(theirs)])) {
    const [was, ours, other] = [base[file], here[file], theirs[file]];
    if (ours === other) continue;
    if (other === was) plan.kept += 1;
    else if (ours === was || prefer === "theirs") (other === undefined ? plan.remove : plan.take).push(file);
    else if (isJournal(file) && ours !== undefined && other !== undefined) plan.merge.push(file);
    else if (prefer === "ours") plan.kept += 1;
    else plan.conflicts.push(file);
  }
  return plan;
}

/** Takes a file away, and the folders that are empty without it. */
async function removeFile(state: string, file: string): Promise<void> {
  await rm(path.join(state, file), { force: true });
  for (let folder = path.dirname(file); folder !== "."; folder = path.dirname(folder)) {
    const left = await readdir(path.join(state, folder)).catch(() => ["there"]);
    if (left.length > 0) return;
    await rmdir(path.join(state, folder));
  }
}

/** A prune that was begun longer ago is taken for killed, and finished by the next. */
const PRUNING_MS = 15 * 60_000;

/**
 * Deletes every blob that the standing manifest does not name, so that what was erased here is erased there. First the pointer moves to a
 * manifest that says so: a push that was under way fails at it, and none begins before the pointer has moved again.
 */
export async function prune(state: string, place: Place, now: Date): Promise<Carried> {
  const { store, part } = place;
  const pointer = recordPointer(place);
  const there = await standingIn(place);
  if (there === null)
    return {
      part,
      pointer: null,
      files: 0,
      bytes: 0,
      removed: 0,
      says: `nothing to prune: ${store.title} holds no ${part} part`,
    };
  const { files, pruning } = there.manifest;
  if (pruning !== null && now.getTime() - Date.parse(pruning) < PRUNING_MS)
    throw new LeapError(
      `refused prune: ${store.title} is being pruned since ${pruning}. Wait a quarter of an hour; one that was killed is then finished.`,
    );
  const unnamed = async (standing: string): Promise<string[]> => {
    const named = new Set([...Object.values(files), standing]);
    return (await store.list(`${spaceOf(place)}/blobs/`)).filter((name) => !named.has(name.slice(-64)));
  };
  if (pruning === null && (await unnamed(there.pointer)).length === 0)
    return {
      part,
      pointer: there.pointer,
      files: 0,
      bytes: 0,
      removed: 0,
      says: `nothing to prune in ${store.title}`,
    };
  const closed = await putManifest(place, files, now, there.pointer, now.toISOString());
  if (!(await store.casPointer(pointer, there.pointer, closed.pointer))) throw moved(store);
  const gone = await unnamed(closed.pointer);
  await store.delete(gone);
  const opened = await putManifest(place, files, now, closed.pointer);
  if (!(await store.casPointer(pointer, closed.pointer, opened.pointer))) throw moved(store);
  await store.delete([blobName(spaceOf(place), closed.pointer)]);
  const seen = lastSeen(state, place);
  if ((await seen.read())?.pointer === there.pointer) await seen.write(opened);
  return {
    part,
    pointer: opened.pointer,
    files: 0,
    bytes: 0,
    removed: gone.length,
    says: `pruned ${gone.length} blobs that nothing names from ${store.title}`,
  };
}

const moved = (store: Store): LeapError =>
  new LeapError(
    `refused prune: somebody pushed to ${store.title} in the same moment. Nothing that is named was deleted; prune again.`,
  );

async function each<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = list[Symbol.iterator]();
  const lane = async () => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, list.length) }, lane));
}
