// Opens a store from the words people write: `folder:/path`, `git:branch`, `git:/path/or/address#branch`, `s3:` or `s3:prefix`.
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import { folderStore } from "./folder.ts";
import { gitStore, originOf } from "./git.ts";
import { s3Client, s3FromEnvironment } from "./s3.ts";
import { s3Store } from "./s3-store.ts";
import type { Store } from "./store.ts";

/** Throws LeapError on words that name no store. `checkout` is where `git:branch` looks for the repository it was cloned from. */
export async function openStore(
  words: string | undefined,
  checkout: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Store> {
  const said = words ?? env["LEAP_STORE"];
  const [, kind, rest = ""] = /^(folder|git|s3):(.*)$/s.exec(said ?? "") ?? [];
  if (kind === "s3") return s3Store(s3Client(s3FromEnvironment(rest, env)));
  if (kind === "folder" && rest !== "") return folderStore(path.resolve(rest));
  if (kind === "git" && rest !== "") {
    const cut = rest.lastIndexOf("#");
    const token = env["LEAP_GIT_TOKEN"] || undefined;
    if (cut > 0) return gitStore({ remote: rest.slice(0, cut), branch: rest.slice(cut + 1), token });
    return gitStore({ remote: await originOf(checkout), branch: rest, token });
  }
  throw new LeapError(
    `${said === undefined || said === "" ? "missing store" : `unknown store: ${JSON.stringify(said.slice(0, 80))}`}. Give --store (or LEAP_STORE) folder:/path, git:branch, git:/repository#branch, s3: or s3:prefix.`,
  );
}
