// What people bring to `leap eval claims`: copy, its market, and whether it breaks a rule, in the words they use for it.
import { LeapError } from "../../core/errors.ts";
import type { Given } from "../../core/evaluation.ts";
import { columnNamed, readTable, type Table } from "../../core/table.ts";

export interface LabelledClaim {
  readonly line: number;
  readonly text: string;
  readonly market: string;
  readonly language: string | undefined;
  readonly paid: boolean | undefined;
  readonly violates: boolean;
  /** Rules it is said to break; empty where the label only says that it breaks one. */
  readonly rules: readonly string[];
}

const usual = {
  text: ["text", "copy", "claim", "content", "sentence", "caption", "phrase"],
  label: [
    "label",
    "expected",
    "rules",
    "expected_rules",
    "rule",
    "violation",
    "violates",
    "is_violation",
    "verdict",
  ],
  market: ["market", "country", "cc", "jurisdiction", "region"],
  language: ["language", "lang", "locale"],
  paid: ["paid", "is_paid", "sponsored"],
} as const;

const markets: Readonly<Record<string, string>> = {
  germany: "de",
  deutschland: "de",
  ger: "de",
  france: "fr",
  fra: "fr",
  japan: "jp",
  ja: "jp",
  jpn: "jp",
  usa: "us",
  "united states": "us",
  en: "us",
  korea: "kr",
  "south korea": "kr",
  ko: "kr",
  kor: "kr",
};

/** Throws LeapError on a missing column, an unknown market, and a label that says neither. */
export async function labelledClaims(given: Given, known: readonly string[]): Promise<LabelledClaim[]> {
  const table = await readTable(given["file"] ?? "");
  const text = column(table, given["text"], usual.text) ?? columnNamed(table, "text");
  const labels = given["label"] ? [columnNamed(table, given["label"])] : columns(table, usual.label);
  if (labels.length === 0)
    throw new LeapError(
      `missing column: label in ${table.name}. Name it with --label; it has ${table.columns.join(", ")}.`,
    );
  const market = column(table, undefined, usual.market);
  const language = column(table, undefined, usual.language);
  const paid = column(table, undefined, usual.paid);
  if (!given["market"] && !market)
    throw new LeapError(
      `missing column: market in ${table.name}. Name one for all rows with --market, such as --market de.`,
    );
  return table.rows.map((row, index) => {
    const line = table.lines[index] ?? index + 1;
    const where = `${table.name} line ${line}`;
    return {
      line,
      text: String(row[text] ?? ""),
      market: marketOf(given["market"] ?? String(row[market as string] ?? ""), known, where),
      language: given["lang"] ?? (language && row[language] ? String(row[language]) : undefined),
      paid:
        paid && row[paid] !== null && row[paid] !== undefined
          ? /^(1|true|yes)$/i.test(String(row[paid]))
          : undefined,
      ...verdictOf(
        labels.map((name) => row[name]),
        where,
      ),
    };
  });
}

function marketOf(named: string, known: readonly string[], where: string): string {
  const word = named.trim().toLowerCase();
  const code = markets[word] ?? word.split(/[-_]/).at(-1) ?? word;
  if (!known.includes(code))
    throw new LeapError(
      `unknown market: ${named === "" ? "none" : named} in ${where}. Known: ${known.join(", ")}.`,
    );
  return code;
}

const yes =
  /^(violations?|violates|violating|breach|breaks|barred|illegal|forbidden|prohibited|positive|pos|bad|hit|flag(?:ged)?|non[-_ ]?compliant|not[-_ ]ok|reject(?:ed)?|1|1\.0|true|yes|y)$/i;
const no =
  /^(ok|okay|none|no[-_ ]violations?|near[-_ ]?miss|negative|neg|compliant|clean|fine|allowed|permitted|legal|pass(?:ed)?|safe|approve[d]?|0|0\.0|false|no|n|\[\]|null|-|)$/i;
const ruleId = /^[a-z0-9]+([-_.:][a-z0-9]+)+$/i;

/** The first column that says something decides; rule ids mean a violation, an empty list none. */
function verdictOf(values: readonly unknown[], where: string): Pick<LabelledClaim, "violates" | "rules"> {
  const listed = values.map(listOf);
  // A list names rules, whatever they are called; a lone word must look like the id of one.
  const isList = values.map((value) => Array.isArray(value) || /^\s*\[/.test(String(value ?? "")));
  const named = (word: string, at: number) =>
    (isList[at] || ruleId.test(word)) && !yes.test(word) && !no.test(word);
  const rules = [...new Set(listed.flatMap((words, at) => words.filter((word) => named(word, at))))];
  for (const [at, words] of listed.entries()) {
    if (words.length === 0) continue;
    const word = words[0] as string;
    if (words.length === 1 && yes.test(word)) return { violates: true, rules };
    if (words.length === 1 && no.test(word)) return { violates: false, rules: [] };
    if (words.every((one) => named(one, at))) return { violates: true, rules };
    throw new LeapError(
      `invalid label: ${words.join(" ")} in ${where}. Write violation or ok, 1 or 0, or ids of rules.`,
    );
  }
  return { violates: false, rules: [] };
}

function listOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value
      .map((one) =>
        String(typeof one === "object" && one ? ((one as { id?: unknown }).id ?? "") : one).trim(),
      )
      .filter(Boolean);
  const words = String(value).trim();
  if (words.startsWith("[")) {
    try {
      return listOf(JSON.parse(words));
    } catch {
      return [words];
    }
  }
  if (yes.test(words) || no.test(words)) return words === "" ? [] : [words];
  return words.split(/[\s,;|]+/).filter(Boolean);
}

const columns = (table: Table, names: readonly string[]): string[] =>
  names.flatMap((name) => table.columns.filter((one) => one.trim().toLowerCase() === name));
const column = (table: Table, given: string | undefined, names: readonly string[]): string | undefined =>
  given === undefined ? columns(table, names)[0] : columnNamed(table, given);
