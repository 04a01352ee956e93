// Dated events near a term's movement in a market: a model may say that the two coincide, never that one made the other.
import type { Row } from "../../core/types.ts";
import type { Facts } from "./facts.ts";

/** Days before the end of the last complete week in which a class moves: thirteen weeks, as the index and the shares beside it. */
const MOVEMENT_DAYS = 91;
/** Days between an event and a burst that still count as near. */
const BURST_DAYS = 7;
const MOST_EVENTS = 6;

/** How evidence names an event, so that it is taken neither for a metric nor for a passage. */
export const eventId = (event: Row): string => `event:${event["event"]}`;

/** Newest first, at most six: those of the last thirteen weeks, and those within a week of a burst of the term. */
export function eventsNear(facts: Facts, market: string, term: string): { id: string; says: string }[] {
  const bursts = facts.spikes.filter((row) => row["market"] === market && row["term"] === term);
  const end = dayOf(facts.weekEnd);
  return facts.events
    .filter((event) => event["market"] === market)
    .filter((event) => {
      const day = dayOf(event["day"]);
      return (
        (day <= end && day > end - MOVEMENT_DAYS) ||
        bursts.some(
          (burst) =>
            day >= dayOf(burst["first_day"]) - BURST_DAYS && day <= dayOf(burst["last_day"]) + BURST_DAYS,
        )
      );
    })
    .sort((a, b) => dayOf(b["day"]) - dayOf(a["day"]) || (String(a["event"]) < String(b["event"]) ? -1 : 1))
    .slice(0, MOST_EVENTS)
    .map((event) => ({ id: eventId(event), says: `${event["day"]}: ${event["title"]}` }));
}

/** Days since 1970. */
const dayOf = (day: unknown): number => Math.floor(Date.parse(String(day)) / 86_400_000);
