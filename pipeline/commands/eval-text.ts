// What `leap eval` says to people: figures first, then classes, confusion, further tables and what to know about them.
import type { AccuracyEntry } from "../../data/contract/accuracy.ts";
import type { Row } from "../core/types.ts";
import type { Kept } from "./eval-kept.ts";
import { table } from "./explain.ts";

type Figures = Readonly<Record<string, number | null>>;

export function measuredText(kept: Kept): string {
  const { result } = kept;
  const parts = [
    [
      `${kept.evaluation} · ${result.n.toLocaleString("en-US")} judged · engine ${kept.engine} · ${kept.measuredOn}`,
      ...kept.files.map(
        ({ name, bytes, sha256 }) =>
          `${name} · ${bytes.toLocaleString("en-US")} bytes · sha256 ${sha256.slice(0, 16)}…`,
      ),
    ].join("\n"),
    table(Object.entries(result.figures).map(([figure, value]) => ({ figure, value: shown(value) }))),
  ];
  if (filled(result.perClass)) parts.push(`per class\n${table(byName("class", result.perClass))}`);
  if (filled(result.confusion))
    parts.push(`confusion, counts (rows: the truth)\n${table(byName("truth", result.confusion))}`);
  for (const [title, rows] of Object.entries(result.tables ?? {}))
    parts.push(
      `${title}\n${wide(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === "number" ? shown(value) : value]))))}`,
    );
  if (result.notes.length > 0) parts.push(result.notes.map((note) => `· ${note}`).join("\n"));
  return parts.join("\n\n");
}

export function summaryText(entries: readonly AccuracyEntry[], without: readonly string[]): string {
  const rows = entries.map((entry) => ({
    evaluation: entry.evaluation,
    case: entry.case,
    role: entry.role,
    n: entry.n,
    figures: targetsText(entry),
  }));
  const missed = entries.flatMap((entry) =>
    entry.targets
      .filter(({ met }) => !met)
      .map(
        (target) =>
          `missed: ${entry.evaluation} ${entry.case}: ${target.measure} ${shown(entry.figures[target.measure] ?? null)}, target ${bound(target)}`,
      ),
  );
  return [
    ...(rows.length > 0 ? [wide(rows)] : []),
    ...(without.length > 0 ? [`no data for ${without.join(", ")}`] : []),
    ...missed,
    `${entries.length} cases, ${missed.length} targets missed`,
  ].join("\n");
}

function targetsText(entry: AccuracyEntry): string {
  const named = entry.targets.map(
    (target) =>
      `${target.measure} ${shown(entry.figures[target.measure] ?? null)} (${bound(target)}${target.met ? "" : ", missed"})`,
  );
  if (named.length > 0) return named.join(", ");
  return Object.entries(entry.figures)
    .slice(0, 4)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(", ");
}

const bound = ({ at_least, at_most }: AccuracyEntry["targets"][number]): string =>
  [at_least === null ? "" : `≥ ${at_least}`, at_most === null ? "" : `≤ ${at_most}`]
    .filter(Boolean)
    .join(", ");

const shown = (value: number | null): string =>
  value === null
    ? "∅"
    : Number.isInteger(value)
      ? value.toLocaleString("en-US")
      : Math.abs(value) >= 1000
        ? Math.round(value).toLocaleString("en-US")
        : value.toFixed(Math.abs(value) >= 100 ? 1 : 4);

const filled = (groups: Readonly<Record<string, unknown>> | undefined): groups is Record<string, Figures> =>
  groups !== undefined && Object.keys(groups).length > 0;

function byName(head: string, groups: Readonly<Record<string, Figures>>): Row[] {
  return Object.entries(groups).map(([name, figures]) => ({
    [head]: name,
    ...Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, shown(value)])),
  }));
}

/** Like a table, but the last column is never cut. */
function wide(rows: readonly Row[]): string {
  const last = Object.keys(rows[0] ?? {}).at(-1);
  if (last === undefined) return table([]);
  const heads = table(rows.map(({ [last]: _, ...rest }) => rest)).split("\n");
  const width = Math.max(0, ...heads.map((line) => line.length));
  const cell = (value: unknown) => String(value ?? "∅").replace(/\s+/g, " ");
  return heads
    .map((line, index) => `${line.padEnd(width)}  ${index === 0 ? last : cell(rows[index - 1]?.[last])}`)
    .join("\n");
}
