// What an answer means is decided by the code in its body: not by its status, never by words in somebody's language.
import { expect, test } from "vitest";
import type { Ask, Verdict } from "../../collecting/types.ts";
import { source } from "./source.ts";
import { answered, context, creator, ME, targetOf, walk } from "./tiny.ts";

const within = context({
  hashtags: { de: ["kbeauty"] },
  creators: [creator("mina", "de")],
  config: { own_account: true },
});
const asked = (id: string, kept: Parameters<typeof walk>[3] = null) =>
  walk(targetOf(id, within), [], within, kept)?.asks[0] as Ask;
const search = asked("hashtag:kbeauty");
const recent = asked("hashtag:kbeauty", { id: "178" });
const discovery = asked("creator:mina");
const own = asked("own");
const insights: Ask = { ...own, path: "/v26.0/1790/insights" };

const judged = (json: unknown, ask: Ask = recent, status = 400, headers: Record<string, string> = {}) =>
  source.live.judge?.(answered(json, status, headers), ask, within) ?? null;
const error = (code: number, more: object = {}) => ({
  error: { type: "OAuthException", code, message: "Etwas ist schiefgelaufen", ...more },
});
const sub = (error_subcode: number) => ({ error_subcode });

test("a code means the same whatever the status", () => {
  for (const status of [200, 400, 403, 429, 500]) {
    expect(judged(error(4), recent, status)).toMatchObject({ is: "pause", limit: "app" });
    expect(judged(error(190, sub(463)), recent, status)).toMatchObject({ is: "stop-account" });
  }
});

test("a throttled app pauses until the hour has rolled over; a user or a page likewise, with everything of theirs", () => {
  const hour = "2026-11-20T07:00:10.000Z";
  expect(judged(error(4))).toMatchObject({ is: "pause", limit: "app", until: hour });
  for (const code of [17, 32, 341, 613]) {
    expect(judged(error(code))).toMatchObject({ is: "pause", until: hour });
    expect(judged(error(code))).not.toHaveProperty("limit");
  }
});

test("the account's own calls pause for as many minutes as the header says, an hour where it says nothing", () => {
  const header = {
    "x-business-use-case-usage": JSON.stringify({
      "1784": [
        {
          type: "instagram",
          call_count: 100,
          total_cputime: 20,
          total_time: 20,
          estimated_time_to_regain_access: 17,
        },
      ],
    }),
  };
  expect(judged(error(80002), own, 403, header)).toMatchObject({
    is: "pause",
    limit: "business",
    until: "2026-11-20T06:17:10.000Z",
  });
  expect(judged(error(80002), own)).toMatchObject({ until: "2026-11-20T07:00:10.000Z" });
  expect(judged(error(80002), recent)).not.toHaveProperty("limit");
});

test("a block by policy stops all asking for a day and says what to read; a restriction as spam is one, too", () => {
  for (const body of [error(368), error(4, sub(2207051))]) {
    const verdict = judged(body) as Verdict & { why: string };
    expect(verdict).toMatchObject({ is: "pause", until: "2026-11-21T06:00:10.000Z" });
    expect(verdict).not.toHaveProperty("limit");
    expect(verdict.why).toMatch(/Read the alerts/);
  }
});

test("a dead token stops the account and says what to do, by subcode", () => {
  const act = (subcode: number) => (judged(error(190, sub(subcode))) as { act: string }).act;
  expect(act(463)).toMatch(/leap auth instagram/);
  expect(act(459)).toMatch(/^Log in on facebook.com/);
  expect(act(492)).toMatch(/^Give it the role back/);
  expect(judged(error(190))).toMatchObject({ is: "stop-account" });
  expect(judged(error(102))).toMatchObject({ is: "stop-account" });
});

test("a field that a version has lost, a version that has ended and a permission that is missing are ours to mend", () => {
  for (const code of [100, 2635, 3, 10, 200, 299])
    expect(judged(error(code))).toMatchObject({ is: "configuration" });
});

test("what is not there stops its target alone, for a month", () => {
  expect(judged(error(110, sub(2207013)), discovery)).toMatchObject({
    is: "stop-target",
    mark: "not_found",
    for_days: 30,
  });
  expect(judged(error(24, sub(2207024)), search)).toMatchObject({
    is: "stop-target",
    mark: "no_such_hashtag",
    for_days: 30,
  });
  expect(judged({ data: [] }, search, 200)).toMatchObject({ is: "stop-target", mark: "no_such_hashtag" });
  expect(judged(error(100, sub(33)), insights)).toMatchObject({ is: "stop-target", mark: "not_found" });
});

test("a search that fails twice without a reason is a blocked hashtag; any other call that fails so is an outage", () => {
  expect(judged(error(1), search)).toMatchObject({
    is: "retry",
    most: 2,
    otherwise: { is: "stop-target", mark: "blocked_tag" },
  });
  expect(judged(error(1), recent, 500)).toEqual({ is: "retry", why: "code 1: the platform is out of order" });
  for (const body of [error(2, { is_transient: true }), error(-1, sub(2207001))])
    expect(judged(body, search, 500)).not.toHaveProperty("most");
});

test("thirty hashtags that our count does not know of make new ones wait, not those that hold a place", () => {
  expect(judged(error(18, sub(2207034)), search)).toMatchObject({ is: "pause", limit: "hashtags" });
});

test("too few viewers are no error of insights: there is nothing to know", () => {
  expect(judged(error(10), insights)).toEqual({ is: "good" });
});

test("status 200 without what was asked for is no answer", () => {
  expect(judged({}, recent, 200)).toMatchObject({ is: "retry" });
  expect(judged("<html>", recent, 200)).toMatchObject({ is: "retry" });
  expect(judged({ id: ME }, discovery, 200)).toMatchObject({ is: "retry" });
  expect(judged({ data: [] }, recent, 200)).toBeNull();
  expect(judged({ business_discovery: { id: "1" } }, discovery, 200)).toBeNull();
});

test("nothing of the server's own words reaches ours: they may hold a token", () => {
  const body = {
    error: { code: 190, message: "Malformed access token EAABcanary", error_user_msg: "EAABcanary" },
  };
  expect(JSON.stringify(judged(body))).not.toContain("canary");
});

test("usage is the fullest of three percentages; a header that cannot be read says nothing", () => {
  const usage = (headers: Record<string, string>) =>
    source.live.usage?.(answered({}, 200, headers), within, recent);
  expect(usage({ "x-app-usage": '{"call_count":28,"total_cputime":76,"total_time":25}' })).toEqual([
    { limit: "app", used_pct: 76, resets_at: "2026-11-20T07:00:10.000Z" },
  ]);
  const entry = {
    type: "instagram",
    call_count: 95,
    total_cputime: 20,
    total_time: 20,
    estimated_time_to_regain_access: 0,
  };
  expect(usage({ "x-business-use-case-usage": JSON.stringify({ "1784": [entry] }) })).toEqual([
    { limit: "business", used_pct: 95 },
  ]);
  expect(usage({ "x-app-usage": "<html>", "x-business-use-case-usage": "[]" })).toEqual([]);
});

test("a version is warned of in its last ninety days and refused in words after them", () => {
  const notices = (version: string, at: string) =>
    source.live.notices?.(context({ config: { version }, at }));
  expect(notices("v26.0", "2026-11-20T06:00:00Z")).toEqual([]);
  expect(notices("v25.0", "2028-04-01T00:00:00Z")).toEqual([]);
  expect(notices("v25.0", "2028-06-29T00:00:00Z")).toEqual([
    {
      severity: "warning",
      says: "v25.0 of the Graph API ends on 2028-07-29, in 30 days. Write version: v26.0 under the source instagram in publication.yaml.",
    },
  ]);
  for (const version of ["v20.0", "v18.0", "v3.2"])
    expect(notices(version, "2026-11-20T06:00:00Z")).toMatchObject([
      { stops: "configuration", says: expect.stringMatching(/^invalid version/) },
    ]);
});
