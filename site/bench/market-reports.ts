// Milliseconds per real market report beyond start-up: the same reports once and eleven times over, taken in turns; the slope between the two
// leaves out what a build costs before its first page.
//   node --import tsx site/bench/market-reports.ts [published folder] [rounds]
// Limit: 25 ms.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { measure, median } from "./measure.ts";

const published = resolve(process.argv[2] ?? "data/state/kbeauty/published");
const rounds = Number(process.argv[3] ?? 3);
const out = mkdtempSync(join(tmpdir(), "leap-bench-reports-"));
const copies = [1, 11] as const;

const build = async (count: number) => {
  const { seconds } = await measure(
    [
      process.execPath,
      // As the render command runs it; see there.
      "--max-semi-space-size=8",
      "node_modules/astro/bin/astro.mjs",
      "build",
      "--config",
      "site/bench/reports/astro.config.mjs",
      "--silent",
    ],
    { LEAP_PUBLISHED: published, LEAP_BENCH_COPIES: String(count), LEAP_OUT: out, NODE_ENV: "production" },
  );
  const pages = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".html"),
  ).length;
  rmSync(out, { recursive: true, force: true });
  return { seconds, pages };
};

const slopes: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const [few, many] = [await build(copies[0]), await build(copies[1])];
  slopes.push((1000 * (many.seconds - few.seconds)) / (many.pages - few.pages));
  console.log(
    `${few.pages} pages ${few.seconds.toFixed(2)} s, ${many.pages} pages ${many.seconds.toFixed(2)} s: ${slopes.at(-1)?.toFixed(1)} ms a page`,
  );
}
console.log(
  `market report: ${median(slopes).toFixed(1)} ms a page beyond start-up, median of ${rounds} (limit 25)`,
);
if (median(slopes) > 25) process.exitCode = 1;
