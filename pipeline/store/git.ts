// A store on a git branch: one commit without parents, replaced at each change. For public aggregates alone: whatever was once pushed may lie
// in clones and in the host's unreachable objects for good, so nothing that somebody may ask to have erased comes here.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { LeapError } from "../core/errors.ts";
import { redacted } from "../core/secrets.ts";
import {
  checkBody,
  checkedBlob,
  checkMove,
  checkName,
  hashOf,
  pointerBytes,
  readPointer,
  type Store,
} from "./store.ts";

export interface GitStoreAbout {
  /** A repository: https or ssh address, or a path. */
  readonly remote: string;
  readonly branch: string;
  /** Sent as the password of https addresses; stands on no command line. */
  readonly token?: string | undefined;
}

/** Folders that go when the process does, however many stores it opened. */
const scratches = new Set<string>();
process.once("exit", () => {
  for (const folder of scratches) rmSync(folder, { recursive: true, force: true });
});

/** How often a push is tried again when others push to the branch at the same time. */
const TRIES = 40;

/** The branch as it was last seen: its commit, and the git object of every name. */
interface Seen {
  readonly commit: string | null;
  readonly objects: ReadonlyMap<string, string>;
}

/**
 * A store on `branch` of `remote`. Throws LeapError on a branch or address that is none, and on any name outside `public/`.
 * Blobs are gathered and travel with the next move of a pointer; deletions travel at once.
 */
export function gitStore({ remote, branch, token }: GitStoreAbout): Store {
  const title = `git:${withoutUser(remote)}#${branch}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/.test(branch) || branch.includes(".."))
    throw new LeapError(`invalid branch: ${JSON.stringify(branch)}. Name one such as data: --store git:data`);
  if (!/^(https:\/\/|ssh:\/\/|git@|file:\/\/|\.{0,2}\/)/.test(remote))
    throw new LeapError(
      `invalid repository: ${JSON.stringify(withoutUser(remote))}. Give an https or ssh address, or a path with a slash in front.`,
    );
  const ref = `refs/heads/${branch}`;
  const scratch = mkdtempSync(path.join(tmpdir(), "leap-git-"));
  scratches.add(scratch);
  const git = (words: readonly string[], input?: string | Uint8Array, env: Record<string, string> = {}) =>
    runGit(["--git-dir", scratch, ...words], input, { ...credentials(remote, token), ...env }, title);
  let made: Promise<unknown> | null = null;
  let seen: Seen | null = null;
  /** One thing at a time: git locks its own folder, and what was seen must not change under a push. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  /** Blobs that were put and have not travelled: name → file with the bytes. */
  const held = new Map<string, string>();

  async function look(): Promise<Seen> {
    made ??= runGit(["init", "--quiet", "--bare", scratch], undefined, {}, title);
    await made;
    const line = (await git(["ls-remote", "--", remote, ref])).toString("utf8");
    const commit = line.split("\t")[0]?.trim() || null;
    if (seen !== null && commit === seen.commit) return seen;
    if (commit === null) {
      seen = { commit, objects: new Map() };
      return seen;
    }
    await git(["fetch", "--quiet", "--no-tags", "--depth=1", "--", remote, `+${ref}:refs/leap/seen`]);
    // What was fetched may be newer than what was listed; the lease is on what was fetched.
    const fetched = (await git(["rev-parse", "refs/leap/seen"])).toString("utf8").trim();
    const tree = (await git(["ls-tree", "-r", "-z", fetched])).toString("utf8");
    const objects = new Map(
      tree.split("\0").flatMap((entry): [string, string][] => {
        const [, object, name] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
        return object !== undefined && name?.startsWith("public/") ? [[name, object]] : [];
      }),
    );
    seen = { commit: fetched, objects };
    return seen;
  }

  async function objectsOfHeld(): Promise<Map<string, string>> {
    if (held.size === 0) return new Map();
    const files = [...held.values()];
    const written = await git(
      ["hash-object", "-w", "--no-filters", "--stdin-paths"],
      `${files.join("\n")}\n`,
    );
    const objects = written.toString("utf8").trim().split("\n");
    return new Map([...held.keys()].map((name, index) => [name, objects[index] as string]));
  }

  /** Pushes the branch with these names changed (null: gone), if it still stands where it was seen. */
  async function push(from: Seen, changes: ReadonlyMap<string, string | null>): Promise<boolean> {
    const objects = new Map(from.objects);
    for (const [name, object] of changes)
      if (object === null) objects.delete(name);
      else objects.set(name, object);
    const index = { GIT_INDEX_FILE: path.join(scratch, `index-${randomUUID()}`) };
    const entries = [...objects].map(([name, object]) => `100644 ${object}\t${name}`).join("\0");
    await git(["read-tree", "--empty"], undefined, index);
    await git(["update-index", "-z", "--index-info"], entries === "" ? "" : `${entries}\0`, index);
    const tree = (await git(["write-tree"], undefined, index)).toString("utf8").trim();
    rmSync(index.GIT_INDEX_FILE, { force: true });
    const commit = (await git(["commit-tree", tree, "-m", "Public aggregates"], undefined, identity))
      .toString("utf8")
      .trim();
    try {
      await git([
        "push",
        "--quiet",
        `--force-with-lease=${ref}:${from.commit ?? ""}`,
        "--",
        remote,
        `${commit}:${ref}`,
      ]);
    } catch (error) {
      // Refused because somebody else was first, or for another reason: the branch says which.
      if ((await look()).commit !== from.commit) return false;
      if (error instanceof LeapError && /lock|reference already exists|stale info/i.test(error.message))
        return false;
      throw error;
    }
    seen = { commit, objects };
    return true;
  }

  /** Tries until nobody else was first. `changes` says what to change in the branch as it stands, or null to leave it. */
  async function settle(
    changes: (now: Seen) => Promise<ReadonlyMap<string, string | null> | null>,
  ): Promise<boolean> {
    for (let tried = 0; tried < TRIES; tried++) {
      const now = await look();
      const wanted = await changes(now);
      if (wanted === null) return false;
      const all = new Map<string, string | null>([...(await objectsOfHeld()), ...wanted]);
      if (all.size === 0 || (await push(now, all))) {
        for (const file of held.values()) rmSync(file, { force: true });
        held.clear();
        return true;
      }
      await wait(20 + Math.random() * 40 * (tried + 1));
    }
    throw new LeapError(
      `busy store: ${title} changed ${TRIES} times while this was pushed. Try again later.`,
    );
  }

  async function read(name: string, object: string): Promise<Uint8Array> {
    const body = new Uint8Array(await git(["cat-file", "blob", object]));
    return hashOf(name) === null
      ? new TextEncoder().encode(readPointer(title, name, body))
      : checkedBlob(title, name, body);
  }

  return {
    title,
    async get(name) {
      checkPublic(name);
      return inTurn(async () => {
        // A blob that was seen once is the same today; a pointer is looked up each time.
        const known = hashOf(name) === null ? undefined : seen?.objects.get(name);
        if (known === undefined && held.has(name)) await settle(async () => new Map());
        const object = known ?? (await look()).objects.get(name);
        return object === undefined ? null : read(name, object);
      });
    },
    async putIfAbsent(name, body) {
      checkPublic(name);
      checkBody(name, body);
      return inTurn(async () => {
        if (held.has(name) || (seen ?? (await look())).objects.has(name)) return "present";
        const file = path.join(scratch, `held-${randomUUID()}`);
        await writeFile(file, body);
        held.set(name, file);
        return "written";
      });
    },
    async casPointer(name, expected, next) {
      checkPublic(name);
      checkMove(name, expected, next);
      return inTurn(() =>
        settle(async (now) => {
          const object = now.objects.get(name);
          const standing = object === undefined ? null : new TextDecoder().decode(await read(name, object));
          if (standing !== expected) return null;
          const written = await git(["hash-object", "-w", "--stdin"], pointerBytes(next));
          return new Map([[name, written.toString("utf8").trim()]]);
        }),
      );
    },
    async list(prefix) {
      return inTurn(async () => {
        if (held.size > 0) await settle(async () => new Map());
        return [...(await look()).objects.keys()].filter((name) => name.startsWith(prefix)).sort();
      });
    },
    async delete(names) {
      for (const name of names) {
        checkPublic(name);
        checkName(name, "blob");
      }
      await inTurn(async () => {
        for (const name of names) {
          const file = held.get(name);
          if (file !== undefined) rmSync(file, { force: true });
          held.delete(name);
        }
        await settle(
          async (now) => new Map(names.filter((name) => now.objects.has(name)).map((name) => [name, null])),
        );
      });
    },
  };
}

function checkPublic(name: string): void {
  checkName(name);
  if (!name.startsWith("public/"))
    throw new LeapError(
      `invalid name on a git branch: ${name}. History cannot be erased, so only public aggregates go there; keep the private record in folder: or s3:.`,
    );
}

const identity = {
  GIT_AUTHOR_NAME: "Global Leap",
  GIT_AUTHOR_EMAIL: "store@globalleap.example",
  GIT_COMMITTER_NAME: "Global Leap",
  GIT_COMMITTER_EMAIL: "store@globalleap.example",
};

/** An address without the user and password somebody may have put into it. */
const withoutUser = (remote: string): string => remote.replace(/^([a-z]+:\/\/)([^/@]*|[^@]*:[^@]*)@/, "$1");

function credentials(remote: string, token: string | undefined): Record<string, string> {
  const origin = /^https:\/\/[^/]+\//.exec(remote)?.[0];
  if (token === undefined || origin === undefined) return {};
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${origin}.extraheader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
  };
}

/** Address of the repository that this checkout was cloned from; the checkout itself where it has none. */
export async function originOf(checkout: string): Promise<string> {
  const address = await runGit(
    ["-C", checkout, "config", "--get", "remote.origin.url"],
    undefined,
    {},
    "git",
  ).then(
    (out) => out.toString("utf8").trim(),
    () => "",
  );
  if (address !== "")
    return address.startsWith("/") || /^([a-z]+:\/\/|git@)/.test(address)
      ? address
      : path.resolve(checkout, address);
  if (existsSync(path.join(checkout, ".git"))) return path.resolve(checkout);
  throw new LeapError(
    `missing repository: ${checkout} is no git checkout. Name one: --store git:/path/to/repository#data`,
  );
}

/** Runs git with these words and nothing else: no shell, no prompt, no repository from the surroundings. */
function runGit(
  words: readonly string[],
  input: string | Uint8Array | undefined,
  env: Record<string, string>,
  title: string,
): Promise<Buffer> {
  const surroundings = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|PREFIX)$/.test(name),
    ),
  );
  return new Promise((resolve, reject) => {
    const child = spawn("git", words, {
      env: { ...surroundings, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new LeapError("missing program: git. Install it, or use --store folder:/path")
          : error,
      ),
    );
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(out));
      const verb = words.find((word) => /^[a-z][a-z-]+$/.test(word)) ?? "";
      const said = withoutSecrets(Buffer.concat(complaints).toString("utf8"), env);
      reject(new LeapError(`${title}: git ${verb} ended with ${code}: ${redacted(said.trim().slice(-600))}`));
    });
    // Git that ends early, such as one that refuses its words, must not be an unhandled broken pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

function withoutSecrets(text: string, env: Record<string, string>): string {
  const secret = env["GIT_CONFIG_VALUE_0"];
  const clean = text.replace(/([a-z]+:\/\/)[^/@\s]*@/g, "$1");
  return secret === undefined ? clean : clean.replaceAll(secret, "[secret]");
}
