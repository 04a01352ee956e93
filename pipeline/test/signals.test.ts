// The sources without a key against servers that count and refuse: no breach, no day lost over days that nobody ran, nothing kept twice.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./fake-world/world.ts";
import { worldDesk } from "./fake-world/world-desk.ts";

const root = mkdtempSync(join(tmpdir(), "leap-signals-"));
let world: World;
beforeAll(async () => {
  world = await openWorld({ now: "2026-11-17T06:00:00Z" });
});
afterAll(async () => {
  await world.close();
  rmSync(root, { recursive: true });
});

const publication = `id: signals
title: Signals
tagline: A test.
category: beauty
markets: [de, us]
sources:
  - source: wikimedia
    look_back_days: 20
    articles:
      - { term: pdrn, market: de, project: de.wikipedia, article: Polydesoxyribonukleotid }
      - { term: acdc, market: us, project: en.wikipedia, article: AC/DC }
      - { term: missing, market: us, project: en.wikipedia, article: Missing thing }
  - source: gdelt
    look_back_days: 20
    queries:
      - { term: k-beauty, market: de, query: '"k-beauty" OR "koreanische Kosmetik"' }
      - { term: none, market: us, query: nohits }
  - source: ecb
`;

const items = (
  source: string,
  thing: string,
): { request: Record<string, string>; item: Record<string, string> }[] =>
  readdirSync(join(root, "state/bronze", source))
    .sort()
    .flatMap((receipt) =>
      readFileSync(join(root, "state/bronze", source, receipt, `${thing}-0001.ndjson`), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    );

test("three runs, two days of them missed: every working day has its rate once, every day of news and views is there, and no limit was touched", async () => {
  mkdirSync(join(root, "publications/signals"), { recursive: true });
  writeFileSync(join(root, "publications/signals/publication.yaml"), publication);
  const { collect } = worldDesk(world, join(root, "publications"), "signals", join(root, "state"));
  for (const at of ["2026-11-17T06:00:00Z", "2026-11-18T06:00:00Z", "2026-11-21T06:00:00Z"]) {
    world.set(at);
    await collect();
  }
  expect(world.violations()).toEqual([]);
  const dollars = items("ecb", "rates").filter(({ item }) => item["currency"] === "USD");
  expect(
    dollars
      .map(({ item }) => item["date"])
      .sort()
      .slice(-6),
  ).toEqual(["2026-11-13", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]);
  expect(new Set(dollars.map(({ item }) => item["date"])).size).toBe(dollars.length);
  const news = new Set(items("gdelt", "volume").map(({ item }) => item["date"]?.slice(0, 8)));
  expect(["20261117", "20261118", "20261119", "20261120"].filter((day) => !news.has(day))).toEqual([]);
  const views = items("wikimedia", "views");
  expect([...new Set(views.map(({ request }) => request["article"]))].sort()).toEqual([
    "AC/DC",
    "Polydesoxyribonukleotid",
  ]);
  expect(views.some(({ item }) => (item["timestamp"] ?? "") >= "2026111800")).toBe(true);
});
