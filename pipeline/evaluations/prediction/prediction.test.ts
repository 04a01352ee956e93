import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";
import { figuresOf, type Judged } from "./scores.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-prediction-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const context = {
  log: { info: () => {}, warn: () => {}, progress: () => {} },
  random: seededRandom,
  milliseconds: () => 0,
};
const measured = (given: Record<string, string>) => evaluation.evaluate(given, context);

const chance = seededRandom("file");
/** A page's posts as such exports write them: semicolons, columns of outcomes beside what was known before. */
const page = file(
  "page.csv",
  [
    "Page total likes;Type;Category;Post Month;Post Weekday;Post Hour;Paid;Lifetime Post Consumers;comment;like;share;Total Interactions",
    ...Array.from({ length: 120 }, (_, i) => {
      const type = ["Photo", "Status", "Link"][i % 3] as string;
      const got = Math.round(300 * (type === "Status" ? 3 : 1) * (0.7 + 0.6 * chance()));
      return `${80_000 + 100 * i};${type};${1 + (i % 2)};${1 + (i % 12)};${1 + (i % 7)};${i % 24};${i % 4 === 0 ? 1 : 0};${got};${got >> 5};${got >> 2};${got >> 6};${got >> 1}`;
    }),
  ].join("\n"),
);

test("a page's export is read without a map: outcomes are left out and said to be, the type is found to matter", async () => {
  const { n, figures, notes } = await measured({ file: page, target: "lifetime post consumers", folds: "4" });
  expect(n).toBe(120);
  expect(figures["mdape"]).toBeLessThan(0.25);
  expect(figures["accountMedianMdape"]).toBeGreaterThan(0.3);
  expect(figures["logR2"]).toBeGreaterThan(0.6);
  expect(notes.join(" ")).toContain(
    "Left out as counted after publication: comment, like, share, Total Interactions.",
  );
  expect(notes.join(" ")).toContain("followers = Page total likes");
});

test("an outcome in the map is refused by name, and so are unknown columns", async () => {
  const target = "Lifetime Post Consumers";
  await expect(
    measured({ file: page, target, map: file("a.yaml", "type: Type\nfeatures: [share]\n") }),
  ).rejects.toThrow("invalid feature: share is counted after publication");
  await expect(measured({ file: page, target, map: file("b.yaml", "account: Nobody\n") })).rejects.toThrow(
    "unknown column: Nobody",
  );
  await expect(measured({ file: page, target: "reach" })).rejects.toThrow("unknown column: reach");
});

test("a map may name roles either way round, and features of its own", async () => {
  const map = file("c.yaml", "Type: format\nhour: Post Hour\nfeatures: [Category]\n");
  const { figures } = await measured({ file: page, target: "Lifetime Post Consumers", map, folds: "4" });
  expect(figures["logR2"]).toBeGreaterThan(0.6);
});

test("a constant target, a target of words and a file of three rows are refused with a next step", async () => {
  const same = file("same.csv", `type,likes\n${"image,7\n".repeat(30)}`);
  await expect(measured({ file: same, target: "likes" })).rejects.toThrow("is 7 in every row");
  const words = file("words.csv", `type,likes\n${"image,many\n".repeat(30)}`);
  await expect(measured({ file: words, target: "likes" })).rejects.toThrow("holds no number of at least 0");
  const three = file("three.csv", "type,likes\nimage,1\nvideo,2\nimage,3\n");
  await expect(measured({ file: three, target: "likes" })).rejects.toThrow(
    "3 posts with likes, fewer than 10 folds",
  );
});

test("rows without counts are left out and counted, and zeros do not divide", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `image,${i % 5 === 0 ? "" : i % 7 === 0 ? 0 : 10 + i}`);
  const { n, figures, notes } = await measured({
    file: file("gaps.csv", `type,likes\n${rows.join("\n")}\n`),
    target: "likes",
    folds: "4",
  });
  expect(n).toBe(32);
  expect(notes.join(" ")).toMatch(/8 rows left out.*MdAPE is over the \d+ posts above 0/);
  for (const value of Object.values(figures)) expect(value === null || Number.isFinite(value)).toBe(true);
});

test("figures worked by hand", () => {
  const judged = (outcome: number, middle: number): Judged => {
    const band = { low: 50, middle, high: 150 };
    const post = {
      account: null,
      at: null,
      hour: null,
      weekday: null,
      format: null,
      followers: null,
      numbers: {},
      categories: {},
      outcome,
    };
    return {
      post,
      eighty: band,
      ninety: { ...band, low: 0 },
      ninetyFive: { ...band, low: 0, high: 500 },
      accountMedian: 100,
      globalMedian: 200,
    };
  };
  // Off by 0 %, 50 % and 100 %; 40 and 200 lie outside the band, 40 inside the wider ones, 200 inside the widest.
  const figures = figuresOf([judged(100, 100), judged(200, 100), judged(40, 80)]);
  expect(figures).toMatchObject({
    mdape: 0.5,
    coverage80: 1 / 3,
    coverage90: 2 / 3,
    coverage95: 1,
    width80: 1,
  });
  expect(figures["accountMedianMdape"]).toBe(0.5);
  expect(figures["globalMedianMdape"]).toBe(1);
});
