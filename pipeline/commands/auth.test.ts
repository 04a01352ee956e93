// Signing in: a dialog, a code that comes back to loopback, a token that is sealed; what lives how long; what may be renewed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openTokens } from "../collecting/tokens.ts";
import type { LiveSource } from "../collecting/types.ts";
import { silentLog } from "../core/log.ts";
import { statePaths } from "../core/state.ts";
import { authStatusCommand, renewTokens, signInCommand } from "./auth.ts";
import type { Environment } from "./environment.ts";
import { readPublication } from "./publication.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-auth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const variables = {
  LEAP_TOKEN_KEY: "ab".repeat(32),
  LEAP_INSTAGRAM_APP_ID: "1234567",
  LEAP_INSTAGRAM_APP_SECRET: "canary-app-secret-77",
};
const LIVED = "canary-token-of-an-hour";
const LASTS = "canary-token-of-sixty-days";

/** Graph API as far as signing in needs it; `asked` holds what was sent. */
function graph(now: string, over: Readonly<Record<string, unknown>> = {}) {
  const asked: URL[] = [];
  const answers: Record<string, (query: URLSearchParams) => unknown> = {
    "/v26.0/oauth/access_token": (query) =>
      query.get("grant_type") === "fb_exchange_token"
        ? { access_token: LASTS, token_type: "bearer", expires_in: 60 * 86_400 }
        : { access_token: LIVED, token_type: "bearer", expires_in: 3600 },
    "/v26.0/me/accounts": () => ({
      data: [{ name: "Page", instagram_business_account: { id: "17841400000000001", username: "maker" } }],
    }),
  };
  const fetch = (async (input: URL) => {
    const url = new URL(input);
    asked.push(url);
    const said = over[url.pathname] ?? answers[url.pathname]?.(url.searchParams);
    return said === undefined
      ? Response.json({ error: { message: `unknown, you sent ${url.search}`, code: 100 } }, { status: 400 })
      : Response.json(said);
  }) as unknown as typeof globalThis.fetch;
  const name = `s${Math.floor(performance.now() * 1000)}`;
  const environment = {
    publication: readPublication("kbeauty"),
    ...{ publications: "", out: "", options: { publication: "kbeauty" } },
    state: statePaths("kbeauty", path.join(folder, name)),
    effects: { fetch, now: () => new Date(now), log: silentLog },
  } as Environment;
  return { environment, asked };
}

/** The person: opens the printed address and is sent back with what the platform adds. */
const person = (back: (state: string) => string) => {
  const said: string[] = [];
  const show = (text: string) => {
    said.push(text);
    const dialog = new URL(/https?:\/\/\S+dialog\S+/.exec(text)?.[0] ?? "");
    const redirect = dialog.searchParams.get("redirect_uri") as string;
    const address = `${redirect.replace("localhost", "127.0.0.1")}?${back(dialog.searchParams.get("state") as string)}`;
    void globalThis.fetch(address);
  };
  return { show, said };
};

const signedIn = (
  world: ReturnType<typeof graph>,
  back = (state: string) => `code=the-code-77%23_&state=${state}`,
  minutes = 1,
) => {
  const { show, said } = person(back);
  return {
    said,
    done: signInCommand("instagram", world.environment, { port: 0, minutes }, { variables, show }),
  };
};

test("a code becomes a token of sixty days, sealed, with the account's id; no secret is printed or kept in the clear", async () => {
  const world = graph("2026-11-20T08:00:00Z");
  const { said, done } = signedIn(world);
  const { text, result } = await done;
  expect(text).toContain("signed in to instagram as 17841400000000001 (maker)");
  expect(result).toMatchObject({ expires_at: "2027-01-19T08:00:00.000Z", user_id: "17841400000000001" });
  const [first, second] = world.asked.map(({ searchParams }) => Object.fromEntries(searchParams));
  expect(first).toMatchObject({
    client_id: "1234567",
    code: "the-code-77",
    client_secret: "canary-app-secret-77",
  });
  expect(second).toMatchObject({ grant_type: "fb_exchange_token", fb_exchange_token: LIVED });
  const { root } = world.environment.state;
  const kept = readdirSync(path.join(root, "tokens")).map((file) =>
    readFileSync(path.join(root, "tokens", file), "utf8"),
  );
  expect(kept).toHaveLength(1);
  expect([...kept, ...said, text, JSON.stringify(result)].join()).not.toMatch(/canary|the-code/);
  expect(openTokens(root, variables).read("instagram.token")).toEqual({
    ...{ secret: LASTS, obtained_at: "2026-11-20T08:00:00.000Z", expires_at: "2027-01-19T08:00:00.000Z" },
    ...{ user_id: "17841400000000001", accounts: "17841400000000001 (maker)" },
  });
});

test("a refusal in the dialog, a stranger's callback and a silent person end in words", async () => {
  const refused = signedIn(graph("2026-11-20T08:00:00Z"), (state) => `error=access_denied&state=${state}`);
  await expect(refused.done).rejects.toThrow(/missing permission: .*access_denied/);
  const stranger = graph("2026-11-20T08:00:00Z");
  await expect(signedIn(stranger, () => "code=theirs&state=guessed", 0.008).done).rejects.toThrow(
    "missing answer: nobody came back",
  );
  expect(stranger.asked).toEqual([]);
});

test("what the platform says against us is told without the secrets that it quotes", async () => {
  const world = graph("2026-11-20T08:00:00Z");
  world.environment.publication.sources.push({ source: "instagram", version: "v25.0" });
  const said = await signedIn(world).done.catch((error: Error) => error.message);
  expect(said).toMatch(/could not exchange the code: status 400/);
  expect(said).not.toMatch(/canary|the-code/);
});

test("without a key to seal with, or without an app, nothing is begun", async () => {
  const { environment } = graph("2026-11-20T08:00:00Z");
  const begin = (given: Readonly<Record<string, string>>) =>
    signInCommand("instagram", environment, { port: 0 }, { variables: given, show: () => {} });
  await expect(begin({})).rejects.toThrow("missing LEAP_TOKEN_KEY");
  await expect(begin({ LEAP_TOKEN_KEY: "ab".repeat(32) })).rejects.toThrow(
    "missing LEAP_INSTAGRAM_APP_ID and LEAP_INSTAGRAM_APP_SECRET",
  );
  await expect(signInCommand("ecb", environment, {}, { variables, show: () => {} })).rejects.toThrow(
    "unknown source: ecb. Sources with a sign-in dialog: instagram",
  );
});

const source = {
  id: "instagram",
  live: {
    credentials: [
      { name: "token", variable: "LEAP_INSTAGRAM_TOKEN", secret: true, required: true },
      { name: "user_id", variable: "LEAP_INSTAGRAM_USER_ID", secret: false, required: false },
    ],
  },
} as unknown as LiveSource;

test.each([
  ["2026-11-20T12:00:00Z", "set", 0, "too young", false],
  ["2026-12-10T08:00:00Z", "set", 0, "too far from its end", false],
  ["2026-12-21T08:00:00Z", "set", 0, "inside its window", true],
  ["2027-01-12T08:00:00Z", "expires soon", 1, "inside its window, and told", true],
  ["2027-01-20T08:00:00Z", "expired", 1, "dead", false],
] as const)("on %s the token is %s, %i alerts: %s", async (day, state, alerts, _, renewed) => {
  const { environment } = graph(day);
  openTokens(environment.state.root, variables).write("instagram.token", {
    ...{ secret: LIVED, obtained_at: "2026-11-20T08:00:00.000Z", expires_at: "2027-01-19T08:00:00.000Z" },
    user_id: "17841400000000001",
  });
  const status = await authStatusCommand(environment, [source], { variables, show: () => {} });
  expect(status).toMatchObject({
    gaps: alerts,
    result: [{ credential: "token", state }, { credential: "user_id" }],
  });
  const told = await renewTokens(environment, { variables });
  expect(told.map((one) => one.renewed)).toEqual(renewed ? [true] : []);
  const now = openTokens(environment.state.root, variables).read("instagram.token");
  expect(now).toMatchObject({ secret: renewed ? LASTS : LIVED, user_id: "17841400000000001" });
});

test("a renewal that fails keeps the old token and says so", async () => {
  const { environment } = graph("2027-01-12T08:00:00Z", { "/v26.0/oauth/access_token": { nothing: true } });
  const tokens = openTokens(environment.state.root, variables);
  tokens.write("instagram.token", {
    ...{ secret: LIVED, obtained_at: "2026-11-20T08:00:00.000Z", expires_at: "2027-01-19T08:00:00.000Z" },
  });
  expect(await renewTokens(environment, { variables })).toMatchObject([
    { source: "instagram", renewed: false, says: expect.stringContaining("token not renewed") },
  ]);
  expect(tokens.read("instagram.token")?.secret).toBe(LIVED);
});

test("a credential that is missing is a gap with the next step; one in the environment goes before the sealed one", async () => {
  const { environment } = graph("2026-11-20T12:00:00Z");
  const missing = await authStatusCommand(environment, [source], { variables, show: () => {} });
  expect(missing.gaps).toBe(1);
  expect(missing.text).toContain("Set LEAP_INSTAGRAM_TOKEN, or run: leap auth instagram");
  const set = await authStatusCommand(environment, [source], {
    ...{ variables: { ...variables, LEAP_INSTAGRAM_TOKEN: "canary-from-environment" }, show: () => {} },
  });
  expect(set).toMatchObject({ gaps: 0, result: [{ state: "set", from: "LEAP_INSTAGRAM_TOKEN" }, {}] });
  expect(set.text).not.toContain("canary");
});

test("how long a token lives can be seen from another day", async () => {
  const { environment } = graph("2026-11-20T12:00:00Z");
  openTokens(environment.state.root, variables).write("instagram.token", {
    ...{ secret: LIVED, obtained_at: "2026-11-20T08:00:00.000Z", expires_at: "2027-01-19T08:00:00.000Z" },
  });
  const on = (asOf: string) =>
    authStatusCommand(
      { ...environment, options: { ...environment.options, asOf } },
      ...([[source], { variables, show: () => {} }] as const),
    );
  expect(await on("2027-01-02")).toMatchObject({ result: [{ state: "set" }, {}] });
  expect(await on("2027-01-12")).toMatchObject({ result: [{ state: "expires soon" }, {}] });
  await expect(on("soon")).rejects.toThrow("invalid --as-of: soon");
});
