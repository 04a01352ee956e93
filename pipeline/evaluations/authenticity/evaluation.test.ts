// `leap eval authenticity` on small files of invented accounts: what it refuses, what it tolerates, and that it measures what production uses.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";
import { training } from "./training.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-accounts-"));
afterAll(() => rmSync(folder, { recursive: true }));
const context = { log: silentLog, random: seededRandom, milliseconds: () => 0 };
const measure = (given: Given) => evaluation.evaluate({ weights: "shipped", ...given }, context);

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Invented accounts: fakes follow many, people post; some of both are hard to tell. */
function accounts(
  seed: string,
  fakes: number,
  people: number,
): { fake: number; columns: (string | number)[] }[] {
  const random = seededRandom(seed);
  const about = (middle: number) =>
    Math.round(middle * Math.exp(1.1 * (random() + random() + random() - 1.5)));
  return [
    ...Array.from({ length: fakes }, () => ({
      fake: 1,
      columns: [about(30), about(1400), about(3), random() < 0.6 ? 1 : 0, random() < 0.3 ? about(20) : 0],
    })),
    ...Array.from({ length: people }, () => ({
      fake: 0,
      columns: [about(300), about(380), about(30), random() < 0.97 ? 1 : 0, random() < 0.6 ? about(40) : 0],
    })),
  ];
}
const header = "followers,following,posts,has_profile_picture,bio_length,label";
const csv = (
  rows: { fake: number; columns: (string | number)[] }[],
  word = (fake: number): string | number => fake,
) => `${header}\n${rows.map(({ fake, columns }) => [...columns, word(fake)].join(",")).join("\n")}\n`;

test("every figure of the documentation is there, and each lies where it must", async () => {
  const { figures, n, perClass, confusion, tables } = await measure({
    file: file("all.csv", csv(accounts("all", 90, 310))),
    label: "label",
  });
  expect(n).toBe(400);
  for (const key of [
    "auc",
    "f1",
    "precision",
    "recall",
    "brier",
    "ece",
    "accuracy",
    "coverage",
    "botShareError",
  ]) {
    expect(figures[key], key).toBeGreaterThanOrEqual(0);
    expect(figures[key], key).toBeLessThanOrEqual(1);
  }
  expect(figures["auc"]).toBeGreaterThan(0.9);
  expect(figures["botShareError"]).toBeLessThan(0.05);
  expect(figures["trueShare"]).toBe(0.225);
  const counts = confusion as Record<string, Record<string, number>>;
  expect(Number(counts["fake"]?.["fake"]) + Number(counts["fake"]?.["real"])).toBe(90);
  expect(perClass?.["fake"]?.["n"]).toBe(90);
  expect(Object.keys(tables ?? {})).toEqual(["Threshold and prior shift", "Bot share on random samples"]);
});

test.each([
  ["fake and real", (fake: number) => (fake ? "Fake" : "REAL")],
  ["true and false", (fake: number) => String(fake === 1)],
  ["bot and human", (fake: number) => (fake ? "bot" : "human")],
  ["t and f", (fake: number) => (fake ? "t" : "f")],
  ["f and r", (fake: number) => (fake ? "f" : "r")],
  ["1.0 and 0.0", (fake: number) => `${fake}.0`],
])("labels in words are the same labels: %s", async (_, word) => {
  const rows = accounts("words", 20, 40);
  const [plain, worded] = await Promise.all([
    measure({ file: file("plain.csv", csv(rows)), label: "label" }),
    measure({ file: file(`${_}.csv`, csv(rows, word)), label: "LABEL" }),
  ]);
  expect(worded.figures).toEqual(plain.figures);
});

test("a column called real says yes to genuine accounts", async () => {
  const rows = accounts("real", 20, 40);
  const plain = await measure({ file: file("p.csv", csv(rows)), label: "label" });
  const turned = csv(rows, (fake) => 1 - fake).replace("label", "is_real");
  const real = await measure({ file: file("r.csv", turned), label: "is_real" });
  expect(real.figures).toEqual(plain.figures);
  expect(real.notes.join(" ")).toContain("Column is_real was read as saying yes to genuine accounts.");
});

test("a map of any subset, and missing values, lower the coverage and break nothing", async () => {
  const rows = accounts("subset", 30, 60);
  const whole = await measure({ file: file("w.csv", csv(rows)), label: "label" });
  const map = file("map.yaml", "followers: Fans\nfollowing: Follows\n");
  const renamed = csv(rows)
    .replace(header, "Fans,Follows,p,h,b,label")
    .replace("\n", "\nNaN,,,,,1\n0,0,,,,0\n");
  const part = await measure({ file: file("s.csv", renamed), label: "label", map });
  expect(part.n).toBe(92);
  expect(part.figures["coverage"]).toBeLessThan(Number(whole.figures["coverage"]));
  expect(part.figures["auc"]).toBeGreaterThan(0.8);
  expect(part.notes.join(" ")).toContain("1 accounts of s.csv have no known field");
});

test("a label outside the scheme is refused with file, line and value", async () => {
  const bad = `${csv(accounts("bad", 3, 3))}1,2,3,1,0,perhaps\n`;
  await expect(measure({ file: file("bad.csv", bad), label: "label" })).rejects.toThrow(
    /^invalid label: "perhaps" in bad\.csv, line 8, column label\. A label says fake/,
  );
});

test("one kind alone is refused, unless that is what was asked for", async () => {
  const real = file("real.csv", csv(accounts("one", 0, 50)));
  await expect(measure({ file: real, label: "label" })).rejects.toThrow(
    "invalid labels: all 50 accounts of real.csv are genuine. Bring both kinds (--also adds a second file), or say --all real to measure false alarms alone.",
  );
  const { figures } = await measure({ file: real, all: "real" });
  expect(figures).toMatchObject({ auc: null, f1: null, ece: null });
  expect(figures["falseAlarmShare"]).toBeLessThan(0.2);
  const fake = file("fake.csv", csv(accounts("one", 50, 0)));
  expect((await measure({ file: fake, also: real, label: "label" })).n).toBe(100);
});

test("options that make no sense are refused in words", async () => {
  const any = file("any.csv", csv(accounts("any", 20, 20)));
  await expect(measure({ file: any })).rejects.toThrow("missing option: --label.");
  await expect(measure({ file: any, label: "shoe" })).rejects.toThrow(/^unknown column: shoe in any\.csv\./);
  await expect(measure({ file: any, label: "label", weights: "golden" })).rejects.toThrow(
    /^unknown weights: golden\./,
  );
  await expect(measure({ file: any, label: "label", weights: "fitted" })).rejects.toThrow(
    /^missing weights:/,
  );
  await expect(
    measure({ file: any, label: "label", weights: "cross-validated", folds: "30" }),
  ).rejects.toThrow(/^invalid folds: 30 need as many different accounts of each kind; there are 20 fake/);
});

test("a fit repeats to the byte, states what it was fitted on, does not ship, and keeps the points of fields it never saw", async () => {
  const given = { file: file("train.csv", csv(accounts("train", 60, 140))), label: "label" };
  const [[first], [second]] = await Promise.all([
    training.train(given, context),
    training.train(given, context),
  ]);
  expect(second?.bytes).toBe(first?.bytes);
  expect(first).toMatchObject({ name: "logistic.json", ships: false });
  expect(first?.trainedOn).toMatchObject([
    { file: "train.csv", rows: 200, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(first?.figures["auc"]).toBeGreaterThan(0.9);
  const { points, error_rates } = JSON.parse(String(first?.bytes));
  expect(points.external_url.points).toBeCloseTo(-1.6, 3);
  expect(error_rates.genuine.accounts).toBeGreaterThan(100);
});

test("repeated rows cannot give their own answer away: labels by chance stay unpredictable", async () => {
  const random = seededRandom("chance");
  const rows = accounts("chance", 0, 60).map((row) => ({ ...row, fake: random() < 0.5 ? 1 : 0 }));
  const { figures, notes } = await measure({
    file: file("repeated.csv", csv([...rows, ...rows, ...rows])),
    label: "label",
    weights: "cross-validated",
    folds: "5",
  });
  expect(figures["n"]).toBeLessThanOrEqual(60);
  expect(figures["auc"]).toBeLessThan(0.75);
  expect(notes.join(" ")).toMatch(/1\d\d repeated rows were left out/);
});

test("profiles inside an object are read as if they stood beside the label", async () => {
  const plain = [...accounts("nested", 40, 60)].map(({ fake, columns: [followers, following, posts] }) => ({
    profile: { followers_count: `${followers} `, friends_count: following, statuses_count: posts },
    label: String(fake),
  }));
  const { figures, notes } = await measure({
    file: file("nested.json", JSON.stringify(plain)),
    label: "label",
  });
  expect(figures["auc"]).toBeGreaterThan(0.8);
  expect(notes.join()).toContain("followers from followers_count");
});

test("a map that is no YAML is refused with its line; a field left empty is no field", async () => {
  const given = { file: file("map.csv", csv(accounts("map", 30, 60))), label: "label" };
  await expect(measure({ ...given, map: file("broken.yaml", 'followers: "a\n b: {') })).rejects.toThrow(
    /invalid map: .*broken\.yaml is no YAML: .* line 2/,
  );
  const { notes } = await measure({ ...given, map: file("part.yaml", "followers: followers\nposts:\n") });
  expect(notes.join()).toContain("map.csv: followers from followers.");
});
