// Whether the intervals of a market's net sentiment hold the truth as often as they say: 95 times of 100, in markets whose truth we made.
import { sentimentAnalysis } from "../../analyses/sentiment/analysis.ts";
import { pooledClusters } from "../../analyses/sentiment/clusters.ts";
import { correctedSentiment } from "../../analyses/sentiment/correction.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationCase, Given, Measured } from "../../core/evaluation.ts";
import { clusteredNetSentiment, netSentiment } from "../../stats/net-sentiment.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { simulatedWorld, type World } from "./simulate.ts";

const estimates = ["corrected", "raw"] as const;
type Estimate = (typeof estimates)[number];

export const evaluation: Evaluation = {
  id: "aggregate-sentiment",
  says: "How often the 95 % interval of a market's net sentiment holds the truth, in simulated markets.",
  options: [
    {
      flags: "--simulate <n>",
      says: "number of simulated markets, 27 at least (one of each kind)",
      required: true,
    },
    { flags: "--seed <word>", says: "seed of the simulation; 1 when not given" },
    {
      flags: "--estimate <which>",
      says: "corrected (for the classifier's errors, against the true mood; default) or raw (against what the classifier would see in all posts)",
    },
  ],
  examples: ["--simulate 2000 --seed 7", "--simulate 2000 --seed 7 --estimate raw"],
  engine: () => `sentiment ${sentimentAnalysis(() => null).version}`,
  evaluate: async (given) => measure(wanted(given)),
  cases: () => [simulation("corrected"), simulation("raw")],
};

const SIMULATED = "2700";

const simulation = (estimate: Estimate): EvaluationCase => ({
  id: estimate,
  dataset:
    estimate === "corrected"
      ? "2,700 simulated markets: authors who post alike, two languages, known errors; against the true net sentiment"
      : "2,700 simulated markets: authors who post alike; against the net sentiment that the classifier would see in all their posts",
  licence: "our own simulation",
  role: "simulation",
  of: null,
  given: { simulate: SIMULATED, seed: "2026", estimate },
  targets: [{ measure: "coverage95", atLeast: 0.93, atMost: 0.97 }],
  beside: [],
  means:
    estimate === "corrected"
      ? "Of a hundred intervals of corrected net sentiment about 95 hold the true mood, provided the classifier errs on the posts as it did on the labelled texts. Nobody we know of publishes such a figure."
      : "Of a hundred intervals of net sentiment about 95 hold what the classifier would see in all posts of these authors. Had each post counted as an opinion of its own, far fewer would.",
});

interface Wanted {
  readonly worlds: number;
  readonly seed: string;
  readonly estimate: Estimate;
}

function wanted({ simulate, seed = "1", estimate = "corrected" }: Given): Wanted {
  const worlds = Number(simulate);
  if (!Number.isInteger(worlds) || worlds < 27)
    throw new LeapError(
      `invalid number of simulated markets: ${simulate}. Give a whole number from 27 up, such as --simulate 2000.`,
    );
  if (!estimates.includes(estimate as Estimate))
    throw new LeapError(`unknown estimate: ${estimate}. There are ${estimates.join(" and ")}.`);
  return { worlds, seed, estimate: estimate as Estimate };
}

interface Judged extends Pick<World, "errors" | "mood" | "authors"> {
  readonly corrected: Hit | null;
  readonly raw: Hit;
  readonly independent: Hit;
  readonly uncorrected: Hit;
}

interface Hit {
  readonly held: boolean;
  readonly width: number;
  readonly error: number;
}

function measure({ worlds, seed, estimate }: Wanted): Measured {
  const random = seededRandom(`aggregate-sentiment:${seed}`);
  const judged = Array.from({ length: worlds }, (_, place) =>
    judge(simulatedWorld(place, random), seededRandom(`aggregate-sentiment:${seed}:${place}`)),
  );
  const classes = {
    corrected: figuresOf(judged.map(({ corrected }) => corrected)),
    raw: figuresOf(judged.map(({ raw }) => raw)),
    "raw, every post an opinion of its own": figuresOf(judged.map(({ independent }) => independent)),
    "raw, taken for the truth": figuresOf(judged.map(({ uncorrected }) => uncorrected)),
  };
  const withheld = judged.filter(({ corrected }) => corrected === null).length;
  const { coverage95, width95, meanError, n } = classes[estimate];
  return {
    n: n ?? 0,
    figures: {
      coverage95: coverage95 ?? null,
      width95: width95 ?? null,
      meanError: meanError ?? null,
      n: n ?? 0,
    },
    perClass: classes,
    tables: {
      "by the classifier's errors": byKind(judged, (one) => one.errors),
      "by mood": byKind(judged, (one) => one.mood),
      "by authors": byKind(judged, (one) => one.authors),
    },
    notes: [
      "corrected is held against the true net sentiment, raw against what the classifier would see in all posts of the authors",
      "raw, taken for the truth: how often the uncorrected interval holds the true net sentiment",
      ...(withheld > 0
        ? [
            `${withheld} of ${worlds} markets had no corrected value: their labelled texts left the errors too open`,
          ]
        : []),
      `one market in 27 is of each kind; chance alone moves coverage95 by about ±${(196 * Math.sqrt((0.95 * 0.05) / Math.max(1, n ?? 1))).toFixed(1)} points`,
    ],
  };
}

function judge(world: World, random: () => number): Judged {
  const { errors, mood, authors, profiles, confusionOf, truth, seen } = world;
  const clusters = pooledClusters(profiles);
  const total = (verdict: number) =>
    clusters.reduce((sum, { counts, times }) => sum + times * (counts[verdict] as number), 0);
  const raw = clusteredNetSentiment(clusters);
  const independent = netSentiment({ positive: total(0), neutral: total(1), negative: total(2) });
  const corrected = correctedSentiment(profiles, confusionOf, null, random);
  return {
    errors,
    mood,
    authors,
    corrected: corrected.value === null ? null : hit(corrected as Interval, truth),
    raw: hit(raw, seen),
    independent: hit(independent, seen),
    uncorrected: hit(raw, truth),
  };
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const hit = ({ value, low, high }: Interval, truth: number): Hit => ({
  held: low <= truth && truth <= high,
  width: high - low,
  error: value - truth,
});

function figuresOf(hits: readonly (Hit | null)[]): Record<string, number | null> {
  const there = hits.filter((one) => one !== null);
  const mean = (of: (one: Hit) => number) =>
    there.length === 0 ? null : there.reduce((sum, one) => sum + of(one), 0) / there.length;
  return {
    coverage95: mean((one) => Number(one.held)),
    width95: mean((one) => one.width),
    meanError: mean((one) => one.error),
    n: there.length,
  };
}

const byKind = (judged: readonly Judged[], kindOf: (one: Judged) => string) =>
  [...Map.groupBy(judged, kindOf)].map(([kind, group]) => ({
    kind,
    n: group.length,
    corrected: figuresOf(group.map((one) => one.corrected))["coverage95"],
    raw: figuresOf(group.map((one) => one.raw))["coverage95"],
    "every post an opinion": figuresOf(group.map((one) => one.independent))["coverage95"],
    "width of corrected": figuresOf(group.map((one) => one.corrected))["width95"],
    "width of raw": figuresOf(group.map((one) => one.raw))["width95"],
  }));
