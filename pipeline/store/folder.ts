// A store in a folder: for one machine, a mounted disk, tests, and as the pattern that the other drivers follow.
import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rm, stat, unlink } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import {
  checkBody,
  checkedBlob,
  checkMove,
  checkName,
  hashOf,
  pointerBytes,
  readPointer,
  type Store,
  sha256,
} from "./store.ts";

/** How many older positions of a pointer are kept beside the newest. */
const KEPT = 64;
const DAY_MS = 86_400_000;

/** A store in `root`, which is made when something is put. */
export function folderStore(root: string): Store {
  const title = `folder:${root}`;
  const fileOf = (name: string) => path.join(root, ...name.split("/"));

  /** Writes beside, flushes, then links the file into place: whoever links first has written it, whatever else happens. */
  async function place(file: string, body: Uint8Array): Promise<boolean> {
    await mkdir(path.dirname(file), { recursive: true });
    const beside = path.join(root, `.staging-${process.pid}-${randomUUID()}`);
    const handle = await open(beside, "wx", 0o600);
    try {
      await handle.writeFile(body);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(beside, file);
      await flushFolder(path.dirname(file));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      await unlink(beside);
    }
  }

  /** A pointer is a folder of numbered positions; the highest number is where it stands. No lock that a killed process could leave behind. */
  async function positions(name: string): Promise<number[]> {
    const found = await entries(fileOf(name));
    return found.flatMap((entry) => (/^\d+$/.test(entry) ? [Number(entry)] : [])).sort((a, b) => b - a);
  }

  async function standing(name: string): Promise<{ at: number; hash: string } | null> {
    const [at] = await positions(name);
    if (at === undefined) return null;
    return { at, hash: readPointer(title, name, await readFile(path.join(fileOf(name), String(at)))) };
  }

  // Positions far behind are cleared away once they are old as well: somebody who still believed in one would have to have slept for a day.
  async function forget(name: string): Promise<void> {
    for (const at of (await positions(name)).slice(KEPT)) {
      const file = path.join(fileOf(name), String(at));
      const age = Date.now() - (await stat(file)).mtimeMs;
      if (age > DAY_MS) await rm(file, { force: true });
    }
  }

  return {
    title,
    async get(name) {
      checkName(name);
      if (hashOf(name) === null) {
        const found = await standing(name);
        return found === null ? null : new TextEncoder().encode(found.hash);
      }
      try {
        return checkedBlob(title, name, new Uint8Array(await readFile(fileOf(name))));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
    async putIfAbsent(name, body) {
      checkBody(name, body);
      const file = fileOf(name);
      if (await place(file, body)) return "written";
      if (sha256(await readFile(file)) === hashOf(name)) return "present";
      // Damaged at rest: what was put now is what it should be.
      await rm(file, { force: true });
      await place(file, body);
      return "written";
    },
    async casPointer(name, expected, next) {
      checkMove(name, expected, next);
      const now = await standing(name);
      if ((now?.hash ?? null) !== expected) return false;
      const won = await place(path.join(fileOf(name), String((now?.at ?? 0) + 1)), pointerBytes(next));
      if (won) await forget(name);
      return won;
    },
    async list(prefix) {
      const names = new Set<string>();
      for (const entry of await entries(root, true)) {
        const name = entry.split(path.sep).join("/");
        const pointer = /^(.+\/pointers\/[^/]+)\/\d+$/.exec(name)?.[1];
        if (pointer !== undefined) names.add(pointer);
        else if (hashOf(name) !== null) names.add(name);
      }
      return [...names].filter((name) => name.startsWith(prefix)).sort();
    },
    async delete(names) {
      for (const name of names) checkName(name, "blob");
      for (const name of names) await rm(fileOf(name), { force: true });
    },
  };
}

async function entries(folder: string, recursive = false): Promise<string[]> {
  try {
    return await readdir(folder, { recursive });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR")
      throw new LeapError(`invalid store: ${folder} is a file. Name a folder: --store folder:/path`);
    throw error;
  }
}

/** Makes a new name as lasting as the bytes under it, where the system lets a folder be flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "EISDIR", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle.close();
  }
}
