// Who asked to be left out: keyed hashes of accounts, and nothing that could be read back. `<state>/people/opt-outs.jsonl`, one JSON line a hash.
import { createHmac } from "node:crypto";
import { join } from "node:path";
import type { Publication } from "../../data/contract/publication.ts";
import { LeapError } from "../core/errors.ts";
import { appendLines, readLines } from "../core/journal.ts";
import { authorKey, hasAuthorKey, KEYED, KEYED_HASH_DIGITS } from "../core/key.ts";
import type { StatePaths } from "../core/state.ts";
import type { Subject } from "../core/types.ts";

/** Whom somebody names on the command line: `instagram:@mina`, `youtube:UC…`. */
export interface Account {
  readonly platform: string;
  /** The id, or the name in lower case without @. */
  readonly name: string;
}

export interface OptOuts {
  /** How many hashes are on the list; each account has one of its id and one of its name, where both are known. */
  readonly size: number;
  /** True for what an account on the list did, and for the account. */
  optedOut(subject: Subject): boolean;
  /** The hashes as the database's `keyed_hash` would make them under the same key. */
  readonly hashes: ReadonlySet<string>;
}

type State = Pick<StatePaths, "root">;

const fileOf = (state: State): string => join(state.root, "people", "opt-outs.jsonl");

/** `instagram:@Mina.Sample` or `youtube:UC123`. Throws a LeapError for anything else. */
export function parseAccount(words: string): Account {
  const at = words.indexOf(":");
  const platform = words.slice(0, at).trim().toLowerCase();
  const name = words
    .slice(at + 1)
    .trim()
    .replace(/^@/, "");
  if (at < 1 || name === "" || /\s/.test(name))
    throw new LeapError(
      `invalid account: ${words}. Write platform:handle or platform:id, such as instagram:@mina.`,
    );
  return { platform, name };
}

/** Reads the list; without one nobody has opted out, and no key is made. Throws a LeapError for a line that was changed. */
export function openOptOuts(state: State): OptOuts {
  const file = fileOf(state);
  const hashes = new Set<string>();
  let posts = false;
  let key: string | null = null;
  for (const kept of readLines(file)) {
    if (kept.state === "changed")
      throw new LeapError(
        `invalid opt-out: ${file}:${kept.line} does not bear its own hash. Restore the file from a backup: somebody who opted out might come back.`,
      );
    if (kept.state !== "whole") continue;
    hashes.add(String(kept.entry["account"]));
    posts ||= kept.entry["of"] === "post";
    key ??= (kept.entry["key"] as string | undefined) ?? null;
  }
  if (hashes.size === 0) return { size: 0, hashes, optedOut: () => false };
  if (!hasAuthorKey(state))
    throw new LeapError(
      `missing author key: ${file} says who opted out in hashes under a key that is not here, and without it nobody on the list would be known again. Set LEAP_AUTHOR_KEY as where the list was begun, or bring author.key from there.`,
    );
  const hash = hasher(state);
  if (key !== null && key !== keyMark(hash))
    throw new LeapError(
      `unknown author key: ${file} was written under another one, so nobody on the list would be known again. Set LEAP_AUTHOR_KEY as where the list was begun, or bring author.key from there.`,
    );
  const has = (platform: string, name: string) => hashes.has(hash(platform, name));
  return {
    size: hashes.size,
    hashes,
    optedOut({ platform, author_id, author_handle, post_id }) {
      if (posts && post_id !== null && has(platform, `${POST}${post_id}`)) return true;
      const byName = author_handle !== null && has(platform, `@${author_handle.toLowerCase()}`);
      const byId =
        author_id !== null &&
        (author_id.startsWith(KEYED)
          ? hashes.has(author_id.slice(KEYED.length).replaceAll("-", ""))
          : has(platform, author_id));
      // A name leads to an id once; rows that say the id alone are known by it from then on.
      if (byName && author_id !== null && !byId) hashes.add(hash(platform, author_id));
      return byName || byId;
    },
  };
}

/** Keeps posts out, whoever wrote them and whether or not a platform says who did. */
export function addPosts(
  state: State,
  platform: string,
  posts: Iterable<string>,
  on: string,
  why: "opted_out" | "erased",
): void {
  const hash = hasher(state);
  const known = openOptOuts(state).hashes;
  const fresh = [...posts].map((id) => hash(platform, `${POST}${id}`)).filter((one) => !known.has(one));
  appendLines(
    fileOf(state),
    fresh.map((account) => ({ account, on, why, of: "post", key: keyMark(hash) })),
  );
}

const POST = "post:";

/** By which a list is known to be of this key: a hash of no account, and too short to say anything of the key. */
const keyMark = (hash: ReturnType<typeof hasher>): string => hash("", "author key").slice(0, 8);

/** Adds accounts to the list, by every id and name that is known of them. Returns how many hashes are new. */
export function addOptOuts(
  state: State,
  accounts: readonly { readonly platform: string; readonly id?: string; readonly handle?: string }[],
  on: string,
  why: "opted_out" | "erased",
): number {
  const hash = hasher(state);
  const known = openOptOuts(state).hashes;
  const fresh = new Set(
    accounts
      .flatMap(({ platform, id, handle }) => [
        ...(id ? [hash(platform, id)] : []),
        ...(handle ? [hash(platform, `@${handle.toLowerCase()}`)] : []),
      ])
      .filter((one) => !known.has(one)),
  );
  appendLines(
    fileOf(state),
    [...fresh].map((account) => ({ account, on, why, key: keyMark(hash) })),
  );
  return fresh.size;
}

/** A publication without the creators who opted out, and without what is told of them. */
export function withoutOptedOut(publication: Publication, { optedOut, size }: OptOuts): Publication {
  if (size === 0) return publication;
  const gone = new Set(
    publication.creators
      .filter(({ platform, handle }) => {
        const name = handle.replace(/^@/, "").toLowerCase();
        // A registry may hold the id of a channel where others hold a name.
        return (
          optedOut({ platform, author_id: null, author_handle: name, post_id: null }) ||
          optedOut({ platform, author_id: handle, author_handle: null, post_id: null })
        );
      })
      .map(({ id }) => id),
  );
  if (gone.size === 0) return publication;
  return {
    ...publication,
    creators: publication.creators.filter(({ id }) => !gone.has(id)),
    audits: publication.audits.filter(({ creator }) => !gone.has(creator)),
    reviews: publication.reviews.filter(({ page }) => ![...gone].some((id) => page === `creator/${id}`)),
  };
}

/**
 * The first digits of HMAC-SHA-256 under the author key of `platform:id` or `platform:@name`: the same as `keyed_hash` in the database, so that
 * an author is known again whose rows have lost the name.
 */
function hasher(state: State): (platform: string, name: string) => string {
  const key = authorKey(state, null);
  const known = new Map<string, string>();
  return (platform, name) => {
    const words = `${platform.toLowerCase()}:${name}`;
    const found = known.get(words);
    if (found !== undefined) return found;
    const made = createHmac("sha256", key).update(words).digest("hex").slice(0, KEYED_HASH_DIGITS);
    if (known.size > 100_000) known.clear();
    known.set(words, made);
    return made;
  };
}
