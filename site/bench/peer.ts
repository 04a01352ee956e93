// The peer workload of 1,000 pages, ours against the lower bound, taken in turns in one run:
//   node --import tsx site/bench/peer.ts [pages] [rounds]
// Limits: at most 1.8 times the lower bound, under 800 MB.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measured, measure, median } from "./measure.ts";
import { writePosts } from "./peer/workload.ts";

const pages = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 3);
const folder = join(tmpdir(), "leap-bench-peer");
mkdirSync(folder, { recursive: true });
const posts = join(folder, `posts-${pages}.parquet`);
await writePosts(posts, pages);

const sides = {
  "lower bound": (out: string) =>
    measure([process.execPath, "--import", "tsx", "site/bench/peer/lower-bound.ts", posts, out]),
  ours: (out: string) =>
    measure(
      [
        process.execPath,
        // As the render command runs it; see there.
        "--max-semi-space-size=8",
        "node_modules/astro/bin/astro.mjs",
        "build",
        "--config",
        "site/bench/peer/astro.config.mjs",
        "--silent",
      ],
      {
        LEAP_BENCH_POSTS: posts,
        LEAP_OUT: out,
        NODE_ENV: "production",
      },
    ),
};
const results: Record<keyof typeof sides, Measured[]> = { "lower bound": [], ours: [] };
for (let round = 0; round < rounds; round += 1)
  for (const side of Object.keys(sides) as (keyof typeof sides)[]) {
    const out = join(folder, side.replace(" ", "-"));
    rmSync(out, { recursive: true, force: true });
    const measured = await sides[side](out);
    const written = readdirSync(out).filter((name) => name.startsWith("e")).length;
    if (written !== pages) throw new Error(`${side} wrote ${written} pages, not ${pages}`);
    results[side].push(measured);
    console.log(`${side}: ${measured.seconds.toFixed(2)} s, ${measured.megabytes.toFixed(0)} MB`);
  }
const wall = (side: keyof typeof sides) => median(results[side].map((one) => one.seconds));
const ratio = wall("ours") / wall("lower bound");
const megabytes = Math.max(...results.ours.map((one) => one.megabytes));
console.log(
  `${pages} pages, median of ${rounds}: ours ${wall("ours").toFixed(2)} s, lower bound ${wall("lower bound").toFixed(2)} s, ratio ${ratio.toFixed(2)} (limit 1.8); peak ${megabytes.toFixed(0)} MB (limit 800)`,
);
rmSync(folder, { recursive: true, force: true });
if (ratio > 1.8 || megabytes >= 800) process.exitCode = 1;
