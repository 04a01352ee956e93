// Shares of a call add up to the call.
import fc from "fast-check";
import { expect, test } from "vitest";
import { addUsage, NO_USAGE, shares, usageShares } from "./shares.ts";

const whole = fc.integer({ min: 0, max: 2 ** 40 });

test("shares are whole, differ by one at most, and add up to all of it", () => {
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 100 }), (total, parts) => {
      const found = shares(total, parts);
      expect(found.length).toBe(parts);
      expect(found.every(Number.isSafeInteger)).toBe(true);
      expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(1);
      expect(found.reduce((sum, each) => sum + each, 0)).toBe(total);
    }),
  );
});

test("the tokens of the items add up to those of their call, kind by kind", () => {
  const usage = { ...NO_USAGE, uncachedIn: 1001, cacheRead: 7, out: 19, reasoning: 3 };
  expect(usageShares(usage, 20).reduce(addUsage, NO_USAGE)).toEqual(usage);
});
