// What people see while a command works: lines on stderr, and one moving progress line when stderr is a terminal. Machines get one JSON object a line.
import { redacted } from "./secrets.ts";
import type { Log } from "./types.ts";

export function terminalLog(stream: NodeJS.WriteStream = process.stderr): Log {
  const live = stream.isTTY === true;
  let open = false;
  let last = 0;
  const clear = () => {
    if (open) stream.write("\r\u001b[2K");
    open = false;
  };
  const line = (message: string) => {
    clear();
    stream.write(`${message}\n`);
  };
  return {
    info: line,
    warn: (message) => line(`warning: ${message}`),
    progress(label, done, total) {
      if (!live) return;
      const now = performance.now();
      if (now - last < 100 && done !== total) return;
      last = now;
      const share = total ? ` ${Math.floor((100 * done) / total)}%` : "";
      stream.write(`\r\u001b[2K${label}: ${done.toLocaleString("en-US")}${share}`);
      open = true;
      if (done === total) clear();
    },
  };
}

/** What every line of a structured log says beside its message. */
export interface LogOrigin {
  readonly run: string;
  readonly verb: string;
  readonly now: () => Date;
}

export type LogLevel = "info" | "warn" | "error";

/** One line of a structured log: `{at, level, run, verb, message, …}`, without line breaks or secrets. */
export function logLine(origin: LogOrigin, level: LogLevel, message: string, fields: object = {}): string {
  const { run, verb } = origin;
  return redacted(JSON.stringify({ at: origin.now().toISOString(), level, run, verb, message, ...fields }));
}

/** One JSON object a line; no progress, which no machine waits for. */
export function jsonLog(origin: LogOrigin, stream: Pick<NodeJS.WriteStream, "write"> = process.stderr): Log {
  const say = (level: LogLevel) => (message: string, fields?: object) =>
    void stream.write(`${logLine(origin, level, message, fields)}\n`);
  return { info: say("info"), warn: say("warn"), progress() {}, structured: true };
}

/** For tests and for --json: says nothing. */
export const silentLog: Log = { info() {}, warn() {}, progress() {} };
