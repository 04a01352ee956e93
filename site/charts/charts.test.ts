// What a chart promises: its markup is held by one snapshot each (also shown at /gallery/), and no picture says more than its rows.
import { expect, test } from "vitest";
import { roundTicks, spread, timeTicks } from "./axis.ts";
import { examples } from "./examples.ts";
import { relativePath } from "./geometry.ts";
import { lineChart } from "./line.ts";
import { spark } from "./spark.ts";

for (const [name, { html }] of Object.entries(examples)) {
  test(`${name} is drawn as before`, async () => {
    await expect(`${html.replaceAll("><", ">\n<")}\n`).toMatchFileSnapshot(`snapshots/${name}.snap`);
  });

  test(`${name} carries no style of its own, so that dark mode and print reach it`, () => {
    expect(html).not.toMatch(/style=|<style|fill=|stroke=|NaN|undefined/);
  });
}

test("a missing week breaks the line and leaves a strip; it is never a zero", () => {
  const html = lineChart(
    [
      {
        colour: "g",
        points: [10, 12, null, 11, 13].map((value, index) => ({ day: `2026-01-0${index + 1}`, value })),
      },
    ],
    { label: "five days", format: String, gaps: ["2026-01-03"] },
  );
  expect(html.match(/ d="([^"]+)"/)?.[1]?.match(/M/g)).toHaveLength(2);
  expect(html).toContain('class="gapx"');
});

test("a spark's dot stands where its line ends", () => {
  expect(spark([0, 4, 10])).toContain('<circle class="dot" cx="100%" cy="0%"');
  expect(spark([10, 0, null])).toContain('<circle class="dot" cx="50%" cy="100%"');
});

test("a chart without a single value is not drawn", () => {
  expect(() =>
    lineChart([{ colour: "g", points: [{ day: "2026-01-05", value: null }] }], {
      label: "none",
      format: String,
    }),
  ).toThrow("missing values");
});

test("end labels are pushed apart but keep their order", () => {
  const places = spread([50, 51, 49, 120], 16, 10, 200);
  expect(places.toSorted((a, b) => a - b)).toEqual([49, 65, 81, 120]);
  expect(places[2]).toBeLessThan(places[0] as number);
});

test("labels at the bottom are pushed up rather than out", () => {
  expect(spread([198, 199, 200], 16, 10, 200)).toEqual([168, 184, 200]);
});

test("ticks are round and few", () => {
  expect(roundTicks(0, 412, 4)).toEqual([0, 200, 400]);
  expect(roundTicks(0, 0.047, 4)).toEqual([0, 0.02, 0.04]);
  expect(timeTicks(Date.UTC(2024, 10, 18), Date.UTC(2026, 10, 15)).length).toBeLessThan(10);
  expect(
    timeTicks(Date.UTC(2011, 0, 1), Date.UTC(2023, 0, 1)).every((tick) => /^\d{4}$/.test(tick.label)),
  ).toBe(true);
});

test("rounding a path never adds up: the last point lies where it was", () => {
  const path = `M0,0${Array.from({ length: 100 }, (_, index) => `L${(index + 1) * 0.4},${(index + 1) * 3.4}`).join("")}`;
  const relative = relativePath(path);
  const steps = [...relative.matchAll(/l(-?\d+) ?(-?\d+)/g)];
  expect(steps.reduce((sum, step) => sum + Number(step[1]), 0)).toBe(40);
  expect(steps.reduce((sum, step) => sum + Number(step[2]), 0)).toBe(340);
});
