// What `leap import` shows before it writes: where each field was found and why, ten parsed rows, what has no place.

import type { Placed } from "../sources/file/draft.ts";
import type { Group } from "../sources/file/entries.ts";
import { prepare } from "../sources/file/parse.ts";
import { PRESETS } from "../sources/file/presets/all.ts";

const ROWS = 10;

export function previewText(group: Group, importedAt: string): string {
  const { proposal, files, sample } = group;
  const preset = PRESETS.find((candidate) => candidate.id === proposal.preset)?.title;
  const names = files.map((file) => file.name).join(", ");
  return [
    `${names}: ${proposal.thing}, ${preset ? `recognised as ${preset}` : "mapped by column names and values"}`,
    "",
    aligned(proposal.placed.map(placedCells)),
    ...(proposal.unplaced.length > 0 ? ["", `no place for: ${proposal.unplaced.join(", ")}`] : []),
    ...proposal.doubts.map((doubt) => `check ${doubt}`),
    "",
    parsedRows(group, importedAt, sample.records),
  ].join("\n");
}

const placedCells = ({ field, from, reason, confidence }: Placed): string[] => [
  `  ${field}`,
  shortened(from, 48),
  `${confidence >= 0.9 ? "sure" : confidence >= 0.6 ? "likely" : "a guess"} (${Math.round(confidence * 100)} %): ${reason}`,
];

const COLUMNS = [
  "posted_at",
  "market",
  "platform",
  "author_handle",
  "text",
  "tags",
  "likes",
  "comments",
  "views",
  "rating",
];
const ACCOUNT_COLUMNS = ["collected_at", "platform", "account_handle", "followers"];

function parsedRows(group: Group, importedAt: string, records: readonly unknown[]): string {
  const { thing, mapping } = group.proposal;
  const parse = prepare({ thing, mapping, importedAt, sightsUntil: null });
  const [first] = group.files;
  const rows: Record<string, unknown>[] = [];
  let refused = 0;
  let reason = "";
  for (const record of records) {
    const outcome = parse(record, first?.name ?? "");
    if (outcome.ok) {
      if (rows.length < ROWS) rows.push(outcome.row);
    } else {
      refused += 1;
      reason ||= outcome.reason;
    }
  }
  const columns = (thing === "posts" ? COLUMNS : ACCOUNT_COLUMNS).filter((column) =>
    rows.some((row) => row[column] !== undefined),
  );
  const table = aligned([
    columns,
    ...rows.map((row) =>
      columns.map((column) => shortened(cellText(row[column]), column === "text" ? 44 : 24)),
    ),
  ]);
  const bad =
    refused > 0
      ? `\n${refused} of the first ${records.length} rows would go to quarantine; the first: ${reason}`
      : "";
  return `${table}${bad}`;
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return "–";
  const text = Array.isArray(value) ? value.join(" ") : String(value);
  return text.replace(/\s+/g, " ");
}

const shortened = (text: string, most: number) => (widthOf(text) <= most ? text : `${cut(text, most - 1)}…`);

function cut(text: string, most: number): string {
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) > most) break;
    kept += character;
  }
  return kept;
}

// East Asian characters take two places in a terminal.
const widthOf = (text: string): number =>
  [...text].reduce(
    (width, character) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  );

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
