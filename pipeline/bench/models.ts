// What reading posts with a model costs as this house asks, against one call a post at full price; and how fast the engine itself is. Asks the fake model
// server in this process, at the prices of the list: tokens are those of the real requests, counted as the server counts them, and it keeps any beginning that
// it saw before (providers keep those of about a thousand tokens and more, which these rules have).
// Run: npm run --silent bench -- models
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { task } from "../../prompts/sentiment/answer.ts";
import { readPublication } from "../commands/publication.ts";
import { runClock } from "../core/clock.ts";
import { silentLog } from "../core/log.ts";
import { statePaths } from "../core/state.ts";
import type { Models, Usage } from "../core/types.ts";
import { everyAnswer, openAnswers } from "../llm/answers.ts";
import { openWaiting } from "../llm/batch.ts";
import type { Line } from "../llm/calls.ts";
import { type Engine, openModels } from "../llm/engine.ts";
import { type LedgerEntry, openLedger } from "../llm/ledger.ts";
import { deskAt, priceFile, tiersAt } from "../llm/open.ts";
import { costMicros, readPrices } from "../llm/prices.ts";
import { addUsage, NO_USAGE } from "../llm/shares.ts";
import type { Provider } from "../llm/types.ts";
import { buildWarehouse } from "../models/build-warehouse.ts";
import { readPosts } from "../models/read-posts.ts";
import { source } from "../sources/sample/source.ts";
import { startFakeModels } from "../test/fake-models/server.ts";
import { ASKED_DAYS } from "../texts/reading.ts";
import { sendable } from "../texts/sendable.ts";

const now = () => new Date("2026-11-20T08:00:00Z");
/** Posts that are asked alone to measure what one costs; a call for each of them all would say the same. */
const mostAlone = 500;
const prompts = join(import.meta.dirname, "../../prompts");

/** What was asked of one engine, by its ledger. */
interface Asked {
  readonly calls: number;
  readonly usage: Usage;
  readonly micros: number;
}

const folder = mkdtempSync(join(tmpdir(), "leap-bench-models-"));
const fake = await startFakeModels();
/** The posts of four weeks of the sample: every one asked alone, then as a run asks. */
async function saving(line: Line): Promise<void> {
  const publication = readPublication("kbeauty");
  const clock = runClock("kbeauty", "2026-11-20");
  const state = statePaths("kbeauty", join(folder, "state"));
  const effects = { log: silentLog, fetch: globalThis.fetch, now };
  const config = source.config.parse({ seed: publication.sources[0]?.["seed"] });
  await source.collect(
    { config, publication, bronze: join(state.bronze, source.id), until: clock.as_of },
    effects,
  );
  const sources = [source as typeof source & { config: never }];
  const { warehouse } = await buildWarehouse(
    { publication, state, clock, sources, effects },
    { annotate: true, file: false },
  );
  try {
    const posts = await warehouse.query<{ text_key: string; text: string; language: string; market: string }>(
      `select p.text_key::varchar as text_key, t.text, a.language, p.market::varchar as market
      from posts p cross join run join int_texts t using (text_key) join post_annotations a using (text_key)
      where p.posted_at < run.until and p.posted_at >= run.until - interval ${ASKED_DAYS} day and a.language <> 'und'
        and p.market::varchar in (select market from pub_markets where role <> 'unassigned')
      order by p.post_key`,
    );
    const alone = engineAt("alone", line, { prompts: onePostACall(), batch: false });
    const drawn = posts.filter((_, place) => place % Math.ceil(posts.length / mostAlone) === 0);
    await alone.engine.ask(
      task,
      drawn.map(({ text_key, text, language, market }) => ({
        item: text_key,
        input: { text: sendable(text), language, market },
      })),
    );
    const each = alone.entries().map(({ usage }) => usage);
    const perPost: Asked = {
      calls: posts.length,
      usage: share(each.reduce(addUsage, NO_USAGE), posts.length / each.length),
      micros:
        each.reduce((sum, usage) => sum + costMicros(line.price, uncached(usage), false), 0) *
        (posts.length / each.length),
    };

    const asHere = engineAt("here", line, { batch: true });
    await readPosts({
      ...{ warehouse, publication, run: clock, models: withoutGold(asHere.engine), log: silentLog },
      folders: { models: "pipeline/models" },
    });
    const used = asHere.engine.used().length;
    const here = asked(asHere.entries());
    const repriced = (of: (usage: Usage) => Usage, batch: boolean) =>
      costMicros(line.price, of(here.usage), batch);

    const count = (value: number) => Math.round(value).toLocaleString("en");
    const dollars = (micros: number) => `$${(micros / 1e6).toFixed(4)}`;
    const row = (words: string, calls: number, usage: Usage, micros: number) =>
      console.log(
        `${words.padEnd(58)} ${count(calls).padStart(7)} calls ${count(tokensIn(usage)).padStart(11)} tokens in ${count(usage.out).padStart(9)} out ${dollars(micros).padStart(9)}  ${(perPost.micros / micros).toFixed(1)}×`,
      );
    console.log(
      `${count(posts.length)} posts of ${ASKED_DAYS} days in the sample; asked here: ${count(used)} (unsure ones once, and a sample); ${line.price.model}`,
    );
    row("one call a post, full price", perPost.calls, perPost.usage, perPost.micros);
    const mean = perPost.micros / posts.length;
    row(
      "… sure and nearly equal posts not asked",
      used,
      share(perPost.usage, used / posts.length),
      mean * used,
    );
    row("… twenty to a call", here.calls, here.usage, repriced(uncached, false));
    row(
      "… the rules kept at the provider",
      here.calls,
      here.usage,
      repriced((usage) => usage, false),
    );
    row("… in a batch, as a run asks", here.calls, here.usage, here.micros);
    console.log(
      `saving: ${((1 - here.micros / perPost.micros) * 100).toFixed(1)} % of the price of one call a post; ${dollars((here.micros / posts.length) * 1e6)} for a million such posts against ${dollars(mean * 1e6)}`,
    );
  } finally {
    warehouse.close();
  }
}

/** Twenty thousand distinct posts through an engine whose provider answers at once: first asked, then kept. */
async function overhead(line: Line): Promise<void> {
  const questions = Array.from({ length: 20_000 }, (_, place) => ({
    item: `text-${place}`,
    input: {
      ...{ text: `Used this serum for ${place} days, skin looks better, but the pump broke #kbeauty` },
      ...{ language: "en", market: "us" },
    },
  }));
  const instant: Line = { ...line, provider: instantProvider() };
  for (const what of ["asked", "kept"]) {
    const begun = performance.now();
    const { engine } = engineAt("overhead", instant, { batch: false });
    const opened = performance.now();
    const cpu = process.cpuUsage();
    await engine.ask(task, questions);
    const seconds = (performance.now() - opened) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `${questions.length.toLocaleString("en")} questions ${what} without a network: ${seconds.toFixed(1)} s, ${Math.round(questions.length / seconds).toLocaleString("en")} a second, ${((user + system) / 1e6).toFixed(1)} s of CPU; answers and ledger opened in ${Math.round(opened - begun)} ms`,
    );
  }
}

function engineAt(
  name: string,
  line: Line,
  { batch, prompts: at }: { batch: boolean; prompts?: string },
): { engine: Engine; entries: () => readonly LedgerEntry[] } {
  const root = join(folder, name);
  const answers = join(root, "answers");
  const ledger = openLedger(join(root, "ledger.ndjson"), everyAnswer(answers));
  const ceilings = { run: null, day: null, task: {} };
  const desk = deskAt({ ceilings, spent: 0, now });
  const engine = openModels({
    ...{ tiers: { small: [line], large: [line] }, ledger, desk, run: "2026-W47", log: silentLog },
    answers: openAnswers(answers, silentLog),
    waiting: batch
      ? openWaiting({ folder: join(answers, "batches"), desk, log: silentLog, waitMs: 600_000, pollMs: 1 })
      : null,
    ...(at ? { prompts: at } : {}),
  });
  return { engine, entries: () => ledger.entries() };
}

/** The labelled posts of the publication are asked about whatever comes in, so they are no part of the price of a post. */
const withoutGold = (engine: Engine): Models => ({
  ...engine,
  ask: (definition, questions) =>
    questions.some(({ item }) => item.startsWith("gold-"))
      ? Promise.resolve(
          questions.map(() => ({ answer: null, reason: "unavailable" as const, says: "", by: null })),
        )
      : engine.ask(definition, questions),
});

/** The prompts as they are, but for the number of posts to a call. */
function onePostACall(): string {
  const at = join(folder, "prompts");
  mkdirSync(at, { recursive: true });
  cpSync(join(prompts, "frame.md"), join(at, "frame.md"));
  mkdirSync(join(at, task.id));
  const text = readFileSync(join(prompts, task.id, "prompt.md"), "utf8");
  writeFileSync(join(at, task.id, "prompt.md"), text.replace(/^pack: \d+$/m, "pack: 1"));
  return at;
}

function instantProvider(): Provider {
  const unbatched = () => Promise.reject(new Error("no batch is asked for here"));
  return {
    id: "openai",
    async ask({ user }) {
      const { items } = JSON.parse(user.split("\n")[2] as string) as { items: { id: string }[] };
      const answers = items.map(({ id }) => ({
        ...{ id, label: "positive", irony: false, aspects: [], unsure: false },
      }));
      const usage = { ...NO_USAGE, uncachedIn: 1_000, out: 30 * items.length };
      return { text: JSON.stringify({ answers }), finish: "complete", usage, requestId: null };
    },
    batches: { submit: unbatched, poll: unbatched, cancel: unbatched },
  };
}

const asked = (entries: readonly LedgerEntry[]): Asked => ({
  calls: new Set(entries.map(({ call }) => call)).size,
  usage: entries.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE),
  micros: entries.reduce((sum, entry) => sum + entry.cost_micros, 0),
});

const tokensIn = (usage: Usage): number =>
  usage.uncachedIn + usage.cacheRead + usage.cacheWriteShort + usage.cacheWriteLong;

const uncached = (usage: Usage): Usage => ({ ...NO_USAGE, uncachedIn: tokensIn(usage), out: usage.out });

/** So many times the usage, or a part of it. */
const share = (usage: Usage, of: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([kind, tokens]) => [kind, tokens * of])) as unknown as Usage;

try {
  const publication = readPublication("kbeauty");
  const variables = { OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: fake.openaiBaseUrl };
  const prices = readPrices(priceFile, now().toISOString().slice(0, 10));
  const { small } = tiersAt({ variables, models: publication.models, prices });
  const line = small[0] as Line;
  await saving(line);
  await overhead(line);
} finally {
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
}
