// What of a state folder belongs into a store: the private record (what cannot be collected or asked again) and the published editions. What can be
// computed again, the warehouse and its caches, stays where it is. Nor does the author key travel: where it went, hashes could be undone.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";

export const parts = ["private", "public"] as const;
export type Part = (typeof parts)[number];

/** Folders and files directly under the state folder. */
const tops: Record<Part, readonly string[]> = {
  private: ["answers", "bronze", "collecting", "ledger.ndjson", "people", "runs", "tokens"],
  public: ["published"],
};

/** `sha256` of every file of a part, by its path from the state folder, with slashes. */
export type Files = Readonly<Record<string, string>>;

/** What somebody is writing right now, or left when it was killed. */
const PASSING = /^\.|\.staged-|^lock$|\.lock$/;

/** Throws LeapError on a token that is not sealed, and on a link, which would lead out of the state folder. */
export async function filesOf(state: string, part: Part): Promise<Files> {
  const found: [string, string][] = [];
  const walk = async (relative: string): Promise<void> => {
    const place = path.join(state, relative);
    const kind = await lstat(place);
    if (kind.isSymbolicLink())
      throw new LeapError(
        `invalid file: ${place} is a link. A record holds files alone; put the file itself there.`,
      );
    if (kind.isDirectory()) {
      for (const name of (await readdir(place)).sort())
        if (!PASSING.test(name)) await walk(`${relative}/${name}`);
    } else if (kind.isFile()) {
      if (relative.startsWith("tokens/")) await checkSealed(place);
      found.push([relative, await hashOfFile(place)]);
    }
  };
  for (const top of tops[part]) if (existsSync(path.join(state, top))) await walk(top);
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const Sealed = z.strictObject({
  version: z.number(),
  salt: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
});

/** A token travels sealed or not at all. */
async function checkSealed(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  let sealed = false;
  try {
    sealed = Sealed.safeParse(JSON.parse(text)).success;
  } catch {
    // What is no JSON is not sealed.
  }
  if (!sealed)
    throw new LeapError(
      `invalid token: ${file} is not sealed, so nothing was pushed. Set LEAP_TOKEN_KEY, remove the file and sign in again.`,
    );
}

function hashOfFile(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash("sha256");
    createReadStream(file)
      .on("error", reject)
      .on("data", (chunk) => hash.update(chunk))
      .on("end", () => resolve(hash.digest("hex")));
  });
}

/** Journals of lines that stand alone: what two machines added is all true, so both are kept. Never bronze: a line that was erased must not come back. */
const JOURNALS =
  /^(ledger\.ndjson|collecting\/[^/]+\/ledger\.jsonl|collecting\/requests\/[^/]+\.jsonl|people\/[^/]+\.jsonl)$/;

export const isJournal = (file: string): boolean => JOURNALS.test(file);

/** The lines of theirs, then those that were added here since both had `base`. A use that is counted twice is safer than one that is lost. */
export function mergedJournal(base: string, ours: string, theirs: string): string {
  const left = new Map<string, number>();
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  for (const line of lines(base)) left.set(line, (left.get(line) ?? 0) + 1);
  const added = lines(ours).filter((line) => {
    const known = left.get(line) ?? 0;
    left.set(line, known - 1);
    return known <= 0;
  });
  return [...lines(theirs), ...added].map((line) => `${line}\n`).join("");
}

/** Throws LeapError on a path that would leave the part's folders: a manifest is taken from outside. */
export function checkPath(part: Part, file: string): void {
  const steps = file.split("/");
  const strange = steps.some((step) => step === "" || step === "." || step === ".." || PASSING.test(step));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  if (strange || !tops[part].includes(steps[0] as string) || /[\\\u0000-\u001f:]/.test(file))
    throw new LeapError(
      `invalid path in a manifest: ${JSON.stringify(file.slice(0, 200))}. The ${part} part holds ${tops[part].join(", ")}; nothing was written.`,
    );
}
