// `- source: <id>` and nothing else is an entry: every live source has defaults, or says what it needs and asks nothing.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isLive } from "./desk.ts";
import { testDesk } from "./test-desk.ts";
import type { LiveSource } from "./types.ts";

const folder = fileURLToPath(new URL("../sources", import.meta.url));
const sources = (
  await Promise.all(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => (await import(`../sources/${name}/source.ts`)).source as object),
  )
).filter(isLive) as LiveSource[];

test.each(sources.map((source) => [source.id, source] as const))("%s alone", async (_id, source) => {
  const desk = testDesk({ source, fetch: () => new Response("{}", { status: 404 }) });
  const { says, gaps } = await desk.collect();
  expect([...says, ...gaps].join("\n")).toMatch(/targets|asks nothing|is off|missing LEAP_/);
  desk.close();
});
