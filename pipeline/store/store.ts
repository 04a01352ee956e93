// What every store can do: keep bytes under their own hash, and move a pointer from one hash to the next. A store never learns what the bytes mean.
import { createHash } from "node:crypto";
import { LeapError } from "../core/errors.ts";

/**
 * Names are paths of small letters, digits, dots and hyphens. Two kinds of things have them:
 * a blob, `<space>/blobs/<first two digits>/<sha256 of its bytes>`, which never changes; and
 * a pointer, `<space>/pointers/<word>`, which holds one sha256 and changes only by `casPointer`.
 * A space is `private/<publication>` or `public/<publication>`.
 */
export interface Store {
  /** For people: where it is, without any secret. */
  readonly title: string;
  /** Bytes of a blob, or of a pointer (its sha256 in 64 letters); null where there is none. Throws LeapError when a blob's bytes are not its name. */
  get(name: string): Promise<Uint8Array | null>;
  /**
   * Keeps `body` under `name`, unless it is there. Throws LeapError when the body's hash is not the last part of the name.
   * Others see it at the latest when `casPointer` has moved a pointer.
   */
  putIfAbsent(name: string, body: Uint8Array): Promise<"written" | "present">;
  /**
   * Moves a pointer from `expected` (null: it does not exist) to `next`, both sha256. False when it stood elsewhere: of any number
   * that try at once from the same place, exactly one gets true.
   */
  casPointer(name: string, expected: string | null, next: string): Promise<boolean>;
  /** Names that begin with `prefix`, sorted; all of them, however many pages that takes. */
  list(prefix: string): Promise<string[]>;
  /** Blobs that need not exist. A pointer cannot be deleted: what it names can be replaced. */
  delete(names: readonly string[]): Promise<void>;
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const PART = /^[a-z0-9][a-z0-9._-]*$/;

/** Name of the blob with this hash. */
export const blobName = (space: string, hash: string): string => `${space}/blobs/${hash.slice(0, 2)}/${hash}`;

export const pointerName = (space: string, word: string): string => `${space}/pointers/${word}`;

/** The sha256 that a blob's name promises; null for any other name. */
export function hashOf(name: string): string | null {
  const [, hash] = /\/blobs\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name) ?? [];
  return hash ?? null;
}

/** Throws LeapError on a name that is none, so that no driver can be led out of its folder, branch or bucket. */
export function checkName(name: string, kind: "blob" | "pointer" | "any" = "any"): void {
  const [room, publication, what, ...rest] = name.split("/");
  const blob = what === "blobs" && rest.length === 2 && hashOf(name)?.startsWith(rest[0] as string) === true;
  const pointer = what === "pointers" && rest.length === 1 && PART.test(rest[0] as string);
  if (
    !["private", "public"].includes(room as string) ||
    !PART.test(publication ?? "") ||
    !(kind === "any" ? blob || pointer : kind === "blob" ? blob : pointer)
  )
    throw new LeapError(
      `invalid name in a store: ${JSON.stringify(name.slice(0, 200))}. Names are <private|public>/<publication>/blobs/<two digits>/<sha256> and …/pointers/<word>.`,
    );
}

/** Throws LeapError when the bytes are not what the name promises. */
export function checkBody(name: string, body: Uint8Array): void {
  checkName(name, "blob");
  const found = sha256(body);
  if (found !== hashOf(name))
    throw new LeapError(
      `invalid blob: ${name} was to hold ${body.length} bytes that hash to ${found}. Nothing was kept; read the file again.`,
    );
}

/** The bytes of a blob that came back. Throws LeapError, naming the store, when something was cut off or changed on the way or at rest. */
export function checkedBlob(store: string, name: string, body: Uint8Array): Uint8Array {
  const hash = hashOf(name);
  if (hash !== null && sha256(body) !== hash)
    throw new LeapError(
      `invalid blob: ${name} of ${store} came back as ${body.length} bytes that hash to ${sha256(body)}. It is damaged there or on the way; pull again, else restore it from another machine with leap store push.`,
    );
  return body;
}

/** Pointers are written with a line end, so that people can read them; a pointer that was cut off is refused. */
export const pointerBytes = (hash: string): Uint8Array => new TextEncoder().encode(`${hash}\n`);

export function readPointer(store: string, name: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const hash = text.trimEnd();
  if (!isSha256(hash) || text.length !== 65)
    throw new LeapError(
      `invalid pointer: ${name} of ${store} reads ${JSON.stringify(text.slice(0, 80))}. It is damaged there or on the way; try again.`,
    );
  return hash;
}

/** Where a pointer stands; null when it does not exist. */
export async function pointerOf(store: Store, name: string): Promise<string | null> {
  const bytes = await store.get(name);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** Throws LeapError unless both ends of a move are hashes. */
export function checkMove(name: string, expected: string | null, next: string): void {
  checkName(name, "pointer");
  for (const hash of [expected, next])
    if (hash !== null && !isSha256(hash))
      throw new LeapError(
        `invalid pointer: ${name} was to say ${JSON.stringify(hash)}. A pointer says one sha256.`,
      );
}
