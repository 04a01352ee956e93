// The sample's planted truths, found in what readers get: generator → bronze → models → analyses → published. Each analysis keeps its cases.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { plantedAudits } from "../../pipeline/analyses/authenticity/planted.cases.ts";
import { plantedCreators } from "../../pipeline/analyses/creators/planted.cases.ts";
import { plantedTrends } from "../../pipeline/analyses/trends/planted.cases.ts";
import type { Visit } from "./site.test.ts";

type Rows = Record<string, unknown>[];

export function plantedCases(visit: Visit): void {
  const read = new Map<string, Rows>();
  const json = (...parts: string[]) =>
    JSON.parse(readFileSync(join(visit.site.published, ...parts), "utf8")) as unknown;
  const rowsOf = (dataset: string): Rows => {
    const { latest } = json("editions.json") as { latest: string };
    const rows = read.get(dataset) ?? (json(latest, dataset, `${dataset}.json`) as Rows);
    read.set(dataset, rows);
    return rows;
  };
  /** Rows of a dataset of the last edition, in the order of its key. */
  const sample = () =>
    new Proxy({} as Record<string, Rows>, { get: (_, dataset: string) => rowsOf(dataset) });
  describe("trends", () => plantedTrends(sample));
  describe("creators", () => plantedCreators(sample));
  describe("audits", () => plantedAudits(sample));
}
