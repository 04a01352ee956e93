// A collector that is killed at any line and started again leaves the same bronze as one that was not, and asks twice at most for the page
// that was on its way. A few points here; pipeline/bench/collect-soak.ts hits them all.
import { expect, test } from "vitest";
import { type Tortured, tortured } from "./torture.ts";

const points = [
  "after_reserve:3",
  "after_answer:6",
  "after_journal:5",
  "after_receipt:1",
  "before_kept:1",
] as const;

test("killed and resumed: the same rows, nothing asked twice but what was on its way", async () => {
  const whole = await tortured(null);
  expect([...whole.pages.values()].every((times) => times === 1)).toBe(true);
  expect(whole.pages.size).toBe(10);
  const queue = [...points];
  const found = new Map<string, Tortured>();
  const worker = async () => {
    for (let point = queue.shift(); point; point = queue.shift()) found.set(point, await tortured(point));
  };
  await Promise.all([worker(), worker()]);
  for (const [point, one] of found) {
    expect(one.killed, point).toBe(true);
    expect(one.bronze, point).toBe(whole.bronze);
    expect(one.rows, point).toBe(whole.rows);
    expect(one.left, point).not.toContain("run");
    const again = [...one.pages.values()].reduce((sum, times) => sum + times - 1, 0);
    expect(again, point).toBe(point.startsWith("after_answer") ? 1 : 0);
  }
});
