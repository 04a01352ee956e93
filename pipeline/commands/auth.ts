// `leap auth`: signs in to a source through the browser, says which credentials are there and how long they live, and renews those that may be.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { addressesOf } from "../collecting/addresses.ts";
import { attempt } from "../collecting/ask.ts";
import { type Call, isDue, type SignIn, tokenOf } from "../collecting/sign-in.ts";
import { openTokens, type Token, type Tokens } from "../collecting/tokens.ts";
import type { CredentialNeed, LiveSource } from "../collecting/types.ts";
import { LeapError } from "../core/errors.ts";
import { keepSecret } from "../core/secrets.ts";
import type { Source } from "../core/types.ts";
import { awaitCallback } from "./auth-loopback.ts";
import { clockInstant, type Done, type Environment, sourcesInUse } from "./environment.ts";
import { table } from "./explain.ts";
import { repository } from "./publication.ts";

export interface AuthOptions {
  readonly port?: number;
  /** How long the dialog may stay open. */
  readonly minutes?: number;
}

export interface AuthWorld {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Shows the address that the person opens. */
  readonly show: (text: string) => void;
}

const PORT = 8765;
const MINUTES = 10;
const DAY_MS = 86_400_000;
/** Under so many days left, somebody is told. */
export const SOON_DAYS = 10;

/** `leap auth <source>`, `leap auth <source> --renew`, `leap auth status`. */
export async function authCommand(
  source: string,
  environment: Environment,
  options: AuthOptions & { renew?: boolean },
  world: AuthWorld = {
    variables: process.env,
    show: (text) => void process.stderr.write(`${text}\n`),
  },
): Promise<Done> {
  if (source === "status") {
    const sources = (await sourcesInUse(environment)).map((used) => used.source);
    return authStatusCommand(environment, sources.filter(isLive), world);
  }
  return options.renew
    ? renewCommand(source, environment, world)
    : signInCommand(source, environment, options, world);
}

const isLive = (source: Source): source is LiveSource => "live" in source;

/** Walks an operator through the dialog of a source and keeps the token, sealed. Throws a LeapError that names what is missing. */
export async function signInCommand(
  source: string,
  environment: Environment,
  options: AuthOptions,
  world: AuthWorld,
): Promise<Done> {
  const signIn = await signInOf(source);
  const tokens = openTokens(environment.state.root, world.variables);
  if (!tokens.sealed)
    throw new LeapError(
      "missing LEAP_TOKEN_KEY: tokens are kept sealed only. Set one, such as the output of: openssl rand -hex 32",
    );
  const app = appOf(signIn, world.variables);
  const config = configOf(source, environment);
  const state = randomBytes(24).toString("base64url");
  const callback = await awaitCallback(state, options.port ?? PORT, (options.minutes ?? MINUTES) * 60_000);
  try {
    const dialog = addressesOf(asSource(source, signIn), config as never, world.variables).get("dialog");
    world.show(
      `Open this address in a browser and allow what it asks for; ${callback.redirect} must be among the app's redirect addresses.\n\n${String(dialog).replace(/\/$/, "")}${signIn.dialog(config, app, callback.redirect, state)}\n`,
    );
    const code = await callback.code;
    keepSecret(code);
    const token = await tokenOf(
      signIn.steps,
      config,
      { ...app, code, redirect: callback.redirect },
      { call: callOf(source, signIn, config, environment, world), now: environment.effects.now() },
    );
    tokens.write(`${source}.${signIn.credential}`, token);
    return {
      text: `signed in to ${source}${token["accounts"] ? ` as ${token["accounts"]}` : ""}; ${endOf(token, environment.effects.now())}. Kept sealed in ${path.join(environment.state.root, "tokens")}`,
      gaps: 0,
      result: shown(source, signIn.credential, token, environment.effects.now()),
    };
  } finally {
    callback.close();
  }
}

/** Every credential of the publication's live sources: where it comes from and how long it lives. Gaps are those that are missing or soon end. */
export async function authStatusCommand(
  environment: Environment,
  sources: readonly LiveSource[],
  { variables }: AuthWorld,
): Promise<Done> {
  const tokens = openTokens(environment.state.root, variables);
  const { publication, options, effects } = environment;
  const now = options.asOf ? instantOf(clockInstant(publication, options.asOf)) : effects.now();
  const rows = sources.flatMap((source) =>
    source.live.credentials.map((need) => statusOf(source.id, need, tokens, variables, now)),
  );
  const alerts = rows.filter(
    ({ state }) => state === "missing" || state === "expired" || state === "expires soon",
  );
  return {
    text:
      rows.length === 0
        ? "No live source of this publication needs a credential."
        : [
            table(rows),
            ...alerts.map(
              ({ source, credential, state, next }) => `${source} ${credential}: ${state}. ${next}`,
            ),
          ].join("\n"),
    gaps: alerts.length,
    result: rows,
  };
}

function instantOf(asOf: string | null): Date {
  const at = new Date(asOf ?? "");
  if (Number.isNaN(at.getTime()))
    throw new LeapError(`invalid --as-of: ${asOf}. Give a day or an instant, such as 2026-11-20T06:00:00Z.`);
  return at;
}

function statusOf(
  source: string,
  { name, variable, required }: CredentialNeed,
  tokens: Tokens,
  variables: AuthWorld["variables"],
  now: Date,
) {
  const row = (state: string, from: string, ends: string, next: string) => ({
    ...{ source, credential: name, state, from, ends, next },
  });
  if (variables[variable]?.trim()) return row("set", variable, "not said", "");
  const file = `${source}.${name}`;
  if (!tokens.names().includes(file))
    return required
      ? row("missing", "", "", `Set ${variable}${name === "token" ? `, or run: leap auth ${source}` : ""}.`)
      : row("not set", "", "", "");
  const token = tokens.read(file);
  if (!token?.expires_at) return row("set", "sealed token", "not said", "");
  const days = (Date.parse(token.expires_at) - now.getTime()) / DAY_MS;
  const ends = token.expires_at.slice(0, 10);
  if (days <= 0) return row("expired", "sealed token", ends, `Run: leap auth ${source}`);
  return days < SOON_DAYS
    ? row("expires soon", "sealed token", ends, `Run: leap auth ${source} --renew, or sign in again.`)
    : row("set", "sealed token", ends, "");
}

/**
 * Renews kept tokens that are inside their window. What fails is said, and the old token stays: it lives on for a while.
 * Returns what was renewed and what could not be.
 */
export async function renewTokens(
  environment: Environment,
  world: Pick<AuthWorld, "variables">,
  {
    force = false,
    only,
    now = environment.effects.now(),
  }: { force?: boolean; only?: readonly string[]; now?: Date } = {},
): Promise<readonly { source: string; renewed: boolean; says: string }[]> {
  const tokens = openTokens(environment.state.root, world.variables);
  const told: { source: string; renewed: boolean; says: string }[] = [];
  if (!tokens.sealed) return told;
  for (const source of signedInSources(tokens)) {
    if (only !== undefined && !only.includes(source)) continue;
    const signIn = await signInOf(source);
    const name = `${source}.${signIn.credential}`;
    const token = tokens.read(name);
    if (!token || !(force || isDue(token, signIn.renewal, now))) continue;
    try {
      const app = appOf(signIn, world.variables);
      const config = configOf(source, environment);
      const call = callOf(source, signIn, config, environment, world);
      const fresh = await tokenOf(
        signIn.renewal.steps,
        config,
        { ...app, secret: token.secret },
        { call, now },
      );
      tokens.write(name, { ...token, ...fresh });
      told.push({ source, renewed: true, says: `${source}: token renewed, ${endOf(fresh, now)}` });
    } catch (error) {
      if (!(error instanceof LeapError)) throw error;
      told.push({
        source,
        renewed: false,
        says: `${source}: token not renewed, ${endOf(token, now)}. ${error.message}`,
      });
    }
  }
  return told;
}

async function renewCommand(source: string, environment: Environment, world: AuthWorld): Promise<Done> {
  const told = await renewTokens(environment, world, { force: true, only: [source] });
  if (told.length === 0)
    throw new LeapError(`missing token: nobody has signed in to ${source} here. Run: leap auth ${source}`);
  return {
    text: told.map(({ says }) => says).join("\n"),
    gaps: told.filter(({ renewed }) => !renewed).length,
    result: told,
  };
}

const folder = path.join(repository, "pipeline/sources");
const moduleOf = (source: string) => path.join(folder, source, "sign-in.ts");

async function signInOf(source: string): Promise<SignIn> {
  const file = /^[a-z0-9-]+$/.test(source) ? moduleOf(source) : "";
  if (!existsSync(file)) {
    const known = readdirSync(folder).filter((name) => existsSync(moduleOf(name)));
    throw new LeapError(
      `unknown source: ${source}. Sources with a sign-in dialog: ${known.join(", ")}. Others take their credentials from the environment; see: leap auth status`,
    );
  }
  return ((await import(pathToFileURL(file).href)) as { signIn: SignIn }).signIn;
}

const signedInSources = (tokens: Tokens): string[] => [
  ...new Set(
    tokens
      .names()
      .map((name) => name.split(".")[0] as string)
      .filter((source) => existsSync(moduleOf(source))),
  ),
];

/** The source's entry in publication.yaml; none is the same as an empty one. */
function configOf(source: string, { publication }: Environment): unknown {
  const { source: _id, ...config } = publication.sources.find((entry) => entry.source === source) ?? {
    source,
  };
  return config;
}

function appOf(signIn: SignIn, variables: AuthWorld["variables"]): Record<string, string> {
  const missing = signIn.app.filter(({ variable, required }) => required && !variables[variable]?.trim());
  if (missing.length > 0)
    throw new LeapError(
      `missing ${missing.map(({ variable }) => variable).join(" and ")}: id and secret of an app registered with the platform. Set them and run again.`,
    );
  return Object.fromEntries(
    signIn.app.map(({ name, variable, secret }) => {
      const value = variables[variable]?.trim() ?? "";
      if (secret) keepSecret(value);
      return [name, value];
    }),
  );
}

const asSource = (id: string, signIn: SignIn) =>
  ({ id, live: { addresses: signIn.addresses } }) as unknown as Pick<LiveSource, "id" | "live">;

function callOf(
  source: string,
  signIn: SignIn,
  config: unknown,
  { effects, publication }: Environment,
  { variables }: Pick<AuthWorld, "variables">,
): Call {
  const base = addressesOf(asSource(source, signIn), config as never, variables).get("main") as URL;
  return async (ask, held) => {
    const outcome = await attempt(
      {
        ...{ ask, base, known: null, mostMs: 20_000, mostBytes: 1 << 20, again: async () => true },
        userAgent: `global-leap (+${publication.site_url})`,
        secret({ of, prefix }) {
          const value = held[of];
          if (value === undefined) throw new Error(`a step names a secret that nobody holds: ${of}`);
          keepSecret(value);
          return `${prefix ?? ""}${value}`;
        },
      },
      { fetch: effects.fetch, now: effects.now, socket: (url) => new WebSocket(url) },
    );
    if ("failure" in outcome)
      throw new LeapError(`missing answer: ${source} at ${base.host}: ${outcome.failure}. Try again.`);
    return outcome.answer;
  };
}

function endOf(token: Pick<Token, "expires_at">, now: Date): string {
  if (token.expires_at === null) return "the platform does not say when the token ends";
  const days = Math.floor((Date.parse(token.expires_at) - now.getTime()) / DAY_MS);
  return `the token ends on ${token.expires_at.slice(0, 10)} (${days} days)`;
}

const shown = (source: string, credential: string, token: Token, now: Date) => ({
  ...{ source, credential, obtained_at: token.obtained_at, expires_at: token.expires_at },
  user_id: token["user_id"] ?? null,
  says: endOf(token, now),
});
