// `leap eval claims`: how many barred claims the rules find, and how often they cry at wordings that only look like one.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Reader, readerOf } from "../../../data/reference/claims/check.ts";
import type { Checked } from "../../../data/reference/claims/checked.ts";
import { ruleBooks } from "../../../data/reference/claims/read-files.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, EvaluationCase, Given, Measured } from "../../core/evaluation.ts";
import { type LabelledClaim, labelledClaims } from "./labels.ts";

const written = path.join(import.meta.dirname, "cases");
const reference = path.join(import.meta.dirname, "../../../data/reference/claims");

export const evaluation: Evaluation = {
  id: "claims",
  says: "Recall and precision of the claims rules, per market and rule; false alarms on near misses.",
  options: [
    {
      flags: "--file <path>",
      says: "copy with labels: text, market, label (violation/ok, 1/0) or the ids of the rules it breaks",
      required: true,
      file: true,
    },
    { flags: "--text <column>", says: "the copy (default: text, copy, claim, content, sentence)" },
    {
      flags: "--label <column>",
      says: "violation or ok, or rule ids (default: label, expected, rules, violation)",
    },
    { flags: "--market <code>", says: "market of all rows, such as de (default: a column market, country)" },
    { flags: "--lang <xx>", says: "language of all rows (default: a column language, else recognised)" },
  ],
  examples: ["--file cases.jsonl", "--file copy.csv --text copy --label violation --market de"],
  engine: () => `claims ${rulesDigest()}`,
  async evaluate(given, context) {
    const cases = await labelledClaims(given, [...ruleBooks().keys()]);
    const readers = new Map([...ruleBooks()].map(([market, book]) => [market, readerOf(book)]));
    // A short run first: rules are compiled when a market's first copy is read, and that is not the speed of a copy.
    for (const one of new Map(cases.map((each) => [`${each.market} ${each.language}`, each])).values())
      judge(one, readers);
    const started = context.milliseconds();
    const judged = cases.map((one) => judge(one, readers));
    const seconds = (context.milliseconds() - started) / 1000;
    return measured(judged, seconds);
  },
  cases: () =>
    existsSync(written)
      ? readdirSync(written)
          .filter((file) => file.endsWith(".jsonl"))
          .toSorted()
          .map(caseOf)
      : [],
};

interface Judged {
  readonly labelled: LabelledClaim;
  /** Rules of medium severity or worse that were hit; a low one is advice, not a breach. */
  readonly rules: readonly string[];
  readonly checked: Checked;
}

function judge(labelled: LabelledClaim, readers: ReadonlyMap<string, Reader>): Judged {
  const reader = readers.get(labelled.market);
  if (!reader)
    throw new LeapError(
      `unknown market: ${labelled.market} in line ${labelled.line}. Known: ${[...readers.keys()].join(", ")}.`,
    );
  const checked = reader.read(labelled.text, { language: labelled.language, paid: labelled.paid });
  return { labelled, checked, rules: breachesOf(checked) };
}

const breachesOf = (checked: Checked): string[] => [
  ...new Set(checked.hits.filter(({ severity }) => severity !== "low").map(({ rule }) => rule)),
];

function measured(judged: readonly Judged[], seconds: number): Measured {
  const markets = [...new Set(judged.map(({ labelled }) => labelled.market))].toSorted();
  const cited = judged.flatMap(({ checked }) => checked.hits);
  const missed = judged.filter(({ labelled, rules }) => labelled.violates && rules.length === 0);
  const alarms = judged.filter(({ labelled, rules }) => !labelled.violates && rules.length > 0);
  const unread = judged.filter(({ checked }) => !checked.understood).length;
  return {
    n: judged.length,
    figures: {
      ...figuresOf(judged),
      citedShare:
        cited.length > 0 ? cited.filter(({ cites }) => cites.length > 0).length / cited.length : null,
      perSecond: seconds > 0 ? Math.round(judged.length / seconds) : null,
      n: judged.length,
    },
    perClass: {
      ...Object.fromEntries(
        markets.map((market) => [
          market,
          figuresOf(judged.filter(({ labelled }) => labelled.market === market)),
        ]),
      ),
      ...ruleFigures(judged),
    },
    confusion: {
      violation: countsOf(judged.filter(({ labelled }) => labelled.violates)),
      ok: countsOf(judged.filter(({ labelled }) => !labelled.violates)),
    },
    tables: {
      ...(missed.length > 0
        ? {
            missed: missed.map(({ labelled }) => ({
              line: labelled.line,
              market: labelled.market,
              expected: labelled.rules.join(" "),
            })),
          }
        : {}),
      ...(alarms.length > 0
        ? {
            "false alarms": alarms.map(({ labelled, rules }) => ({
              line: labelled.line,
              market: labelled.market,
              rules: rules.join(" "),
            })),
          }
        : {}),
    },
    notes: [
      "a copy counts as a violation when a rule of medium severity or worse is hit; low ones are advice",
      ...(unread > 0 ? [`${unread} rows are in a language without rules and count as not hit`] : []),
    ],
  };
}

function figuresOf(judged: readonly Judged[]): Record<string, number | null> {
  const positives = judged.filter(({ labelled }) => labelled.violates);
  const negatives = judged.filter(({ labelled }) => !labelled.violates);
  const found = positives.filter(({ rules }) => rules.length > 0).length;
  const alarms = negatives.filter(({ rules }) => rules.length > 0).length;
  const recall = positives.length > 0 ? found / positives.length : null;
  const precision = found + alarms > 0 ? found / (found + alarms) : null;
  return {
    recall,
    precision,
    f1:
      recall !== null && precision !== null && recall + precision > 0
        ? (2 * recall * precision) / (recall + precision)
        : null,
    nearMissFalsePositives: negatives.length > 0 ? alarms / negatives.length : null,
    positives: positives.length,
    nearMisses: negatives.length,
    n: judged.length,
  };
}

/** Per rule, where labels name rules that exist: of the copies that break it, how many are hit by it; of those it hits, how many break any. */
function ruleFigures(judged: readonly Judged[]): Record<string, Record<string, number | null>> {
  const ids = new Set(judged.flatMap(({ labelled, rules }) => [...labelled.rules, ...rules]));
  return Object.fromEntries(
    [...ids].toSorted().map((id) => {
      const expected = judged.filter(({ labelled }) => labelled.rules.includes(id));
      const hit = judged.filter(({ rules }) => rules.includes(id));
      return [
        id,
        {
          recall:
            expected.length > 0
              ? expected.filter(({ rules }) => rules.includes(id)).length / expected.length
              : null,
          precision:
            hit.length > 0 ? hit.filter(({ labelled }) => labelled.violates).length / hit.length : null,
          f1: null,
          nearMissFalsePositives: null,
          positives: expected.length,
          nearMisses: null,
          n: expected.length,
        },
      ];
    }),
  );
}

const countsOf = (judged: readonly Judged[]): Record<string, number> => ({
  violation: judged.filter(({ rules }) => rules.length > 0).length,
  ok: judged.filter(({ rules }) => rules.length === 0).length,
});

interface FirstSight {
  readonly breaches: number;
  readonly found: number;
  readonly nearMisses: number;
  readonly stopped: number;
}

/**
 * What the rules did on the batch "blind", written by somebody who had seen neither rules nor cases, before it mended any: the honest figure for unseen
 * copy. What they reach on it today only says that nothing was lost since. method.md has the first sights of the other batches.
 */
const blind: Readonly<Record<string, FirstSight>> = {
  de: { breaches: 60, found: 50, nearMisses: 60, stopped: 0 },
  fr: { breaches: 60, found: 53, nearMisses: 60, stopped: 2 },
  jp: { breaches: 60, found: 51, nearMisses: 60, stopped: 0 },
  kr: { breaches: 60, found: 51, nearMisses: 60, stopped: 1 },
  us: { breaches: 60, found: 42, nearMisses: 60, stopped: 2 },
};

function caseOf(file: string): EvaluationCase {
  const [market = ""] = file.split(".");
  const given: Given = { file: path.join(written, file) };
  const sight = blind[market];
  return {
    id: market,
    dataset: `cosmetic copy for ${market.toUpperCase()} written by us in batches, each of which has since mended the rules`,
    licence: "ours",
    role: "written by us",
    of: market,
    given,
    // No target: on copy that mended the rules it would be met by making.
    targets: [],
    beside: sight ? besideOf(sight) : [],
    means: `${sight ? meaningOf(sight) : ""}Today's figure says that nothing was lost since each batch mended the rules, not how they fare on new copy. The target is 0.95.`,
  };
}

const besideOf = ({ breaches, found, stopped }: FirstSight): EvaluationCase["beside"] => {
  const who = "the same rules on unseen copy, written blind";
  const source = "measured at first sight, before that copy mended them";
  return [
    { who, measure: "recall", value: Number((found / breaches).toFixed(3)), source },
    { who, measure: "precision", value: Number((found / (found + stopped)).toFixed(3)), source },
  ];
};

const meaningOf = ({ breaches, found, nearMisses, stopped }: FirstSight): string =>
  `On unseen copy, by a copywriter who had never seen the rules, they found ${found} of ${breaches} breaches and stopped ${stopped} of ${nearMisses} sentences that only look like one: expect that of new copy. `;

/** Changes with any rule, wording or line of the code that reads them. */
function rulesDigest(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(reference, { recursive: true, encoding: "utf8" }).toSorted())
    if (/\.(yaml|ts)$/.test(file) && !file.endsWith(".test.ts"))
      hash.update(readFileSync(path.join(reference, file)));
  hash.update(readFileSync(path.join(reference, "../latin.ts")));
  return hash.digest("hex").slice(0, 12);
}
