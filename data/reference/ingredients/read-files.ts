// Reads the annexes from this folder; for the pipeline and tests. The site sends the same files to the browser on demand.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type IngredientTable, ingredientTable } from "./match.ts";

let table: IngredientTable | null = null;

export function annexTable(): IngredientTable {
  table ??= ingredientTable(fileHere("annexes.csv"), fileHere("spellings.csv"));
  return table;
}

const fileHere = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
