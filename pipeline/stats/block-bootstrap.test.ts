import { expect, test } from "vitest";
import { blockResample } from "./block-bootstrap.ts";
import { seededRandom } from "./seeded-random.ts";

test("neighbours stay together within a block, and the ring closes", () => {
  const starts = [0.35, 0.9];
  const random = () => starts.shift() as number;
  expect([...blockResample(10, 5, random)]).toEqual([3, 4, 5, 6, 7, 9, 0, 1, 2, 3]);
});

test("every position is drawn about equally often", () => {
  const random = seededRandom("blocks");
  const drawn = new Array<number>(20).fill(0);
  for (let i = 0; i < 2000; i++)
    for (const position of blockResample(20, 4, random)) drawn[position] = (drawn[position] as number) + 1;
  for (const count of drawn) expect(Math.abs(count / 2000 - 1)).toBeLessThan(0.15);
});

test("nothing to draw from is refused", () => {
  expect(() => blockResample(0, 4, Math.random)).toThrow("invalid resample");
});
