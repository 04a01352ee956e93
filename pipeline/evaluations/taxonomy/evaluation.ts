// `leap eval taxonomy`: of the mentions the matcher finds, how many name what they are counted for. Judged by people, caption by caption.
import { existsSync } from "node:fs";
import path from "node:path";
import { Taxonomy } from "../../../data/contract/taxonomy.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, Given } from "../../core/evaluation.ts";
import { columnNamed, readTable, type Table } from "../../core/table.ts";
import { wilson } from "../../stats/wilson.ts";
import { languageOf } from "../../texts/language.ts";
import { lineOf } from "../../texts/line.ts";
import { type MentionFinder, mentionFinder } from "../../texts/mentions.ts";
import { engineVersion } from "../../texts/vocabulary.ts";
import { readYaml } from "./taxonomies.ts";

/** 300 hits drawn by hash from the captions of the embedded sample, each read. The sample is ours and invented, so its captions may stand here. */
const checked = path.join(import.meta.dirname, "checked.ndjson");

export const evaluation: Evaluation = {
  id: "taxonomy",
  says: "Precision of the taxonomy's mentions, on hits that people judged.",
  options: [
    {
      flags: "--file <path>",
      says: "judged hits: caption, term, right 1/0 (default: 300 of the sample's)",
      file: true,
    },
    { flags: "--text <column>", says: "the caption (default: caption, text)" },
    { flags: "--term <column>", says: "id of the term (default: term)" },
    {
      flags: "--label <column>",
      says: "1 where the caption names the term, 0 where the spelling means something else (default: right, label)",
    },
    { flags: "--lang <xx>", says: "language of all captions (default: a column language, else recognised)" },
    { flags: "--taxonomy <id>", says: "file in data/reference/taxonomy (default: beauty)" },
  ],
  examples: ["", "--file judged.csv --text caption --term term --label right"],
  engine: () => `mentions ${engineVersion}`,
  async evaluate(given) {
    const judged = judgements(await readTable(given["file"] ?? checked), given);
    const find = finderOf(given["taxonomy"] ?? "beauty");
    const outcomes = judged.map((one) => ({ ...one, isFound: termsOf(find, one).includes(one.term) }));
    const found = outcomes.filter(({ isFound }) => isFound);
    const pairs = new Set(judged.map(({ caption, term }) => `${caption} ${term}`));
    const unjudged = [...new Map(judged.map((one) => [one.caption, one])).values()].flatMap((one) =>
      termsOf(find, one).filter((term) => !pairs.has(`${one.caption} ${term}`)),
    ).length;
    const lost = outcomes.filter(({ isFound, isRight }) => isRight && !isFound).length;
    const wrong = Map.groupBy(
      found.filter(({ isRight }) => !isRight),
      ({ term }) => term,
    );
    return {
      n: found.length,
      figures: { ...precisionOf(found), lost, n: found.length },
      perClass: Object.fromEntries(
        [...Map.groupBy(found, ({ language }) => language)]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([language, own]) => [language, { ...precisionOf(own), n: own.length }]),
      ),
      ...(wrong.size > 0
        ? { tables: { "wrong hits by term": [...wrong].map(([term, own]) => ({ term, hits: own.length })) } }
        : {}),
      notes: [
        `${judged.length} hits judged; ${lost} right ones the matcher no longer makes, ${outcomes.length - found.length - lost} wrong ones it no longer makes`,
        `${unjudged} further mentions in these captions were not drawn and are not judged`,
        "precision says nothing about mentions that are missed",
      ],
    };
  },
  cases: () =>
    existsSync(checked)
      ? [
          {
            id: "sample-300",
            dataset: "300 mentions drawn by hash from the captions of the embedded sample, judged by reading",
            licence: "ours",
            role: "written by us",
            of: null,
            given: {},
            targets: [{ measure: "precision", atLeast: 0.95 }],
            beside: [],
            means:
              "Of a hundred mentions counted for a term, so many name it. The captions are invented, so the figure says that the matcher does what it should, not how people write; on real captions about other things than beauty, words such as bottle or price mean other things.",
          },
        ]
      : [],
};

interface Judged {
  readonly caption: string;
  readonly language: string;
  readonly term: string;
  readonly isRight: boolean;
}

function judgements(table: Table, given: Given): Judged[] {
  const text = named(table, given["text"], ["caption", "text"]);
  const term = named(table, given["term"], ["term"]);
  const label = named(table, given["label"], ["right", "label"]);
  const language = table.columns.find((column) => column.toLowerCase() === "language");
  return table.rows.map((row, i) => {
    const caption = String(row[text] ?? "");
    return {
      caption,
      language: given["lang"] ?? (language ? String(row[language]) : languageOf(caption).language),
      term: String(row[term] ?? ""),
      isRight: isRight(String(row[label] ?? ""), table, i),
    };
  });
}

function named(table: Table, given: string | undefined, usual: readonly string[]): string {
  if (given !== undefined) return columnNamed(table, given);
  const found = usual.find((name) => table.columns.some((column) => column.toLowerCase() === name));
  return columnNamed(table, found ?? (usual[0] as string));
}

function isRight(label: string, table: Table, i: number): boolean {
  if (/^(?:1|1\.0|true|yes|y|right|correct)$/i.test(label.trim())) return true;
  if (/^(?:0|0\.0|false|no|n|wrong|ambiguous|incorrect)$/i.test(label.trim())) return false;
  throw new LeapError(
    `unknown label: ${label || "(empty)"} in ${table.name}, line ${table.lines[i]}. A hit is right (1) or wrong (0); what could be either is wrong.`,
  );
}

function finderOf(id: string): MentionFinder {
  const { terms } = Taxonomy.parse(readYaml(id));
  return mentionFinder(
    terms.flatMap((term) =>
      Object.entries(term.variants).flatMap(([language, variants]) =>
        variants.map((variant) => ({ term: term.id, language, variant, not: term.not })),
      ),
    ),
    [],
  );
}

const termsOf = (find: MentionFinder, { caption, language }: Judged): readonly string[] =>
  find(lineOf(caption), language).terms;

function precisionOf(found: readonly Judged[]): Record<string, number | null> {
  if (found.length === 0) return { precision: null, precisionLow: null, precisionHigh: null };
  const right = found.filter((one) => one.isRight).length;
  const { low, high } = wilson(right, found.length);
  return { precision: right / found.length, precisionLow: low, precisionHigh: high };
}
