import { expect, test } from "vitest";
import { pooledClusters } from "../../analyses/sentiment/clusters.ts";
import type { EvaluationContext } from "../../core/evaluation.ts";
import { netSentiment } from "../../stats/net-sentiment.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";
import { authors, errors, moods, simulatedWorld } from "./simulate.ts";

const context = {} as EvaluationContext;

test("a walk over the simulated markets meets every combination, and their verdicts lie around what the classifier would see", () => {
  const random = seededRandom("worlds");
  const worlds = Array.from({ length: 27 }, (_, place) => simulatedWorld(place, random));
  const kinds = new Set(worlds.map((world) => `${world.errors} ${world.mood} ${world.authors}`));
  expect(kinds.size).toBe(
    Object.keys(errors).length * Object.keys(moods).length * Object.keys(authors).length,
  );
  const distances = worlds.map(({ profiles, seen }) => {
    const sums = [0, 0, 0];
    for (const { counts } of pooledClusters(profiles))
      for (const [verdict, count] of counts.entries()) sums[verdict] = (sums[verdict] as number) + count;
    const [positive = 0, neutral = 0, negative = 0] = sums;
    return netSentiment({ positive, neutral, negative }).value - seen;
  });
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
});

test("the corrected interval holds the truth about as often as it says, the uncorrected one does not", async () => {
  const { figures, perClass, n } = await evaluation.evaluate({ simulate: "108", seed: "test" }, context);
  expect(figures["coverage95"]).toBeGreaterThan(0.88);
  expect(n).toBeLessThanOrEqual(108);
  expect(perClass?.["raw, taken for the truth"]?.["coverage95"]).toBeLessThan(0.6);
  expect(perClass?.["raw"]?.["coverage95"]).toBeGreaterThan(
    perClass?.["raw, every post an opinion of its own"]?.["coverage95"] as number,
  );
}, 60_000);

test("a simulation of nothing and an unknown estimate are refused", async () => {
  await expect(evaluation.evaluate({ simulate: "3" }, context)).rejects.toThrow(
    "invalid number of simulated markets: 3",
  );
  await expect(evaluation.evaluate({ simulate: "27", estimate: "guess" }, context)).rejects.toThrow(
    "unknown estimate: guess",
  );
});
