// What GDELT writes back: JSON with the odd mistake in it, or a sentence where JSON was promised, with status 200 all the same.

/** What an answer's text is. */
export type Said =
  | { readonly is: "timeline"; readonly points: readonly Point[] }
  /** Asked too fast. */
  | { readonly is: "throttle" }
  /** A sentence about our query, or about anything else that asking again will not mend. */
  | { readonly is: "complaint"; readonly text: string }
  /** A page, JSON that breaks off, a word about an outage. */
  | { readonly is: "broken" };

/** Fields as they came; what they are worth the parser judges. */
export interface Point {
  readonly date?: unknown;
  readonly value?: unknown;
  readonly norm?: unknown;
}

export function readAnswer(text: string): Said {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (/^[{[]/.test(body)) {
    const json = tolerantJson(body);
    return json === undefined ? { is: "broken" } : { is: "timeline", points: pointsOf(json) };
  }
  if (THROTTLE.test(body)) return { is: "throttle" };
  if (body === "" || /^<|<html|<!doctype/i.test(body) || OUTAGE.test(body)) return { is: "broken" };
  return { is: "complaint", text: body.replace(/\s+/g, " ").slice(0, 200) };
}

const THROTTLE = /limit(ing)? (your )?requests|one (request )?every|too many requests|rate.?limit/i;

const OUTAGE = /server error|unavailable|try again|timed? ?out|overload/i;

/** Titles of articles carry escapes that JSON does not know, and bare control characters; both lose their backslash or become a space. */
function tolerantJson(text: string): unknown {
  for (const mend of [(x: string) => x, mended])
    try {
      return JSON.parse(mend(text));
    } catch {}
  return undefined;
}

const mended = (text: string): string =>
  text
    .replace(/\\(u[0-9a-fA-F]{4}|["\\/bfnrt])|\\/g, (_, known: string | undefined) =>
      known ? `\\${known}` : "",
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what breaks the answer.
    .replace(/[\u0000-\u001f]/g, " ");

/** Points of the first series, one a day: short spans come by the hour or quarter of an hour, and are summed. No hits are `{}`. */
function pointsOf(json: unknown): Point[] {
  const [series] = ((json as { timeline?: unknown }).timeline as { data?: unknown }[] | undefined) ?? [];
  const points = Array.isArray(series?.data) ? (series.data as Point[]) : [];
  const byDay = Map.groupBy(points, (point) => String(point?.date).slice(0, 8));
  return [...byDay.values()].flatMap((parts) => {
    const [first] = parts;
    if (first === undefined || parts.length === 1) return parts.map(kept);
    if (
      !parts.every(
        ({ value, norm }) => typeof value === "number" && (norm === undefined || typeof norm === "number"),
      )
    )
      return parts.map(kept);
    const sum = (of: (point: Point) => unknown) =>
      parts.reduce((total, part) => total + Number(of(part) ?? 0), 0);
    return [
      {
        date: String(first.date).replace(/T\d{6}/, "T000000"),
        value: sum(({ value }) => value),
        ...(first.norm === undefined ? {} : { norm: sum(({ norm }) => norm) }),
      },
    ];
  });
}

function kept(point: Point): Point {
  const { date, value, norm } = (point ?? {}) as Point;
  return {
    ...(date === undefined ? {} : { date }),
    ...(value === undefined ? {} : { value }),
    ...(norm === undefined || norm === null ? {} : { norm }),
  };
}
