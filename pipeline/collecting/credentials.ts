// What a source signs in with: the environment first, then the sealed tokens. Every secret that is read here is told to redaction.
import { LeapError } from "../core/errors.ts";
import { keepSecret } from "../core/secrets.ts";
import type { Variables } from "./addresses.ts";
import type { Token, Tokens } from "./tokens.ts";
import type { LiveSource } from "./types.ts";

export interface Credentials {
  /** What it holds, a secret or not; null when it is not set. */
  value(name: string): string | null;
  /** Null for secrets and for what is not set. */
  plain(name: string): string | null;
  has(name: string): boolean;
  /** Variables of what is required and not set. */
  readonly missing: readonly string[];
  /** Tokens that will have run out in ten days; those that have are as good as not set. */
  readonly expiring: readonly {
    readonly name: string;
    readonly expires_at: string;
    readonly gone: boolean;
  }[];
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 10;

/** Throws a LeapError for a value that no header could carry, or a token that does not open. */
export function credentialsOf(
  source: Pick<LiveSource, "id"> & { readonly live: Pick<LiveSource["live"], "credentials"> },
  variables: Variables,
  tokens: Tokens,
  now: Date,
): Credentials {
  const held = new Map<string, string>();
  const kept = keptTokens(source.id, tokens, variables, source.live.credentials);
  const expiring = [];
  for (const { name, variable, secret } of source.live.credentials) {
    const given = variables[variable]?.trim();
    const token = kept.get(name);
    const gone = token?.expires_at != null && Date.parse(token.expires_at) <= now.getTime();
    if (!given && token?.expires_at && Date.parse(token.expires_at) <= now.getTime() + SOON_DAYS * DAY_MS)
      expiring.push({ name, expires_at: token.expires_at, gone });
    const value = given || (gone ? undefined : token?.secret) || (secret ? undefined : beside(kept, name));
    if (!value) continue;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    if (/[\u0000-\u001f\u007f]/.test(value))
      throw new LeapError(`invalid ${variable}: it holds a line break or a control character. Set it anew.`);
    if (secret) keepSecret(value);
    held.set(name, value);
  }
  const secrets = new Set(source.live.credentials.filter(({ secret }) => secret).map(({ name }) => name));
  return {
    value: (name) => held.get(name) ?? null,
    plain: (name) => (secrets.has(name) ? null : (held.get(name) ?? null)),
    has: (name) => held.has(name),
    missing: source.live.credentials
      .filter(({ name, required }) => required && !held.has(name))
      .map(({ variable }) => variable),
    expiring,
  };
}

function keptTokens(
  source: string,
  tokens: Tokens,
  variables: Variables,
  needs: LiveSource["live"]["credentials"],
): ReadonlyMap<string, Token> {
  const names = new Set(tokens.names());
  const kept = new Map<string, Token>();
  for (const { name, variable } of needs) {
    const file = `${source}.${name}`;
    if (variables[variable]?.trim() || !names.has(file)) continue;
    const token = tokens.read(file);
    if (token) kept.set(name, token);
  }
  return kept;
}

/** What is no secret may stand in the token that it was obtained with: the id of its user. */
function beside(kept: ReadonlyMap<string, Token>, name: string): string | undefined {
  for (const token of kept.values()) {
    const found = token[name];
    if (typeof found === "string" && found !== "") return found;
  }
  return undefined;
}
