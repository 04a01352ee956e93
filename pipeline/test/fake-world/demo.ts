// `npm run demo:live`: a week of the fake world. Two runs a day while the services throttle, fail and forget, then model, analyse, publish,
// render; and what came of it, held against what could be had.
//   node --import tsx pipeline/test/fake-world/demo.ts [--state DIR] [--out DIR]
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { analyseCommand } from "../../commands/analyse.ts";
import { collectCommand } from "../../commands/collect.ts";
import { openEnvironment } from "../../commands/environment.ts";
import { modelCommand } from "../../commands/model.ts";
import { repository } from "../../commands/publication.ts";
import { publishCommand } from "../../commands/publish.ts";
import { renderCommand } from "../../commands/render.ts";
import { LeapError } from "../../core/errors.ts";
import { watching } from "./completeness.ts";
import { type DemoRun, summary } from "./demo-summary.ts";
import type { DayName } from "./script.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    /** Default: a new folder for temporary files. */
    state: { type: "string" },
    /** Default: dist/demo-live, which `npm run preview -- --publication demo-live` shows. */
    out: { type: "string" },
  },
});

/** What each run of the week meets. Nobody runs on Friday evening. */
const week: readonly (readonly [at: string, ...days: DayName[]])[] = [
  ["2026-11-09T05:47:00Z", "bannedTag"],
  ["2026-11-09T17:47:00Z", "htmlWith200"],
  ["2026-11-10T05:47:00Z", "storm429"],
  ["2026-11-10T17:47:00Z", "normal"],
  ["2026-11-11T05:47:00Z", "tokenExpiryMidRun"],
  ["2026-11-11T17:47:00Z", "normal"],
  ["2026-11-12T05:47:00Z", "hiddenLikes"],
  ["2026-11-12T17:47:00Z", "truncatedBody"],
  ["2026-11-13T05:47:00Z", "movingItems"],
  ["2026-11-14T05:47:00Z", "maintenance503"],
  ["2026-11-14T17:47:00Z", "cursorLoop"],
  ["2026-11-15T05:47:00Z", "deletedPosts"],
  ["2026-11-15T17:47:00Z", "dnsFailure", "slowBody"],
  ["2026-11-16T05:47:00Z", "normal"],
];

const publications = path.join(import.meta.dirname, "publications");
const file = path.join(publications, "demo/publication.yaml");
const state = path.resolve(
  values.state ?? path.join(mkdtempSync(path.join(tmpdir(), "leap-demo-")), "state"),
);
const out = path.resolve(values.out ?? path.join(repository, "dist/demo-live"));
const started = performance.now();
const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
const say = (text: string) => void process.stdout.write(`${text}\n`);

const [firstAt] = week[0] as (typeof week)[number];
const [lastAt] = week.at(-1) as (typeof week)[number];
const world = await openWorld({
  publication: file,
  now: firstAt,
  postsPerDay: 12,
  pageSize: 40,
  banned: ["glassskin"],
  instagramCallsPerHour: 1_000,
  gdeltPaceSeconds: 0.25,
  wikimediaPerSecond: 60,
  slowMs: 800,
});
Object.assign(process.env, world.env());

const { hashtags, creators } = parse(readFileSync(file, "utf8")) as {
  hashtags: Record<string, string[]>;
  creators: { platform: string; handle: string }[];
};
const tags = [...new Set(Object.values(hashtags).flat())];
const watch = watching(
  world,
  {
    ...{ instagram: tags, youtube: tags, bluesky: tags, threads: tags },
    mastodon: ["haut.sample", "locked.sample"].flatMap((host) => tags.map((tag) => `${host} ${tag}`)),
  },
  {
    instagram: creators.filter(({ platform }) => platform === "instagram").map(({ handle }) => `@${handle}`),
  },
);

const environment = (asOf: string) =>
  openEnvironment({ publication: "demo", publications, state, out, asOf });

try {
  say(
    "Nine invented services on this machine, collected from twice a day; each run meets what stands behind its time.\n",
  );
  const runs: DemoRun[] = [];
  for (const [at, ...names] of week) {
    world.set(at, names);
    watch.look(firstAt, nameOf(at));
    const before = world.ledger().length;
    const done = await collectCommand(environment(at));
    const asked = world.ledger().slice(before);
    const hurt = asked.filter(({ fault, status }) => fault !== null || status >= 400).length;
    runs.push({ name: nameOf(at), days: names, asked: asked.length, hurt, result: done.result as never });
    say(
      `${since()}  ${nameOf(at)}  ${names.join(" + ").padEnd(22)} ${String(asked.length).padStart(4)} requests${hurt === 0 ? "" : `, ${hurt} of them without a good answer`}`,
    );
  }
  say("");
  for (const [name, command] of [
    ["modelled", modelCommand],
    ["analysed", analyseCommand],
    ["published", publishCommand],
    ["rendered", renderCommand],
  ] as const) {
    const done = await command(environment(lastAt));
    // Named gaps of what was published, as of any edition.
    if (done.gaps > 0) process.exitCode = 2;
    say(`${since()}  ${name}: ${done.text.split("\n")[0]?.replace(/;? ?view it with.*| in \/.*/, "")}`);
    for (const line of done.text.split("\n").filter((each) => each.startsWith("gap: ")))
      say(`           ${line}`);
  }
  say("");
  say(
    summary({
      runs,
      compared: watch.compared(path.join(state, "bronze")),
      requests: world.ledger().length,
      violations: world
        .violations()
        .map(({ vendor, violation }) => ({ source: vendor, says: violation ?? "" })),
    }),
  );
  if (world.violations().length > 0) process.exitCode = 1;
  say(
    `\nThe site stands in ${path.relative(process.cwd(), out) || out}: ${
      values.out === undefined
        ? "look at it with npm run preview -- --publication demo-live"
        : `look at it with any static server, such as npx serve ${out}`
    }\nWhat was collected lies in ${state}; delete it when you have seen enough.`,
  );
} catch (error) {
  if (!(error instanceof LeapError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await world.close();
}

/** `Mon 9 Nov 05:47`. */
function nameOf(at: string): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString("en", { timeZone: "UTC", ...options });
  return `${part({ weekday: "short" })} ${part({ day: "numeric" }).padStart(2)} ${part({ month: "short" })} ${at.slice(11, 16)}`;
}
