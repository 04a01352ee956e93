// `leap collect` renews kept tokens before it asks, by the clock that it was given.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTokens } from "../collecting/tokens.ts";
import { silentLog } from "../core/log.ts";
import { collectCommand } from "./collect.ts";
import { openEnvironment } from "./environment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "leap-collect-"));
  for (const [name, value] of Object.entries({
    LEAP_TOKEN_KEY: "ab".repeat(32),
    LEAP_INSTAGRAM_APP_ID: "1234567",
    LEAP_INSTAGRAM_APP_SECRET: "canary-app-secret-88",
    LEAP_INSTAGRAM_TOKEN: "",
    LEAP_INSTAGRAM_USER_ID: "17841400000000001",
  }))
    vi.stubEnv(name, value);
  mkdirSync(path.join(folder, "mine"));
  writeFileSync(
    path.join(folder, "mine/publication.yaml"),
    "id: mine\ntitle: Mine\ntagline: Few rows.\ncategory: beauty\nmarkets: [de]\nsources:\n  - source: instagram\nhashtags: { de: [kbeauty] }\n",
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function world(renewal: unknown) {
  const asked: URL[] = [];
  const fetch = (async (input: URL) => {
    const url = new URL(input);
    asked.push(url);
    return url.pathname.endsWith("/oauth/access_token")
      ? Response.json(renewal)
      : Response.json({ data: [], id: "1" });
  }) as unknown as typeof globalThis.fetch;
  const environment = openEnvironment({
    ...{ publication: "mine", publications: folder, state: path.join(folder, "state") },
    asOf: "2027-01-12T08:00:00Z",
  });
  openTokens(environment.state.root, process.env).write("instagram.token", {
    secret: "canary-old-token",
    ...{ obtained_at: "2026-11-20T08:00:00.000Z", expires_at: "2027-01-19T08:00:00.000Z" },
  });
  const done = collectCommand({ ...environment, effects: { ...environment.effects, fetch, log: silentLog } });
  return { done, asked };
}

test("a token inside its window is renewed before it is used, and said so", async () => {
  const { done, asked } = world({ access_token: "canary-new-token", expires_in: 60 * 86_400 });
  const { text, gaps } = await done;
  expect(text).toContain("instagram: token renewed, the token ends on 2027-03-13");
  expect(gaps).toBe(0);
  const [first, ...others] = asked.map(({ searchParams }) => searchParams.get("access_token"));
  expect(first).toBe(null);
  expect(new Set(others)).toEqual(new Set(["canary-new-token"]));
  expect(text).not.toContain("canary");
});

test("a renewal that fails is a gap; the old token is used while it lives, and its end is an incident", async () => {
  const { text, gaps, result } = await world({ nothing: true }).done;
  expect(gaps).toBe(1);
  expect(text).toMatch(
    /not collected: instagram: token not renewed, the token ends on 2027-01-19 \(6 days\)/,
  );
  expect(JSON.stringify(result)).toMatch(/token_expires/);
  expect(`${text}${JSON.stringify(result)}`).not.toContain("canary");
});
