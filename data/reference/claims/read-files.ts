// Reads the rule books from this folder; for the pipeline and tests. The site bundles the same files (site/lib/claims.ts).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RuleBook } from "../../contract/claims.ts";
import { assembleRuleBooks } from "./assemble.ts";

const folder = import.meta.dirname;
let books: ReadonlyMap<string, RuleBook> | null = null;

export function ruleBooks(): ReadonlyMap<string, RuleBook> {
  books ??= assembleRuleBooks({
    rules: yamlIn(folder),
    taboo: yamlIn(join(folder, "../taboo")),
    wordings: yamlIn(join(folder, "wording")),
  });
  return books;
}

const yamlIn = (path: string): unknown[] =>
  readdirSync(path)
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => parse(readFileSync(join(path, file), "utf8")) as unknown);
