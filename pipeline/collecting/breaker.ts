// Spares an address that answers nothing: after so many failures in a row nobody asks it for a while; then one request finds out.
export interface Breaker {
  /** Milliseconds until the address may be asked; `Infinity` when it was given up. */
  wait(address: string, now: number): number;
  good(address: string): void;
  /** Nobody asks the address before that, whatever it is about: who was told to wait were all of us. */
  hold(address: string, until: number): void;
  /** True when this failure opened it. */
  failed(address: string, now: number, why: string): boolean;
  /** What it failed with last. */
  why(address: string): string;
}

const FAILURES = 6;
const OPEN_MS = 60_000;
const MOST_OPENINGS = 3;

export function openBreaker(): Breaker {
  const states = new Map<string, { row: number; openings: number; until: number; why: string }>();
  const of = (address: string) => {
    const state = states.get(address) ?? { row: 0, openings: 0, until: 0, why: "" };
    states.set(address, state);
    return state;
  };
  return {
    why: (address) => of(address).why,
    wait(address, now) {
      const { openings, until } = of(address);
      return openings > MOST_OPENINGS ? Number.POSITIVE_INFINITY : Math.max(0, until - now);
    },
    good(address) {
      states.delete(address);
    },
    hold(address, until) {
      const state = of(address);
      state.until = Math.max(state.until, until);
    },
    failed(address, now, why) {
      const state = of(address);
      state.why = why;
      state.row += 1;
      // After a pause a single failure shows that nothing has changed.
      if (state.row < FAILURES && state.openings === 0) return false;
      state.row = 0;
      state.openings += 1;
      state.until = now + OPEN_MS;
      return true;
    },
  };
}
