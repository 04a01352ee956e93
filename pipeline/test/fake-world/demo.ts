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
import { publishCommand } from "../../commands/publish.ts";
import { renderCommand } from "../../commands/render.ts";
import { watching } from "./completeness.ts";
import { type DayName, days } from "./script.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    /** Default: a new folder for temporary files. */
    state: { type: "string" },
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
const scratch = mkdtempSync(path.join(tmpdir(), "leap-demo-"));
const state = path.resolve(values.state ?? path.join(scratch, "state"));
const out = path.resolve(values.out ?? path.join(scratch, "site"));
const started = performance.now();
const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
const say = (text: string) => void process.stdout.write(`${text}\n`);

const [firstAt] = week[0] as (typeof week)[number];
const world = await openWorld({
  publication: file,
  now: firstAt,
  postsPerDay: 16,
  pageSize: 40,
  banned: ["glassskin"],
  instagramCallsPerHour: 1_000,
  gdeltPaceSeconds: 0.25,
  wikimediaPerSecond: 60,
  slowMs: 800,
});
Object.assign(process.env, world.env());

const { hashtags } = parse(readFileSync(file, "utf8")) as { hashtags: Record<string, string[]> };
const tags = [...new Set(Object.values(hashtags).flat())];
const watch = watching(world, {
  instagram: tags,
  bluesky: tags,
  threads: tags,
  mastodon: ["haut.sample", "locked.sample"].flatMap((host) => tags.map((tag) => `${host} ${tag}`)),
});

const environment = (asOf: string) =>
  openEnvironment({ publication: "demo", publications, state, out, asOf });

for (const [at, ...names] of week) {
  world.set(at, names);
  watch.look(firstAt);
  const before = world.ledger().length;
  const done = await collectCommand(environment(at));
  const asked = world.ledger().slice(before);
  const hurt = asked.filter(({ fault, status }) => fault !== null || status >= 400).length;
  const broke = asked.filter(({ violation }) => violation !== null).length;
  say(
    `${since()}  ${at.slice(0, 16)}  ${names.join(" + ").padEnd(24)} ${String(asked.length).padStart(4)} requests, ${hurt} went wrong${broke === 0 ? "" : `, ${broke} broke a rule`}`,
  );
  for (const line of done.text.split("\n").filter((each) => each.startsWith("not collected")))
    say(`           ${line.slice(0, 150)}`);
}

const lastAt = (week.at(-1) as (typeof week)[number])[0];
for (const [name, command] of [
  ["modelled", modelCommand],
  ["analysed", analyseCommand],
  ["published", publishCommand],
  ["rendered", renderCommand],
] as const) {
  await command(environment(lastAt));
  say(`${since()}  ${name}`);
}

say("\nOf the posts that a run could have had, and that still stand, bronze holds:");
for (const [vendor, { obtainable, kept }] of Object.entries(watch.compared(path.join(state, "bronze"))))
  say(`  ${vendor.padEnd(10)} ${kept} of ${obtainable}`);
say("\nWhat the days of the week did:");
for (const name of new Set(week.flatMap(([, ...names]) => names)))
  say(`  ${name.padEnd(18)} ${days[name].says}`);
const violations = world.violations();
say(
  `\n${world.ledger().length} requests in all; ${violations.length === 0 ? "none broke a rule of a service" : `${violations.length} broke a rule:`}`,
);
for (const [words, times] of tally(violations.map(({ vendor, violation }) => `${vendor}: ${violation}`)))
  say(`  ${times} × ${words}`);
say(`\nThe site: ${path.join(out, "index.html")}\nThe state: ${state}`);
await world.close();

function tally(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
