// The requests that an instance is asked, each at its own address and against its own limit.
import type { Ask } from "../../collecting/types.ts";

/** Statuses of one page, the most that servers give. */
export const PAGE = 40;

export const limitOf = (host: string): string => `requests:${host}`;

const ask = (host: string, locked: boolean, path: string, query: Record<string, string> = {}): Ask => ({
  address: host,
  path,
  query,
  ...(locked ? { secrets: [{ of: "token", in: "header", name: "authorization", prefix: "Bearer " }] } : {}),
  costs: [{ limit: limitOf(host), units: 1 }],
  expect: "json",
});

export const askTag = (host: string, locked: boolean, tag: string, query: Record<string, string>): Ask =>
  ask(host, locked, `/api/v1/timelines/tag/${encodeURIComponent(tag)}`, query);

/** The next run looks on from where this one has no calls to spare. */
export const askStatus = (host: string, locked: boolean, id: string): Ask => ({
  ...ask(host, locked, `/api/v1/statuses/${encodeURIComponent(id)}`),
  spare: true,
});

export const askInstance = (host: string): Ask => ask(host, false, "/api/v2/instance");

export const askLookup = (host: string, locked: boolean, acct: string): Ask =>
  ask(host, locked, "/api/v1/accounts/lookup", { acct });

/**
 * The parameters of the link with that relation (RFC 8288), or null. Only they are followed: where a server points has no say in where the
 * next request, and perhaps a token, goes.
 */
export function linkOf(header: string | undefined, relation: "next" | "prev"): Record<string, string> | null {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!new RegExp(`\\brel="?[^",]*\\b${relation}\\b`, "i").test(parameters)) continue;
    const query = target.split("?")[1]?.split("#")[0];
    return query ? Object.fromEntries(new URLSearchParams(query)) : null;
  }
  return null;
}
