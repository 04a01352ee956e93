// `leap eval trends`: the bursts that the trends analysis would publish, against series whose bursts are known.
import { version } from "../../analyses/trends/analysis.ts";
import { LeapError } from "../../core/errors.ts";
import type { Beside, Evaluation, EvaluationCase, Given, Measured } from "../../core/evaluation.ts";
import { readTable } from "../../core/table.ts";
import { type BurstSettings, dailyBursts } from "../../stats/bursts.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { labelledSeries, type ReadSeries, wholeNumber } from "./labelled.ts";
import { delays, eventsOf, scores, type Verdict, verdicts } from "./score.ts";
import { simulate } from "./simulate.ts";

const method = "pipeline/analyses/trends/method.md";

export const evaluation: Evaluation = {
  id: "trends",
  says: "Bursts in daily counts: day F1, event recall, quiet series with a false alarm, delay.",
  options: [
    {
      flags: "--file <path>",
      says: "labelled series, one row a step: value, label 0/1, and where there are several an id",
      file: true,
    },
    {
      flags: "--id <column>",
      says: "names the series (default: id, series, item, …; one series without it)",
    },
    {
      flags: "--date <column>",
      says: "day, instant or number of the step (default: date, ds, t, …; the order of rows without it)",
    },
    { flags: "--value <column>", says: "the count (default: value, y, count, …)" },
    {
      flags: "--label <column>",
      says: "1 in a burst, 0 else (default: label, anomaly, …; without it bursts are listed)",
    },
    { flags: "--log", says: "the values are natural logarithms" },
    { flags: "--period <n>", says: "steps of the usual rhythm (default: 7 for days, 1 for weeks)" },
    { flags: "--last <n>", says: "score the last n steps of each series only" },
    { flags: "--simulate <n>", says: "instead of a file, n invented series, half of them with a burst" },
    { flags: "--seed <n>", says: "decides every draw" },
    { flags: "--base <mean>", says: "mean a day of the invented series (default: 30)" },
    {
      flags: "--overdispersion <k>",
      says: "variance = mean + mean² / k; none is Poisson's law (default: 10)",
    },
  ],
  examples: [
    "--simulate 300 --seed 7",
    "--simulate 300 --base 5 --overdispersion 3",
    "--file labelled.csv --value views --label burst",
  ],
  engine: () => `trends ${version}`,
  async evaluate(given) {
    const { series, stepDays, notes } = await seriesOf(given);
    const settings = settingsFor(stepDays, given["period"]);
    const judged = verdicts(series, settings);
    const figures = { ...scores(judged), ...delays(series, settings) };
    return {
      n: series.length,
      figures: { ...figures, n: series.length },
      tables: tablesOf(judged, given),
      notes: [...notes, ...notesOn(judged)],
    };
  },
  cases: () => simulations.map(caseOf),
};

async function seriesOf(given: Given): Promise<ReadSeries> {
  const { file, simulate: count } = given;
  if ((file === undefined) === (count === undefined))
    throw new LeapError(
      "missing input: give --file with labelled series or --simulate with a number of them.",
    );
  if (file !== undefined) return labelledSeries(await readTable(file), given);
  const seed = given["seed"] ?? "1";
  const [base, k] = [positive("base", given["base"] ?? "30"), given["overdispersion"] ?? "10"];
  const dispersion = k === "none" ? 0 : 1 / positive("overdispersion", k);
  const series = simulate(
    { series: wholeNumber("simulate", count as string), days: 112, scored: 56, base, dispersion },
    (label) => seededRandom(`trends ${seed} ${label}`),
  );
  return {
    series,
    stepDays: 1,
    notes: [
      `invented: 112 days, half with one burst of 4 to 10 days at 2 to 4 times the usual within the last 56, which are scored; seed ${seed}`,
    ],
  };
}

function positive(option: string, value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new LeapError(
    `invalid --${option}: ${value}. Give a number above zero${option === "overdispersion" ? ", or none" : ""}.`,
  );
}

/** Days as in production. Other steps have a rhythm of one day, or none from a week on, and bursts of as many steps. */
export function settingsFor(stepDays: number | null, period: string | undefined): BurstSettings {
  const steps = stepDays === null || stepDays >= 1 ? 1 : Math.round(1 / stepDays);
  const rhythm = stepDays === null || stepDays === 1 ? 7 : steps;
  return {
    ...dailyBursts,
    period: period === undefined ? rhythm : wholeNumber("period", period),
    around: dailyBursts.around * (steps === 1 ? 1 : Math.max(1, Math.round(steps / 5))),
  };
}

const shownBursts = 40;

function tablesOf(judged: readonly Verdict[], given: Given): NonNullable<Measured["tables"]> {
  if (given["simulate"] !== undefined) return {};
  const rows = judged.flatMap(({ series, bursts }) =>
    bursts.map(({ from, to, count, usual, q }) => ({
      series: series.id || "–",
      from: series.stamps[from],
      to: series.stamps[to],
      steps: to - from + 1,
      times: count / usual,
      q,
      known: series.burst === null ? "?" : series.burst.slice(from, to + 1).some(Boolean) ? "yes" : "no",
    })),
  );
  return {
    [`bursts called${rows.length > shownBursts ? ` (first ${shownBursts} of ${rows.length})` : ""}`]:
      rows.slice(0, shownBursts),
  };
}

function notesOn(judged: readonly Verdict[]): string[] {
  const labelled = judged.filter(({ series }) => series.burst !== null);
  const events = labelled.reduce((sum, { series }) => sum + eventsOf(series).length, 0);
  const short = judged.filter(({ series }) => series.counts.length < 56).length;
  return [
    `method: ${method}; bursts upward only`,
    ...(labelled.length > 0 ? [`${events} events in ${labelled.length} series`] : []),
    ...(labelled.length > 0 && events === 0
      ? ["no step is labelled a burst: only false alarms can be measured"]
      : []),
    ...(short > 0
      ? [`${short} series of under 56 steps: too little to know what is usual; read with caution`]
      : []),
  ];
}

interface Simulated {
  readonly seed: string;
  readonly base: string;
  readonly k: string;
  readonly targets: EvaluationCase["targets"];
}

const asked = [
  { measure: "dayF1", atLeast: 0.9 },
  { measure: "falseAlarmShare", atMost: 0.1 },
  { measure: "delay", atMost: 1 },
];
const quietOnly = [{ measure: "falseAlarmShare", atMost: 0.1 }];

/** Seeds that no choice was made on. Where a doubling hides in the noise (few a day, or k = 3) only false alarms are held to a target. */
const simulations: readonly Simulated[] = [
  { seed: "2026", base: "30", k: "10", targets: asked },
  { seed: "2027", base: "30", k: "10", targets: asked },
  { seed: "2028", base: "30", k: "10", targets: asked },
  { seed: "2026", base: "30", k: "none", targets: asked },
  { seed: "2026", base: "100", k: "10", targets: asked },
  { seed: "2026", base: "10", k: "10", targets: quietOnly },
  { seed: "2026", base: "5", k: "10", targets: quietOnly },
  { seed: "2026", base: "30", k: "3", targets: quietOnly },
];

function caseOf({ seed, base, k, targets }: Simulated): EvaluationCase {
  return {
    id: `simulated-base${base}-${k === "none" ? "poisson" : `k${k}`}-seed${seed}`,
    dataset: `300 invented series of 112 days, mean ${base}, ${k === "none" ? "Poisson's law" : `negative binomial of size ${k}`}`,
    licence: "ours",
    role: "simulation",
    of: null,
    given: { simulate: "300", seed, base, overdispersion: k },
    targets,
    beside: base === "30" && k !== "3" ? besideOf(k) : [],
    means:
      "Day F1 counts every day that is wrongly in or out of a burst; a doubling for four days is hard to see at its edges. The false alarm share is of quiet series over eight weeks. Delay is what somebody who looks every day waits.",
  };
}

function besideOf(k: string): Beside[] {
  const row = (who: string, dayF1: number, falseAlarmShare: number): Beside[] =>
    Object.entries({ dayF1, falseAlarmShare }).map(([measure, value]) => ({
      who,
      measure,
      value,
      source: "our own run of the textbook method on series drawn in the same way",
    }));
  return k === "none"
    ? [
        ...row("Kleinberg 2002, Poisson", 0.994, 0.03),
        ...row("weekday-adjusted robust z, 56 days", 0.978, 0.14),
      ]
    : [
        ...row("Kleinberg 2002, Poisson", 0.634, 0.98),
        ...row("Kleinberg, negative binomial", 0.898, 0.26),
        ...row("EWMA chart (0.3, L = 3)", 0.739, 0.15),
      ];
}
