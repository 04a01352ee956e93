// The clock of a publication that states none: what it was made of decides, and never the machine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../core/log.ts";
import { statePaths } from "../core/state.ts";
import { clocksOf, type Environment } from "./environment.ts";
import { parsePublication } from "./publication.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-clock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const state = statePaths("mine", folder);
function receipt(source: string, id: string, collected_at: string): void {
  const home = path.join(state.bronze, source, id);
  mkdirSync(home, { recursive: true });
  const said = { id, source, collected_at, provenance: "observed", licence_note: "", parameters: {} };
  writeFileSync(path.join(home, "receipt.json"), JSON.stringify({ ...said, files: [], things: {} }));
}
const environment = (asOf?: string): Environment =>
  ({
    publication: parsePublication(
      "{ id: mine, title: Mine, tagline: Ours, category: beauty, markets: [de], sources: [{ source: ecb }] }",
      "publication.yaml",
    ),
    ...{ publications: folder, state, options: { publication: "mine", ...(asOf ? { asOf } : {}) } },
    effects: { log: silentLog, now: () => new Date("2030-01-01T00:00:00Z"), fetch: globalThis.fetch },
  }) as unknown as Environment;

test("with live sources the clock is the last collection: the week it fell in is not over, and the machine's day plays no part", async () => {
  receipt("ecb", "20261118T0600Z-ecb", "2026-11-18T06:00:00Z");
  receipt("ecb", "20261117T0600Z-ecb", "2026-11-17T06:00:00Z");
  expect(await clocksOf(environment(), 2)).toMatchObject([
    { edition: "2026-W46" },
    { edition: "2026-W47", as_of: "2026-11-18T06:00:00.000Z", week_end: "2026-11-15" },
  ]);
});

test("an as-of goes before it", async () => {
  receipt("ecb", "20261118T0600Z-ecb", "2026-11-18T06:00:00Z");
  expect(await clocksOf(environment("2026-11-11"), 1)).toMatchObject([{ as_of: "2026-11-11T08:00:00.000Z" }]);
});
