// Season by MSTL, what remains by exponential smoothing of automatically chosen shape (Bandara, Hyndman, Bergmeir 2021), as the library augurs
// computes it. It throws on short series and on NaN and knows no bounds, so every call is guarded here.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { initSync, MSTL } from "@bsull/augurs/mstl";

let ready = false;

/**
 * Forecast of a series without gaps; null where the library refuses it or answers with something that is no number.
 * Periods of which the series does not hold two whole cycles are left out; null when none remains.
 */
export function mstlEts(
  values: Float64Array,
  horizon: number,
  periods: readonly number[],
): Float64Array | null {
  const whole = periods.filter((period) => period > 1 && values.length >= 2 * period);
  if (whole.length === 0) return null;
  start();
  let model: MSTL | null = null;
  try {
    model = MSTL.ets(Uint32Array.from(whole));
    model.fit(values);
    const { point } = model.predict(horizon);
    return point.length === horizon && point.every(Number.isFinite) ? Float64Array.from(point) : null;
  } catch {
    // A refusal is an answer: the other methods go on without this one, and the back-test counts it as absent.
    return null;
  } finally {
    model?.free();
  }
}

/** The library's WebAssembly is read from its own package: no network, and the same bytes for everybody. */
function start(): void {
  if (ready) return;
  const wasm = new URL("mstl_bg.wasm", import.meta.resolve("@bsull/augurs/mstl"));
  initSync({ module: readFileSync(fileURLToPath(wasm)) });
  ready = true;
}
