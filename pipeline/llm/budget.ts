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
  /** The most that a bill for it is believed; a call under way alone may reach it, several together must fit with it. */
  readonly worst: number;
}

export interface Budget {
  /** Null when a ceiling leaves no room for it. */
  reserve(task: string, micros: number): Reservation | null;
  /**
   * Reserves for a call that is about to be made, and waits for its turn: calls are under way together only while the worst bills of all of them
   * fit under every ceiling, so that no more than one can ever break it. Null when a ceiling leaves no room.
   */
  take(task: string, micros: number, worst: number): Promise<Reservation | null>;
  /** Reserves, room or not, what an earlier run handed over and may yet be billed. */
  hold(task: string, micros: number): Reservation;
  settle(reservation: Reservation, micros: number): void;
  /** Micro-dollars settled in this run. */
  spent(): number;
  /** Which ceiling stopped the asking; null while none did. */
  stopped(): string | null;
}

/** `spentToday` is what earlier runs of the day settled. */
export function createBudget(ceilings: Ceilings, spentToday = 0): Budget {
  let settled = 0;
  let reserved = 0;
  const byTask = new Map<string, { settled: number; reserved: number }>();
  const underWay = new Set<Reservation>();
  let waiting: (() => void)[] = [];
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
  const hold = (task: string, micros: number, worst = micros): Reservation => {
    reserved += micros;
    of(task).reserved += micros;
    return { task, micros, worst };
  };
  const full = (task: string, micros: number): string | null =>
    rooms(task).find(([, room]) => room < micros)?.[0] ?? null;
  /** What the calls under way may cost beyond what is reserved for them; those of other tasks count in full, which errs on the safe side. */
  const beyond = (): number => [...underWay].reduce((sum, { worst, micros }) => sum + worst - micros, 0);

  const reserve = (task: string, micros: number, worst = micros): Reservation | null => {
    const ceiling = full(task, micros);
    if (ceiling === null) return hold(task, micros, worst);
    stopped ??= ceiling;
    return null;
  };
  return {
    reserve: (task, micros) => reserve(task, micros),
    async take(task, micros, worst) {
      // What is under way may be settled for less than is reserved for it.
      while (underWay.size > 0 && full(task, beyond() + worst) !== null)
        await new Promise<void>((resolve) => waiting.push(resolve));
      const reservation = reserve(task, micros, worst);
      if (reservation) underWay.add(reservation);
      return reservation;
    },
    hold: (task, micros) => hold(task, micros),
    settle(reservation, micros) {
      reserved -= reservation.micros;
      of(reservation.task).reserved -= reservation.micros;
      settled += micros;
      of(reservation.task).settled += micros;
      underWay.delete(reservation);
      const all = waiting;
      waiting = [];
      for (const wake of all) wake();
    },
    spent: () => settled,
    stopped: () => stopped,
  };
}
