import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";

const context = {
  log: { info: () => {}, warn: () => {}, progress: () => {} },
  random: seededRandom,
  milliseconds: () => 0,
};

test("a first place that is called stable is the true one more often than one that is called unstable, and no order breaks", async () => {
  const { n, figures } = await evaluation.evaluate({ simulate: "60", seed: "test" }, context);
  expect(n).toBe(60);
  expect(figures["stableFirstRight"]).toBeGreaterThan(figures["unstableFirstRight"] as number);
  expect([figures["monotoneBreaks"], figures["dominanceBreaks"]]).toEqual([0, 0]);
});

test("a number of worlds that is none is refused", async () => {
  await expect(evaluation.evaluate({ simulate: "many" }, context)).rejects.toThrow(
    "invalid number: many worlds",
  );
});
