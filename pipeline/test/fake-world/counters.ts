// How the world counts: rolling windows, days of a time zone, distinct things. On the world's clock, and for good: what was taken stays taken.

export interface Taken {
  readonly granted: boolean;
  /** Taken in the window, this one included when it was granted. */
  readonly used: number;
  /** Milliseconds at which the oldest place is free again. */
  readonly freeAt: number;
}

/** Two clocks that were set to one instant a moment apart differ by less than this; a place is free so much early. */
const clocksDiffer = 3_000;

export class Rolling {
  private readonly taken = new Map<string, { at: number; units: number }[]>();
  private readonly capacity: number;
  private readonly windowMs: number;

  constructor(capacity: number, windowMs: number, earlyMs: number = clocksDiffer) {
    this.capacity = capacity;
    this.windowMs = windowMs - earlyMs;
  }

  /** What is refused costs nothing. */
  take(account: string, now: number, units = 1): Taken {
    const within = this.within(account, now);
    const used = within.reduce((sum, each) => sum + each.units, 0);
    const freeAt = (within[0]?.at ?? now) + this.windowMs;
    if (used + units > this.capacity) return { granted: false, used, freeAt };
    within.push({ at: now, units });
    this.taken.set(account, within);
    return { granted: true, used: used + units, freeAt };
  }

  used(account: string, now: number): number {
    return this.within(account, now).reduce((sum, each) => sum + each.units, 0);
  }

  freeAt(account: string, now: number): number {
    return (this.within(account, now)[0]?.at ?? now) + this.windowMs;
  }

  private within(account: string, now: number) {
    return (this.taken.get(account) ?? []).filter(({ at }) => at > now - this.windowMs);
  }
}

/** Counted at its first use; later uses are free and do not prolong its place. */
export class Distinct {
  private readonly first = new Map<string, Map<string, number>>();
  private readonly capacity: number;
  private readonly windowMs: number;

  constructor(capacity: number, windowMs: number) {
    this.capacity = capacity;
    this.windowMs = windowMs;
  }

  take(account: string, key: string, now: number): boolean {
    const held = this.held(account, now);
    if (held.has(key)) return true;
    if (held.size >= this.capacity) return false;
    held.set(key, now);
    return true;
  }

  /** Newest first. */
  keys(account: string, now: number): string[] {
    return [...this.held(account, now).keys()].reverse();
  }

  private held(account: string, now: number): Map<string, number> {
    const held = this.first.get(account) ?? new Map<string, number>();
    for (const [key, at] of held) if (at <= now - this.windowMs + clocksDiffer) held.delete(key);
    this.first.set(account, held);
    return held;
  }
}

/** Full again at midnight of the zone. */
export class Daily {
  private readonly used = new Map<string, number>();
  private readonly capacity: number;
  private readonly dayOf: (now: number) => string;

  constructor(capacity: number, zone: string) {
    this.capacity = capacity;
    const format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    this.dayOf = (now) => format.format(now);
  }

  take(account: string, now: number, units = 1): boolean {
    const key = `${account} ${this.dayOf(now)}`;
    const used = this.used.get(key) ?? 0;
    if (used + units > this.capacity) return false;
    this.used.set(key, used + units);
    return true;
  }

  taken(account: string, now: number): number {
    return this.used.get(`${account} ${this.dayOf(now)}`) ?? 0;
  }
}
