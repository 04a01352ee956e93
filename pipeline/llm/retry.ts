// Tries again what may succeed, with jitter, inside a deadline.
import { ProviderFailure } from "./types.ts";

export interface Patience {
  /** Milliseconds that one question may take, its waiting included. */
  readonly deadlineMs: number;
  /** Milliseconds that one attempt may take. */
  readonly attemptMs: number;
  /** First wait; each next one is twice as long, up to twenty seconds. */
  readonly firstWaitMs: number;
}

export const PATIENT: Patience = { deadlineMs: 240_000, attemptMs: 120_000, firstWaitMs: 500 };
const LONGEST_WAIT_MS = 20_000;
const MOST_ATTEMPTS = 8;

export interface World {
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly chance: () => number;
}

export type Tried<T> =
  | { readonly value: T; readonly attempts: number }
  | { readonly failure: ProviderFailure; readonly attempts: number };

/** `attempt` gets a signal that ends it. Anything but a ProviderFailure is thrown on: it is a bug. */
export async function tried<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  { deadlineMs, attemptMs, firstWaitMs }: Patience,
  { now, wait, chance }: World,
): Promise<Tried<T>> {
  const end = now().getTime() + deadlineMs;
  for (let attempts = 1; ; attempts += 1) {
    try {
      const left = Math.max(1, end - now().getTime());
      return { value: await attempt(AbortSignal.timeout(Math.min(attemptMs, left))), attempts };
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      if (error.kind !== "again" || attempts >= MOST_ATTEMPTS) return { failure: error, attempts };
      const growing = Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (attempts - 1));
      // Between half and all of it, so that many that failed together do not come back together.
      const pause = Math.max(error.retryAfterMs ?? 0, growing * (0.5 + chance() / 2));
      if (now().getTime() + pause >= end) return { failure: error, attempts };
      await wait(pause);
    }
  }
}
