// One collector at a time in a state folder: two would each keep to the limits, and together not. A lock whose owner died is taken over.
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { LeapError } from "../core/errors.ts";

/** Somebody else is collecting: the command ends with 75 (EX_TEMPFAIL of sysexits), and may be tried again. */
export class LeapBusy extends LeapError {
  readonly exitCode = 75;
}

const BEAT_MS = 5000;
/** A process that is alive beats more often than this. */
const STALE_MS = 120_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds of the machine's own clock, whatever --as-of says. */
  readonly beat: number;
  readonly mark: string;
}

/** Locks that this process holds: its own number on a lock means another life of it. */
const held = new Set<string>();

/** Returns what gives the lock back. Throws LeapBusy while another process holds it. */
export function takeLock(root: string): () => void {
  const folder = join(root, "collecting");
  const file = join(folder, "lock");
  mkdirSync(folder, { recursive: true });
  const mark = randomBytes(8).toString("hex");
  const owner = (): string =>
    `${JSON.stringify({ pid: process.pid, host: hostname(), beat: Date.now(), mark })}\n`;
  for (let tries = 0; !created(file, owner()); tries += 1) {
    const found = read(file);
    if (tries > 3 || (found.owner && !isStale(found.owner))) throw busy(file, found.owner);
    // What is moved away must be what was judged: between the two, somebody may have put a fresh one there.
    const aside = `${file}.stale-${mark}`;
    if (!moved(file, aside)) continue;
    if (read(aside).text !== found.text) {
      if (!existsSync(file)) linkSync(aside, file);
      rmSync(aside, { force: true });
      throw busy(file, null);
    }
    rmSync(aside, { force: true });
  }
  held.add(mark);
  const isOurs = () => read(file).owner?.mark === mark;
  const beat = setInterval(() => {
    if (!isOurs()) return;
    const staged = `${file}.beat-${mark}`;
    writeFileSync(staged, owner());
    renameSync(staged, file);
  }, BEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    held.delete(mark);
    if (isOurs()) rmSync(file, { force: true });
  };
}

// Linked, not written, into place: nobody sees a lock without its owner.
function created(file: string, text: string): boolean {
  const staged = `${file}.new-${randomBytes(8).toString("hex")}`;
  writeFileSync(staged, text, { mode: 0o600 });
  try {
    linkSync(staged, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(staged, { force: true });
  }
}

function read(file: string): { text: string | null; owner: Owner | null } {
  try {
    const text = readFileSync(file, "utf8");
    try {
      return { text, owner: JSON.parse(text) as Owner };
    } catch {
      return { text, owner: null };
    }
  } catch {
    return { text: null, owner: null };
  }
}

function isStale({ pid, host, beat, mark }: Owner): boolean {
  if (held.has(mark)) return false;
  if (Math.abs(Date.now() - beat) > STALE_MS) return true;
  if (host !== hostname()) return false;
  return pid === process.pid || !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

const busy = (file: string, owner: Owner | null): LeapBusy =>
  new LeapBusy(
    `invalid moment: another process${owner ? ` (${owner.pid} on ${owner.host})` : ""} is collecting; see ${file}. Try again when it is done.`,
  );
