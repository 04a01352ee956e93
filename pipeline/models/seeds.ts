// Lays what a publication declares and what we curate before the models: run, pub_*, ref_*. Core has never heard of them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { Publication } from "../../data/contract/publication.ts";
import { LeapError } from "../core/errors.ts";
import type { Row, RunClock } from "../core/types.ts";
import { literal, type OpenWarehouse, quoted } from "../core/warehouse.ts";
import { readingColumns } from "./reading-columns.ts";
import { seedAccuracy } from "./seed-accuracy.ts";
import { seedGold } from "./seed-gold.ts";
import { seedKnowledge } from "./seed-knowledge.ts";
import { seedRequests } from "./seed-requests.ts";

/** Creates `run`, `pub_settings`, `pub_markets`, `pub_brands`, `pub_creators`, `pub_terms`, `pub_term_exclusions`, `ref_accuracy`, `pub_gold_verdicts`, `pub_knowledge`, `pub_requests`, `post_readings` and `ref_<name>`. */
export async function seedWarehouse(
  warehouse: OpenWarehouse,
  publication: Publication,
  run: RunClock,
  reference = join("data", "reference"),
  publications?: string,
): Promise<void> {
  await warehouse.insertRows("run", RUN, [{ ...run }]);
  await warehouse.insertRows("pub_settings", SETTINGS, [settingsRow(publication)]);
  await warehouse.insertRows("pub_markets", MARKETS, marketRows(publication, reference));
  await warehouse.insertRows("pub_brands", BRANDS, brandRows(publication));
  await warehouse.insertRows("pub_creators", CREATORS, creatorRows(publication));
  const taxonomy = publication.taxonomies.flatMap((id) => readTaxonomy(reference, id));
  await warehouse.insertRows("pub_terms", TERMS, taxonomy.flatMap(variantRows));
  await warehouse.insertRows("pub_term_exclusions", EXCLUSIONS, taxonomy.flatMap(exclusionRows));
  await seedReference(warehouse, reference);
  await seedAccuracy(warehouse, reference);
  await seedGold(warehouse, publication, publications);
  await seedKnowledge(warehouse, publication, run, reference, publications);
  await seedRequests(warehouse, publication, publications);
  // Nobody has read a post yet; see read-posts.ts.
  await warehouse.insertRows("post_readings", readingColumns, []);
}

const V = "VARCHAR";
const RUN = {
  publication: V,
  edition: V,
  as_of: "TIMESTAMP",
  week_start: "DATE",
  week_end: "DATE",
  until: "TIMESTAMP",
};
const SETTINGS = { category: V, home_market: V, language: V, hashtag_terms: "INTEGER", competitor_set: V };
const MARKETS = { market: V, name: V, role: V, language: V };
const BRANDS = { brand: V, title: V, variant: V, in_set: "BOOLEAN" };
const CREATORS = {
  creator: V,
  name: V,
  platform: V,
  handle: V,
  market: V,
  language: V,
  category: V,
  registered_on: "DATE",
  reason: V,
  basis: V,
  basis_note: V,
  basis_on: "DATE",
};
const TERMS = { term: V, title: V, kind: V, language: V, variant: V };
const EXCLUSIONS = { term: V, phrase: V };

/** Reference tables that models read; they exist even where nobody wrote the file. */
const REFERENCE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  engagement_benchmarks: {
    benchmark: V,
    platform: V,
    market: V,
    tier: V,
    followers_from: "BIGINT",
    followers_to: "BIGINT",
    engagement_rate_pct: "DOUBLE",
    definition: V,
    source: V,
    date: "DATE",
  },
  media_prices: {
    price: V,
    market: V,
    platform: V,
    kind: V,
    format: V,
    low_usd: "DOUBLE",
    mid_usd: "DOUBLE",
    high_usd: "DOUBLE",
    period_start: "DATE",
    period_end: "DATE",
    basis: V,
    source: V,
    date: "DATE",
  },
  disclosure_tags: { tag: V, language: V, source: V, valid_from: "DATE" },
  events: { event: V, title: V, market: V, date: "DATE", source: V, publication: V, label: V },
  generic_tags: { tag: V, source: V, date: "DATE" },
};

/** The words that columns of posts take, known before any row is read. */
export interface Words {
  readonly sources: readonly string[];
  readonly receipts: readonly string[];
}

/**
 * Creates the types `source_word`, `receipt_word`, `market_word`, `creator_word`, `media_word` and `provenance_word`: a column of one of them is kept
 * as numbers, and writing a million posts takes a third less. Needs `pub_markets` and `pub_creators`.
 */
export async function seedWords(warehouse: OpenWarehouse, { sources, receipts }: Words): Promise<void> {
  const distinct = async (column: string, table: string) =>
    (await warehouse.query(`SELECT DISTINCT ${column} FROM ${table} ORDER BY 1`)).map((row) =>
      String(row[column]),
    );
  const words = {
    source_word: sources,
    receipt_word: receipts,
    market_word: await distinct("market", "pub_markets"),
    creator_word: await distinct("creator", "pub_creators"),
    media_word: ["image", "video", "carousel", "text", "review", "other"],
    provenance_word: ["observed", "imported", "synthetic"],
  };
  for (const [type, known] of Object.entries(words))
    await warehouse.execute(`CREATE TYPE ${type} AS ENUM (${[...new Set(known)].map(literal).join(", ")})`);
}

/** The tables that `seedWarehouse` makes. */
export function seedTables(reference = join("data", "reference")): string[] {
  const fixed = [
    "run",
    "pub_settings",
    "pub_markets",
    "pub_brands",
    "pub_creators",
    "pub_terms",
    "pub_term_exclusions",
    "ref_accuracy",
    "pub_gold_verdicts",
    "pub_knowledge",
    "pub_requests",
    "post_readings",
  ];
  return [...fixed, ...referenceNames(reference).map((name) => `ref_${name}`)];
}

const settingsRow = (publication: Publication): Row => ({
  category: publication.category,
  home_market: publication.home_market,
  language: publication.language,
  hashtag_terms: publication.hashtag_terms,
  competitor_set: publication.competitor_set?.version ?? null,
});

function marketRows(publication: Publication, reference: string): Row[] {
  const roles = new Map<string, string>(publication.markets.map((market) => [market, "target"]));
  if (publication.home_market && !roles.has(publication.home_market))
    roles.set(publication.home_market, "home");
  if (!roles.has("zz")) roles.set("zz", "unassigned");
  return [...roles].flatMap(([market, role]) => {
    const { name, languages } = marketFacts(market, reference);
    return languages.map((language) => ({ market, name, role, language }));
  });
}

// A publication may be about a market that nobody has written facts about yet: Unicode knows its name and main language.
function marketFacts(market: string, reference: string): { name: string; languages: string[] } {
  if (market === "zz") return { name: "Market not stated", languages: ["und"] };
  const file = join(reference, "markets", `${market}.yaml`);
  const facts = existsSync(file)
    ? (parse(readFileSync(file, "utf8")) as { name?: { value?: string }; languages?: { value?: string[] } })
    : {};
  const region = market.toUpperCase();
  return {
    name: facts.name?.value ?? new Intl.DisplayNames(["en"], { type: "region" }).of(region) ?? region,
    languages: facts.languages?.value ?? [new Intl.Locale(`und-${region}`).maximize().language],
  };
}

// Without a declared competitor set every brand of the publication competes.
function brandRows(publication: Publication): Row[] {
  const set = publication.competitor_set?.brands;
  const known = new Set(publication.brands.map((brand) => brand.id));
  for (const brand of set ?? [])
    if (!known.has(brand))
      throw new LeapError(
        `unknown brand: ${brand}, named by competitor_set in publication.yaml. Add it under brands.`,
      );
  return publication.brands.flatMap((brand) =>
    brand.variants.map((variant) => ({
      brand: brand.id,
      title: brand.title,
      variant,
      in_set: set?.includes(brand.id) ?? true,
    })),
  );
}

const creatorRows = (publication: Publication): Row[] =>
  publication.creators.map(({ id, basis, ...creator }) => ({
    creator: id,
    ...creator,
    basis: basis.kind,
    basis_note: basis.note,
    basis_on: basis.date,
    handle: creator.handle.replace(/^@/, "").toLowerCase(),
  }));

interface TaxonomyTerm {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly variants: Readonly<Record<string, readonly string[]>>;
  readonly not?: readonly string[];
}

function readTaxonomy(reference: string, id: string): readonly TaxonomyTerm[] {
  const file = join(reference, "taxonomy", `${id}.yaml`);
  if (!existsSync(file))
    throw new LeapError(`unknown taxonomy: ${id}, named in publication.yaml. There is no ${file}.`);
  return (parse(readFileSync(file, "utf8")) as { terms: readonly TaxonomyTerm[] }).terms;
}

const variantRows = (term: TaxonomyTerm): Row[] =>
  Object.entries(term.variants).flatMap(([language, variants]) =>
    [...new Set(variants)].map((variant) => ({
      term: term.id,
      title: term.title,
      kind: term.kind,
      language,
      variant,
    })),
  );

const exclusionRows = (term: TaxonomyTerm): Row[] =>
  (term.not ?? []).map((phrase) => ({ term: term.id, phrase }));

function referenceNames(reference: string): string[] {
  const files = existsSync(reference) ? readdirSync(reference).filter((file) => file.endsWith(".csv")) : [];
  return [...new Set([...Object.keys(REFERENCE), ...files.map((file) => basename(file, ".csv"))])].sort();
}

async function seedReference(warehouse: OpenWarehouse, reference: string): Promise<void> {
  for (const name of referenceNames(reference)) {
    const file = join(reference, `${name}.csv`);
    if (existsSync(file)) await readReference(warehouse, name, file);
    else await warehouse.insertRows(`ref_${name}`, REFERENCE[name] ?? {}, []);
  }
}

// Known columns are typed by name: a guess from content would turn the tag 0815 into a number.
async function readReference(warehouse: OpenWarehouse, name: string, file: string): Promise<void> {
  const header = (readFileSync(file, "utf8").split(/\r?\n/, 1)[0] ?? "").replace(/^\uFEFF/, "").split(",");
  const expected = REFERENCE[name] ?? {};
  const missing = Object.keys(expected).filter(
    (column) => !header.includes(column) && column !== "publication",
  );
  if (missing.length > 0)
    throw new LeapError(
      `missing column: ${missing.join(", ")} in ${file}. Its header is ${header.join(", ")}.`,
    );
  const types = Object.entries(expected)
    .filter(([column]) => header.includes(column))
    .map(([column, type]) => `${literal(column)}: ${literal(type)}`);
  const typed = types.length > 0 ? `, types = {${types.join(", ")}}` : "";
  await warehouse.execute(
    `CREATE OR REPLACE TABLE ${quoted(`ref_${name}`)} AS SELECT * FROM read_csv(${literal(file)}, header = true, sample_size = -1${typed})`,
  );
}
