// A sparse table comes back weight for weight, and bytes of another table are refused.
import { expect, test } from "vitest";
import { packedTable, unpackedTable } from "./sentiment-table.ts";

test("weights come back where they stood, however far apart and whatever their signs", () => {
  const steps = new Int8Array(3 * 100_000);
  steps.set([-127, 0, 127], 0);
  steps.set([127, 127, 127], 3);
  steps.set([-127, -127, -127], 3 * 200);
  steps.set([0, -1, 0], 3 * 99_999);
  const { bytes, kept } = packedTable(steps);
  expect(kept).toBe(4);
  expect(unpackedTable(bytes, kept, steps.length)).toEqual(steps);
});

test("an empty table is no bytes at all", () => {
  expect(packedTable(new Int8Array(9))).toEqual({
    bytes: new Uint8Array(0),
    kept: 0,
  });
  expect(unpackedTable(new Uint8Array(0), 0, 9)).toEqual(new Int8Array(9));
});

test("bytes that hold another number of weights, or a bucket beyond the table, are refused", () => {
  const steps = new Int8Array(30);
  steps.set([-5, 0, 5], 27);
  const { bytes, kept } = packedTable(steps);
  expect(unpackedTable(bytes, kept + 1, 30)).toBeNull();
  expect(unpackedTable(bytes.subarray(1), kept, 30)).toBeNull();
  expect(unpackedTable(bytes, kept, 15)).toBeNull();
});
