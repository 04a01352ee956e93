// Kills a collection at every named point, at every time a run passes it, and lets another process go on: more than fifty deaths, and after each
// the same bronze as a run that nobody disturbed. Run: node --import tsx pipeline/bench/collect-soak.ts
import { crashPoints } from "../collecting/crash-points.ts";
import { type Tortured, tortured } from "../collecting/torture.ts";

const whole = await tortured(null);
let deaths = 0;
let twice = 0;
const wrong: string[] = [];

/** One name at all its times; ends when a run no longer passes it so often. */
async function allOf(name: (typeof crashPoints)[number]): Promise<void> {
  for (let times = 1; ; times += 1) {
    const point = `${name}:${times}` as const;
    const one = await tortured(point);
    if (!one.killed) return;
    deaths += 1;
    const again = [...one.pages.values()].reduce((sum, asked) => sum + asked - 1, 0);
    twice += again;
    judge(point, one, again);
  }
}

function judge(point: string, one: Tortured, again: number): void {
  if (one.bronze !== whole.bronze) wrong.push(`${point}: other rows`);
  if (one.rows !== whole.rows) wrong.push(`${point}: other rows of the collector`);
  if (one.left.includes("run")) wrong.push(`${point}: a run is left open`);
  // Between the answer and the journal a page is on its way, and nowhere else.
  const onItsWay = point.startsWith("after_answer") || point.startsWith("after_log") ? 1 : 0;
  if (again > onItsWay) wrong.push(`${point}: ${again} pages asked twice`);
}

const started = performance.now();
const queue = [...crashPoints];
const worker = async () => {
  for (let name = queue.shift(); name; name = queue.shift()) await allOf(name);
};
await Promise.all([worker(), worker()]);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${deaths} deaths, ${wrong.length} wrong, ${twice} pages that were on their way asked twice, ${seconds} s\n${wrong.map((words) => `${words}\n`).join("")}`,
);
if (wrong.length > 0 || deaths < 50) process.exitCode = 1;
