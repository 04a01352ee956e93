// What people see while a command works: lines on stderr, and one moving progress line when stderr is a terminal.
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

/** For tests and for --json: says nothing. */
export const silentLog: Log = { info() {}, warn() {}, progress() {} };
