// From a file of a million posts to gold: import (sample, read, check, write bronze), then the warehouse, against what DuckDB alone
// needs to copy that file to Parquet. Language and polarity are measured by the bench `texts` and left out here.
// Both are taken in turns, each in a process of its own, and compared round by round: a machine that others use too slows them alike.
// Run: npm run --silent bench -- file-to-gold, or node --import tsx pipeline/bench/file-to-gold.ts [posts] [rounds]
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runImport } from "../commands/import.ts";
import { readPublication, repository } from "../commands/publication.ts";
import { asOfWatermark, runClock } from "../core/clock.ts";
import { silentLog } from "../core/log.ts";
import { statePaths } from "../core/state.ts";
import { openWarehouse } from "../core/warehouse.ts";
import { buildWarehouse } from "../models/build-warehouse.ts";
import { source } from "../sources/file/source.ts";
import { median } from "../stats/median.ts";

export interface FileToGold {
  readonly posts: number;
  readonly megabytes: number;
  /** DuckDB alone: the file to Parquet, zstd. */
  readonly copySeconds: number;
  readonly importSeconds: number;
  readonly warehouseSeconds: number;
  /** Import and warehouse over the copy; the limit is 4. */
  readonly times: number;
  /** The same in processor time, steadier on a machine that others use too. */
  readonly timesInCpu: number;
  /** Peak resident memory of the process, its threads included; the limit is 1,500. */
  readonly peakMegabytes: number;
}

const ROUNDS = 5;

/** Every round, as it is done. Throws an Error with what a round's process said when it fails. */
export function* benchFileToGold(posts = 1_000_000, rounds = ROUNDS): Generator<FileToGold> {
  const folder = mkdtempSync(join(tmpdir(), "leap-bench-gold-"));
  try {
    const file = join(folder, "posts.ndjson");
    const megabytes = Math.round(writePosts(file, posts) / 1e6);
    for (let round = 0; round < rounds; round += 1) {
      const copy = inOwnProcess("--copy", file) as Copy;
      const gold = inOwnProcess("--gold", file) as Gold;
      yield {
        posts,
        megabytes,
        copySeconds: rounded(copy.seconds),
        importSeconds: rounded(gold.importSeconds),
        warehouseSeconds: rounded(gold.warehouseSeconds),
        times: rounded((gold.importSeconds + gold.warehouseSeconds) / copy.seconds),
        timesInCpu: rounded(gold.cpuSeconds / copy.cpuSeconds),
        peakMegabytes: gold.peakMegabytes,
      };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Gold {
  readonly importSeconds: number;
  readonly warehouseSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

async function goldOf(file: string): Promise<Gold> {
  const folder = mkdtempSync(join(tmpdir(), "leap-bench-gold-"));
  try {
    const log = silentLog;
    const started = performance.now();
    const cpu = process.cpuUsage();
    const state = join(folder, "state");
    const publications = join(folder, "publications");
    const { result } = await runImport(
      [file],
      { publication: "bench", publications, state, yes: true },
      { now: () => new Date(), log },
    );
    const imported = performance.now();
    const rows = result.receipts[0]?.parameters["rows"] as { posted_at: [string, string] };
    mkdirSync(statePaths("bench", state).cache, { recursive: true });
    const built = await buildWarehouse(
      {
        publication: readPublication("bench", publications),
        state: statePaths("bench", state),
        clock: runClock("bench", asOfWatermark(rows.posted_at[1])),
        sources: [source],
        effects: { log },
      },
      {
        annotate: false,
        threads: 2,
        reference: join(repository, "data/reference"),
        models: join(repository, "pipeline/models"),
        sourceFolders: join(repository, "pipeline/sources"),
      },
    );
    built.warehouse.close();
    const ended = performance.now();
    const used = process.cpuUsage(cpu);
    return {
      importSeconds: (imported - started) / 1000,
      warehouseSeconds: (ended - imported) / 1000,
      cpuSeconds: (used.user + used.system) / 1e6,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WORDS =
  "glow skin serum love this routine korean beauty toner essence morning really good hydration Haut schöne Pflege crème visage soin 美容液 肌 セラム 세럼 피부 좋아요 cream mask night repair barrier".split(
    " ",
  );
const TAGS = [
  "kbeauty",
  "skincare",
  "serum",
  "pdrn",
  "glassskin",
  "hautpflege",
  "soinvisage",
  "美容",
  "스킨케어",
  "makeup",
];

/** About 370 bytes a post, every one distinct; the same numbers on every machine. */
function writePosts(file: string, posts: number): number {
  const fd = openSync(file, "w");
  let seed = 42;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 4_294_967_296) * below);
  };
  let bytes = 0;
  let pending = "";
  for (let post = 0; post < posts; post += 1) {
    const words = Array.from({ length: 12 + random(16) }, () => WORDS[random(WORDS.length)]);
    const tags = Array.from({ length: 3 }, () => `#${TAGS[random(TAGS.length)]}`);
    pending += `${JSON.stringify({
      id: `p${post}`,
      platform: "instagram",
      market: ["de", "fr", "jp", "us"][post & 3],
      posted_at: new Date(1_700_000_000_000 + random(60_000_000) * 1000).toISOString(),
      author: `user${random(50_000)}`,
      text: [...words, ...tags].join(" "),
      likes: random(5000),
      comments: random(200),
      views: random(50_000),
      shares: random(20),
      url: `https://example.org/p/${post}`,
    })}\n`;
    if (pending.length > 1 << 20 || post === posts - 1) {
      bytes += writeSync(fd, pending);
      pending = "";
    }
  }
  closeSync(fd);
  return bytes;
}

function inOwnProcess(verb: "--copy" | "--gold", file: string): unknown {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, import.meta.filename, verb, file],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

interface Copy {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The best of three, so that our ratio is the strict one. */
async function copyAlone(file: string): Promise<Copy> {
  const warehouse = await openWarehouse({ threads: 2 });
  let best = { seconds: Number.POSITIVE_INFINITY, cpuSeconds: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const cpu = process.cpuUsage();
    await warehouse.execute(
      `copy (select * from read_ndjson('${file}')) to '${file}.parquet' (format parquet, compression zstd)`,
    );
    const used = process.cpuUsage(cpu);
    best = {
      seconds: Math.min(best.seconds, (performance.now() - started) / 1000),
      cpuSeconds: Math.min(best.cpuSeconds, (used.user + used.system) / 1e6),
    };
  }
  warehouse.close();
  return best;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first, second] = process.argv.slice(2);
  if (first === "--copy" && second) console.log(JSON.stringify(await copyAlone(second)));
  else if (first === "--gold" && second) console.log(JSON.stringify(await goldOf(second)));
  else {
    const rounds: FileToGold[] = [];
    for (const round of benchFileToGold(
      first ? Number(first) : undefined,
      second ? Number(second) : undefined,
    )) {
      rounds.push(round);
      console.log(JSON.stringify(round));
    }
    const times = rounds.map((round) => round.times).sort((a, b) => a - b);
    const peak = Math.max(...rounds.map((round) => round.peakMegabytes));
    console.log(
      `file to gold: ${median(times)} times DuckDB's copy, median of ${times.length} rounds from ${times[0]} to ${times.at(-1)} (limit 4), ${peak} MB (limit 1,500)`,
    );
    if (median(times) > 4 || peak > 1500) process.exitCode = 1;
  }
}
