// The format of the Monash forecasting archive: a head of `@` lines, then one series a line, `T1:1979-01-01 00-00-00:1149.87,1053.8,…`.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../../core/errors.ts";
import type { NamedSeries, SeriesFile } from "./named-series.ts";
import { numberOf } from "./number.ts";

/** The first attribute names the series; `?` is a missing value. Throws LeapError on a line whose values are none. */
export async function readTsf(file: string): Promise<SeriesFile> {
  const name = path.basename(file);
  const lines = (await readFile(file, "latin1")).split(/\r?\n/);
  const start = lines.findIndex((line) => /^@data\s*$/i.test(line.trim()));
  const attributes = lines.slice(0, Math.max(0, start)).filter((line) => /^@attribute\s/i.test(line.trim()));
  if (start < 0) throw new LeapError(`missing @data: ${name} is named .tsf and has no such line.`);
  const series = lines.flatMap((line, i): NamedSeries[] => {
    if (i <= start || line.trim() === "" || line.startsWith("#")) return [];
    const fields = line.trim().split(":");
    const values = (fields.at(-1) ?? "").split(",");
    const odd = values.find((value) => value.trim() !== "?" && Number.isNaN(numberOf(value)));
    if (odd !== undefined || fields.length < attributes.length + 1)
      throw new LeapError(
        `invalid value: ${name} line ${i + 1}: ${JSON.stringify((odd ?? line).slice(0, 40))}. A line is ${attributes.length} attributes and then numbers, ? for a missing one.`,
      );
    return [{ id: fields[0] as string, values: Float64Array.from(values, numberOf) }];
  });
  if (series.length === 0) throw new LeapError(`invalid file: ${name} holds no series after @data.`);
  return { name, shape: "wide", series, notes: [`${name} was read as a file of the Monash archive.`] };
}
