// How fast captions are read: language, terms and polarity for a million short posts made here, from the warehouse to the annotated table.
// Run: npm run --silent bench -- texts, or node --import tsx pipeline/bench/texts.ts [posts]
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { Taxonomy } from "../../data/contract/taxonomy.ts";
import { openWarehouse } from "../core/warehouse.ts";
import { model } from "../models/intermediate/post_annotations.ts";

export interface TextsBench {
  readonly posts: number;
  readonly seconds: number;
  /** Over all threads; steadier than seconds on a machine that others use too. */
  readonly cpuSeconds: number;
  readonly postsPerSecond: number;
  /** Peak resident memory of the process, its threads included. */
  readonly peakMegabytes: number;
}

/** Every text is distinct, so nothing is read once for many; the limit is 120 s for a million on two cores. */
export async function benchTexts(posts = 1_000_000): Promise<TextsBench> {
  const folder = mkdtempSync(join(tmpdir(), "leap-bench-texts-"));
  const warehouse = await openWarehouse({
    path: join(folder, "bench.duckdb"),
    threads: 2,
    memoryLimit: "900MB",
  });
  try {
    await makeTables(warehouse.execute, posts);
    const log = { info() {}, warn() {}, progress() {} };
    const { query, tables, execute } = warehouse;
    const context = {
      warehouse: { query, tables },
      execute,
      cache: join(folder, "cache"),
      publication: { taxonomies: ["beauty"] },
      log,
    };
    const started = performance.now();
    const cpu = process.cpuUsage();
    await model.run(context);
    const used = process.cpuUsage(cpu);
    const cpuSeconds = (used.user + used.system) / 1e6;
    const seconds = (performance.now() - started) / 1_000;
    const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
    return { posts, seconds, cpuSeconds, postsPerSecond: Math.round(posts / seconds), peakMegabytes };
  } finally {
    warehouse.close();
    rmSync(folder, { recursive: true });
  }
}

async function makeTables(execute: (sql: string) => Promise<void>, posts: number): Promise<void> {
  const { terms } = Taxonomy.parse(
    parse(readFileSync(new URL("../../data/reference/taxonomy/beauty.yaml", import.meta.url), "utf8")),
  );
  const spellings = terms.flatMap(({ id, title, kind, variants }) =>
    Object.entries(variants).flatMap(([language, words]) =>
      words.map((word) => `(${[id, title, kind, language, word].map(literal).join(", ")})`),
    ),
  );
  await execute(
    "CREATE TABLE pub_terms (term VARCHAR, title VARCHAR, kind VARCHAR, language VARCHAR, variant VARCHAR)",
  );
  await execute(`INSERT INTO pub_terms VALUES ${spellings.join(", ")}`);
  await execute("CREATE TABLE pub_brands (brand VARCHAR, title VARCHAR, variant VARCHAR, in_set BOOLEAN)");
  await execute(
    "INSERT INTO pub_brands VALUES ('aurelle', 'Aurelle', 'aurelle', true), ('aurelle', 'Aurelle', '오렐르', true)",
  );
  // A number that runs through the caption's middle keeps texts distinct, and lengths and languages as mixed as in a real feed.
  const list = (words: readonly string[]) => `[${words.map(literal).join(", ")}]`;
  await execute(`
    CREATE TABLE int_texts AS
    SELECT hash(text) AS text_key, text FROM (
      SELECT ${list(openings)}[1 + i % ${openings.length}] || ' ' || i || ' ' || ${list(bodies)}[1 + (i // 7) % ${bodies.length}] || ' ' ||
        ${list(endings)}[1 + (i // 91) % ${endings.length}] AS text
      FROM range(${posts}) t (i))`);
}

const openings = [
  "I have used this serum for three weeks and my skin looks so much better, but the pump broke after day",
  "New in: toner pads with rice extract, available from Monday in all stores. Code SKIN",
  "Ich benutze dieses Serum seit drei Wochen und bin nicht überzeugt, es klebt und riecht komisch. Tag",
  "Meine Abendroutine mit Essenz und Creme für trockene Haut, mega angenehm auf der Haut. Nummer",
  "Je teste cette crème depuis deux semaines et j'adore la texture, mais l'odeur est trop forte. Jour",
  "Ma routine du soir pour une peau éclatante, coup de cœur pour ce sérum. Jour",
  "この美容液を2週間使ってみました。しっとりして毛穴が目立たなくなった気がします",
  "新作の化粧水、期待していたけど私の肌には合わなかったです。残念",
  "이 세럼 2주 써봤는데 촉촉하고 흡수도 빨라서 좋아요",
  "토너패드 새로 나온 거 써봤는데 별로예요. 끈적이고 효과를 모르겠어요",
];
const bodies = [
  "#skincare #kbeauty #glassskin #serum",
  "✨💖 link in bio https://example.com/shop?id=1",
  "@aurelle_official #ad #werbung",
  "#スキンケア #美容液 #韓国コスメ",
  "#세럼 #수분세럼추천 #오렐르",
  "Would you try it? Tell me in the comments!",
  "",
];
const endings = ["😍", "thanks for watching", "bis bald", "bisous", "またね", "또 봐요", "#fyp"];

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { posts, seconds, cpuSeconds, postsPerSecond, peakMegabytes } = await benchTexts(
    Number(process.argv[2] ?? 1_000_000),
  );
  console.log(
    `${posts.toLocaleString("en")} short posts: language, terms and polarity in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU), ` +
      `${postsPerSecond.toLocaleString("en")} a second, ${peakMegabytes.toLocaleString("en")} MB at most (limit 120 s)`,
  );
}
