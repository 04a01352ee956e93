// Secrets that are fetched with others and run out. Kept sealed between runs where there is a key for it, else for this run alone.
import { keepSecret } from "../core/secrets.ts";
import type { Asked } from "./asking-result.ts";
import type { Token, Tokens } from "./tokens.ts";
import type { Ask, Context, Session } from "./types.ts";
import type { AnyLive } from "./world.ts";

export interface Sessions {
  /** Sees to it that every session that the request uses is open. Null when it is; else why it cannot be. */
  open(ask: Ask, asked: (ask: Ask) => Promise<Asked>): Promise<Asked | null>;
  /** A new session in place of one that was refused. */
  renew(name: string, asked: (ask: Ask) => Promise<Asked>): Promise<Asked | null>;
  /** Of `<name>` and `<name>.renewal`. */
  value(of: string): string | null;
}

/** One that ends while a request is on its way is as good as ended. */
const SOON_MS = 60_000;

export function openSessions(source: AnyLive, context: Context, tokens: Tokens, now: () => Date): Sessions {
  const sessions: Readonly<Record<string, Session>> = source.live.sessions ?? {};
  const held = new Map<string, Token>();
  const fileOf = (name: string) => `${source.id}.session-${name}`;
  const of = (name: string): Token | null => {
    const known = held.get(name);
    if (known) return known;
    const kept = tokens.sealed ? tokens.read(fileOf(name)) : null;
    if (kept) held.set(name, kept);
    return kept;
  };
  const lives = (token: Token | null): boolean =>
    token !== null && (token.expires_at === null || Date.parse(token.expires_at) > now().getTime() + SOON_MS);

  async function fetched(
    name: string,
    asked: (ask: Ask) => Promise<Asked>,
    old: Token | null,
  ): Promise<Asked | null> {
    const session = sessions[name] as Session;
    if (old?.renewal && session.renew) {
      const found = await asked(session.renew(context));
      const failed = found.is === "answer" ? take(name, session, found) : found;
      if (failed === null || !["account", "stop-target", "configuration", "failed"].includes(failed.is))
        return failed;
    }
    // What renewed it is refused, too: from the beginning.
    held.delete(name);
    const found = await asked(session.login(context));
    return found.is === "answer" ? take(name, session, found) : found;
  }

  function take(name: string, session: Session, found: Extract<Asked, { is: "answer" }>): Asked | null {
    let token: Token;
    try {
      const { secret, renewal, expires_at } = session.read(found.answer);
      token = { secret, renewal, expires_at, obtained_at: now().toISOString() };
    } catch {
      return { is: "failed", why: `the answer to signing in holds no session` };
    }
    keepSecret(token.secret);
    if (token.renewal) keepSecret(token.renewal);
    held.set(name, token);
    if (tokens.sealed) tokens.write(fileOf(name), token);
    return null;
  }

  return {
    async open(ask, asked) {
      for (const { of: use } of ask.secrets ?? []) {
        if (!(use in sessions) || lives(of(use))) continue;
        const failed = await fetched(use, asked, of(use));
        if (failed) return failed;
      }
      return null;
    },
    renew: (name, asked) => fetched(name, asked, of(name)),
    value(use) {
      const token = of(use.replace(/\.renewal$/, ""));
      return (use.endsWith(".renewal") ? token?.renewal : token?.secret) ?? null;
    },
  };
}
