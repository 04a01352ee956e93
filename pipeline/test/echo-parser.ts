// A line parser for tests: every record with a whole `n` is a row, anything else is refused.
import type { LineParser } from "../core/types.ts";

export function prepare(): LineParser {
  return (record) => {
    const { n, text } = (record ?? {}) as { n?: unknown; text?: unknown };
    const whole = Number(n);
    if (n === undefined || n === "" || n === null || !Number.isInteger(whole))
      return { ok: false, reason: `wrong_type: n = ${JSON.stringify(n)}` };
    return { ok: true, row: { n: whole, text } };
  };
}
