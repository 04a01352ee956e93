// From follower samples in the warehouse to rows of `audits`: latest sample, repeated names once, and a reason where nothing can be said.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { openClassifier } from "../../accounts/classifier.ts";
import { contracts } from "../../commands/analyse.ts";
import { runAnalyses } from "../../core/analyse.ts";
import { runClock } from "../../core/clock.ts";
import { silentLog } from "../../core/log.ts";
import type { Row } from "../../core/types.ts";
import type { OpenWarehouse } from "../../core/warehouse.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";

let warehouse: OpenWarehouse | undefined;
afterEach(() => warehouse?.close());

const mina = {
  id: "mina",
  name: "Mina",
  platform: "instagram",
  handle: "mina.sample",
  market: "de",
  language: "de",
  category: "beauty",
  registered_on: "2026-01-05",
  reason: "test",
  basis: { kind: "consent", note: "agreed", date: "2026-01-01" },
};
const person = {
  followers: 400,
  following: 350,
  posts: 60,
  has_profile_picture: true,
  bio_length: 40,
  username_digit_share: 0,
};
const shell = {
  followers: 3,
  following: 2200,
  posts: 0,
  has_profile_picture: false,
  bio_length: 0,
  username_digit_share: 0.3,
};
const followers = (count: number, account: Row, more: Row = {}): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    creator: "mina",
    follower_key: `${account["posts"]}-${index}`,
    ...account,
    ...more,
  }));

async function audited(
  rows: readonly Row[],
  asOf = "2026-11-20",
): Promise<{ audits: Row[]; metrics: Row[] }> {
  const publication = { creators: [mina] };
  warehouse = await tinyWorld({ followers: rows, publication, asOf });
  await runAnalyses(warehouse, [analysis], {
    models: null,
    publication,
    run: runClock("tiny", asOf),
    log: silentLog,
    random: seededRandom,
    previous: async () => [],
    datasets: contracts(),
    shared: ["metrics"],
  });
  return {
    audits: await warehouse.query("select * from out.audits"),
    metrics: await warehouse.query("select * from out.metrics order by metric_id"),
  };
}

test("a sample of which a quarter are shells says about a quarter, with auditor, day and ground", async () => {
  const { audits, metrics } = await audited([...followers(50, shell), ...followers(150, person)]);
  expect(audits).toHaveLength(1);
  const [audit] = audits as [Row];
  expect(audit).toMatchObject({
    creator: "mina",
    market: "de",
    auditor: "An auditor",
    audited_on: "2026-11-02",
    consent: "consent of the creator",
    n: 200,
    flagged: 50,
    raw_percentage: 25,
    reason: null,
    classifier: "scorecard 1.0.0",
    provenance: "imported",
  });
  expect(audit["bot_percentage_low"]).toBeLessThan(25);
  expect(audit["bot_percentage_high"]).toBeGreaterThan(25);
  expect(Number(audit["follower_quality"])).toBeCloseTo(100 - Number(audit["bot_percentage"]), 5);
  expect(Number(audit["follower_quality_low"])).toBeCloseTo(100 - Number(audit["bot_percentage_high"]), 5);
  expect(metrics.map((row) => [row["metric_id"], row["value"]])).toEqual([
    ["bot_percentage:de:mina", audit["bot_percentage"]],
    ["follower_quality:de:mina", audit["follower_quality"]],
  ]);
});

test("the latest sample by the clock counts, a name in it once, and strangers to the registry not at all", async () => {
  const { audits } = await audited([
    ...followers(40, person, { audited_on: "2026-11-02" }),
    ...followers(40, person, { audited_on: "2026-11-02", receipt: "r2" }),
    ...followers(40, shell, { audited_on: "2026-10-02" }),
    ...followers(40, shell, { audited_on: "2026-12-02" }),
    ...followers(40, shell, { creator: "stranger" }),
  ]);
  expect(audits.map((row) => [row["creator"], row["audited_on"], row["n"], row["flagged"]])).toEqual([
    ["mina", "2026-11-02", 40, 0],
  ]);
});

test("followers without a name cannot be told apart, so each of them counts", async () => {
  const { audits } = await audited(followers(40, { ...person, follower_key: null }));
  expect(audits[0]).toMatchObject({ n: 40 });
});

test.each([
  ["too_few", followers(29, person), "2026-11-20"],
  ["not_collected", followers(60, { followers: 300 }), "2026-11-20"],
  ["stale", followers(60, person, { audited_on: "2026-05-01" }), "2026-11-20"],
])("%s: null with its reason, never a guess", async (reason, rows, asOf) => {
  const { audits, metrics } = await audited(rows, asOf);
  expect(audits[0]).toMatchObject({
    bot_percentage: null,
    bot_percentage_low: null,
    follower_quality: null,
    expected_percentage: null,
    reason,
  });
  expect(metrics.map((row) => [row["value"], row["reason"]])).toEqual([
    [null, reason],
    [null, reason],
  ]);
});

test("fitted points that tell nobody apart are refused, not published", async () => {
  const { file } = openClassifier("shipped");
  const blind = { fake: { accounts: 1e6, flagged: 1e5 }, genuine: { accounts: 1e6, flagged: 5e5 } };
  const local = mkdtempSync(path.join(tmpdir(), "leap-weights-"));
  mkdirSync(path.join(local, "authenticity"));
  writeFileSync(
    path.join(local, "authenticity/logistic.json"),
    JSON.stringify({ ...file, error_rates: { basis: "a test", ...blind } }),
  );
  vi.stubEnv("LEAP_WEIGHTS", local);
  try {
    await expect(audited(followers(40, person))).rejects.toThrow(
      /invalid weights: .* tells no fake from a genuine account\. Fit it anew with leap train authenticity/,
    );
  } finally {
    vi.unstubAllEnvs();
    rmSync(local, { recursive: true });
  }
});

test("without a sample there is no row", async () => {
  expect(await audited([])).toEqual({ audits: [], metrics: [] });
});
