// What the Graph API says of its limits: percentages in two headers, and the list of hashtags that hold a place.
import type { Answer, Ask, Usage } from "../../collecting/types.ts";
import { fieldsOf, HOUR, later, listOf } from "./call.ts";
import { placesLeft } from "./places.ts";

/** `X-App-Usage` names no end: the hour rolls, so it is over an hour later at the latest. */
export function usage(answer: Answer, _context: unknown, ask: Ask): readonly Usage[] {
  const app = percentOf(parsed(answer.headers["x-app-usage"]));
  const business = businessUsage(answer);
  return [
    ...(app === null ? [] : [{ limit: "app", used_pct: app, resets_at: later(answer.at, HOUR) }]),
    ...(business === null
      ? []
      : [
          {
            limit: "business",
            used_pct: business.used,
            ...(business.minutes > 0 ? { resets_at: later(answer.at, business.minutes * 60_000) } : {}),
          },
        ]),
    ...placesLeft(answer, ask),
  ];
}

/** The fullest of the entries of `X-Business-Use-Case-Usage`, and the minutes until access is regained: 0 while it is not lost. */
export function businessUsage(answer: Answer): { used: number; minutes: number } | null {
  const entries = Object.values(fieldsOf(parsed(answer.headers["x-business-use-case-usage"])))
    .flatMap(listOf)
    .map(fieldsOf);
  const used = entries.map(percentOf).filter((percent) => percent !== null);
  if (used.length === 0) return null;
  const minutes = entries.map((entry) => Number(entry["estimated_time_to_regain_access"] ?? 0));
  return { used: Math.max(...used), minutes: Math.max(0, ...minutes.filter(Number.isFinite)) };
}

/** Calls are refused when any of the three is full. */
function percentOf(value: unknown): number | null {
  const fields = fieldsOf(value);
  const numbers = ["call_count", "total_cputime", "total_time"]
    .filter((name) => fields[name] !== undefined)
    .map((name) => Number(fields[name]))
    .filter(Number.isFinite);
  return numbers.length === 0 ? null : Math.max(...numbers);
}

function parsed(header: string | undefined): unknown {
  try {
    return header === undefined ? undefined : JSON.parse(header);
  } catch {
    // A header that cannot be read says nothing; our own count stands.
    return undefined;
  }
}
