// No ceiling is passed by more than what one call may be billed.
import { expect, test } from "vitest";
import { type Ceilings, createBudget } from "./budget.ts";

const budget = (ceilings: Partial<Ceilings>, spentToday = 0) =>
  createBudget({ run: null, day: null, task: {}, ...ceilings }, spentToday);

test("what is reserved counts as spent until it is settled, and what was reserved too much comes back", () => {
  const money = budget({ run: 100 });
  const first = money.reserve("sentiment", 60);
  expect(first).not.toBeNull();
  expect(money.reserve("sentiment", 60)).toBeNull();
  money.settle(first as never, 10);
  expect(money.spent()).toBe(10);
  expect(money.reserve("sentiment", 90)).not.toBeNull();
  expect(money.reserve("sentiment", 1)).toBeNull();
});

test("a call that just fits is made; the first ceiling that stopped one is named", () => {
  const money = budget({ run: 100, task: { themes: 50 } });
  expect(money.stopped()).toBeNull();
  expect(money.reserve("themes", 50)).not.toBeNull();
  expect(money.reserve("themes", 1)).toBeNull();
  expect(money.stopped()).toBe("task themes");
  expect(money.reserve("sentiment", 51)).toBeNull();
  expect(money.stopped()).toBe("task themes");
  expect(money.reserve("sentiment", 50)).not.toBeNull();
});

test("the day's ceiling knows what earlier runs of the day spent, the run's does not", () => {
  expect(budget({ day: 100 }, 95).reserve("themes", 6)).toBeNull();
  expect(budget({ run: 100 }, 95).reserve("themes", 6)).not.toBeNull();
});

test("a bill above what was reserved is taken from what the others have left", () => {
  const money = budget({ run: 100 });
  money.settle(money.reserve("themes", 10) as never, 120);
  expect(money.spent()).toBe(120);
  expect(money.reserve("themes", 1)).toBeNull();
});

test("without a ceiling nothing stops, and what costs nothing always fits", () => {
  expect(budget({}).reserve("themes", 1e12)).not.toBeNull();
  const empty = budget({ run: 0 });
  expect(empty.reserve("themes", 1)).toBeNull();
  expect(empty.reserve("themes", 0)).not.toBeNull();
});

test("calls are under way together only while the worst bills of all of them fit; the next waits until one is settled", async () => {
  const money = budget({ run: 100 });
  const first = await money.take("themes", 10, 60);
  let second: unknown = "waiting";
  const turn = money.take("themes", 10, 60).then((found) => {
    second = found;
  });
  await Promise.resolve();
  expect(second).toBe("waiting");
  money.settle(first as never, 5);
  await turn;
  expect(second).not.toBeNull();
  expect(await budget({ run: 5 }).take("themes", 10, 60)).toBeNull();
});

test("what an earlier run handed over is held whether there is room or not, and leaves none for others", () => {
  const money = budget({ run: 100 });
  const held = money.hold("themes", 150);
  expect(money.reserve("sentiment", 1)).toBeNull();
  money.settle(held, 20);
  expect(money.reserve("sentiment", 80)).not.toBeNull();
});
