// Two shapes are about for one series: `{"2026-11-09": 61}` and a list of points. One is kept: a list, oldest first.

/** A shape that is neither is handed on as it came, for the parser to refuse. */
export function seriesOf(said: unknown): unknown {
  const points = Array.isArray(said) ? said.map(pointOf) : mapped(said);
  if (points === null || points.some((point) => point === null)) return said;
  return (points as Point[]).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

interface Point {
  readonly date: string;
  readonly value: unknown;
}

function mapped(said: unknown): Point[] | null {
  if (typeof said !== "object" || said === null) return null;
  return Object.entries(said).map(([date, value]) => ({ date: dayOf(date), value }));
}

/** `{date, value}`, `["2026-11-09", 61]`, or `{"2026-11-09": 61}`. */
function pointOf(said: unknown): Point | null {
  if (Array.isArray(said)) return said.length === 2 ? { date: dayOf(String(said[0])), value: said[1] } : null;
  if (typeof said !== "object" || said === null) return null;
  const fields = said as Record<string, unknown>;
  if (typeof fields["date"] === "string")
    return { date: dayOf(fields["date"]), value: fields["value"] ?? fields["index"] };
  const [only, ...others] = mapped(said) ?? [];
  return only && others.length === 0 ? only : null;
}

/** A week is said by its first day; the time of day, where there is one, means nothing. */
const dayOf = (date: string): string => date.replace(/T.*$/, "");
