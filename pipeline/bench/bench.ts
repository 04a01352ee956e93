// `npm run bench [-- name…]`: every measurement of speed, each in a process of its own, one after the other. Never part of the tests, because
// machines are noisy; each prints its figure beside the limit it is held to.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { LeapError } from "../core/errors.ts";

const root = path.resolve(import.meta.dirname, "../..");

const benches: Readonly<Record<string, { file: string; measures: string }>> = {
  "file-to-gold": {
    file: "pipeline/bench/file-to-gold.ts",
    measures: "a million posts from an NDJSON file to gold, against DuckDB's copy of it to Parquet",
  },
  texts: {
    file: "pipeline/bench/texts.ts",
    measures: "language, terms and polarity of a million short posts",
  },
  claims: {
    file: "pipeline/bench/claims.ts",
    measures: "2,000 characters of copy against the claims rules, per language",
  },
  models: {
    file: "pipeline/bench/models.ts",
    measures:
      "calls, tokens and dollars of reading posts with a model, against one call a post at full price",
  },
  peer: {
    file: "site/bench/peer.ts",
    measures: "a thousand pages of figures, charts and a table, against the lower bound",
  },
  "market-reports": { file: "site/bench/market-reports.ts", measures: "milliseconds per market report" },
  weights: { file: "site/bench/weights.ts", measures: "kilobytes of each kind of page" },
};

const asked = process.argv.slice(2);
const stranger = asked.find((name) => !benches[name]);
if (stranger !== undefined)
  throw new LeapError(`unknown bench: ${stranger}. Known: ${Object.keys(benches).join(", ")}.`);

let failed = 0;
for (const [name, { file, measures }] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (!existsSync(path.join(root, file))) throw new LeapError(`missing bench: ${file}.`);
  console.log(`\n${name}: ${measures}`);
  const done = spawnSync(process.execPath, ["--import", "tsx", path.join(root, file)], {
    cwd: root,
    stdio: "inherit",
  });
  if (done.status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
