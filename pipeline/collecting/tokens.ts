// Tokens at rest: one file each under `<state>/tokens/`, sealed with AES-256-GCM (NIST SP 800-38D) by a key from the environment. The name
// is sealed in, so that a file which was renamed does not open.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { keepSecret } from "../core/secrets.ts";
import type { Variables } from "./addresses.ts";
import { writeWhole } from "./files.ts";

export const Token = z.looseObject({
  secret: z.string().min(1),
  obtained_at: z.iso.datetime(),
  /** Null when it does not say. */
  expires_at: z.iso.datetime().nullable(),
  /** What gets a new one: a refresh token. */
  renewal: z.string().nullable().optional(),
});
export type Token = z.output<typeof Token>;

export interface Tokens {
  /** False without LEAP_TOKEN_KEY: nothing can be kept, and what is there cannot be opened. */
  readonly sealed: boolean;
  /** Null when there is none. Throws a LeapError for one that does not open. */
  read(name: string): Token | null;
  /** Throws a LeapError without LEAP_TOKEN_KEY. */
  write(name: string, token: Token): void;
  remove(name: string): void;
  /** Of all tokens that are kept, whether or not they can be opened. */
  names(): string[];
}

const KEY = "LEAP_TOKEN_KEY";

/** `root`: the publication's state folder. Names are `<source>.<credential>`, such as `instagram.token`. */
export function openTokens(root: string, variables: Variables): Tokens {
  const folder = join(root, "tokens");
  const given = variables[KEY]?.trim();
  const fileOf = (name: string): string => {
    if (!/^[a-z0-9][a-z0-9._-]*$/.test(name)) throw new LeapError(`invalid token name: ${name}.`);
    return join(folder, `${name}.json`);
  };
  return {
    sealed: Boolean(given),
    read(name) {
      const file = fileOf(name);
      if (!existsSync(file)) return null;
      if (!given)
        throw new LeapError(
          `missing ${KEY}: ${file} is sealed. Set the key that it was written with, or give the credential in the environment.`,
        );
      const token = opened(file, name, given);
      keepSecret(token.secret);
      if (token.renewal) keepSecret(token.renewal);
      return token;
    },
    write(name, token) {
      if (!given)
        throw new LeapError(
          `missing ${KEY}: tokens are kept sealed only. Set one, such as the output of: openssl rand -hex 32`,
        );
      keepSecret(token.secret);
      if (token.renewal) keepSecret(token.renewal);
      writeWhole(fileOf(name), sealed(name, Token.parse(token), given), 0o600);
    },
    remove: (name) => rmSync(fileOf(name), { force: true }),
    names: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((file) => file.endsWith(".json"))
            .map((file) => file.slice(0, -5))
            .sort()
        : [],
  };
}

const Sealed = z.strictObject({
  version: z.literal(1),
  salt: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
});

function sealed(name: string, token: Token, given: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", keyOf(given, salt), iv);
  cipher.setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(JSON.stringify(token), "utf8"), cipher.final()]);
  const parts = { salt, iv, tag: cipher.getAuthTag(), data };
  const words = Object.entries(parts).map(([part, bytes]) => [part, bytes.toString("base64")]);
  return `${JSON.stringify({ version: 1, ...Object.fromEntries(words) })}\n`;
}

function opened(file: string, name: string, given: string): Token {
  try {
    const parts = Sealed.parse(JSON.parse(readFileSync(file, "utf8")));
    const bytes = (part: "salt" | "iv" | "tag" | "data") => Buffer.from(parts[part], "base64");
    const tag = bytes("tag");
    // A shorter tag is easier to forge, and Node would take it.
    if (tag.length !== 16) throw new Error("tag");
    const decipher = createDecipheriv("aes-256-gcm", keyOf(given, bytes("salt")), bytes("iv"));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(tag);
    return Token.parse(
      JSON.parse(Buffer.concat([decipher.update(bytes("data")), decipher.final()]).toString()),
    );
  } catch {
    throw new LeapError(
      `invalid token: ${file} does not open. Was ${KEY} changed? Set the old key, or remove the file and sign in again.`,
    );
  }
}

const derived = new Map<string, Buffer>();

/** 64 hex digits are the key itself; other words are stretched (RFC 7914). */
function keyOf(given: string, salt: Buffer): Buffer {
  if (/^[0-9a-f]{64}$/i.test(given)) return Buffer.from(given, "hex");
  if (given.length < 16)
    throw new LeapError(
      `invalid ${KEY}: shorter than 16 characters. Give 64 hex digits: openssl rand -hex 32`,
    );
  const known = `${given}\n${salt.toString("hex")}`;
  const key = derived.get(known) ?? scryptSync(given, salt, 32);
  derived.set(known, key);
  return key;
}
