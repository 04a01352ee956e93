// A handle for tests: `LEAP_CRASH_AT=<name>:<n>` ends the process by SIGKILL when it reaches a named point for the n-th time. Nothing is
// flushed, nothing is tidied up: what a power cut would do, at every line where it could hurt.

/** Points by the order in which a run meets them. */
export const crashPoints = [
  "before_open",
  "after_open",
  "before_reserve",
  "after_reserve",
  "after_answer",
  "after_log",
  "after_journal",
  "after_ended",
  "before_close",
  "after_lines",
  "before_receipt",
  "after_receipt",
  "after_removed",
  "before_collector",
  "after_collector",
  "before_kept",
  "after_kept",
  "after_closed",
] as const;
export type CrashPoint = (typeof crashPoints)[number];

const [wanted, times] = (process.env["LEAP_CRASH_AT"] ?? "").split(":");
let met = 0;

export function crashPoint(name: CrashPoint): void {
  if (name !== wanted) return;
  met += 1;
  if (met === Number(times ?? 1)) process.kill(process.pid, "SIGKILL");
}
