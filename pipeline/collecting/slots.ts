// Slots: when a run is due. Counted from midnight UTC; those of more than a day from a Monday.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const A_MONDAY = Date.UTC(1970, 0, 5);

/** The slot that an instant lies in, as an ISO instant. */
export function slotOf(instant: number, everyHours: number): string {
  const length = everyHours * HOUR_MS;
  const anchor = length > DAY_MS ? A_MONDAY : Math.floor(instant / DAY_MS) * DAY_MS;
  return iso(anchor + Math.floor((instant - anchor) / length) * length);
}

/** The slot after this one. The last slot of a day ends at midnight, however long it is. */
export function nextSlot(slot: string, everyHours: number): string {
  const at = Date.parse(slot);
  const length = everyHours * HOUR_MS;
  if (length > DAY_MS) return iso(at + length);
  return iso(Math.min(at + length, (Math.floor(at / DAY_MS) + 1) * DAY_MS));
}

/** Nobody reads more rows about one absence. */
const MOST_MISSED = 2000;

/** Slots between the two, both left out: nobody ran in them. Of a long absence the latest. */
export function missedSlots(last: string, now: string, everyHours: number): string[] {
  const missed: string[] = [];
  const earliest = Math.max(Date.parse(last), Date.parse(now) - MOST_MISSED * everyHours * HOUR_MS);
  const from = earliest === Date.parse(last) ? last : slotOf(earliest, everyHours);
  for (let slot = nextSlot(from, everyHours); slot < now; slot = nextSlot(slot, everyHours))
    missed.push(slot);
  return missed;
}

const iso = (instant: number): string => new Date(instant).toISOString();
