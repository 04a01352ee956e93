// The fake world for a process of its own: prints its address and the variables that lead a collector there as one line of JSON, and goes when
// its standard input closes or its time is up.
//   node --import tsx pipeline/test/fake-world/serve.ts [--now INSTANT] [--day NAME]… [--publication FILE] [--minutes N] [--posts N]
import { parseArgs } from "node:util";
import type { DayName } from "./script.ts";
import { openWorld } from "./world.ts";

const { values } = parseArgs({
  options: {
    now: { type: "string", default: "2026-11-16T06:00:00Z" },
    /** A day of the script; several lie over each other. */
    day: { type: "string", multiple: true, default: ["normal"] },
    publication: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string", default: "60" },
    /** A day, of each platform and market. */
    posts: { type: "string", default: "40" },
    page: { type: "string", default: "10" },
    "gdelt-seconds": { type: "string", default: "5" },
  },
});

const world = await openWorld({
  now: values.now,
  day: values.day as DayName[],
  ...(values.publication === undefined ? {} : { publication: values.publication }),
  ...(values.seed === undefined ? {} : { seed: values.seed }),
  postsPerDay: Number(values.posts),
  pageSize: Number(values.page),
  gdeltPaceSeconds: Number(values["gdelt-seconds"]),
});
process.stdout.write(
  `${JSON.stringify({ root: world.root, urls: world.urls, mastodon: world.mastodon, env: world.env() })}\n`,
);

const leave = () => void world.close().then(() => process.exit(0));
process.stdin.resume();
process.stdin.once("end", leave);
setTimeout(leave, Number(values.minutes) * 60_000);
