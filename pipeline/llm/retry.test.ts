// What may succeed later is tried again, within a deadline.
import { expect, test } from "vitest";
import { tried } from "./retry.ts";
import { type FailureKind, ProviderFailure } from "./types.ts";

const patience = { deadlineMs: 10_000, attemptMs: 1_000, firstWaitMs: 100 };

/** A clock that passes only while somebody waits. */
function world(chance = 1) {
  let clock = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(clock),
    wait: async (ms: number) => {
      waits.push(ms);
      clock += ms;
    },
    chance: () => chance,
    pass: (ms: number) => {
      clock += ms;
    },
  };
}
const failure = (kind: FailureKind, retryAfterMs: number | null = null) =>
  new ProviderFailure(kind, "overloaded", { message: "no", retryAfterMs });
const fails = (times: number, kind: FailureKind = "again", retryAfterMs: number | null = null) => {
  let count = 0;
  return async () => {
    count += 1;
    if (count <= times) throw failure(kind, retryAfterMs);
    return count;
  };
};

test("each wait is twice as long as the one before, between half and all of it", async () => {
  const late = world(1);
  expect(await tried(fails(3), patience, late)).toEqual({ value: 4, attempts: 4 });
  expect(late.waits).toEqual([100, 200, 400]);
  const early = world(0);
  await tried(fails(3), patience, early);
  expect(early.waits).toEqual([50, 100, 200]);
});

test("a provider that says how long to wait is not asked sooner", async () => {
  const clock = world();
  await tried(fails(1, "again", 2_500), patience, clock);
  expect(clock.waits).toEqual([2_500]);
});

test("a wait that would pass the deadline is not begun", async () => {
  const clock = world();
  const found = await tried(fails(1, "again", 10_000), patience, clock);
  expect(found).toMatchObject({ failure: { code: "overloaded" }, attempts: 1 });
  expect(clock.waits).toEqual([]);
  const slow = world();
  const busy = async () => {
    slow.pass(4_000);
    throw failure("again");
  };
  expect(await tried(busy, patience, slow)).toMatchObject({ attempts: 3 });
});

test("no more than eight attempts, no wait above twenty seconds", async () => {
  const clock = world();
  const found = await tried(fails(100), { ...patience, deadlineMs: 1e9, firstWaitMs: 1_000 }, clock);
  expect(found).toMatchObject({ attempts: 8 });
  expect(Math.max(...clock.waits)).toBe(20_000);
});

test("what will never succeed is not tried again, and a bug is not taken for a failure", async () => {
  for (const kind of ["provider", "request"] as const)
    expect(await tried(fails(1, kind), patience, world())).toMatchObject({ attempts: 1 });
  const bug = async () => {
    throw new TypeError("undefined is no function");
  };
  await expect(tried(bug, patience, world())).rejects.toThrow(TypeError);
});
