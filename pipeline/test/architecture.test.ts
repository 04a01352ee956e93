// Who may import whom (the design in one test): site → data ← pipeline → prompts → data/contract; site and pipeline never meet; siblings never
// import siblings.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const files = ["data", "pipeline", "site", "prompts"]
  .filter((top) => existsSync(path.join(root, top)))
  .flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(top, file))
      .filter((file) => /\.(ts|tsx|astro|mjs)$/.test(file) && !file.includes("/state/")),
  );

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g)].map((match) => {
    const target = match[1] as string;
    return { from: file, to: target.startsWith(".") ? path.join(path.dirname(file), target) : target };
  });
});

/** Which room of the house a file stands in. */
function room(file: string): string {
  const [top, second] = file.split(path.sep);
  if (top === "pipeline" || top === "data") return `${top}/${second?.includes(".") ? "." : second}`;
  return top === "site" ? `site/${second?.includes(".") ? "." : second}` : (top ?? file);
}

const isTest = (file: string) => /\.(test|cases)\.ts$/.test(file) || /(^|\/)(test|bench)\//.test(file);
const local = imports.filter(({ to, from }) => /^(data|pipeline|site|prompts)\//.test(to) && !isTest(from));

const offenders = (forbidden: (from: string, to: string) => boolean) =>
  local.filter(({ from, to }) => forbidden(from, to)).map(({ from, to }) => `${from} imports ${to}`);

test("the rule reads real imports", () => {
  expect(local.length).toBeGreaterThan(20);
});

test("site and pipeline never meet", () => {
  expect(
    offenders(
      (from, to) =>
        (from.startsWith("site/") && to.startsWith("pipeline/")) ||
        (from.startsWith("pipeline/") && to.startsWith("site/")),
    ),
  ).toEqual([]);
});

test("data imports neither site nor pipeline, and its contract imports nothing but zod", () => {
  expect(offenders((from, to) => from.startsWith("data/") && !to.startsWith("data/"))).toEqual([]);
  const foreign = imports.filter(
    ({ from, to }) =>
      from.startsWith("data/contract/") && !isTest(from) && !to.startsWith("data/contract") && to !== "zod",
  );
  expect(foreign).toEqual([]);
});

test("inside the pipeline: commands → evaluations → sources, models, analyses → knowledge → stats, texts, llm, collecting, core", () => {
  const height: Record<string, number> = {
    "pipeline/.": 5,
    "pipeline/commands": 4,
    "pipeline/evaluations": 3,
    "pipeline/sources": 2,
    "pipeline/models": 2,
    "pipeline/analyses": 2,
    // Notes are searched in words folded like those of posts.
    "pipeline/knowledge": 1.5,
    "pipeline/texts": 1,
    "pipeline/accounts": 1,
    // Sheets that operators hand over: orders, campaigns, experiments, events.
    "pipeline/imports": 1,
    "pipeline/stats": 1,
    "pipeline/llm": 1,
    // The desk that live sources are asked over: limits, waiting, checkpoints.
    "pipeline/collecting": 1,
    "pipeline/people": 1,
    "pipeline/store": 1,
    "pipeline/core": 0,
  };
  expect(
    offenders((from, to) => {
      if (!from.startsWith("pipeline/") || !to.startsWith("pipeline/")) return false;
      const [above, below] = [height[room(from)], height[room(to)]];
      if (above === undefined || below === undefined) return true;
      return below > above || (below === above && room(from) !== room(to));
    }),
  ).toEqual([]);
});

test("siblings never import siblings: no source another source, no analysis another analysis, no evaluation another evaluation", () => {
  const sibling = (file: string) => file.match(/^pipeline\/(sources|analyses|evaluations)\/([^/]+)\//);
  expect(
    offenders((from, to) => {
      const [one, other] = [sibling(from), sibling(to)];
      return one !== null && other !== null && one[1] === other[1] && one[2] !== other[2];
    }),
  ).toEqual([]);
});

test("inside the site: pages → sections → charts, components → lib", () => {
  const height: Record<string, number> = {
    "site/pages": 4,
    "site/layouts": 3,
    "site/sections": 3,
    "site/components": 2,
    "site/charts": 2,
    "site/islands": 1,
    "site/lib": 0,
  };
  expect(
    offenders((from, to) => {
      const [above, below] = [height[room(from)], height[room(to)]];
      return above !== undefined && below !== undefined && below > above;
    }),
  ).toEqual([]);
  expect(offenders((from, to) => from.startsWith("site/charts/") && to.startsWith("site/lib/data"))).toEqual(
    [],
  );
});

test("no file needs itself: imports, those of types included, never run in a circle", () => {
  const needs = Map.groupBy(local, ({ from }) => from);
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): string | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file].join(" → ");
    if (done.has(file)) return null;
    for (const { to } of needs.get(file) ?? []) {
      const circle = circleFrom(to, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  expect([...needs.keys()].flatMap((file) => circleFrom(file, []) ?? [])).toEqual([]);
});

test("core has never heard of beauty, markets or posts: it imports no contract of a dataset", () => {
  expect(
    offenders(
      (from, to) =>
        from.startsWith("pipeline/core/") && /data\/contract\/(datasets|catalogue|publication)/.test(to),
    ),
  ).toEqual([]);
});
