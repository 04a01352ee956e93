// Secrets of this process, so that no message leaves with one in it. Whoever reads a credential says so here, once.

const known = new Set<string>();
/** Shorter ones would black out half of every message; no platform gives any. */
const SHORTEST = 6;

/** From now on `redacted` takes this value out of every text, in each spelling in which it may have travelled. */
export function keepSecret(value: string): void {
  for (const spelling of spellings(value)) if (spelling.length >= SHORTEST) known.add(spelling);
}

/** Takes the secrets of an environment out of every text from now on, whether or not a verb reads them: one may stand in words it was given. */
export function keepSecretsOf(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables))
    if (value !== undefined && SECRET_VARIABLE.test(name)) keepSecret(value);
}

const SECRET_VARIABLE =
  /^(LEAP|OPENAI|ANTHROPIC|GH|GITHUB|ACTIONS|AWS)_(\w*_)?(TOKEN|KEY|KEY_ID|PASSWORD|SECRET|USER_ID)$/;

/** The text without any secret of this process, nor anything that looks like one. */
export function redacted(text: string): string {
  let clean = text;
  // The longest first: one secret may be a part of another.
  for (const secret of [...known].sort((a, b) => b.length - a.length))
    if (clean.includes(secret)) clean = clean.replaceAll(secret, "[secret]");
  return clean.replace(NAMED, "$1[secret]").replace(BEARER, "$1 [secret]").replace(IN_ADDRESS, "$1[secret]@");
}

/** What is thrown or logged instead of an error that may hold a secret. */
export const redactedError = (error: unknown): string =>
  redacted(error instanceof Error ? `${error.name}: ${error.message}` : String(error));

// Secrets that this process never read, such as one that a server put into its answer.
const NAMED =
  /\b((?:access_token|refresh_token|client_secret|app_?password|password|api_?key|fb_exchange_token|appsecret_proof|(?<=[?&])key)=)[^&\s"'<>]+/gi;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g;

/** `https://user:password@host`. */
const IN_ADDRESS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]*:[^\s/@"'<>]*@/gi;

function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  return [
    value,
    encodeURIComponent(value),
    encodeURI(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    escaped,
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}
