// The publication.yaml that an import writes or extends: commented, valid, ready to run.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Document, isMap, isSeq, parse, parseDocument, type YAMLMap, YAMLSeq } from "yaml";
import { LeapError } from "../core/errors.ts";
import type { Import } from "../sources/file/source.ts";
import type { Findings } from "./import-findings.ts";
import { parsePublication, repository } from "./publication.ts";

/** More markets than a masthead can report on are a column of countries, not a choice. */
const MOST_MARKETS = 12;

export function newPublication(wanted: {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Import[];
  readonly findings: Findings;
  /** Sampled records, to see which taxonomy their words belong to. */
  readonly texts: readonly Readonly<Record<string, unknown>>[];
}): string {
  const { id, title, entries, findings } = wanted;
  const markets = findings.markets.slice(0, MOST_MARKETS).map(({ market }) => market);
  const taxonomies = taxonomiesOf(wanted.texts);
  const span = findings.firstPost
    ? ` between ${findings.firstPost.slice(0, 10)} and ${findings.lastPost?.slice(0, 10)}`
    : "";
  return `# ${title}: made by leap import out of files. Everything here may be edited; an unknown key is an error.
id: ${id}
title: ${JSON.stringify(title)}
tagline: ${JSON.stringify(`What the imported posts say${span}.`)}
language: en
category: ${taxonomies.includes("beauty") ? "beauty" : "general"}
# The market that the others are compared with; none was stated.
home_market: null
# Markets found in the rows${markets.includes("zz") ? "; zz are rows that state none: import with --markets, or map a column" : ""}.
markets: [${(markets.length > 0 ? markets : ["zz"]).join(", ")}]
# Null: the clock is the Monday after the last post.
as_of: null
editions: 1
# Terms of these files in data/reference/taxonomy are looked for, beside the most used hashtags.
taxonomies: [${taxonomies.join(", ")}]
hashtag_terms: 20
# Brands to count mentions of, such as: - { id: acme, title: Acme, variants: [acme, アクメ] }
brands: []
# Public professional accounts that get a page of their own.
creators: []
quarantine_limit_pct: 2
sources:
  # Each import: its files, and where each field stands in them.
${indented(sourcesText(entries), 2)}`;
}

// One line a field: { column: likes } reads better than three lines of nesting.
function importNode(document: Document, entry: Import): YAMLMap {
  const node = document.createNode(entry) as YAMLMap;
  const mapping = node.get("mapping");
  for (const { value } of isMap(mapping) ? mapping.items : []) if (isMap(value)) value.flow = true;
  return node;
}

function sourcesText(entries: readonly Import[]): string {
  const document = new Document();
  const imports = new YAMLSeq();
  for (const entry of entries) imports.add(importNode(document, entry));
  document.contents = document.createNode([
    { source: "file", imports },
  ]) as unknown as typeof document.contents;
  return document.toString(WIDE);
}

/** A mapping's line is never broken: it is read as a row of a table. */
const WIDE = { lineWidth: 0 };

/** Appends imports to a publication, comments kept. New markets join the list, unless it was chosen by hand. */
export function withImports(file: string, entries: readonly Import[], findings: Findings): string {
  const document = parseDocument(readFileSync(file, "utf8"));
  const sources = document.get("sources") as YAMLSeq;
  let target = sources.items.find((item) => (item as YAMLMap).get("source") === "file") as
    | YAMLMap
    | undefined;
  if (!target) {
    target = document.createNode({ source: "file", imports: [] }) as YAMLMap;
    sources.add(target);
  }
  const imports = target.get("imports") as YAMLSeq;
  imports.flow = false;
  for (const entry of entries) imports.add(importNode(document, entry));
  const markets = document.get("markets");
  if (isSeq(markets)) {
    const known = new Set((markets.toJSON() as string[]).map(String));
    for (const { market } of findings.markets)
      if (!known.has(market) && known.size < MOST_MARKETS) {
        known.add(market);
        markets.add(market);
      }
  }
  return document.toString(WIDE);
}

/** Checks the text as every other verb will, then puts it in place by one rename. */
export function writePublication(file: string, yaml: string, id: string): void {
  parsePublication(yaml, file, id);
  mkdirSync(dirname(file), { recursive: true });
  const staging = `${file}.new`;
  try {
    writeFileSync(staging, yaml);
    renameSync(staging, file);
  } catch (error) {
    throw new LeapError(`invalid folder: ${dirname(file)} cannot be written (${(error as Error).message}).`);
  }
}

/** Taxonomies that a clear share of the sampled texts hits. */
function taxonomiesOf(records: readonly Readonly<Record<string, unknown>>[]): string[] {
  const folder = join(repository, "data/reference/taxonomy");
  const texts = records.slice(0, 1000).map((record) => JSON.stringify(record).toLowerCase());
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .filter((name) => {
      const taxonomy = parse(readFileSync(join(folder, name), "utf8")) as {
        terms: { variants: Record<string, string[]> }[];
      };
      const variants = taxonomy.terms.flatMap((term) => Object.values(term.variants).flat()).map(escaped);
      const pattern = new RegExp(
        `(?<![\\p{L}])(?:${variants.filter((variant) => /^[\p{Script=Latin}\s'-]+$/u.test(variant)).join("|")})(?![\\p{L}])|${variants.filter((variant) => /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]/u.test(variant)).join("|")}`,
        "u",
      );
      return texts.filter((text) => pattern.test(text)).length >= Math.max(1, texts.length * CLEAR_SHARE);
    })
    .map((name) => name.slice(0, -5))
    .sort();
}

/** News and music name a cream or a mask now and then; posts about beauty do it every fifth time. */
const CLEAR_SHARE = 0.15;

const escaped = (text: string) => text.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));
