// The desk over a small source: what is asked once, what is kept, what is said about what is missing.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { everyByte } from "./test-bytes.ts";
import { type TestDesk, type TestWorld, testDesk } from "./test-desk.ts";
import { json, pageOf, testServer } from "./test-server.ts";
import { parserFile, source } from "./test-source.ts";

const open: TestDesk[] = [];
afterEach(() => {
  for (const desk of open.splice(0)) desk.close();
});

const variables = { LEAP_TEST_TOKEN: "canary-token-123", LEAP_TEST_USER_ID: "17" };
function deskOf(world: Partial<TestWorld>): TestDesk {
  const desk = testDesk({ source, parser: parserFile, variables, ...world });
  open.push(desk);
  return desk;
}
const counts = { one: 5, two: 1, three: 3 };

test("a run asks each page once, keeps each post once, and says what it did", async () => {
  const server = testServer(counts);
  const desk = deskOf({ fetch: server.fetch });
  const { gaps, says } = await desk.collect();
  expect(gaps).toEqual([]);
  expect(says).toEqual(["test: 3 of 3 targets in 6 pages; 9 posts"]);
  expect([...server.pages.values()]).toEqual([1, 1, 1, 1, 1, 1]);
  expect(desk.rows("posts").map((row) => (row["item"] as { id: string }).id)).toEqual([
    "one-0",
    "one-1",
    "one-2",
    "one-3",
    "one-4",
    "two-0",
    "three-0",
    "three-1",
    "three-2",
  ]);
  expect(desk.rows("posts")[0]).toMatchObject({
    collected_at: "2026-11-20T06:00:00Z",
    provenance: "observed",
  });
  expect(desk.runs()).toMatchObject([
    {
      market: "de",
      succeeded: true,
      targets: 3,
      targets_done: 3,
      pages_fetched: 6,
      pages_available: 6,
      requests: 6,
      posts_received: 9,
      hashtags_used: 3,
    },
    { market: "fr", succeeded: true, posts_received: 0 },
  ]);
  expect(desk.limits().map(({ limit, used, left }) => [limit, used, left])).toEqual([
    ["requests", 6, 944],
    ["tags", 3, 27],
  ]);
});

test("the same slot is not asked again; the next one is, and slots that nobody ran in are rows", async () => {
  const server = testServer({ one: 1, two: 1, three: 1 });
  const desk = deskOf({ fetch: server.fetch });
  await desk.collect();
  const { says } = await desk.collect("2026-11-20T11:59:00Z");
  expect(says).toEqual(["the slot of 2026-11-20T06:00:00.000Z has been collected; nothing is asked"]);
  expect(desk.asked).toHaveLength(3);
  await desk.collect("2026-11-22T01:00:00Z");
  expect(desk.asked).toHaveLength(6);
  const missed = desk.runs().filter(({ reason }) => reason === "missed");
  expect(
    missed.filter(({ market }) => market === "de").map(({ scheduled_at }) => scheduled_at.slice(5, 13)),
  ).toEqual(["11-20T12", "11-20T18", "11-21T00", "11-21T06", "11-21T12", "11-21T18"]);
  // The window reaches back a day; what lies before it is lost.
  expect(desk.runs().findLast(({ market }) => market === "de")).toMatchObject({
    succeeded: true,
    hours_lost: 19,
  });
  expect(desk.incidents().map(({ says: words }) => words)).toContain(
    "19.0 hours can be seen by no run any more",
  );
});

test("the tag that finds no place is queued and said so: in the limits, as an incident, to people; places free up a week after the last use", async () => {
  const tags = Array.from({ length: 31 }, (_, number) => `tag${number}`);
  const server = testServer(Object.fromEntries(tags.map((tag) => [tag, 1])));
  const desk = deskOf({ fetch: server.fetch, config: { tags, every_hours: 24 } });
  const { gaps } = await desk.collect();
  expect(server.pages.has("tag30")).toBe(false);
  expect(gaps[0]).toMatch(
    /^test: Different tags in 7 days: 1 wait for a place, the next is free at 2026-11-27T06:0.*: tag30$/,
  );
  expect(desk.limits().find(({ limit }) => limit === "tags")).toMatchObject({
    used: 30,
    left: 0,
    queued: ["tag30"],
  });
  expect(desk.incidents().filter(({ kind }) => kind === "queued")).toMatchObject([
    { target: null, severity: "warning", says: expect.stringContaining("#tag30: Different tags") },
  ]);
  expect(desk.runs()[0]).toMatchObject({ succeeded: true, targets_queued: 1, targets_done: 30 });
  // Tags that are asked day by day hold their places.
  await desk.collect("2026-11-27T12:00:00Z");
  expect(server.pages.has("tag30")).toBe(false);
});

test("opted-out people are not kept; what the platform took back leaves every receipt", async () => {
  const server = testServer({ one: 3 }, (_tag, page, times) =>
    page === "one" && times === 2 ? json({ posts: [], gone: ["one-2"] }) : null,
  );
  const desk = deskOf({
    fetch: server.fetch,
    config: { tags: ["one"] },
    optedOut: ({ author_id }) => author_id === "writer-1",
  });
  await desk.collect();
  expect(desk.rows("posts").map((row) => (row["item"] as { id: string }).id)).toEqual(["one-0", "one-2"]);
  await desk.collect("2026-11-20T12:00:00Z");
  expect(desk.rows("posts").map((row) => (row["item"] as { id: string }).id)).toEqual(["one-0"]);
  expect(desk.runs().findLast(({ market }) => market === "de")).toMatchObject({ deleted_upstream: 1 });
});

test("rows that cannot be true are set aside and counted", async () => {
  const desk = deskOf({
    config: { tags: ["one"] },
    fetch: () =>
      json({
        posts: [
          { id: "a", author: "b", text: "c", likes: -1 },
          { id: "d", author: "b", text: "c", likes: 1 },
        ],
      }),
  });
  await desk.collect();
  expect(desk.quarantined()).toMatchObject([{ reason: "negative_count: item.likes = -1" }]);
  expect(desk.runs()[0]).toMatchObject({ quarantined: 1, posts_received: 2 });
});

test("a banned tag is stopped for its days, the others go on; a dead token stops all", async () => {
  const server = testServer(counts, (tag) =>
    tag === "one" ? json({ code: "banned" }, { status: 400 }) : null,
  );
  const desk = deskOf({ fetch: server.fetch });
  expect((await desk.collect()).gaps).toEqual([]);
  expect(desk.runs()[0]).toMatchObject({ succeeded: true, targets_stopped: 1, targets_done: 2 });
  await desk.collect("2026-11-21T06:00:00Z");
  expect(server.pages.get("one")).toBe(1);
  const dead = deskOf({ fetch: async () => json({ code: "dead" }, { status: 400 }) });
  const { gaps } = await dead.collect();
  expect(dead.asked).toHaveLength(1);
  expect(gaps[0]).toContain("3 of 3 targets not collected (account): the token is dead. Sign in again.");
  expect(dead.runs()[0]).toMatchObject({ succeeded: false, reason: "account" });
});

test("a missing credential is named and nothing is asked; with it, the same slot is collected", async () => {
  const server = testServer(counts);
  const desk = deskOf({ fetch: server.fetch, variables: {} });
  const { gaps } = await desk.collect();
  expect(gaps).toEqual([
    "test: 3 of 3 targets not collected (no_credential): missing LEAP_TEST_TOKEN: Tags of a test was not asked",
  ]);
  expect(desk.asked).toEqual([]);
  expect(desk.runs()).toMatchObject([{ reason: "no_credential" }, { reason: "no_credential" }]);
  Object.assign(desk.desk, { variables });
  await desk.collect();
  expect(desk.rows("posts")).toHaveLength(9);
});

test("a session is opened once, renewed when it is refused, and its secrets stay off the disk without a key", async () => {
  let logins = 0;
  const server = testServer(counts, async (tag, page, times, request) => {
    if (tag === "login") {
      logins += 1;
      expect(await request.json()).toEqual({ password: "canary-token-123" });
      return json({ secret: "session-canary-A", renewal: "renewal-canary-A" });
    }
    if (tag === "renew") {
      expect(request.headers.get("authorization")).toBe("renewal-canary-A");
      return json({ secret: "session-canary-B", renewal: "renewal-canary-B" });
    }
    if (page === "two" && times === 1) return json({ code: "expired" }, { status: 400 });
    return request.headers.get("authorization")?.startsWith("Bearer session-canary")
      ? null
      : json({ code: "dead" }, { status: 400 });
  });
  const desk = deskOf({ fetch: server.fetch, config: { session: true } });
  expect((await desk.collect()).gaps).toEqual([]);
  expect(logins).toBe(1);
  expect(desk.rows("posts")).toHaveLength(9);
  expect(everyByte(desk.root)).not.toMatch(/canary/);
});

test("a storm of 429 is waited for, as long as the server asks; what failed is tried once more at the end", async () => {
  let storm = 8;
  const server = testServer(counts, () => {
    storm -= 1;
    return storm >= 0 ? new Response("slow down", { status: 429, headers: { "retry-after": "7" } }) : null;
  });
  const desk = deskOf({ fetch: server.fetch });
  expect((await desk.collect()).gaps).toEqual([]);
  expect(desk.rows("posts")).toHaveLength(9);
  expect(desk.waited()).toBeGreaterThanOrEqual(6 * 7000);
});

test("an address that answers nothing is spared, then given up; the run says so and the slot stays open", async () => {
  const desk = deskOf({
    fetch: () =>
      Promise.reject(
        new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ENOTFOUND" }) }),
      ),
  });
  const { gaps } = await desk.collect();
  expect(gaps.join("\n")).toContain("the name of the address cannot be resolved");
  expect(desk.asked.length).toBeLessThan(20);
  expect(desk.runs()[0]).toMatchObject({ succeeded: false, reason: "breaker" });
  Object.assign(desk.desk, {
    fetch: async (url: URL, init: RequestInit) => testServer(counts).fetch(new Request(url, init)),
  });
  await desk.collect();
  expect(desk.rows("posts").length).toBeGreaterThan(0);
});

test("a cursor that leads round is left after two pages without a new post; one that repeats yet brings news is followed", async () => {
  const round = testServer({}, (_tag, page) =>
    json({ ...pageOf("one", 0, 2), next: page === "one" ? "a" : page === "one@a" ? "b" : "a" }),
  );
  const desk = deskOf({ fetch: round.fetch, config: { tags: ["one"] } });
  await desk.collect();
  expect(desk.asked).toHaveLength(3);
  expect(desk.runs()[0]).toMatchObject({ posts_received: 6, posts_repeated: 4 });
  let at = 0;
  const moving = deskOf({
    config: { tags: ["one"] },
    fetch: () => {
      at += 2;
      return json({ posts: pageOf("one", at - 2, 8).posts, next: at < 8 ? "same" : null });
    },
  });
  await moving.collect();
  expect(moving.rows("posts")).toHaveLength(8);
  expect(moving.runs()[0]).toMatchObject({ posts_repeated: 0, pages_fetched: 4 });
});

test("more pages than a target may take are not asked for, and the row says that more was there", async () => {
  const server = testServer({ one: 100 });
  const desk = deskOf({ fetch: server.fetch, config: { tags: ["one"], most_pages: 3 } });
  await desk.collect();
  expect(desk.asked).toHaveLength(3);
  expect(desk.runs()[0]).toMatchObject({ pages_fetched: 3, pages_available: 4 });
  expect(desk.incidents()).toMatchObject([{ kind: "lost" }]);
});

test("a long pause ends the run, is remembered, and a run within it asks nothing", async () => {
  const server = testServer(counts, (tag) =>
    tag === "two" ? json({ code: "until 2026-11-21T00:00:00Z" }, { status: 403 }) : null,
  );
  const desk = deskOf({ fetch: server.fetch });
  const { gaps } = await desk.collect();
  expect(gaps).toEqual([
    "test: 2 of 3 targets not collected (limit): throttled; free at 2026-11-21T00:00:00.000Z",
  ]);
  expect(desk.runs()[0]).toMatchObject({ succeeded: false, reason: "limit", targets_queued: 2 });
  const asked = desk.asked.length;
  await desk.collect("2026-11-20T12:00:00Z");
  expect(desk.asked).toHaveLength(asked);
});

test("what has not changed is asked with its mark and not taken again", async () => {
  const server = testServer(counts, (_tag, _page, _times, request) =>
    request.headers.get("if-none-match") === '"v1"'
      ? new Response(null, { status: 304 })
      : json({ posts: [] }, { headers: { etag: '"v1"' } }),
  );
  const desk = deskOf({ fetch: server.fetch, config: { tags: ["one"] } });
  await desk.collect();
  await desk.collect("2026-11-20T12:00:00Z");
  expect(desk.runs().filter(({ market }) => market === "de")).toMatchObject([
    { succeeded: true },
    { succeeded: true },
  ]);
  expect(server.pages.get("one")).toBe(2);
});

test("an open run of an older slot is closed with what it has", async () => {
  const server = testServer(counts);
  const desk = deskOf({ fetch: server.fetch });
  await desk.collect();
  const home = join(desk.root, "collecting/test");
  const { startRun } = await import("./open-run.ts");
  const run = startRun(home, {
    id: "20260101T0000Z-test",
    slot: "2026-11-20T12:00:00.000Z",
    at: "2026-11-20T12:00:00Z",
    scope: ["de", "fr", ""],
  });
  expect(run.entries).toEqual([]);
  const { says } = await desk.collect("2026-11-20T18:00:00Z");
  expect(says[0]).toContain("closes the run of 2026-11-20T12:00:00.000Z");
  expect(desk.runs().find(({ run: id }) => id === "20260101T0000Z-test")).toMatchObject({
    succeeded: false,
    reason: "deadline",
  });
  expect(desk.runs().filter(({ reason }) => reason === "missed")).toEqual([]);
});

test("a journal that was changed is not believed", async () => {
  const desk = deskOf({ fetch: testServer(counts).fetch });
  const { startRun } = await import("./open-run.ts");
  const run = startRun(join(desk.root, "collecting/test"), {
    id: "x-test",
    slot: "2026-11-20T06:00:00.000Z",
    at: "2026-11-20T06:00:00Z",
    scope: ["de"],
  });
  run.add({ kind: "removed", posts: { de: 1 } });
  const file = join(run.folder, "pages.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replace('"de":1', '"de":2'));
  await expect(desk.collect()).rejects.toThrow("does not bear its own hash");
});

test("a run for one market leaves the slot open for the others; what it finds of a market it is not for counts with those of none", async () => {
  const server = testServer(counts);
  const desk = deskOf({ fetch: server.fetch, scope: ["de"], config: { tags: ["one"] } });
  await desk.collect();
  expect(desk.runs().map(({ market }) => market)).toEqual(["de"]);
  Object.assign(desk.desk, { scope: undefined });
  await desk.collect("2026-11-20T07:00:00Z");
  expect(desk.runs().map(({ market }) => market)).toEqual(["de", "fr", null]);
  await desk.collect("2026-11-20T08:00:00Z");
  expect(desk.runs()).toHaveLength(3);
});

test("a rehearsal says what would be asked and what it takes, and leaves no trace", async () => {
  const tags = Array.from({ length: 31 }, (_, number) => `tag${number}`);
  const desk = deskOf({ config: { tags } });
  const { rehearse, rehearsalText } = await import("./rehearsal.ts");
  const before = readdirSync(desk.root);
  const rehearsal = rehearse(source, source.config.parse({ tags }), desk.desk);
  expect(rehearsal.calls[0]).toMatchObject({
    title: "#tag0",
    call: "GET https://api.test.example/v1/tags/tag0?limit=2",
    costs: ["1 of requests", "1 of tags (tag0)"],
  });
  expect(rehearsal.calls[30]?.waits).toContain("30 of 30 are taken");
  expect(rehearsalText(rehearsal)).toContain(
    "Different tags in 7 days: 30 of the 30 that are left (30 in all)",
  );
  expect(rehearsalText(rehearsal)).not.toContain("canary");
  expect(readdirSync(desk.root)).toEqual(before);
  expect(desk.asked).toEqual([]);
});

test("no secret and no name stands in the log of requests, in an incident, in bronze or in what people are told", async () => {
  const desk = deskOf({
    config: { tags: ["one"] },
    fetch: (request) => {
      throw new TypeError(`cannot fetch ${request.url}`);
    },
  });
  const { gaps, says } = await desk.collect();
  expect(gaps.join()).toContain(
    "cannot fetch https://api.test.example/v1/tags/one?limit=2&access_token=[secret]",
  );
  expect([...gaps, ...says, everyByte(desk.root)].join("\n")).not.toContain("canary");
});

test("what fails once more at the end of a run is not waited for by the minute", async () => {
  const server = testServer(counts, (_tag, page) =>
    page === "one" ? new Response("out of order", { status: 500 }) : null,
  );
  const desk = deskOf({ fetch: server.fetch });
  expect((await desk.collect()).gaps.join()).toMatch(/1 of 3 targets not collected \(failed\)/);
  expect(server.pages.get("one")).toBe(6);
  expect(desk.waited()).toBeLessThan(20_000);
});

test("a slot whose credential died in the middle is asked again once there is a new one", async () => {
  let dead = true;
  const server = testServer(counts, (tag) => (tag === "two" && dead ? json({}, { status: 401 }) : null));
  const desk = deskOf({ fetch: server.fetch });
  expect((await desk.collect()).gaps.join()).toContain("Sign in again");
  const had = desk.rows("posts").length;
  expect(had).toBeGreaterThan(0);
  dead = false;
  expect((await desk.collect("2026-11-20T06:30:00Z")).gaps).toEqual([]);
  const ids = new Set(desk.rows("posts").map(({ item }) => (item as { id: string }).id));
  expect(ids.size).toBe(9);
});
