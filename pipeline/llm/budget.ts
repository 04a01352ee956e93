// Money is reserved before a call and settled after it, so that many calls at once cannot spend what only one of them may.

export interface Ceilings {
  /** Micro-dollars; null sets no ceiling. */
  readonly run: number | null;
  readonly day: number | null;
  readonly task: Readonly<Record<string, number>>;
}

export interface Reservation {
  readonly task: string;
  readonly micros: number;
}

export interface Budget {
  /** Null when a ceiling leaves no room for it. */
  reserve(task: string, micros: number): Reservation | null;
  settle(reservation: Reservation, micros: number): void;
  /** How many calls of that size may be under way at once: one near a ceiling, since a price that was wrong by far would break it many times over. */
  slots(task: string, micros: number, most: number): number;
  /** Micro-dollars settled in this run. */
  spent(): number;
  /** Which ceiling stopped the asking; null while none did. */
  stopped(): string | null;
}

/** A call that costs forty times what was reserved for it would still find room beside the others. */
const SAFE_FACTOR = 40;

/** `spentToday` is what earlier runs of the day settled. */
export function createBudget(ceilings: Ceilings, spentToday = 0): Budget {
  let settled = 0;
  let reserved = 0;
  const byTask = new Map<string, { settled: number; reserved: number }>();
  let stopped: string | null = null;

  const of = (task: string) => {
    const found = byTask.get(task) ?? { settled: 0, reserved: 0 };
    byTask.set(task, found);
    return found;
  };
  const rooms = (task: string): [string, number][] => {
    const used = of(task);
    const found: [string, number][] = [];
    if (ceilings.run !== null) found.push(["run", ceilings.run - settled - reserved]);
    if (ceilings.day !== null) found.push(["day", ceilings.day - spentToday - settled - reserved]);
    const most = ceilings.task[task];
    if (most !== undefined) found.push([`task ${task}`, most - used.settled - used.reserved]);
    return found;
  };
  return {
    reserve(task, micros) {
      const full = rooms(task).find(([, room]) => room < micros);
      if (full) {
        stopped ??= full[0];
        return null;
      }
      reserved += micros;
      of(task).reserved += micros;
      return { task, micros };
    },
    settle(reservation, micros) {
      reserved -= reservation.micros;
      of(reservation.task).reserved -= reservation.micros;
      settled += micros;
      of(reservation.task).settled += micros;
    },
    slots: (task, micros, most) =>
      rooms(task).every(([, room]) => room >= SAFE_FACTOR * micros * most) ? most : 1,
    spent: () => settled,
    stopped: () => stopped,
  };
}
