// One issue a class of failure: opened once, kept up to date, closed on recovery, and never on the word of a stranger.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { decide, type Seen, type Todo, type WatchdogInput, watchdogCommand } from "./watchdog.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

const well: Seen = {
  publication: "kbeauty",
  edition: "2026-W47",
  stamps: { published_at: "2026-11-20T08:00:00Z", next_expected_at: "2026-11-27T08:00:00Z" },
  freshness: {
    markets: [
      {
        market: "de",
        state: "pass",
        last_covered_at: "2026-11-22T06:00:00Z",
        fail_at: "2026-11-25T06:00:00Z",
      },
    ],
  },
  health: { reasons: [] },
  incidents: { latest: [] },
};
const ran = (
  workflowName: string,
  hoursAgo: number,
  conclusion: string | null = "success",
  status = "completed",
) => ({
  ...{ workflowName, status, conclusion, url: `https://example.test/${workflowName}` },
  createdAt: new Date(NOW.getTime() - hoursAgo * 3_600_000).toISOString(),
});
const runs = [ran("collect", 2), ran("publish", 6)];
const input = (over: Partial<WatchdogInput> = {}): WatchdogInput => ({
  seen: well,
  runs,
  issues: [],
  now: NOW,
  ...over,
});
const asIssue = (todo: Todo, number: number, login = "app/github-actions") => ({
  number,
  title: todo.title,
  body: todo.body,
  author: { login },
});
const short = (todos: readonly Todo[]) =>
  todos.map((todo) => `${todo.do} ${todo.fingerprint}${todo.number === null ? "" : ` #${todo.number}`}`);

test("all is well: nothing to do", () => {
  expect(decide(input())).toEqual([]);
});

test("a market beyond its limit opens one issue, changes nothing while nothing changes, and is closed on recovery", () => {
  const market = {
    market: "de",
    state: "pass",
    last_covered_at: "2026-11-19T06:00:00Z",
    fail_at: "2026-11-22T06:00:00Z",
  };
  const stale = { ...well, freshness: { markets: [market] } };
  const [opened] = decide(input({ seen: stale })) as [Todo];
  expect(short([opened])).toEqual(["open stale:de"]);
  expect(opened.body).toContain("Last seen: 2026-11-19T06:00:00Z. Too old since 2026-11-22T06:00:00Z.");
  const issues = [asIssue(opened, 7)];
  expect(decide(input({ seen: stale, issues }))).toEqual([]);
  const older = { ...well, freshness: { markets: [{ ...market, last_covered_at: "2026-11-18T06:00:00Z" }] } };
  expect(short(decide(input({ seen: older, issues })))).toEqual(["update stale:de #7"]);
  expect(short(decide(input({ issues })))).toEqual(["close stale:de #7"]);
  // The moment itself is not beyond the limit.
  expect(
    decide(input({ seen: stale, now: new Date("2026-11-22T06:00:00Z"), runs: [] })).map(
      (todo) => todo.fingerprint,
    ),
  ).not.toContain("stale:de");
});

test("files promise nothing, so a market without a schedule is never stale", () => {
  const market = {
    market: "de",
    state: "not_scheduled",
    last_covered_at: null,
    fail_at: "2020-01-01T00:00:00Z",
  };
  expect(decide(input({ seen: { ...well, freshness: { markets: [market] } } }))).toEqual([]);
});

test("an edition is late half a day after it was expected", () => {
  const late = (hours: number) => ({
    seen: {
      ...well,
      stamps: { ...well.stamps, next_expected_at: new Date(NOW.getTime() - hours * 3_600_000).toISOString() },
    },
  });
  expect(decide(input(late(11)))).toEqual([]);
  expect(short(decide(input(late(13))))).toEqual(["open late-edition"]);
});

test("failed checks, tokens that run out and stopped accounts are classes of their own", () => {
  const seen = {
    ...well,
    health: {
      reasons: [
        { state: "fail", code: "check", says: "posts_unique: two rows" },
        { state: "warn", code: "gap", says: "stays on the page" },
      ],
    },
    incidents: {
      latest: [
        { source: "instagram", kind: "token_expires", says: "The token ends on 2026-11-30." },
        { source: "instagram", kind: "token_expires", says: "The token ends on 2026-11-30." },
        { source: "youtube", kind: "stop_account", says: "The key was blocked." },
        { source: "youtube", kind: "retried", says: "no matter" },
      ],
    },
  };
  expect(short(decide(input({ seen })))).toEqual([
    "open health:check",
    "open token:instagram",
    "open account:youtube",
  ]);
});

test("a workflow that fails is one issue until it succeeds; cancelled and running ones decide nothing; one that never runs is said", () => {
  const failing = [
    ran("collect", 1, null, "in_progress"),
    ran("collect", 2, "cancelled"),
    ran("collect", 3, "failure"),
    ran("publish", 6),
  ];
  const [opened] = decide(input({ runs: failing })) as [Todo];
  expect(short([opened])).toEqual(["open workflow:collect"]);
  const issues = [asIssue(opened, 9)];
  expect(decide(input({ runs: failing, issues }))).toEqual([]);
  expect(short(decide(input({ issues })))).toEqual(["close workflow:collect #9"]);
  expect(short(decide(input({ runs: [ran("collect", 13), ran("publish", 6)] })))).toEqual([
    "open silent:collect",
  ]);
  expect(short(decide(input({ runs: [] })))).toEqual(["open silent:collect", "open silent:publish"]);
});

test("what cannot be seen has not recovered", () => {
  const opened = decide(
    input({
      seen: {
        ...well,
        freshness: { markets: [{ market: "de", state: "fail", last_covered_at: null, fail_at: null }] },
      },
    }),
  );
  const issues = opened.map((todo, index) => asIssue(todo, index + 1));
  expect(short(decide(input({ seen: { unreadable: "404" }, issues })))).toEqual(["open unreadable"]);
});

test("only the workflows' own issues count: a stranger's fingerprint neither hides a failure nor gets an issue closed", () => {
  const seen = {
    ...well,
    freshness: { markets: [{ market: "de", state: "fail", last_covered_at: null, fail_at: null }] },
  };
  const [opened] = decide(input({ seen })) as [Todo];
  expect(short(decide(input({ seen, issues: [asIssue(opened, 3, "mallory")] })))).toEqual(["open stale:de"]);
  expect(decide(input({ issues: [asIssue(opened, 3, "mallory")] }))).toEqual([]);
  // Two of the same class: the older stays.
  expect(short(decide(input({ seen, issues: [asIssue(opened, 5), asIssue(opened, 4)] })))).toEqual([
    "close stale:de #5",
  ]);
});

test("words of a platform become one plain line: no markup, nobody called, no fingerprint of another class", () => {
  const says =
    "bad\n<!-- leap-watchdog: stale:fr -->\n@everyone ![x](http://evil) `run`\u2028::set-output name=x::y";
  const [todo] = decide(
    input({ seen: { ...well, health: { reasons: [{ state: "fail", code: "check", says }] } } }),
  ) as [Todo];
  expect(todo.body.split("\n").filter((line) => line.includes("leap-watchdog"))).toEqual([
    "<!-- leap-watchdog: health:check -->",
    expect.stringMatching(/^- bad -- leap-watchdog/),
  ]);
  expect(todo.body).not.toMatch(/[@`]|!\[|\n::/);
});

test("the command reads what gh printed and writes one file a thing to do; a site that is down is a failure, not an error", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "leap-watchdog-"));
  const at = (name: string) => path.join(folder, name);
  writeFileSync(at("runs.json"), JSON.stringify(runs));
  writeFileSync(at("issues.json"), "[]");
  const words = { runs: at("runs.json"), issues: at("issues.json"), out: at("todo"), now: NOW.toISOString() };
  const answering = (answer: () => Promise<Response>) => answer as unknown as typeof fetch;
  const down = await watchdogCommand(
    { ...words, site: "https://site.example" },
    answering(async () => new Response("", { status: 503 })),
  );
  expect(down.text).toBe("open unreadable");
  expect(JSON.parse(readFileSync(at("todo/000.json"), "utf8"))).toMatchObject({
    do: "open",
    title: "The site's status cannot be read",
    number: null,
  });
  expect(readdirSync(at("todo"))).toHaveLength(1);
  const fine = await watchdogCommand(
    { ...words, site: "https://site.example/" },
    answering(async () => Response.json(well)),
  );
  expect(fine.text).toBe("all is well, or known: nothing to do");
  await expect(watchdogCommand({ ...words, site: "http://site.example" }, fetch)).rejects.toThrow(
    /^missing --site/,
  );
});
