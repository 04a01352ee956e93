// How a person lets this machine read with an account of theirs: a dialog in the browser, a code that comes back to loopback, and the requests
// that turn the code into a token. A source says what to ask; whoever calls owns the network.

import { LeapError } from "../core/errors.ts";
import { redacted } from "../core/secrets.ts";
import type { Token } from "./tokens.ts";
import type { Answer, Ask, CredentialNeed } from "./types.ts";

/** `pipeline/sources/<source>/sign-in.ts` exports it as `signIn`. */
export interface SignIn {
  /** Credential that it obtains: `token`; the file is `<source>.token`. */
  readonly credential: string;
  /** What an app registered with the platform has: id and secret. */
  readonly app: readonly CredentialNeed[];
  /** Addresses by name, as in Live. */
  addresses(config: unknown): Readonly<Record<string, string>>;
  /** The address that the person opens. `held` has the app's id. */
  dialog(config: unknown, held: Held, redirect: string, state: string): string;
  /** One after the other; each knows what the ones before it found. */
  readonly steps: readonly SignInStep[];
  /** A new token from one that still lives. */
  readonly renewal: {
    /** Younger tokens are refused by the platform. */
    readonly after_hours: number;
    /** Not before the token has only so many days left. */
    readonly within_days: number;
    readonly steps: readonly SignInStep[];
  };
}

/** Names and values found so far; `code`, `redirect`, the app's credentials, at last `secret`. */
export type Held = Readonly<Record<string, string>>;

export interface SignInStep {
  /** For messages: `exchange the code`. */
  readonly title: string;
  ask(config: unknown, held: Held): Ask;
  /** What the answer adds; null where it does not say. `expires_at` is an instant, or the word never. */
  read(answer: Answer, held: Held, now: Date): Held | null;
  /** Signing in goes on without it. */
  readonly optional?: boolean;
}

export type Call = (ask: Ask, held: Held) => Promise<Answer>;

/**
 * The token that the steps lead to, with what they found beside it. `call` puts in what an ask's secrets name.
 * Throws a LeapError when a step that is needed gives nothing.
 */
export async function tokenOf(
  steps: readonly SignInStep[],
  config: unknown,
  begin: Held,
  { call, now }: { call: Call; now: Date },
): Promise<Token> {
  let held = begin;
  for (const step of steps) {
    const answer = await call(step.ask(config, held), held);
    const found = answer.status >= 200 && answer.status < 300 ? step.read(answer, held, now) : null;
    if (found === null && !step.optional)
      throw new LeapError(
        `invalid answer: could not ${step.title}: status ${answer.status}${saysOf(answer)}. Begin again: a code can be used once, and only for a few minutes.`,
      );
    held = { ...held, ...found };
  }
  const { secret, expires_at, ...beside } = held;
  if (!secret) throw new LeapError("missing token: the platform gave none. Begin again.");
  return {
    ...withoutSecrets(beside, begin),
    secret,
    obtained_at: now.toISOString(),
    expires_at: !expires_at || expires_at === "never" ? null : expires_at,
  };
}

/** What the dialog and the app brought along is no part of the token. */
const withoutSecrets = (held: Held, begin: Held): Record<string, string> =>
  Object.fromEntries(Object.entries(held).filter(([name]) => !(name in begin)));

/** The platform's own words, which may quote what we sent. */
function saysOf({ json }: Answer): string {
  const said = (json as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof said === "string" ? ` (${redacted(said).slice(0, 200)})` : "";
}

/** True inside the window in which the platform gives a new token for the old one. */
export function isDue(token: Token, { after_hours, within_days }: SignIn["renewal"], now: Date): boolean {
  if (token.expires_at === null) return false;
  const age = now.getTime() - Date.parse(token.obtained_at);
  const left = Date.parse(token.expires_at) - now.getTime();
  return age >= after_hours * 3_600_000 && left > 0 && left <= within_days * 86_400_000;
}
