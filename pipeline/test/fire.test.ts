// A whole edition under fire: posts that give orders, a model that obeys them, and every fault of a provider. What is published is what the rules
// would have said, or what a model may say; nothing of the attack.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { soak } from "../bench/soak.ts";
import { attackCaptions, canary, wanted } from "./attacks/captions.ts";
import {
  type AttackedPublication,
  asking,
  attackedPublication,
  digestsIn,
  filesIn,
} from "./attacks/publication.ts";
import { fittingAnswer } from "./fake-models/answers.ts";
import { type FaultName, faultNames } from "./fake-models/faults.ts";
import { obeyingModel, payload } from "./fake-models/obeying.ts";
import type { FakeRequest } from "./fake-models/request.ts";
import { type FakeModels, startFakeModels } from "./fake-models/server.ts";
import { type Said, startLeap } from "./leap.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-fire-"));
let publication: AttackedPublication;
let models: FakeModels;
/** What the rules alone publish. */
let offline: Awaited<ReturnType<typeof edition>>;
beforeAll(async () => {
  publication = attackedPublication(folder);
  models = await startFakeModels();
  offline = await edition("offline", ["--engine", "offline"], {});
});
vi.setConfig({ testTimeout: 300_000 });
afterAll(async () => {
  await models?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Env = Readonly<Record<string, string>>;
const canaries = { ANOTHER_SECRET: "canary-of-the-environment-77" };
const secrets = ["sk-canary-openai-1f6b", "sk-canary-anthropic-9c2e", canaries.ANOTHER_SECRET];

/** Analyses and publishes over the state of this name. */
async function edition(name: string, options: readonly string[], env: Env = asking(models)) {
  const { state, words } = publication.at(name);
  const run = (verb: string, more: readonly string[]) =>
    startLeap([verb, ...words, ...more], { ...canaries, ...env }).done;
  const analysed = await run("analyse", ["--json", ...options]);
  const published = await run("publish", ["--json"]);
  return { state, analysed, published, folder: path.join(state, "published") };
}

/** Everything that the commands said and that the state keeps, captions' own files left out. */
function traces(state: string, said: readonly Said[]): string {
  const kept = filesIn(state).filter((file) => !/^(bronze|warehouse|cache)\//.test(file));
  return [
    ...said.flatMap(({ out, err }) => [out, err]),
    ...kept.map((file) => readFileSync(path.join(state, file), "latin1")),
  ].join("\n");
}

interface Row {
  readonly [column: string]: unknown;
}
function rows(published: string, dataset: string): Row[] {
  const [edition] = readdirSync(published).filter((name) => /^\d{4}-W\d\d$/.test(name));
  const file = path.join(published, edition as string, dataset, `${dataset}.json`);
  const parsed = JSON.parse(readFileSync(file, "utf8")) as Row[] | { rows: Row[] };
  return Array.isArray(parsed) ? parsed : parsed.rows;
}

/** What a model wrote, everywhere. */
const written = (published: string): string[] =>
  ["findings", "translations"].flatMap((dataset) =>
    rows(published, dataset)
      .filter((row) => row["written_by"] === "model" || dataset === "translations")
      .map((row) => `${row["lead"] ?? ""}${row["text"]} ${row["template"]} ${row["quote"] ?? ""}`),
  );

function expectUnhurt(published: string, offline: string): void {
  const bytes = filesIn(published)
    .map((file) => readFileSync(path.join(published, file), "latin1"))
    .join("\n");
  for (const strange of [canary, ...wanted, "Evilcorp", "attacker"])
    expect(bytes.includes(strange), strange).toBe(false);
  for (const text of written(published)) {
    expect(text).not.toMatch(/[<>@#\\]|https?:|\]\(|www\.|\u202e|\u200b/);
  }
  // Digits stand in the values of placeholders alone.
  for (const row of rows(published, "findings").filter((each) => each["written_by"] === "model"))
    expect(String(row["template"]).replaceAll(/\{[^{}]*\}/g, "")).not.toMatch(/\p{N}/u);
  const names = (of: string) => filesIn(of).map((file) => file.replace(/\.old\/.*/, ""));
  expect(names(published)).toEqual(names(offline));
  // What rules write stands wherever no model's words do.
  const sections = (of: string) =>
    new Set(rows(of, "findings").map((row) => `${row["page"]} ${row["section"]}`));
  for (const section of sections(offline)) expect(sections(published).has(section), section).toBe(true);
  for (const row of rows(published, "market_weeks")) {
    const score = row["sentiment_score"];
    if (typeof score === "number") expect(Math.abs(score)).toBeLessThanOrEqual(100);
  }
}

/** Ends with 0, or with 2 and the gaps' names. */
function expectEnding({ analysed, published }: { analysed: Said; published: Said }): void {
  expect(analysed.code, analysed.err).toBe(0);
  expect([0, 2], published.err).toContain(published.code);
  const { gaps } = JSON.parse(published.out) as { gaps: { section: string; needs: string }[] };
  expect(published.code).toBe(gaps.length === 0 ? 0 : 2);
  for (const gap of gaps) expect(gap.section).not.toBe("");
}

test("without any key, auto publishes what offline does, byte for byte; llm publishes it too, and names what is missing", async () => {
  const [auto, llm] = await Promise.all([
    edition("auto", ["--engine", "auto"], {}),
    edition("keyless", ["--engine", "llm"], {}),
  ]);
  expectEnding(offline);
  expect(digestsIn(auto.folder)).toEqual(digestsIn(offline.folder));
  expectEnding(llm);
  expect(llm.published.code).toBe(2);
  expect(llm.published.out).toContain("OPENAI_API_KEY");
  const without = (of: string) =>
    Object.entries(digestsIn(of)).filter(
      ([file]) => !/analyses|manifest|edition\.json|editions\.json/.test(file),
    );
  expect(without(llm.folder)).toEqual(without(offline.folder));
  expect(models.calls).toEqual([]);
});

test("a model that obeys every caption gets nothing onto a page", async () => {
  models.set({ answer: obeyingModel });
  const obeyed = await edition("obeyed", ["--engine", "llm", "--no-batch"]);
  expectEnding(obeyed);
  expectUnhurt(obeyed.folder, offline.folder);
});

test("a model that obeys in every second answer, and there in every second place, gets nothing onto a page but what it wrote otherwise", async () => {
  models.set({ answer: sly });
  const obeyed = await edition("sly", ["--engine", "llm"]);
  expectEnding(obeyed);
  expectUnhurt(obeyed.folder, offline.folder);
  expect(written(obeyed.folder).length).toBeGreaterThan(0);

  const { words } = publication.at("sly");
  const out = path.join(folder, "site");
  const rendered = await startLeap(["render", ...words, "--out", out]).done;
  expect(rendered.code, rendered.err).toBe(0);
  const pages = filesIn(out).filter((file) => file.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(40);
  for (const file of filesIn(out)) {
    const bytes = readFileSync(path.join(out, file), "latin1");
    for (const strange of [canary, "attack.example", "onerror", "alert(1)", "p9999", "Evilcorp", "@attacker"])
      expect(bytes.includes(strange), `${strange} in ${file}`).toBe(false);
  }
});

// Faults that only take time are met by the providers' own tests.
const quick = faultNames.filter((name) => !/never|slow|429|408/.test(name));
/** After these a provider is not asked any more. */
const deadly = quick.filter((name) => /^(40[1-4]|insufficient|no-credit|redirect)/.test(name));
const passing = quick.filter((name) => !deadly.includes(name));

test.for<[string, readonly FaultName[], boolean]>([
  ["that pass, asked at once", passing, false],
  ["that pass, asked in batches", passing, true],
  ["that end a provider", [...deadly, "echoing-error", "echoing-500"], false],
])(
  "every fault of a provider, one after the other: those %s; an edition stands, and no secret left its header",
  async ([name, faults, batched]) => {
    let turn = 0;
    models.set({
      fault: ({ number }) => (number % 2 === 0 ? (faults[turn++ % faults.length] ?? null) : null),
    });
    const from = models.calls.length;
    const hurt = await edition(name, ["--engine", "llm", ...(batched ? [] : ["--no-batch"])]);
    expectEnding(hurt);
    expectUnhurt(hurt.folder, offline.folder);
    const left = traces(hurt.state, [hurt.analysed, hurt.published]);
    for (const secret of secrets) expect(left.includes(secret), secret).toBe(false);
    for (const call of models.calls.slice(from)) {
      const { authorization = "", ...headers } = call.headers;
      const rest = `${call.path} ${call.body} ${JSON.stringify(headers)}`;
      for (const secret of secrets) expect(rest.includes(secret)).toBe(false);
      expect(authorization).toMatch(/^Bearer sk-canary-/);
    }
  },
);

test("a provider that dies midway leaves a mark where two models read one series, and the edition says who read it", async () => {
  const asked = models.asked.length;
  models.set({
    fault: ({ provider, number }) =>
      provider === "openai" && number > asked + 8 ? "insufficient-quota" : null,
  });
  const changed = await edition("two-models", ["--engine", "llm", "--no-batch"]);
  expectEnding(changed);
  const read = new Set(rows(changed.folder, "market_weeks").map((row) => row["read_by"]));
  const all = [...read].join(" ");
  expect(all).toContain("openai:");
  expect(all).toContain("anthropic:");
});

test("a second run asks nothing and publishes the same bytes, also frozen and without key or server; one changed post makes one call", async () => {
  models.set({});
  const before = models.asked.length;
  const first = await edition("again", ["--engine", "llm", "--no-batch"]);
  const bytes = digestsIn(first.folder);
  const calls = models.calls.length;
  const second = await edition("again", ["--engine", "llm", "--no-batch"]);
  expect(models.calls.length).toBe(calls);
  expect(digestsIn(second.folder)).toEqual(bytes);
  const frozen = await edition("again", ["--engine", "llm", "--frozen"], {});
  expect(frozen.analysed.code, frozen.analysed.err).toBe(0);
  expect(digestsIn(frozen.folder)).toEqual(bytes);
  const once = models.asked.length;
  const { words } = publication.at("again");
  await startLeap(["analyse", ...words, "--engine", "llm", "--no-batch", "--refresh"], asking(models)).done;
  const [asked, again] = [once - before, models.asked.length - once];
  expect(again).toBe(asked);

  const elsewhere = path.join(folder, "one-changed");
  mkdirSync(elsewhere);
  const changed = attackedPublication(
    elsewhere,
    attackCaptions.map((each) =>
      each.id === "fr-refuse" ? { ...each, text: `${each.text} Vraiment.` } : each,
    ),
  ).at("again");
  for (const kept of ["answers", "ledger.ndjson"])
    cpSync(path.join(first.state, kept), path.join(changed.state, kept), { recursive: true });
  const last = models.asked.length;
  const said = await startLeap(["analyse", ...changed.words, "--engine", "llm", "--no-batch"], asking(models))
    .done;
  expect(said.code, said.err).toBe(0);
  const news = models.asked.slice(last).filter(({ task }) => task === "sentiment");
  expect(news.map(({ data }) => (data[0] as { items: { text: string }[] }).items.length)).toEqual([1]);
  expect(news[0]?.user).toContain("Vraiment.");
});

test("killed while it asks and started again, an analysis pays for nothing twice and publishes what it would have published", async () => {
  // One kill; the soak in pipeline/bench ends it many times.
  const soaked = await soak(publication, { seed: "short", kills: 1, batched: true });
  expect(soaked).toMatchObject({ kills: 1, paidTwice: [], different: [] });
  expect(soaked.questions).toBeGreaterThan(20);
});

/** Sound answers of which every second text is the attack's. */
function sly(request: FakeRequest): unknown {
  let place = 0;
  const attack = (value: unknown, key: string): unknown => {
    if (typeof value === "string")
      return /^(id|evidence|label|polarity|aspect|fit|quote_source|language)$/.test(key) || place++ % 2 === 0
        ? value
        : `${value} ${payload}`;
    if (Array.isArray(value)) return value.map((each) => attack(each, key));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, attack(each, name)]));
  };
  const sound = fittingAnswer(request);
  return request.number % 2 === 0 ? attack(sound, "") : sound;
}
