import { expect, test } from "vitest";
import { studentQuantile } from "../../stats/student-quantile.ts";
import { type QuarterProfile, scoreChanges } from "./change.ts";

/** So many posts of each verdict in each quarter, every one by an author of its own. */
const market = (name: string, now: readonly number[], before: readonly number[]): QuarterProfile[] => {
  const quarter = (counts: readonly number[], recent: boolean) =>
    counts.map((times, place) => ({
      market: name,
      provenance: "observed" as const,
      sumNow: recent ? 1 - place : 0,
      postsNow: recent ? 1 : 0,
      sumBefore: recent ? 0 : 1 - place,
      postsBefore: recent ? 0 : 1,
      times,
    }));
  return [...quarter(now, true), ...quarter(before, false)];
};

test("a fall is the difference of two scores, with an interval that a hand can check", () => {
  // NS 0.2 now, 0.4 before; 100 posts each. Var = (0.6 − 0.04)/100 and (0.6 − 0.16)/100, each over 1 − 1/100.
  const [change] = scoreChanges(market("de", [40, 40, 20], [50, 40, 10]));
  const half = studentQuantile(0.95, 99) * 50 * Math.sqrt((0.0056 + 0.0044) / 0.99);
  expect(change?.value).toBeCloseTo(-10, 10);
  expect(change?.low).toBeCloseTo(-10 - half, 10);
  expect(change?.high).toBeCloseTo(-10 + half, 10);
});

test("twenty-nine posts on either side are too few to speak of a change", () => {
  for (const few of [market("de", [29, 0, 0], [40, 40, 20]), market("de", [40, 40, 20], [0, 29, 0])])
    expect(scoreChanges(few)[0]).toMatchObject({ value: null, low: null, high: null });
});

test("a change that would pass alone does not pass among five, and a large one does", () => {
  const quiet = ["de", "jp", "us"].flatMap((name) => market(name, [450, 300, 250], [452, 300, 248]));
  const fallen = market("fr", [300, 300, 400], [500, 300, 200]);
  const high = (changes: ReturnType<typeof scoreChanges>, name: string) =>
    changes.find((change) => change.market === name)?.high;
  const barely = market("kr", [460, 300, 240], [510, 290, 200]);
  expect(high(scoreChanges(barely), "kr")).toBeLessThan(0);
  const together = scoreChanges([...barely, ...quiet, ...fallen]);
  expect(high(together, "kr")).toBeGreaterThan(0);
  expect(high(together, "fr")).toBeLessThan(-10);
});

test("a market too thin to test takes no part in the widening", () => {
  const alone = scoreChanges(market("de", [40, 40, 20], [50, 40, 10]))[0];
  const beside = scoreChanges([
    ...market("de", [40, 40, 20], [50, 40, 10]),
    ...market("fr", [3, 2, 1], [3, 2, 1]),
  ])[0];
  expect(beside).toEqual(alone);
});
