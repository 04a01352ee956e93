// The sample's planted creators, found by the analysis on the real line: generator → bronze → models → creators.
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { planted } from "../../sources/sample/planted.ts";

export function plantedCreators(sample: () => Readonly<Record<string, Row[]>>): void {
  const creators = () => sample()["creators"] ?? [];
  const weeks = () => sample()["creator_weeks"] ?? [];
  const signals = () => sample()["creator_signals"] ?? [];

  const creatorOf = (id: string) => creators().find((row) => row["creator"] === id);
  const jumpsOf = (id: string) => weeks().filter((row) => row["creator"] === id && row["jump"]);
  const growthOf = (id: string) =>
    signals().find((row) => row["creator"] === id && row["signal"] === "growth_integrity");

  test.each(planted.creators.bought)(
    "$creator bought followers: unexplained jumps in just those weeks",
    ({ creator, weeks: bought }) => {
      expect(jumpsOf(creator).map((row) => [row["week"], row["explained"]])).toEqual(
        bought.map((week) => [week, false]),
      );
      // 1 − 20 · 3/52 is under zero.
      expect(growthOf(creator)).toMatchObject({ value: 0, raw: 3 });
      expect(creatorOf(creator)).toMatchObject({ unexplained_jumps: 3, verdict: "does not fit" });
    },
  );

  test("bought followers do not engage: the rate lies under nearly all size peers", () => {
    for (const { creator } of planted.creators.bought)
      expect(Number(creatorOf(creator)?.["size_peer_percentile"])).toBeLessThan(5);
  });

  test("the viral post explains the jump of that week", () => {
    const { creator, week } = planted.creators.explained_jump;
    expect(jumpsOf(creator).map((row) => [row["week"], row["explained"]])).toEqual([[week, true]]);
    expect(growthOf(creator)?.["value"]).toBe(100);
    expect(creatorOf(creator)).toMatchObject({ jumps: 1, unexplained_jumps: 0 });
  });

  test("nobody else jumps, and the purchased score lowest of all", () => {
    const known = [
      ...planted.creators.bought.map(({ creator }) => creator as string),
      planted.creators.explained_jump.creator as string,
    ];
    expect(weeks().filter((row) => row["jump"] && !known.includes(String(row["creator"])))).toEqual([]);
    const worst = [...creators()].sort((a, b) => Number(a["signals_score"]) - Number(b["signals_score"]));
    expect(
      worst
        .slice(0, 2)
        .map((row) => row["creator"])
        .sort(),
    ).toEqual(planted.creators.bought.map(({ creator }) => creator).sort());
  });

  test("hidden likes are dropped from the rate and shown as the planted share", () => {
    for (const row of creators()) {
      const hidden = Math.round(Number(row["likes_hidden_share"]) * Number(row["posts_60d"]));
      expect(Number(row["er_posts"]) + hidden).toBe(row["posts_60d"]);
    }
    const pooled = (platform: string) => {
      const own = creators().filter((row) => row["platform"] === platform);
      const posts = own.reduce((sum, row) => sum + Number(row["posts_60d"]), 0);
      return own.reduce((sum, row) => sum + Number(row["posts_60d"]) - Number(row["er_posts"]), 0) / posts;
    };
    // About 580 and 180 posts: three standard errors are 3.6 and 4.4 points.
    expect(Math.abs(pooled("instagram") - planted.hidden_likes.instagram)).toBeLessThan(0.036);
    expect(Math.abs(pooled("youtube") - planted.hidden_likes.youtube)).toBeLessThan(0.044);
  });

  test("the missing week is a gap, not a silence", () => {
    const { market, week } = planted.hole;
    const there = creators()
      .filter((row) => row["market"] === market)
      .map((row) => row["creator"]);
    const of = (monday: string) =>
      weeks().filter((row) => row["week"] === monday && there.includes(row["creator"]));
    expect(of(week)).toEqual([]);
    // One week later everybody is back, and what they gained in the meantime is no jump.
    const after = of(new Date(Date.parse(week) + 7 * 86_400_000).toISOString().slice(0, 10));
    expect(after.map((row) => row["jump"])).toEqual(there.map(() => false));
  });

  test("Instagram is measured by followers, YouTube by views, and bots by nobody unless an audit is read", () => {
    for (const row of creators()) {
      const [shown, other] =
        row["platform"] === "youtube" ? ["er_views", "er_followers"] : ["er_followers", "er_views"];
      expect(row[shown]).toBeGreaterThan(Number(row[`${shown}_low`]) - 1e-9);
      expect(row[other]).toBeNull();
      const audited = planted.creators.audited.some(({ creator }) => creator === row["creator"]);
      expect(row).toMatchObject({
        bot_share: audited ? expect.any(Number) : null,
        bot_share_reason: audited ? null : "not_observable",
        provenance: "synthetic",
      });
    }
  });
}
