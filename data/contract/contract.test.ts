// The promise itself: every dataset and column is described, keyed and typed in a way that all its readers can derive from.
import { expect, test } from "vitest";
import { z } from "zod";
import { catalogue, datasetIds } from "./catalogue.ts";
import { columnsOf, type Dataset, defineDataset, duckdbType, jsonSchemaOf } from "./dataset.ts";

const datasets = Object.values(catalogue) as unknown as Dataset[];

test("the catalogue calls each dataset by its id", () => {
  expect(datasets.map((dataset) => dataset.id)).toEqual(datasetIds);
});

test.each(datasets.map((dataset) => [dataset.id, dataset] as const))(
  "%s: every column is described, and its key is made of columns",
  (_id, dataset) => {
    const columns = columnsOf(dataset);
    for (const column of columns) expect(column.description, column.name).toMatch(/\w{2,}/);
    const names = columns.map((column) => column.name);
    expect(names).toEqual(expect.arrayContaining([...dataset.key]));
    expect(dataset.key[0]).toBe("edition");
    // A key column that may be null would let two rows share a key.
    for (const name of dataset.key)
      expect(columns.find((column) => column.name === name)?.nullable, name).toBe(false);
    expect(dataset.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(dataset.grain).toMatch(/^One row per /);
  },
);

test("an interval has two ends, in every dataset", () => {
  for (const { id, columns } of datasets) {
    const names = Object.keys(columns.shape);
    const lows = names.filter((name) => /(^|_)low$/.test(name)).map((name) => name.replace(/low$/, ""));
    const highs = names.filter((name) => /(^|_)high$/.test(name)).map((name) => name.replace(/high$/, ""));
    expect([id, highs]).toEqual([id, lows]);
  }
});

test("JSON Schema closes the row and repeats the descriptions", () => {
  const schema = jsonSchemaOf(catalogue.sentiment as unknown as Dataset) as {
    items: { additionalProperties: boolean; properties: Record<string, { description?: string }> };
  };
  expect(schema.items.additionalProperties).toBe(false);
  expect(schema.items.properties["net_sentiment"]?.description).toMatch(/positive − negative/);
});

test("a column without a description is refused by name", () => {
  const mute = defineDataset("mute", {
    title: "",
    description: "",
    grain: "",
    key: ["silent"],
    version: "1.0.0",
    limits: [],
    columns: { silent: z.string() },
  });
  expect(() => columnsOf(mute as unknown as Dataset)).toThrow("missing description: mute.silent");
});

test("numbers become exact decimals in the warehouse, because sums of doubles depend on threads", () => {
  expect(duckdbType(z.number().nullable())).toBe("DECIMAL(18,6)");
  expect(duckdbType(z.int())).toBe("BIGINT");
  expect(duckdbType(z.iso.date())).toBe("DATE");
  expect(duckdbType(z.array(z.string()))).toBe("VARCHAR[]");
  expect(duckdbType(z.strictObject({ id: z.string(), n: z.int().nullable() }))).toBe(
    'STRUCT("id" VARCHAR, "n" BIGINT)',
  );
  expect(() => duckdbType(z.map(z.string(), z.string()))).toThrow("unknown column type: map");
});
