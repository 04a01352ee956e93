// The sample's planted truths, found on the real line: generator → bronze → models → trends, share of voice, coverage, sentiment.
import { expect, test } from "vitest";
import { readPublication } from "../../commands/publication.ts";
import type { Row } from "../../core/types.ts";
import { planted } from "../../sources/sample/planted.ts";
import { postsOfWeek } from "../../sources/sample/posts.ts";
import { worldOf } from "../../sources/sample/source.ts";
import { weekCount } from "../../sources/sample/weeks.ts";

export function plantedTrends(sample: () => Readonly<Record<string, Row[]>>): void {
  const rows = (dataset: string, where: Row): Row[] =>
    (sample()[dataset] ?? []).filter((row) =>
      Object.entries(where).every(([column, value]) => row[column] === value),
    );
  const trendOf = (term: string, market: string) => rows("trends", { term, market })[0];
  const everywhere = [...planted.markets, "all"];

  test("the rising term explodes in every target market and in all, and not at home", () => {
    const { term } = planted.terms.exploding;
    for (const market of everywhere)
      expect([market, trendOf(term, market)?.["class"]]).toEqual([market, "Exploding"]);
    expect(trendOf(term, planted.home_market)?.["class"]).not.toBe("Exploding");
  });

  test("the small term emerges where it grows and nowhere else", () => {
    const { term, market } = planted.terms.emerging;
    const emerging = rows("trends", { term, class: "Emerging" }).map((row) => row["market"]);
    expect(emerging).toEqual([market]);
  });

  test.each([
    ["Peaked", planted.terms.peaked.term],
    ["Declining", planted.terms.declining.term],
  ] as const)("%s: %s in every target market and in all", (trendClass, term) => {
    for (const market of everywhere)
      expect([market, trendOf(term, market)?.["class"]]).toEqual([market, trendClass]);
  });

  test("the term that grows for two years is Sustained where its posts suffice to say so, and nothing worse elsewhere", () => {
    const classes = everywhere.map((market) => trendOf(planted.terms.sustained.term, market)?.["class"]);
    expect(classes.filter((one) => one === "Sustained").length).toBeGreaterThanOrEqual(4);
    expect(classes.filter((one) => one !== "Sustained" && one !== "Volatile")).toEqual([]);
  });

  test("the summer term is the only seasonal one, and peaks in June or July", () => {
    const { term, peak_months } = planted.terms.seasonal;
    const seasonal = rows("trends", { seasonal: true });
    expect(new Set(seasonal.map((row) => row["term"]))).toEqual(new Set([term]));
    for (const market of everywhere) expect(peak_months).toContain(trendOf(term, market)?.["peak_month"]);
  });

  test("the burst is a spike in its market and weeks, still open", () => {
    const { term, market, weeks } = planted.terms.burst;
    const spikes = rows("spikes", { term, market });
    expect(spikes.map((row) => row["week"]).sort()).toEqual([...weeks]);
    expect(new Set(spikes.map((row) => row["state"]))).toEqual(new Set(["open"]));
  });

  test("the burst's days are the planted fortnight, at several times the usual", () => {
    const { term, market, weeks } = planted.terms.burst;
    const [first = ""] = weeks;
    for (const row of rows("spikes", { term, market })) {
      const begins = Date.parse(String(row["first_day"])) - Date.parse(first);
      expect(Math.abs(begins / 86_400_000)).toBeLessThanOrEqual(2);
      expect(Number(row["multiple"])).toBeGreaterThan(4);
      expect(Number(row["q"])).toBeLessThan(0.001);
    }
  });

  test("nothing spikes that was not planted, in hundreds of terms and markets", () => {
    const others = (sample()["spikes"] ?? []).filter((row) => row["term"] !== planted.terms.burst.term);
    expect(others.map((row) => [row["term"], row["market"], row["week"]])).toEqual([]);
  });

  test("the missing week is a gap in every term, in the market and in all, and not a zero", () => {
    const { market, week } = planted.hole;
    for (const place of [market, "all"]) {
      const hole = rows("term_weeks", { market: place, week });
      expect(hole.length).toBeGreaterThan(20);
      for (const row of hole)
        expect(row).toMatchObject({ observed_share: null, index: null, reason: "not_collected" });
    }
    const missing = rows("coverage_weeks", { market, week });
    for (const row of missing) expect(row).toMatchObject({ state: "missing", coverage: 0 });
    // The first run of the week after sees the last minutes of this one.
    for (const row of missing) expect(Number(row["hours_uncovered"])).toBeGreaterThan(167);
    expect(missing.length).toBeGreaterThan(0);
  });

  test("the brand that gains share gains beyond noise, and no other does in its market", () => {
    const { brand, market } = planted.brand_gain;
    const gained = rows("share_of_voice", { market }).filter((row) => Number(row["change_low"]) > 0);
    expect(gained.map((row) => row["brand"])).toEqual([brand]);
  });

  test("shares of a market sum to one", () => {
    for (const market of everywhere) {
      const sum = rows("share_of_voice", { market }).reduce((total, row) => total + Number(row["share"]), 0);
      expect(sum).toBeCloseTo(1, 4);
    }
  });

  test("the coverage of every market is high and not perfect: runs fail now and then", () => {
    for (const market of planted.markets) {
      const [row] = rows("metrics", { metric_id: `coverage:${market}` });
      expect(Number(row?.["value"])).toBeGreaterThan(0.95);
    }
    expect(Number(rows("metrics", { metric_id: "coverage:all" })[0]?.["value"])).toBeLessThan(1);
  });

  test("every metric has a value or a reason, and never both", () => {
    const bad = (sample()["metrics"] ?? []).filter((row) => {
      const missing = row["value"] === null && row["text_value"] === null;
      return missing !== (row["reason"] !== null);
    });
    expect(bad.map((row) => row["metric_id"])).toEqual([]);
  });

  test("spellings in four scripts found posts of one term", () => {
    const languages = new Set(
      rows("term_variants", { term: planted.terms.seasonal.term }).map((row) => row["language"]),
    );
    expect(languages.size).toBeGreaterThanOrEqual(4);
  });

  test("the market whose mood drops after the event falls beyond its interval, furthest of all, and no other market leaves its own", () => {
    const { market, date } = planted.sentiment_drop;
    const changes = rows("metrics", { metric: "sentiment_change" }).filter((row) => row["market"] !== "all");
    const fallen = changes.find((row) => row["market"] === market);
    const others = changes.filter((row) => row["market"] !== market);
    expect(Number(fallen?.["high"])).toBeLessThan(0);
    expect(others.length).toBeGreaterThan(2);
    // Intervals hold for all markets of an edition together.
    for (const row of others) {
      expect(Number(row["high"]), String(row["market"])).toBeGreaterThan(0);
      expect(Number(row["value"]), String(row["market"])).toBeGreaterThan(Number(fallen?.["value"]) + 5);
    }
    const weekly = rows("market_weeks", { market }).filter((row) => row["sentiment_score"] !== null);
    const mean = (part: Row[]) =>
      part.reduce((sum, row) => sum + Number(row["sentiment_score"]), 0) / part.length;
    const after = weekly.filter((row) => String(row["week"]) >= date);
    const before = weekly.filter((row) => String(row["week"]) < date).slice(-after.length);
    expect(after.length).toBeGreaterThan(4);
    expect(mean(after)).toBeLessThan(mean(before) - 5);
  });

  test("corrected by the errors on labelled posts, net sentiment holds what was written into each market", () => {
    const publication = readPublication("kbeauty");
    const world = worldOf(String(publication.sources[0]?.["seed"]), publication);
    const quarter = Array.from({ length: 13 }, (_, back) => postsOfWeek(world, weekCount - 1 - back)).flat();
    for (const [market, posts] of Map.groupBy(quarter, (post) => post.market)) {
      const of = (mood: string) => posts.filter((post) => post.polarity === mood).length;
      const truth = (of("positive") - of("negative")) / posts.length;
      const [row] = rows("sentiment", { market, window: "90d" });
      expect(row, market).toMatchObject({ corrected_by: "own_posts" });
      expect(Number(row?.["net_sentiment_corrected_low"]), market).toBeLessThan(truth);
      expect(Number(row?.["net_sentiment_corrected_high"]), market).toBeGreaterThan(truth);
    }
  });
}
