// What marks praise and complaint, and what must never be printed.
import { expect, test } from "vitest";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import { themes } from "../../../data/contract/datasets/themes.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis, slugOf } from "./analysis.ts";

const run = {
  publication: "world",
  edition: "2026-W47",
  as_of: "2026-11-20T00:00:00.000Z",
  week_start: "2026-11-09",
  week_end: "2026-11-15",
  until: "2026-11-16T00:00:00.000Z",
};

interface Said {
  readonly text: string;
  readonly polarity: string;
  readonly market?: string;
  readonly language?: string;
  readonly author?: string | null;
  readonly variants?: readonly string[];
}

async function analysed(said: readonly Said[], models: unknown = null) {
  const warehouse = await openWarehouse();
  await warehouse.insertRows(
    "posts",
    {
      post_key: "VARCHAR",
      market: "VARCHAR",
      posted_at: "TIMESTAMP",
      author_key: "VARCHAR",
      text_key: "VARCHAR",
      text: "VARCHAR",
      provenance: "VARCHAR",
    },
    said.map(({ text, market = "us", author }, i) => ({
      post_key: String(i).padStart(6, "0"),
      market,
      posted_at: "2026-11-01T12:00:00Z",
      author_key: author === undefined ? `author ${i}` : author,
      text_key: `${i}`,
      text,
      provenance: "observed",
    })),
  );
  await warehouse.execute("create view int_texts as select text_key, text from posts");
  await warehouse.insertRows(
    "post_annotations",
    { text_key: "VARCHAR", language: "VARCHAR", polarity: "VARCHAR", variants: "VARCHAR[]" },
    said.map(({ polarity, language = "en", variants = [] }, i) => ({
      text_key: `${i}`,
      language,
      polarity,
      variants,
    })),
  );
  await warehouse.insertRows("run", { until: "TIMESTAMP" }, [{ until: run.until }]);
  await warehouse.insertRows("pub_creators", { name: "VARCHAR", handle: "VARCHAR" }, [
    { name: "Zarina Muster", handle: "zarinaglow" },
  ]);
  await warehouse.insertRows("pub_markets", { market: "VARCHAR", name: "VARCHAR", role: "VARCHAR" }, [
    { market: "us", name: "United States", role: "target" },
    { market: "zz", name: "Not stated", role: "unassigned" },
  ]);
  const context = { warehouse, run, publication: {}, previous: async () => [], models };
  const written = await analysis.run(context as unknown as AnalysisContext);
  warehouse.close();
  const rows = (written["themes"] ?? []).map((row) => themes.columns.parse(row) as Row);
  for (const row of written["metrics"] ?? []) metrics.columns.parse(row);
  const list = (polarity: string, market = "us") =>
    rows
      .filter((row) => row["polarity"] === polarity && row["market"] === market)
      .map((row) => String(row["phrase"]));
  return { rows, list, metricIds: (written["metrics"] ?? []).map((row) => row["metric_id"]) };
}

const random = seededRandom("themes");
const filler =
  "bottle morning texture routine counter shelf travel winter packaging review colour sample pouch pump tube".split(
    " ",
  );
const chatter = () => Array.from({ length: 6 }, () => filler[Math.floor(random() * filler.length)]).join(" ");
const several = (count: number, said: (i: number) => Said): Said[] =>
  Array.from({ length: count }, (_, i) => said(i));

const world: Said[] = [
  ...several(60, (i) => ({
    text: `${chatter()}${i % 2 ? ", absorbs into barrier quickly" : ""}`,
    polarity: "positive",
  })),
  ...several(60, (i) => ({
    text: `${chatter()}${i % 2 ? ", leaves white cast" : ""}`,
    polarity: "negative",
  })),
  ...several(60, () => ({ text: chatter(), polarity: "neutral" })),
];

test("a planted driver leads its list, and no filler stands beside it", async () => {
  const { list, metricIds } = await analysed(world);
  expect(list("negative")).toHaveLength(1);
  expect(list("negative")[0]).toMatch(/white/);
  expect(list("positive").join(" ")).toMatch(/barrier/);
  expect(filler.filter((word) => [...list("negative"), ...list("positive")].includes(word))).toEqual([]);
  expect(metricIds.filter((id) => String(id).startsWith("theme_share:us:"))).not.toEqual([]);
});

test("a text pasted a hundred times counts once", async () => {
  const { list } = await analysed([
    ...world,
    ...several(100, (i) => ({
      text: `Miracle giveaway pump ${"✨".repeat(i % 5)} #tag${i} https://x.example/${i}`,
      polarity: "positive",
    })),
  ]);
  expect(list("positive")).not.toContain("Miracle");
});

test("a phrase of two authors is not printed, nor is a name, a handle, an address", async () => {
  const { rows } = await analysed([
    ...world,
    ...several(30, (i) => ({
      text: `${chatter()} peppermint`,
      polarity: "positive",
      author: `friend ${i % 2}`,
    })),
    ...several(30, () => ({
      text: `${chatter()} with Zarina and @somebody.else, mail someone@mailbox.example or www.shop.example`,
      polarity: "positive",
    })),
  ]);
  const printed = rows.map((row) => String(row["phrase"]).toLowerCase()).join(" ");
  expect(printed).toMatch(/barrier/);
  expect(printed).not.toMatch(/peppermint|zarina|somebody|mailbox|shop/);
});

test("plain verdicts are no reasons: love never explains praise", async () => {
  const { list } = await analysed([
    ...world,
    ...several(30, () => ({ text: `love amazing ${chatter()} soothing`, polarity: "positive" })),
  ]);
  expect(list("positive").join(" ")).toMatch(/soothing/);
  expect(list("positive").join(" ")).not.toMatch(/love|amazing/);
});

test("a market's terms are set against the other markets, whatever their language", async () => {
  const { list } = await analysed([
    ...several(60, (i) => ({
      text: chatter(),
      polarity: "neutral",
      variants: i % 2 ? ["serum|en|serum"] : [],
    })),
    ...several(60, (i) => ({
      text: `毛穴ケア ${i} ${"ぁ".repeat(i)}`,
      polarity: "neutral",
      market: "jp",
      language: "ja",
      variants: i % 2 ? ["toner|ja|化粧水"] : [],
    })),
  ]);
  expect(list("distinctive", "jp")).toEqual(["化粧水"]);
  expect(list("distinctive", "us")).toEqual(["serum"]);
});

test("twenty-nine texts of a mood are too few for a list", async () => {
  const { list } = await analysed([
    ...several(29, () => ({ text: "leaves white cast", polarity: "negative" })),
    ...several(60, () => ({ text: chatter(), polarity: "neutral" })),
  ]);
  expect(list("negative")).toEqual([]);
});

test("a phrase is a slug in its metric id, in any script", () => {
  expect(["White cast", "毛穴ケア", "수분 크림", "l'eau"].map(slugOf)).toEqual([
    "white-cast",
    "毛穴ケア",
    "수분-크림",
    "l-eau",
  ]);
});

test("where models are asked, every phrase of a group bears its name, and nothing is asked of posts without a market", async () => {
  const items: string[] = [];
  const models = {
    ask: async (_task: unknown, questions: readonly { item: string }[]) =>
      questions.map(({ item }) => {
        items.push(item);
        return {
          answer: { name: `Name of ${item}`, description: "A sentence." },
          reason: null,
          by: { model: "openai:m", prompt_version: "1.0.0", answered_at: "2026-11-20T08:00:00Z" },
        };
      }),
  };
  const unassigned = world.map((said) => ({ ...said, market: "zz" }));
  const { rows } = await analysed([...world, ...unassigned], models);
  expect(items).toContain("us:negative:1");
  expect(items.filter((item) => item.startsWith("zz"))).toEqual([]);
  const named = (market: string) =>
    rows
      .filter((row) => row["market"] === market)
      .map((row) => [row["model_name"], `Name of ${market}:${row["polarity"]}:${row["theme_group"]}`]);
  expect(named("us").length).toBeGreaterThan(1);
  expect(named("us").every(([name, wanted]) => name === wanted)).toBe(true);
  expect(named("zz").length).toBeGreaterThan(1);
  expect(named("zz").every(([name]) => name === null)).toBe(true);
});

test("an edition that asks no model has groups without names", async () => {
  const { rows } = await analysed(world);
  expect(rows.map((row) => row["model_name"])).toEqual(rows.map(() => null));
  expect(rows.every((row) => Number(row["theme_group"]) >= 1)).toBe(true);
});
