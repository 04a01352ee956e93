// What a state knows of one person, or of one post: ids, names, posts and pieces of their texts. Everything that is removed and everything that is
// searched for afterwards follows from it.
import { createHash, createHmac } from "node:crypto";
import { join } from "node:path";
import type { Publication } from "../../data/contract/publication.ts";
import { bronzeRows } from "../core/bronze-rows.ts";
import { asUuid, authorKey, KEYED, KEYED_HASH_DIGITS } from "../core/key.ts";
import { namesAny } from "../core/rewrite-bronze.ts";
import type { StatePaths } from "../core/state.ts";
import type { PersonalThing, Row, Source, Subject } from "../core/types.ts";
import type { Account } from "./opt-outs.ts";
import { beginsOf, holdsPiece, piecesOf } from "./pieces.ts";
import { creatorsKept } from "./silver.ts";

/** Whose trail: an account with all it did, or one post alone. */
export type Target =
  | { readonly kind: "author"; readonly account: Account }
  | { readonly kind: "post"; readonly platform: string; readonly post_id: string };

export interface Trail {
  readonly target: Target;
  readonly platform: string;
  readonly ids: ReadonlySet<string>;
  /** Lower case, without @. */
  readonly handles: ReadonlySet<string>;
  readonly postIds: ReadonlySet<string>;
  /** Entries of the registry that are this person. */
  readonly creators: readonly string[];
  /** What is searched for as words, lower case, with what it is. */
  readonly needles: ReadonlyMap<string, Needle>;
  readonly words: ReadonlySet<string>;
  readonly pieces: ReadonlySet<string>;
  readonly begins: ReadonlySet<string>;
  /** True where a row is this person's, or the post's. */
  owns(subject: Subject): boolean;
  /** True where a text names the person or a post, or repeats a piece of a text. */
  names(text: string): boolean;
}

export type Needle = "handle" | "address" | "id" | "post id" | "post key" | "creator" | "text key";

type BronzeSource = Pick<Source, "id" | "people">;

/** Reads all bronze some times: for ids and names, for posts, for what is theirs, and to leave out pieces that others wrote as well. */
export function trailOf(
  state: StatePaths,
  sources: readonly BronzeSource[],
  given: Target,
  publication: Pick<Publication, "creators">,
  textKeys: (postKeys: readonly string[]) => readonly string[] = () => [],
): Trail {
  const target = given.kind === "post" ? { ...given, post_id: postIdIn(state, sources, given) } : given;
  const platform = target.kind === "author" ? target.account.platform : target.platform;
  const ids = new Set<string>();
  const handles = new Set<string>();
  const postIds = new Set<string>(target.kind === "post" ? [target.post_id] : []);
  if (target.kind === "author") {
    // A shop's words for a buyer are hashed in lower case.
    ids.add(platform === "customer" ? target.account.name.toLowerCase() : target.account.name);
    handles.add(target.account.name.toLowerCase());
    closeOver(state, sources, platform, ids, handles);
    // What is only known as a hash since its texts expired.
    const key = authorKey(state, null);
    for (const name of [...ids, ...[...handles].map((handle) => `@${handle}`)])
      ids.add(`${KEYED}${asUuid(hmac(key, `${platform}:${name}`))}`);
  }
  const entries = publication.creators.filter(
    (creator) =>
      target.kind === "author" &&
      creator.platform === platform &&
      (handles.has(creator.handle.replace(/^@/, "").toLowerCase()) || ids.has(creator.handle)),
  );
  for (const entry of entries) handles.add(entry.handle.replace(/^@/, "").toLowerCase());
  const creators = entries.map(({ id }) => id);
  // Rows that lost their names say a hash; whose it is in the registry was kept.
  for (const kept of creatorsKept(state))
    if (kept.platform === platform && creators.includes(kept.creator)) ids.add(kept.account_id);
  const followers = target.kind === "author" ? followerKeys(state, handles) : new Set<string>();

  const did = ({ platform: of, author_id, author_handle }: Subject): boolean => {
    if (of === "audit") return creators.includes(author_id ?? "") || followers.has(author_handle ?? "");
    if (of !== platform || target.kind === "post") return false;
    // A name that changed hands belongs to the id beside it.
    return author_id === null
      ? author_handle !== null && handles.has(author_handle.toLowerCase())
      : ids.has(author_id);
  };
  for (const { subject, personal } of peopleRows(state, sources))
    if (subject.post_id !== null && !personal.beneath && did(subject)) postIds.add(subject.post_id);
  // A post is met without its author, too: under a hashtag, and above what others wrote beneath it.
  const owns = (subject: Subject): boolean =>
    (subject.platform === platform && subject.post_id !== null && postIds.has(subject.post_id)) ||
    did(subject);

  const pieces = new Set<string>();
  const addresses = new Set<string>();
  for (const { row, subject, personal } of peopleRows(state, sources))
    if (owns(subject)) {
      for (const text of textsIn(row)) for (const piece of piecesOf(text)) pieces.add(piece);
      if (!personal.beneath && subject.post_id !== null)
        for (const address of addressesOf(personal, row)) addresses.add(address);
    }
  const begins = beginsOf(pieces);
  if (pieces.size > 0)
    for (const { row, subject } of peopleRows(state, sources))
      if (!owns(subject))
        for (const text of textsIn(row)) for (const piece of piecesOf(text, begins)) pieces.delete(piece);

  const needles = new Map<string, Needle>();
  const add = (word: string, is: Needle) => {
    for (const form of formsOf(word.toLowerCase())) needles.set(form, is);
  };
  for (const id of ids) if (!id.startsWith(KEYED)) add(id, handles.has(id.toLowerCase()) ? "handle" : "id");
  for (const handle of handles) for (const name of namesOf(handle)) add(name, "handle");
  for (const address of addresses) {
    needles.set(address.toLowerCase(), "address");
    const last = address.split(/[/=]/).findLast((part) => part !== "") as string;
    if (/\d/.test(last) && last.length >= 8 && !postIds.has(last)) needles.set(last.toLowerCase(), "address");
  }
  for (const creator of creators) add(creator, "creator");
  for (const { name } of entries) if (/\s/.test(name)) needles.set(name.toLowerCase(), "creator");
  const keys: string[] = [];
  for (const post of postIds) {
    add(post, "post id");
    const key = createHash("md5").update(`${platform}:${post}`).digest("hex");
    keys.push(asUuid(key));
    needles.set(key, "post key");
    needles.set(asUuid(key), "post key");
  }
  for (const key of textKeys(keys)) needles.set(key, "text key");
  const words = new Set(needles.keys());
  return {
    target,
    platform,
    ids,
    handles,
    postIds,
    creators,
    needles,
    words,
    pieces,
    begins,
    owns,
    names: (text) => namesAny(text, words) || holdsPiece(text, pieces, begins),
  };
}

/** Rows of all sources that speak about somebody. */
export function* peopleRows(
  state: StatePaths,
  sources: readonly BronzeSource[],
): Generator<{ source: string; thing: string; row: Row; subject: Subject; personal: PersonalThing }> {
  for (const { id, people } of sources) {
    if (!people) continue;
    for (const { thing, row } of bronzeRows(join(state.bronze, id))) {
      const personal = people[thing];
      if (personal) yield { source: id, thing, row, subject: personal.subject(row), personal };
    }
  }
}

/** Where a post can be read, in the words of its row. */
export function addressesOf(personal: PersonalThing, row: Row): string[] {
  const item = (row["item"] ?? row) as Row;
  const told = [item["uri"], item["url"], item["permalink"]].filter(
    (value): value is string => typeof value === "string" && /^[a-z]+:\/\/\S+$/i.test(value),
  );
  return [...told, ...(personal.addresses?.(row) ?? [])];
}

/** The id of the post that somebody names by its id or its address. */
function postIdIn(
  state: StatePaths,
  sources: readonly BronzeSource[],
  { platform, post_id }: Extract<Target, { kind: "post" }>,
): string {
  const bare = (address: string) => address.toLowerCase().replace(/\/+$/, "");
  const named = bare(post_id);
  if (!named.includes("/")) return post_id;
  for (const { row, subject, personal } of peopleRows(state, sources))
    if (subject.platform === platform && subject.post_id !== null && !personal.beneath)
      if (addressesOf(personal, row).some((address) => bare(address) === named)) return subject.post_id;
  return post_id;
}

/** `ann@host.example` is `host.example/@ann` in an address, and `host.example/users/ann`. */
function namesOf(handle: string): string[] {
  const [, user, host] = /^([^@]+)@([^@]+)$/.exec(handle) ?? [];
  return user === undefined ? [handle] : [handle, `${host}/@${user}`, `${host}/users/${user}`];
}

/**
 * The name that was given leads to the ids under it, and ids to their names. No further: names change hands, and whoever took one over is somebody
 * else.
 */
function closeOver(
  state: StatePaths,
  sources: readonly BronzeSource[],
  platform: string,
  ids: Set<string>,
  handles: Set<string>,
): void {
  const pairs = new Map<string, Set<string>>();
  for (const { subject } of peopleRows(state, sources)) {
    if (subject.platform !== platform || subject.author_id === null || subject.author_handle === null)
      continue;
    const names = pairs.get(subject.author_id) ?? new Set();
    pairs.set(subject.author_id, names.add(subject.author_handle.toLowerCase()));
  }
  for (const [id, names] of pairs) if ([...handles].some((handle) => names.has(handle))) ids.add(id);
  for (const id of ids) for (const name of pairs.get(id) ?? []) handles.add(name);
}

/** Every string of a row that is long enough to be somebody's words. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (value.length >= 11) yield value;
  } else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) yield* textsIn(inner);
}

/**
 * Names with points, digits or lines in them and long ids are found wherever they stand. A name that is a plain word, such as beauty, is only found
 * where it is an account or a whole value; so is a short number.
 */
function formsOf(word: string): string[] {
  const distinct = /^\d+$/.test(word) ? word.length >= 6 : /[^\p{L}]/u.test(word) && word.length >= 4;
  return distinct ? [word] : [`@${word}`, `/${word}`, `"${word}"`];
}

/** The keys under which audits know a follower of these names. */
function followerKeys(state: StatePaths, handles: ReadonlySet<string>): Set<string> {
  const key = authorKey(state, null);
  return new Set([...handles].map((handle) => hmac(key, `follower:${handle}`)));
}

const hmac = (key: Uint8Array, words: string): string =>
  createHmac("sha256", key).update(words).digest("hex").slice(0, KEYED_HASH_DIGITS);
